"""The rows of each table that are exported: all that are public, or what some claims are about."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from claims.exchange.columns import AS_OF, CLAIMS, TABLES, Table, with_cells
from claims.models import Claim, ClaimQuerySet, Speaker

from .extracts import Extract, columns_of

# The tables whose rows hang on claims.
ON_A_CLAIM = ("appearances", "evidence", "links", "assessments")


def claims_extract(
    claims: ClaimQuerySet,
    *,
    site_url: str,
    as_of: int | None = None,
    vocabularies: Collection[str] = (),
    columns: Sequence[str] | None = None,
    safe: bool = True,
) -> Extract:
    """Those of `claims` that are published, in their own order.

    With `as_of`, a number of the ledger at which all of `claims` were public, each is as its
    record then had it; of one whose record was redacted, only its uid is told. Each of
    `vocabularies` adds its columns. Raises ValueError for `columns` that are not there.
    """
    asked = vocabularies if as_of is None else {*vocabularies, AS_OF}
    return Extract(
        table=CLAIMS,
        rows=with_cells(claims.published()) if as_of is None else claims,
        columns=columns_of(CLAIMS, columns, asked),
        site_url=site_url,
        safe=safe,
        as_of=as_of,
    )


def table_extract(
    table: Table,
    rows: QuerySet | None = None,
    *,
    site_url: str = "",
    columns: Sequence[str] | None = None,
    safe: bool = True,
) -> Extract:
    """All public rows of a table, or `rows` of it."""
    return Extract(
        table=table,
        rows=table.rows() if rows is None else rows,
        columns=columns_of(table, columns),
        site_url=site_url,
        safe=safe,
    )


def rows_about(table: Table, claims: ClaimQuerySet) -> QuerySet:
    """Of a table whose rows hang on claims, what hangs on these."""
    return table.rows().filter(claim__in=claims.order_by().values("pk"))


def rows_with(claims: ClaimQuerySet) -> dict[str, QuerySet]:
    """By table, in the order of `TABLES`: these claims, what hangs on them, and the rows that any
    of this names, so that together they are whole. A link to another claim is left out."""
    pks = claims.order_by().values("pk")
    about = {name: rows_about(TABLES[name], claims) for name in ON_A_CLAIM}
    about["links"] = about["links"].filter(target__in=pks)
    sources = Q(pk__in=claims.order_by().values("source"))
    for name in ("appearances", "evidence"):
        sources |= Q(pk__in=about[name].order_by().values("source"))
    speakers = Q(pk__in=claims.order_by().values("speaker"))
    speakers |= Q(pk__in=claims.order_by().values("on_behalf_of"))
    found = {
        "topics": TABLES["topics"].rows().filter(pk__in=_under("topics", pks)),
        "collections": TABLES["collections"].rows().filter(pk__in=_under("collections", pks)),
        "speakers": TABLES["speakers"].rows().filter(_with_organisations(speakers)),
        "sources": TABLES["sources"].rows().filter(sources),
        "claims": with_cells(claims),
        **about,
    }
    return {name: found[name] for name in TABLES}


def _under(relation: str, pks: QuerySet) -> QuerySet:
    """The primary keys of the rows that these claims name through a many-to-many relation."""
    many = getattr(Claim, relation)
    named = many.through.objects.filter(claim__in=pks)
    return named.values(many.field.m2m_reverse_field_name())


def _with_organisations(speakers: Q) -> Q:
    """These, the organisations that they belong to, those that these belong to, and so on."""
    named = Speaker.objects.filter(speakers).order_by().values("pk")
    try:
        sql, params = named.query.get_compiler(named.db).as_sql()
    except EmptyResultSet:
        return Q(pk__in=[])
    table = Speaker._meta.db_table
    closure = f"""
        WITH RECURSIVE up (id) AS (
            {sql}
            UNION
            SELECT speaker.organisation_id FROM up JOIN {table} speaker ON speaker.id = up.id
            WHERE speaker.organisation_id IS NOT NULL
        )
        SELECT id FROM up
    """  # noqa: S608 (the names in it come from the models)
    return Q(pk__in=RawSQL(closure, params))  # noqa: S611 (only parameters vary)
