from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import DueMode, Outcome, Progress, Status

if TYPE_CHECKING:
    from .claim import Claim

DUE_IS_MARKED = Q(due__contains="~") | Q(due__contains="?")
LATE_MODES, NEVER_LATE_MODES = (DueMode.BY, DueMode.AT), (DueMode.THROUGHOUT, "")


def today() -> date:
    """The day it is in UTC, where every due day ends."""
    return timezone.now().date()


@dataclass(frozen=True)
class Reading:
    """Conditions on how claims stand: now, or as of a number of the ledger.

    `on` is the day that due dates are held against. Of a `number`, the columns of the standing
    are those that `ClaimQuerySet.public_at` joins as ``stood``; otherwise the claim's own.
    """

    on: date
    number: int | None = None

    def holds(self, **columns: Any) -> Q:
        """Lookups on the columns of a standing: outcome, progress, status, stale, verdict."""
        return Q(**{self.column(lookup): value for lookup, value in columns.items()})

    def column(self, name: str) -> str:
        """Where a column of the standing is found from a claim."""
        return name if self.number is None else f"stood__{name}"

    # Said without NOT: across a join Django would make a subquery of it.

    @property
    def closed(self) -> Q:
        """Judged: an outcome stands."""
        return self.holds(outcome__gt="")

    @property
    def open(self) -> Q:
        return self.holds(outcome="")

    @property
    def past_due(self) -> Q:
        """Not judged, able to be late, and the last day of the due period is past (UTC)."""
        return self.open & Q(due_last__lt=self.on, due_mode__in=LATE_MODES)

    @property
    def overdue(self) -> Q:
        """Past due for certain: the due period carries neither ``~`` nor ``?``."""
        return self.past_due & ~DUE_IS_MARKED

    @property
    def possibly_overdue(self) -> Q:
        return self.past_due & DUE_IS_MARKED

    @property
    def not_past_due(self) -> Q:
        """All the others: judged, never late, without an end, or still in time."""
        return (
            self.closed
            | Q(due_mode__in=NEVER_LATE_MODES)
            | Q(due_last__isnull=True)
            | Q(due_last__gte=self.on)
        )


class StandingQuerySet(models.QuerySet["Standing"]):
    def publications(self) -> StandingQuerySet:
        """The first of each claim: since which ledger entry it is, or first was, public."""
        earlier = self.model.objects.filter(claim=OuterRef("claim"), number__lt=OuterRef("number"))
        return self.filter(~Exists(earlier))


class Standing(models.Model):
    """How a claim stood in public from one ledger entry until another.

    A reading of the ledger, kept so that the past can be asked with indexes: one row for each
    stretch of numbers in which none of this changed, none for numbers at which it was not public.
    """

    # What a stretch is one stretch of.
    SAYS = ("status", "outcome", "progress", "stale", "verdict_id")

    claim = models.ForeignKey(
        "Claim",
        models.CASCADE,
        related_name="standings",
        db_index=False,  # `standing_begins_once` leads with it
    )
    number = models.BigIntegerField()  # the entry from which on it stood so
    until = models.BigIntegerField(null=True)  # the entry that ended it; NULL: it stands so
    status = models.CharField(_("status"), max_length=16, choices=Status)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, blank=True)
    progress = models.CharField(_("progress"), max_length=12, choices=Progress, blank=True)
    stale = models.BooleanField(_("stale"))
    # NULL: no outcome stood.
    verdict = models.ForeignKey("Assessment", models.PROTECT, null=True, related_name="+")

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="standing_begins_once"),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(until__isnull=True), name="standing_now_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("number")),
                name="standing_in_order",
            ),
        ]
        indexes = [
            # as_of an early day, when most claims were still to come.
            models.Index(fields=["number"], name="standing_by_number"),
            # status= and outcome= with as_of, where few claims ever stood so.
            models.Index(fields=["status", "number"], name="standing_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.status} from {self.number}"

    @classmethod
    def of(cls, claim: Claim) -> Standing | None:
        """How a claim stands since the ledger entry that last changed it; None: not in public.

        Not saved.
        """
        if not claim.is_published or claim.ledger_number is None:
            return None
        says = {name: getattr(claim, name) for name in cls.SAYS}
        return cls(claim_id=claim.pk, number=claim.ledger_number, **says)

    def differences(self, other: Standing) -> list[str]:
        """The names of what the two do not say alike."""
        return [name for name in self.SAYS if getattr(self, name) != getattr(other, name)]
