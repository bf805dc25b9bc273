"""Counts of claims in groups, under the filters of the list.

Where both ask only what counts are kept of, those are added up: a few dozen rows, however many
claims there are. Otherwise the claims are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, F, QuerySet, Sum
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, ExtractYear

from claims.dates import FuzzyDate
from claims.filters import ClaimFilter
from claims.models import ClaimCount, Ledger, Reading, Recurring

MOST_GROUPS = 1_000

Asked = Mapping[str, str]  # filters of the list, by parameter


class _State(RawSQL):
    """`Ledger.state` as a subquery: one snapshot with the statement that it rides in."""

    def __init__(self) -> None:
        super().__init__(f"(SELECT {Ledger.STATE_SQL} FROM claims_ledger)", (), CharField())  # noqa: S608

    def get_group_by_cols(self) -> list[Any]:
        return []  # the same for all rows: nothing to group by


@dataclass(frozen=True)
class Grouping:
    """What claims are grouped by: an expression over them, and the filters that list a group.

    `asked` is given the group's value (None: claims without one) and what is asked already.
    """

    by: Callable[[Reading], Any]
    asked: Callable[[Any, Asked], Asked]
    filtered_by: str = ""  # the filter that names groups of a claim that may have several


@dataclass(frozen=True)
class Group:
    """So many claims with these `values`, by grouping; `asked` are the filters that list them."""

    values: Mapping[str, Any]
    count: int
    asked: Asked


@dataclass(frozen=True)
class Stats:
    state: str  # of the ledger that they are counts of, as `Ledger.state`
    claims: int  # each once
    groups: Sequence[Group]
    # Beyond the largest `MOST_GROUPS`: how many groups, and how many claims in them.
    other_groups: int
    other_claims: int

    @property
    def head(self) -> str:
        """The ledger's cursor then."""
        return self.state.partition(" ")[0]


def are_kept(filters: ClaimFilter, group_by: Sequence[str]) -> bool:
    """Do the kept counts tell this?"""
    return filters.is_kept and all(name in ClaimCount.SAYS for name in group_by)


def stats(filters: ClaimFilter, group_by: Sequence[str]) -> Stats:
    """Count the claims of valid `filters` in groups, the largest first.

    A claim under several topics counts in each, but only in those asked for where topics are
    filtered; likewise collections. One query; one more where there are too many groups, and where
    a claim may count in several; two more where there is no group.
    """
    groupings = {name: GROUPINGS[name] for name in group_by}
    asked = filters.asked
    rows = _rows(filters, groupings)
    state = rows[0]["state"] if rows else Ledger.objects.get().state
    if not rows:  # a claim may have come between the two: none is to be missing from that state
        rows = _rows(filters, groupings)
    groups = []
    for row in rows[:MOST_GROUPS]:
        values = {name: row[f"by_{name}"] or None for name in group_by}
        further: dict[str, str] = {}
        for name, each in groupings.items():
            further.update(each.asked(values[name], asked))
        groups.append(Group(values, row["count"], {**asked, **further}))
    others = {"groups": 0, "claims": 0}
    told = sum(each.count for each in groups)
    if len(rows) > MOST_GROUPS:
        counted = _counted(filters, groupings)
        everything = counted.aggregate(groups=Count("*"), claims=Sum("count"))
        others["groups"] = everything["groups"] - len(groups)
        others["claims"] = everything["claims"] - told
    in_several = any(each.filtered_by for each in groupings.values())
    return Stats(
        state,
        filters.count() if in_several else told + others["claims"],
        groups,
        others["groups"],
        others["claims"],
    )


def _rows(filters: ClaimFilter, groupings: Mapping[str, Grouping]) -> list[dict[str, Any]]:
    if are_kept(filters, list(groupings)):
        question = (*sorted(filters.asked.items()), *groupings)
        return _KEPT.rows(question, filters, groupings)
    return list(_in_order(filters, groupings))


def _in_order(filters: ClaimFilter, groupings: Mapping[str, Grouping]) -> QuerySet[Any, Any]:
    in_order = ("-count", *(f"by_{name}" for name in groupings))
    counted = _counted(filters, groupings).annotate(state=_State())
    return counted.order_by(*in_order)[: MOST_GROUPS + 1]


# Of kept counts, compiling takes longer than all else.
_KEPT = Recurring(_in_order)


def _counted(filters: ClaimFilter, groupings: Mapping[str, Grouping]) -> QuerySet[Any, Any]:
    columns = {f"by_{name}": each.by(filters.reading) for name, each in groupings.items()}
    if are_kept(filters, list(groupings)):
        number = Cast(Sum("number"), BigIntegerField())  # for PostgreSQL sums are no integers
        return filters.kept().order_by().values(**columns).annotate(count=number)
    claims = filters.qs.order_by()
    for each in groupings.values():
        if each.filtered_by in filters.asked:
            slugs = filters.form.cleaned_data[each.filtered_by]
            claims = claims.filter(**{f"{each.filtered_by}s__slug__in": slugs})
    return claims.values(**columns).annotate(count=Count("pk"))


def _standing(name: str) -> Callable[[Reading], Any]:
    return lambda reading: F(reading.column(name))


def _word(parameter: str, without: Asked) -> Callable[[Any, Asked], Asked]:
    return lambda value, asked: {parameter: value} if value else without


def _year(since: str, until: str, without: str) -> Callable[[Any, Asked], Asked]:
    """The part of a year that is within what is asked already."""

    def listed(value: int | None, asked: Asked) -> Asked:
        if value is None:
            return {without: "false"}
        first, last = date(value, 1, 1), date(value, 12, 31)
        if since in asked:
            first = max(first, FuzzyDate.parse(asked[since]).first or first)
        if until in asked:
            last = min(last, FuzzyDate.parse(asked[until]).last or last)
        return {since: first.isoformat(), until: last.isoformat()}

    return listed


GROUPINGS = {
    "status": Grouping(_standing("status"), _word("status", {})),
    "outcome": Grouping(_standing("outcome"), _word("outcome", {"closed": "false"})),
    "kind": Grouping(lambda reading: F("kind"), _word("kind", {})),
    "topic": Grouping(
        lambda reading: F("topics__slug"), _word("topic", {"has_topic": "false"}), "topic"
    ),
    "collection": Grouping(
        lambda reading: F("collections__slug"),
        _word("collection", {"has_collection": "false"}),
        "collection",
    ),
    "speaker": Grouping(lambda reading: F("speaker__slug"), _word("speaker", {})),
    "year_said": Grouping(
        lambda reading: ExtractYear("said_on_first"), _year("said_from", "said_to", "")
    ),
    "year_due": Grouping(
        lambda reading: ExtractYear("due_last"),
        _year("due_ends_from", "due_ends_to", "has_due_end"),
    ),
}
