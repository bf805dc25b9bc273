"""Counts of claims in groups, under the filters of the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.functions import ExtractYear

from claims.dates import FuzzyDate
from claims.filters import ClaimFilter
from claims.models import Reading

MOST_GROUPS = 1_000

Asked = Mapping[str, str]  # filters of the list, by parameter


@dataclass(frozen=True)
class Grouping:
    """What claims are grouped by: an expression over them, and the filters that list a group.

    `asked` is given the group's value (None: claims without one) and what is asked already.
    """

    by: Callable[[Reading], Any]
    asked: Callable[[Any, Asked], Asked]
    filtered_by: str = ""  # the filter that names groups of a claim that has several


@dataclass(frozen=True)
class Group:
    """So many claims with these `values`, by grouping; `asked` are the filters that list them."""

    values: Mapping[str, Any]
    count: int
    asked: Asked


@dataclass(frozen=True)
class Stats:
    groups: Sequence[Group]
    # Beyond the largest `MOST_GROUPS`: how many groups, and how many claims in them.
    other_groups: int
    other_claims: int


def stats(filters: ClaimFilter, group_by: Sequence[str]) -> Stats:
    """Count the claims of valid `filters` in groups, the largest first.

    A claim under several topics counts in each, but only in those asked for where topics are
    filtered; likewise collections. One query, and one more where there are too many groups.
    """
    groupings = {name: GROUPINGS[name] for name in group_by}
    asked = filters.asked
    claims = filters.qs.order_by()
    for each in groupings.values():
        if each.filtered_by in asked:
            slugs = filters.form.cleaned_data[each.filtered_by]
            claims = claims.filter(**{f"{each.filtered_by}s__slug__in": slugs})
    columns = {f"by_{name}": each.by(filters.reading) for name, each in groupings.items()}
    counted = claims.values(**columns).annotate(count=Count("pk"))
    rows = list(counted.order_by("-count", *columns)[: MOST_GROUPS + 1])
    groups = []
    for row in rows[:MOST_GROUPS]:
        values = {name: row[f"by_{name}"] or None for name in group_by}
        further: dict[str, str] = {}
        for name, each in groupings.items():
            further.update(each.asked(values[name], asked))
        groups.append(Group(values, row["count"], {**asked, **further}))
    others = {"groups": len(groups), "claims": sum(each.count for each in groups)}
    if len(rows) > MOST_GROUPS:
        everything = counted.order_by().aggregate(groups=Count("*"), claims=Sum("count"))
        return Stats(
            groups,
            everything["groups"] - others["groups"],
            everything["claims"] - others["claims"],
        )
    return Stats(groups, 0, 0)


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
