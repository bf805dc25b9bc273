"""The ledger's entries as an editor reads them: who, when, why, and what words became what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.choices import AssessmentCause, Outcome, status_label
from claims.diffs import (
    ADDED,
    BEGINNINGS,
    BEHIND,
    KEPT,
    LIST,
    REMOVED,
    ROWS,
    Difference,
    Run,
    Telling,
    told,
    words,
)
from claims.models import Change, Claim

LENGTH = 20  # entries a page
CONTEXT = 80  # characters left of an unchanged stretch beside a change
MANY_FIELDS, MANY_ROWS = 8, 3  # past which an entry, or the rows of a field, are folded away
FOLDED = "folded"
# What follows from the other facts, or from the entry itself.
UNSAID = frozenset({"status", "published_at", "recorded_at", "words_revision"})

ROW_CHANGES = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "changed": gettext_lazy("changed"),
}


@dataclass(frozen=True)
class Line:
    """A field that changed, as runs of text; or the rows under it that did."""

    label: str
    runs: list[Run] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def folded(self) -> bool:
        return len(self.rows) > MANY_ROWS


@dataclass(frozen=True)
class Row:
    title: str
    change: str
    change_label: str
    lines: list[Line]


@dataclass(frozen=True)
class ShownEntry:
    change: Change
    cause: str
    reason: str
    untold: str
    lines: list[Line]

    @property
    def folded(self) -> bool:
        return len(self.lines) > MANY_FIELDS


def history_page(entries: QuerySet[Change], before: str, length: int = LENGTH) -> dict[str, Any]:
    """What a template shows of the newest `length` of a subject's entries with a number below
    `before`, which is text from an address: anything else is the newest of all."""
    earlier = bool(re.fullmatch("[0-9]{1,18}", before))
    if earlier:
        entries = entries.filter(number__lt=int(before))
    found = list(entries.order_by("-number")[: length + BEHIND])
    behind = len(found[length:])
    tellings = list(islice(told(reversed(found)), behind, None))
    names = _names(tellings)
    return {
        "entries": [_shown(each, names) for each in reversed(tellings)],
        "older": found[length - 1].number if behind else None,
        "newest": earlier,
    }


def lines(found: Iterable[Difference], *, kind: str) -> list[Line]:
    """Differences of a claim of this `kind`, for a template."""
    return list(_lines(found, _Words(kind, {})))


def _shown(telling: Telling, names: Mapping[str, str]) -> ShownEntry:
    cause = telling.change.cause
    causes = {**dict(AssessmentCause.choices), "cosmetic": _("cosmetic")}
    kind = (telling.record or {}).get("kind", "")
    found = telling.differences or []
    # Of what is new as a whole, not every word is marked as new.
    is_new = telling.change.operation in BEGINNINGS and all(each.before is None for each in found)
    return ShownEntry(
        change=telling.change,
        cause=str(causes.get(cause, cause)),
        reason=telling.reason or "",
        untold=str(telling.untold.label) if telling.untold else "",
        lines=list(_lines(found, _Words(kind, names), marked=not is_new)),
    )


def _names(tellings: Iterable[Telling]) -> dict[str, str]:
    """What stands behind the uids in these entries, in a few words. One query, for claims."""
    names: dict[str, str] = {}
    claims: set[str] = set()
    for record in (telling.record or {} for telling in tellings):
        for each in record.get("evidence", ()):
            names[each["uid"]] = each["summary"]
        for each in record.get("appearances", ()):
            names[each["uid"]] = each["said_on"]
        for each in record.get("assessments", ()):
            codes = filter(None, (each["outcome"], each["progress"]))
            says = ", ".join(status_label(record["kind"], code) for code in codes)
            names[each["uid"]] = f"{says}: {each['headline']}" if each["headline"] else says
        claims.update(each["claim"] for each in record.get("links", ()))
        claims.update(filter(None, [record.get("merged_into")]))
    if claims:
        names |= {
            str(uid): statement
            for uid, statement in Claim.objects.filter(uid__in=claims).values_list(
                "uid", "statement"
            )
        }
    return {uid: Truncator(name).chars(90) for uid, name in names.items()}


_LABELS = {
    (column.name, code): label
    for model in apps.get_app_config("claims").get_models()
    for column in model._meta.fields
    for code, label in column.flatchoices
}


@dataclass(frozen=True)
class _Words:
    """Says facts in words: of a claim of this `kind`, with these `names` behind uids."""

    kind: str
    names: Mapping[str, str]

    def of(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if value is None or isinstance(value, list):
            return "\n".join(self.of(name, each) for each in value or ())
        if name == "outcome" and self.kind and value in Outcome.values:
            return status_label(self.kind, value)
        return str(_LABELS.get((name, value)) or self.names.get(str(value), value))


def _lines(
    differences: Iterable[Difference], words_of: _Words, *, marked: bool = True
) -> Iterator[Line]:
    for each in differences:
        if each.field in UNSAID or (each.field == "editorial_state" and not each.before):
            continue
        label = capfirst(each.label)
        if each.form == ROWS:
            yield Line(label, rows=list(_rows(each, words_of)))
        elif each.runs:
            yield Line(label, list(_folded(each.runs)))
        else:
            runs = _plain(each, words_of)
            yield Line(label, runs if marked else [Run(KEPT, run.text) for run in runs])


def _rows(difference: Difference, words_of: _Words) -> Iterator[Row]:
    for row in difference.rows or ():
        # A row that came or went says all that it is, and so do the words of one, where they
        # changed: any other needs a name.
        unnamed = row.change == "changed" and not any(each.runs for each in row.differences)
        title = words_of.names.get(row.uid, "") if unnamed else ""
        yield Row(
            title,
            row.change,
            str(ROW_CHANGES[row.change]),
            list(_lines(row.differences, words_of, marked=row.change != "added")),
        )


def _plain(difference: Difference, words_of: _Words) -> list[Run]:
    name = difference.field
    if difference.form == LIST and (difference.removed or difference.added):
        gone, come = difference.removed, difference.added
    else:
        gone, come = difference.before, difference.after
    sides = [(REMOVED, words_of.of(name, gone)), (ADDED, words_of.of(name, come))]
    runs = [Run(kind, text) for kind, text in sides if text]
    return [runs[0], Run(KEPT, " → "), runs[1]] if len(runs) == 2 else runs


def _folded(runs: list[Run]) -> Iterator[Run]:
    """The runs, with no more of a long unchanged one than stands beside a change."""
    for place, run in enumerate(runs):
        before = CONTEXT if place else 0
        after = CONTEXT if place < len(runs) - 1 else 0
        if run.kind != KEPT or len(run.text) <= 2 * CONTEXT:
            yield run
            continue
        tokens = words(run.text)
        head = _taken(tokens, before)
        tail = _taken(tokens[::-1], after)[::-1]
        left_out = len(run.text) - len("".join(head)) - len("".join(tail))
        yield from (
            Run(KEPT, "".join(head)),
            Run(
                FOLDED,
                ngettext(
                    "%(count)d character unchanged", "%(count)d characters unchanged", left_out
                )
                % {"count": left_out},
            ),
            Run(KEPT, "".join(tail)),
        )


def _taken(tokens: list[str], length: int) -> list[str]:
    """As many of the tokens as fit in `length` characters."""
    taken, total = [], 0
    for token in tokens:
        total += len(token)
        if total > length:
            break
        taken.append(token)
    return taken
