"""The rows that a body names by slug or uid: found, or refused with all else that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError as CurationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from claims.filter_fields import nearest
from claims.models import Reference

ALIKE = 1_000  # names that are looked through for the one that was meant

Done = TypeVar("Done")
Faults = dict[str, list[str]]


def with_rows(said: Mapping[str, Any], **there: QuerySet[Any]) -> tuple[dict[str, Any], Faults]:
    """`said` with rows of `there` in place of their names; faults where there is none, by member.

    One query for each that is named, and two more for one that is not there.
    """
    values: dict[str, Any] = dict(said)
    faults: Faults = {}
    for member, rows in there.items():
        name = values.get(member)
        if name is None:
            continue
        key = "slug" if issubclass(rows.model, Reference) else "uid"
        row = rows.filter(**{key: name}).first()
        if row is None:
            del values[member]
            faults[member] = [_not_there(rows, key, name)]
        else:
            values[member] = row
    return values, faults


def _not_there(rows: QuerySet[Any], key: str, name: Any) -> str:
    if isinstance(name, UUID):  # those with the same first byte
        first = name.int >> 120 << 120
        alike = rows.filter(uid__range=(UUID(int=first), UUID(int=first | (1 << 120) - 1)))
    else:
        alike = rows.filter(slug__startswith=name[:2])
    known = map(str, alike.values_list(key, flat=True)[:ALIKE])
    return _("There is no %(what)s “%(name)s” here.%(nearest)s") % {
        "what": rows.model._meta.verbose_name,
        "name": name,
        "nearest": nearest(str(name), known),
    }


def refused_together(
    faults: Mapping[str, list[str]],
    write: Callable[[], Done],
    members: Mapping[str, str] | None = None,
) -> Done:
    """What `write` returns; what curation refuses it for is said along with `faults`.

    `members` are the names that a body has for what curation names otherwise.
    """
    try:
        done = write()
    except CurationError as refusal:
        if not hasattr(refusal, "error_dict") or not (faults or members):
            raise
        named = {
            (members or {}).get(name, name): each for name, each in refusal.message_dict.items()
        }
        raise ValidationError({**named, **faults}) from refusal
    if faults:
        raise ValidationError(faults)
    return done
