"""Our statuses in the words of others, from one versioned table.

What each vocabulary is, and where its scale was read:

- `politifact`: for promises the ratings of its promise meters (Not Yet Rated, In the Works,
  Stalled, Promise Kept, Compromise, Promise Broken), from “The difference between Stalled and
  Promise Broken” (politifact.com, 4 January 2010) and the Obameter's “about” (2017); for
  assertions the Truth-O-Meter (True, Mostly True, Half True, Mostly False, False, Pants on Fire),
  from “How we determine Truth-O-Meter ratings” (PolitiFact North Carolina, 18 November 2019).
  A statement is rated by what was known when it was made, so a prediction has no rating there.
- `claimreview`: schema.org's Rating within a ClaimReview. Its alternateName is free text, so it is
  our own word. The number is on the scale of Google's fact check documentation, 1 (false) to 5
  (true), and only where it has a place for the outcome: its two ends, and its middle for what was
  partly so. Late, void and unverifiable have none: any would be read as a degree of truth.
- `metaculus`: the resolutions of a yes-or-no question (yes, no, ambiguous, annulled), from the
  FAQ's “Ambiguous and Annulled Resolutions” (annulment came in April 2023); “open” while there is
  none.

A mapping is lossy where their word does not say just what ours does; its note then says what.
`VERSION` goes up whenever a word, a number or what is lossy changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.choices import ClaimKind, Outcome, Progress, Status, allowed_outcomes

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VERSION = "1"


class Vocabulary(TextChoices):
    POLITIFACT = "politifact", "PolitiFact"
    CLAIM_REVIEW = "claimreview", "ClaimReview"
    METACULUS = "metaculus", "Metaculus"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A status of ours in another vocabulary."""

    status: StrOrPromise | None  # None: it has no word for it
    note: StrOrPromise = ""  # what the word does not say, or says too much; empty: neither
    rating: int | None = None  # 1 to 5; only of claimreview

    @property
    def lossy(self) -> bool:
        return bool(self.note)


def mapped(vocabulary: str, kind: str, outcome: str, progress: str) -> Mapped:
    """What a claim that stands so is called in one of the vocabularies.

    `outcome` and `progress` are empty where there is none; beside an outcome, progress is lost.
    """
    status = Status(outcome or progress or Status.PENDING)
    found = TABLE[Vocabulary(vocabulary)][ClaimKind(kind)][status]
    if not (outcome and progress):
        return found
    lost = gettext("That it is noted as “%(progress)s” besides is lost.") % {
        "progress": Progress(progress).label
    }
    return replace(found, note=f"{found.note} {lost}".lstrip())


_PENDING = Status.PENDING
_UPDATES = (
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.STALLED,
    Status.DONE,
    Status.DROPPED,
)

_PROMISE_METER = {
    _PENDING: Mapped("Not Yet Rated"),
    Status.NOT_STARTED: Mapped(
        "Not Yet Rated", _("That we looked, and nothing was begun, is lost.")
    ),
    Status.IN_PROGRESS: Mapped("In the Works"),
    Status.STALLED: Mapped("Stalled"),
    Status.DONE: Mapped(
        "In the Works", _("That it is noted as done, before there is a verdict, is lost.")
    ),
    Status.DROPPED: Mapped(
        "Stalled", _("That it was dropped, before there is a verdict, is lost.")
    ),
    Status.BORNE_OUT: Mapped("Promise Kept"),
    Status.BORNE_OUT_LATE: Mapped("Promise Kept", _("That it was kept late is lost.")),
    Status.PARTLY_BORNE_OUT: Mapped("Compromise"),
    Status.NOT_BORNE_OUT: Mapped("Promise Broken"),
    Status.UNVERIFIABLE: Mapped(
        None, _("PolitiFact has no rating for a promise that was looked at and cannot be rated.")
    ),
    Status.VOID: Mapped(
        None, _("PolitiFact has no rating for a promise whose condition never arose.")
    ),
}
_NO_PREDICTIONS = Mapped(
    None, _("PolitiFact rates promises and statements of fact, and no predictions.")
)
_TRUTH_O_METER = {
    _PENDING: Mapped(None, _("The Truth-O-Meter has no word for what is not rated yet.")),
    Status.BORNE_OUT: Mapped(
        "True", _("The Truth-O-Meter also has “Mostly True”, which ours does not tell apart.")
    ),
    Status.PARTLY_BORNE_OUT: Mapped(
        "Half True",
        _(
            "The Truth-O-Meter also has “Mostly True” and “Mostly False”, which ours does not "
            "tell apart."
        ),
    ),
    Status.NOT_BORNE_OUT: Mapped(
        "False",
        _(
            "The Truth-O-Meter also has “Mostly False” and “Pants on Fire”, which ours does not "
            "tell apart."
        ),
    ),
    Status.UNVERIFIABLE: Mapped(
        None, _("The Truth-O-Meter has no rating for what cannot be verified.")
    ),
}

_NO_REVIEW = Mapped(
    None, _("There is no rating before a verdict: the claim is a plain Claim, without a review.")
)
_RATINGS = {Outcome.BORNE_OUT: 5, Outcome.PARTLY_BORNE_OUT: 3, Outcome.NOT_BORNE_OUT: 1}

_QUESTION = {
    **dict.fromkeys(_UPDATES, Mapped("open", _("Metaculus has no word for progress."))),
    _PENDING: Mapped("open"),
    Status.BORNE_OUT: Mapped("yes"),
    Status.BORNE_OUT_LATE: Mapped(
        "no", _("A question resolves by its deadline: that it came about late is lost.")
    ),
    Status.PARTLY_BORNE_OUT: Mapped(
        "no", _("A question resolves yes only in full: that it was partly so is lost.")
    ),
    Status.NOT_BORNE_OUT: Mapped("no"),
    Status.UNVERIFIABLE: Mapped(
        "ambiguous",
        _("Why it cannot be judged is lost: Metaculus annuls a question that was too vague."),
    ),
    Status.VOID: Mapped("annulled"),
}


def _claim_review(kind: ClaimKind) -> dict[Status, Mapped]:
    words = {
        Status(outcome): Mapped(label, rating=_RATINGS.get(outcome))
        for outcome, label in allowed_outcomes(kind).items()
    }
    return dict.fromkeys((_PENDING, *_UPDATES), _NO_REVIEW) | words


TABLE: Mapping[Vocabulary, Mapping[ClaimKind, Mapping[Status, Mapped]]] = {
    Vocabulary.POLITIFACT: {
        ClaimKind.PROMISE: _PROMISE_METER,
        ClaimKind.PREDICTION: dict.fromkeys(Status, _NO_PREDICTIONS),
        ClaimKind.ASSERTION: _TRUTH_O_METER,
    },
    Vocabulary.CLAIM_REVIEW: {kind: _claim_review(kind) for kind in ClaimKind},
    Vocabulary.METACULUS: dict.fromkeys(ClaimKind, _QUESTION),
}
