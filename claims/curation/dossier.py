"""A dossier: a claim with all that comes with it from elsewhere, and what becomes of each part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.models import Claim, Collection, Topic

from .claims import Fate

# A part of a dossier: ("claim", 0), ("appearances", 2), ("evidence", 0), ("assessments", 1).
Place = tuple[str, int]
CLAIM: Place = ("claim", 0)


@dataclass(frozen=True, kw_only=True)
class DossierRow:
    """An appearance or a piece of evidence: the one with this uid is changed, or else added.

    `values` are columns, and may say `recorded_at`, an aware datetime: when the desk it comes
    from took it in (absent: now). Evidence names what it `replaces` by its uid.
    """

    uid: UUID
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class DossierAssessment:
    """An assessment to record, or that is there and says the same.

    `values` are columns of `Assessment` but for those named here. `recorded_at` is when the desk
    it comes from recorded it (None: now); such an assessment may have judged an earlier
    `words_revision` than the claim's. `happened_before_said` is as of an `AssessmentWrite`.
    """

    uid: UUID
    values: Mapping[str, Any]
    evidence: Sequence[UUID] = ()
    corrects: UUID | None = None
    words_revision: int | None = None  # None: of a claim that comes with it, as its words come
    recorded_at: datetime | None = None
    happened_before_said: bool = False


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A claim that is new (`claim` is None) or there, with what comes with it.

    `revision` is what its author saw of the claim (None: take it as it is). Columns that `values`
    does not name stay as they are; so do topics and collections that are None. A new claim's
    `words_revision` is where its words stand at the desk it comes from. It is brought forward to
    `state` (empty: it stays as it is), never back.
    """

    claim: Claim | None
    revision: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    topics: Sequence[Topic] | None = None
    collections: Sequence[Collection] | None = None
    uid: UUID | None = None
    words_revision: int | None = None
    state: str = ""
    appearances: Sequence[DossierRow] = ()
    evidence: Sequence[DossierRow] = ()
    assessments: Sequence[DossierAssessment] = ()


@dataclass
class Checked:
    """What becomes of a dossier. Parts that are at fault, or name one that is, have no fate.

    `claim` is as it stands afterwards; one that was only checked is in memory alone, and must
    not be saved. `changes` holds, of what is changed, the old and the new value by column; those
    of topics and collections are sorted slugs.
    """

    claim: Claim
    fates: dict[Place, Fate] = field(default_factory=dict)
    changes: dict[Place, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    faults: dict[Place, ValidationError] = field(default_factory=dict)


class DossiersRefused(ValidationError):
    """Nothing was entered; `by_item` holds the dossiers at fault by their position."""

    def __init__(self, by_item: Mapping[int, Checked]) -> None:
        self.by_item = dict(by_item)
        super().__init__(_("Nothing was entered. Dossiers at fault: %d.") % len(self.by_item))
