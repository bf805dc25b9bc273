"""What would become of a file, or what has, as an editor reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator, capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import curation
from claims.choices import EditorialState, Subject, UploadState
from claims.diffs import ADDED, KEPT, REMOVED, Run, differences
from claims.exchange.columns import TABLES
from claims.exchange.imports import uploads
from claims.models import SUBJECT_MODELS, Claim, Upload

from .differences import Line, lines

FATES = ("created", "changed", "unchanged")
_SUBJECTS = {model: subject for subject, model in SUBJECT_MODELS.items()}


@dataclass(frozen=True)
class TableRow:
    """A line of the table of counts."""

    table: str
    label: str
    counts: list[int]
    left_out: int


@dataclass(frozen=True)
class ChangedRow:
    title: str
    address: str  # of its page; empty: it has none
    where: str
    lines: list[Line]


def report_context(upload: Upload) -> dict[str, Any]:
    report = upload.report
    entered = upload.state == UploadState.ENTERED
    stalled = curation.is_stalled(upload)
    news = sum(each["created"] + each["changed"] for each in report["tables"])
    lacking = uploads.lacking_permissions(upload)
    several = len(_files(report)) > 1
    return {
        "report": report,
        "sentences": list(_sentences(report, entered=entered)),
        "state": upload.state,
        "stalled": stalled,
        "tables": [_row(each) for each in report["tables"]],
        "faults": _in_order(report["faults"]),
        "conflicts": _in_order(report["conflicts"]),
        "several_files": several,
        "encodings": _encodings(report) if upload.state == UploadState.CHECKED else [],
        "changes": _changes(report["differences"], several),
        "more_changes": sum(each["changed"] for each in report["tables"])
        - len(report["differences"]),
        "lacking": uploads.in_words(lacking) if lacking else "",
        "button": "" if lacking or not news else _button(upload, report, stalled=stalled),
        "left_out": [each for each in map(_row, report["tables"]) if each.left_out],
        "may_have_rows": upload.state != UploadState.EXPIRED,
    }


def _files(report: Mapping[str, Any]) -> set[str]:
    """Those that anything is told of."""
    told = [*report["faults"]["told"], *report["conflicts"]["told"], *report["differences"]]
    return {each["file"] for each in told}


def _in_order(faults: Mapping[str, Any]) -> dict[str, Any]:
    """By line, as their reader goes through the file; they were found in another order."""
    told = sorted(faults["told"], key=lambda each: (each["file"], each["line"]))
    return {"count": faults["count"], "told": told}


def _encodings(report: Mapping[str, Any]) -> list[str]:
    """Those that the faults propose to read it in."""
    messages = " ".join(each["message"] for each in report["faults"]["told"])
    return list(dict.fromkeys(re.findall(r"\bencoding=([\w-]+)", messages)))


def _row(counted: Mapping[str, Any]) -> TableRow:
    return TableRow(
        table=counted["table"],
        label=capfirst(str(_model(counted["table"])._meta.verbose_name_plural)),
        counts=[counted[fate] for fate in FATES],
        left_out=counted["refused"] + counted["passed_over"],
    )


def _model(table: str) -> Any:
    return TABLES[table].model


def _sentences(report: Mapping[str, Any], *, entered: bool) -> Iterable[str]:
    """What it does, or did, in one or two."""
    added, changed = (_things(report["tables"], fate) for fate in ("created", "changed"))
    if added:
        yield (_("It added %s.") if entered else _("It would add %s.")) % added
    if changed:
        yield (_("It changed %s.") if entered else _("It would change %s.")) % changed
    same = sum(each["unchanged"] for each in report["tables"])
    if same:
        yield ngettext(
            "%(count)d row says what is here already.",
            "%(count)d rows say what is here already.",
            same,
        ) % {"count": same}
    others = report["others"]
    if others and entered:
        yield ngettext("%(count)d row was left out.", "%(count)d rows were left out.", others) % {
            "count": others
        }
    elif others:
        yield ngettext(
            "%(count)d row cannot be taken.", "%(count)d rows cannot be taken.", others
        ) % {"count": others}


def _things(tables: Iterable[Mapping[str, Any]], fate: str) -> str:
    """Such as “3 speakers and 12 claims”."""
    named = []
    for each in tables:
        if number := each[fate]:
            meta = _model(each["table"])._meta
            name = meta.verbose_name if number == 1 else meta.verbose_name_plural
            named.append(f"{number} {name}")
    return get_text_list(named, _("and"))


def _button(upload: Upload, report: Mapping[str, Any], *, stalled: bool) -> str:
    """What the button says that enters it; empty: there is none."""
    if upload.state == UploadState.CUT_OFF or stalled:
        return _("Go on")
    if upload.state != UploadState.CHECKED:
        return ""
    good = report["good"]
    if report["faulty"]:
        said = ngettext("Enter the one good row", "Enter the %(count)d good rows", good)
    else:
        said = ngettext("Enter the one row", "Enter all %(count)d rows", good)
    return said % {"count": good}


# Differences


def _changes(found: list[dict[str, Any]], several_files: bool) -> list[ChangedRow]:
    uids = [each["key"] for each in found if each["table"] == "claims"]
    claims = {
        str(uid): (pk, statement)
        for uid, pk, statement in Claim.objects.filter(uid__in=uids).values_list(
            "uid", "pk", "statement"
        )
    }
    where = _("%(file)s, line %(line)d") if several_files else _("line %(line)d")
    return [_change(each, where % each, claims) for each in found]


def _change(
    found: Mapping[str, Any], where: str, claims: Mapping[str, tuple[int, str]]
) -> ChangedRow:
    model = _model(found["table"])
    title, address = f"{capfirst(str(model._meta.verbose_name))} {found['key']}", ""
    if found["key"] in claims:
        pk, statement = claims[found["key"]]
        title = Truncator(statement).chars(90)
        address = reverse("admin:claims_claim_change", args=[pk])
    return ChangedRow(title, address, where, list(_lines_of(found, model)))


def _lines_of(found: Mapping[str, Any], model: Any) -> Iterable[Line]:
    old = {each["column"]: each["before"] for each in found["columns"]}
    new = {each["column"]: each["after"] for each in found["columns"]}
    # To the ledger's differences, another state than published is the end of a claim.
    state = old.pop("editorial_state", ""), new.pop("editorial_state", "")
    if any(state):
        before, after = (str(EditorialState(each).label) for each in state)
        label = capfirst(str(Claim._meta.get_field("editorial_state").verbose_name))
        yield Line(label, [Run(REMOVED, before), Run(KEPT, " → "), Run(ADDED, after)])
    if model in _SUBJECTS:
        yield from lines(differences(old, new, _SUBJECTS[model]), kind="")
    else:  # what hangs on a claim
        uid, name = found["key"], found["table"]
        was, becomes = ({name: [{"uid": uid, **each}]} for each in (old, new))
        for line in lines(differences(was, becomes, Subject.CLAIM), kind=""):
            for row in line.rows:
                yield from row.lines
