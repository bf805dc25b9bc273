"""Removing a text by law: from the ledger's records, verdicts, rows, logs and sessions.

Files that wait to be imported go, whatever is in them.

The chain stays as it was, since it hashes digests; each subject that is touched gets an entry
that says which of its records are gone, and on what ground. Backups, exports that others hold and
what the engine has not overwritten yet are out of reach.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from claims.models import REFERENCE_MODELS, Change, ClaimDocument, Redaction, Task, Upload
from claims.search import index

from ..guard import check_text
from ..ledger import locked_ledger
from .columns import (
    MARKS,
    MODELS,
    PASSING,
    Ground,
    blank,
    can_go,
    complete_log_entries,
    edit,
    is_fixed,
)
from .subjects import Removal, blanked_entries, redact_claims, redact_references
from .traces import Place, Wanted, find, tables_with_text

__all__ = ["Redacted", "redact"]

SHORTEST = 2  # characters of a text that may be asked for
SHOWN = 3  # rows that a refusal names


@dataclass
class Redacted:
    """What was removed: texts by table and column, the entries whose records are gone, and rows
    whose slug, which stays, seems to be made of the text."""

    removed: Counter[str] = field(default_factory=Counter)
    entries: list[int] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)


def redact(text: str, *, legal_basis: str, actor: str, dry_run: bool = False) -> Redacted:
    """Remove `text`, exactly as given, from everywhere: all of it, or nothing.

    A dry run does it all and undoes it. What a verdict judged is not edited by this: revisions
    move, words_revision stays. Raises ValidationError where the text stands in what is never
    changed (a slug, a uid) or is no prose (a date, a quantity, an account), and where any of it
    would be left.
    """
    wanted = _checked(text, legal_basis, actor)
    with locked_ledger():
        # All of them: no SQL looks into a file that is packed, or in whatever encoding.
        Upload.objects.all().delete()
        # The public texts are not edited, but made anew from what is left.
        tables = tables_with_text()
        places = list(find(wanted, tables, beside=[ClaimDocument._meta.db_table]))
        _refuse_what_stays(places)
        rows: dict[type[models.Model], list[str]] = defaultdict(list)
        for place in places:
            rows[MODELS[place.table]].append(place.row)
        entries = blanked_entries(rows[Change])
        removal = Removal(wanted, Ground(legal_basis, actor), entries)
        blank(Change, rows[Change], wanted, removal.ground)
        redact_references(removal, rows)
        redact_claims(removal, rows)
        edit(Task, rows[Task], wanted)
        halves = complete_log_entries(wanted)
        edit(LogEntry, rows[LogEntry], wanted)
        for model in PASSING:
            model._default_manager.filter(pk__in=rows[model]).delete()
        index.forget(connection)
        _refuse_what_is_left(find(wanted, tables))
        if dry_run:
            transaction.set_rollback(True)
    removed = Counter(f"{place.table}.{place.column}" for place in places)
    removed[f"{LogEntry._meta.db_table}.object_repr"] += halves
    numbers = sorted(number for each in entries.values() for number in each)
    return Redacted(+removed, numbers, _alike(wanted))


def _checked(text: str, legal_basis: str, actor: str) -> Wanted:
    wanted = Wanted(text.replace("\r\n", "\n"))
    faults = {}
    for name, value in (("text", wanted.text), ("legal_basis", legal_basis), ("actor", actor)):
        try:
            check_text(value)
            if not value.strip():
                raise ValidationError(_("This field is required."), code="required")
            if name == "text":
                _check_length(wanted)
            else:
                column: models.Field = Redaction._meta.get_field(name)  # type: ignore[assignment]
                column.run_validators(value)
                if wanted.text.strip() and wanted.is_in(value):
                    raise ValidationError(_("This repeats the text that is to be removed."))
        except ValidationError as error:
            faults[name] = error
    if faults:
        raise ValidationError(faults)
    return wanted


def _check_length(wanted: Wanted) -> None:
    if len(wanted.text.strip()) < SHORTEST:
        raise ValidationError(_("This is too short to be looked for."))
    if any(wanted.text in mark for mark in MARKS):
        raise ValidationError(_("This is a part of what would stand in its place."))


def _refuse_what_stays(places: Sequence[Place]) -> None:
    messages = []
    for where, there in _by_column(place for place in places if not can_go(place)).items():
        advice = (
            _(
                "this is never changed, since the ledger's hashes are made of it or it says who "
                "did what. Give more of the text, so that it is not a part of this."
            )
            if is_fixed(there[0])
            else _("change this by hand first, then run it again.")
        )
        messages.append(f"{where} ({_rows(there)}): {advice}")
    if messages:
        raise ValidationError(messages)


def _refuse_what_is_left(places: Iterable[Place]) -> None:
    left = _by_column(places)
    if left:
        raise ValidationError(
            [
                _("%(where)s (%(rows)s): it would still stand there, so nothing was removed.")
                % {"where": where, "rows": _rows(there)}
                for where, there in left.items()
            ]
        )


def _by_column(places: Iterable[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        found[f"{place.table}.{place.column}"].append(place)
    return found


def _rows(places: Sequence[Place]) -> str:
    rows = ", ".join(place.row or "?" for place in places[:SHOWN])
    more = len(places) - SHOWN
    return _("row %(rows)s") % {"rows": rows + (f", … +{more}" if more > 0 else "")}


def _alike(wanted: Wanted) -> list[str]:
    """Rows whose slug, which cannot go, seems to be made of the text."""
    slug = slugify(wanted.text)
    if len(slug) <= SHORTEST:
        return []
    found: list[str] = []
    for model in REFERENCE_MODELS.values():
        slugs = model._default_manager.filter(slug__contains=slug).values_list("slug", flat=True)
        found += [f"{model._meta.verbose_name} {each}" for each in slugs]
    return found
