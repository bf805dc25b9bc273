"""Chains: claims and what they revise, on to the first and to every later one.

A claim revises at most one other, so that a chain is a tree: one first claim, and claims that
each revise one before them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from claims.choices import EditorialState, LinkType

from .link import Link


class Differ(Func):
    """Are two values different? NULL differs from a value, and not from NULL."""

    template = "(%(expressions)s)"
    arg_joiner = " IS DISTINCT FROM "
    output_field = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, arg_joiner=" IS NOT ", **context)


def _to_public(link_type: str) -> QuerySet[Link]:
    """Links of a type from the claim of the outer query to a public claim."""
    return Link.objects.filter(
        claim=OuterRef("pk"),
        type=link_type,
        target__editorial_state=EditorialState.PUBLISHED,
    )


def links_to_public(link_type: str) -> Exists:
    """The condition, on claims, that one has a link of this type to a public claim."""
    return Exists(_to_public(link_type))


def moves_deadline() -> Q:
    """The condition, on claims, that one revises a public claim that was due on other days.

    As `goalposts.Move.moved` has it: by the days, however the period is written; a deadline that
    is dropped moves, one that is set where there was none does not.
    """
    moved = _to_public(LinkType.REVISES).filter(
        Q(Differ(F("target__due_first"), OuterRef("due_first")))
        | Q(Differ(F("target__due_last"), OuterRef("due_last"))),
        target__due__isnull=False,
    )
    # The second is so of all of them, and lets the few that revise anything lead.
    return Q(Exists(moved)) & Q(pk__in=Link.objects.filter(type=LinkType.REVISES).values("claim"))


def revised() -> QuerySet[Link, Any]:
    """For a Subquery on claims: the primary key of the claim that one revises."""
    return Link.objects.filter(claim=OuterRef("pk"), type=LinkType.REVISES).values("target")[:1]


def chain_pks(uid: Any, most: int) -> RawSQL:
    """Primary keys of the public claims in the chain of `uid`, itself first, then what it goes
    back to, then what goes back to those; none where it is not public.

    `uid` is as the database keeps it. One statement walks up and then down, by the indexes of the
    links; it stops at `most`, which also tells PostgreSQL how few to expect.
    """
    link, claim = Link._meta.db_table, Link._meta.get_field("claim").related_model._meta.db_table
    # The words to compare with ride along as columns: compared with constants, SQLite, which
    # expects a million rows of any recursion, reads both tables whole into Bloom filters first.
    sql = f"""
        WITH RECURSIVE up (id, state, revises) AS (
            SELECT id, editorial_state, CAST(%s AS varchar(11)) FROM {claim}
            WHERE uid = %s AND editorial_state = %s
            UNION
            SELECT claim.id, up.state, up.revises FROM up
            JOIN {link} link ON link.claim_id = up.id AND link.type = up.revises
            JOIN {claim} claim ON claim.id = link.target_id AND claim.editorial_state = up.state
        ), chain (id, state, revises) AS (
            SELECT id, state, revises FROM up
            UNION
            SELECT claim.id, chain.state, chain.revises FROM chain
            JOIN {link} link ON link.target_id = chain.id AND link.type = chain.revises
            JOIN {claim} claim ON claim.id = link.claim_id AND claim.editorial_state = chain.state
        )
        SELECT id FROM chain LIMIT %s
    """  # noqa: S608 (the names in it come from the models)
    words = [LinkType.REVISES.value, uid, EditorialState.PUBLISHED.value]
    return RawSQL(sql, [*words, most])  # noqa: S611 (only parameters vary)
