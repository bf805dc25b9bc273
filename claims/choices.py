"""The words of the field: every closed vocabulary a row, a filter or a CSV cell may use.

Codes are stable and stored; labels are for people and go through gettext.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SpeakerKind(TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class ClaimKind(TextChoices):
    PROMISE = "promise", _("Promise")
    PREDICTION = "prediction", _("Prediction")
    ASSERTION = "assertion", _("Assertion")


class Attribution(TextChoices):
    DIRECT = "direct", _("Direct quotation")
    REPORTED = "reported", _("Reported speech")
    DOCUMENT = "document", _("Written in a document")
    NARRATION = "narration", _("The publication's own words")


class DueMode(TextChoices):
    """How a due period is meant; only ``by`` can be late."""

    BY = "by", _("to happen by the end of the period")
    AT = "at", _("to be so at the end of the period")
    THROUGHOUT = "throughout", _("to hold all through the period")


class DueBasis(TextChoices):
    """Who dated the claim: we never call overdue, unsaid, what only we dated."""

    STATED = "stated", _("Stated by the speaker")
    INFERRED = "inferred", _("Inferred from the words")
    TERM = "term", _("End of the term of office")
    OURS = "ours", _("Set by us")


class Comparator(TextChoices):
    EQ = "eq", _("exactly")
    APPROX = "approx", _("about")
    LT = "lt", _("less than")
    LTE = "lte", _("at most")
    GT = "gt", _("more than")
    GTE = "gte", _("at least")
    BETWEEN = "between", _("between")


class QuantityChange(TextChoices):
    LEVEL = "level", _("a level")
    INCREASE = "increase", _("an increase")
    DECREASE = "decrease", _("a decrease")


class EditorialState(TextChoices):
    """Only ``published`` is public."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    RETRACTED = "retracted", _("Retracted")
    MERGED = "merged", _("Merged into another claim")
    SET_ASIDE = "set_aside", _("Set aside: not trackable")


class Outcome(TextChoices):
    """A verdict, neutral in code; `outcome_label` says it in the words of the claim's kind."""

    BORNE_OUT = "borne_out", _("Borne out")
    BORNE_OUT_LATE = "borne_out_late", _("Borne out late")
    PARTLY_BORNE_OUT = "partly_borne_out", _("Partly borne out")
    NOT_BORNE_OUT = "not_borne_out", _("Not borne out")
    UNVERIFIABLE = "unverifiable", _("Unverifiable")
    VOID = "void", _("Void: its condition never arose")


class Progress(TextChoices):
    """An update on a promise: never stale, never scored."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    STALLED = "stalled", _("Stalled")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Status(TextChoices):
    """One word for one-word readers: the outcome, else the progress, else pending."""

    PENDING = "pending", _("Pending")
    NOT_STARTED = Progress.NOT_STARTED.value, Progress.NOT_STARTED.label
    IN_PROGRESS = Progress.IN_PROGRESS.value, Progress.IN_PROGRESS.label
    STALLED = Progress.STALLED.value, Progress.STALLED.label
    DONE = Progress.DONE.value, Progress.DONE.label
    DROPPED = Progress.DROPPED.value, Progress.DROPPED.label
    BORNE_OUT = Outcome.BORNE_OUT.value, Outcome.BORNE_OUT.label
    BORNE_OUT_LATE = Outcome.BORNE_OUT_LATE.value, Outcome.BORNE_OUT_LATE.label
    PARTLY_BORNE_OUT = Outcome.PARTLY_BORNE_OUT.value, Outcome.PARTLY_BORNE_OUT.label
    NOT_BORNE_OUT = Outcome.NOT_BORNE_OUT.value, Outcome.NOT_BORNE_OUT.label
    UNVERIFIABLE = Outcome.UNVERIFIABLE.value, Outcome.UNVERIFIABLE.label
    VOID = Outcome.VOID.value, Outcome.VOID.label


class AssessmentCause(TextChoices):
    """Why an assessment was made. Only a correction is ever shown as "corrected"."""

    FIRST = "first", _("First assessment")
    DEVELOPMENT = "development", _("The facts moved on")
    CORRECTION = "correction", _("We were wrong")
    REAFFIRMATION = "reaffirmation", _("Reaffirmed")
    METHOD = "method", _("Our method changed")


class AssessmentReason(TextChoices):
    ABANDONED = "abandoned", _("Abandoned")
    BLOCKED = "blocked", _("Blocked")
    DELAYED = "delayed", _("Delayed")
    MISSED_TARGET = "missed_target", _("Missed its target")
    REVERSED = "reversed", _("Reversed")
    VAGUE = "vague", _("Too vague")
    NO_DATA = "no_data", _("No data")
    SECRET = "secret", _("Secret")
    DISPUTED = "disputed", _("Disputed")


UNVERIFIABLE_REASONS = frozenset(
    {
        AssessmentReason.VAGUE,
        AssessmentReason.NO_DATA,
        AssessmentReason.SECRET,
        AssessmentReason.DISPUTED,
    }
)


class EvidenceKind(TextChoices):
    DOCUMENT = "document", _("Document")
    DATA = "data", _("Data")
    REPORT = "report", _("Report")
    FACT_CHECK = "fact_check", _("Another desk's fact-check")
    RESPONSE = "response", _("The speaker's reply")
    RETRACTION = "retraction", _("The speaker's retraction")
    SEARCH = "search", _("We searched and found nothing")


class Stance(TextChoices):
    SUPPORTS = "supports", _("Supports")
    CONTRADICTS = "contradicts", _("Contradicts")
    CONTEXT = "context", _("Context")


class Certainty(TextChoices):
    """How sure a suggestion of the adviser is; never stored."""

    CERTAIN = "certain", _("Certain, on this evidence")
    LIKELY = "likely", _("Likely")
    CANNOT_TELL = "cannot_tell", _("Cannot tell")


class LinkType(TextChoices):
    REVISES = "revises", _("revises")
    REPEATS = "repeats", _("repeats")
    CONTRADICTS = "contradicts", _("contradicts")
    DEPENDS_ON = "depends_on", _("depends on")
    PART_OF = "part_of", _("is part of")
    WITHDRAWS = "withdraws", _("withdraws")


class DeadlineMove(TextChoices):
    """What a revision did to the deadline, or all revisions of a chain together."""

    LATER = "later", _("certainly later")
    EARLIER = "earlier", _("certainly earlier")
    UNCLEAR = "unclear", _("moved, perhaps later, perhaps earlier")
    UNCHANGED = "unchanged", _("unchanged")
    SET = "set", _("set, where there was none")
    DROPPED = "dropped", _("dropped")


class Subject(TextChoices):
    """What a ledger entry is about."""

    CLAIM = "claim", _("Claim")
    SPEAKER = "speaker", _("Speaker")
    SOURCE = "source", _("Source")
    TOPIC = "topic", _("Topic")
    COLLECTION = "collection", _("Collection")


class Operation(TextChoices):
    """What a ledger entry did to its subject."""

    PUBLISH = "publish", _("Published")
    CREATE = "create", _("Created")
    EDIT = "edit", _("Edited")
    APPEARANCE = "appearance", _("Said again")
    EVIDENCE = "evidence", _("Evidence")
    ASSESS = "assess", _("Assessed")
    LINK = "link", _("Linked")
    RETRACT = "retract", _("Retracted")
    MERGE = "merge", _("Merged")
    REDACT = "redact", _("Redacted by law")


class TokenScope(TextChoices):
    """How far an API token reaches, within what its account may do."""

    READ = "read", _("Read only")
    WRITE = "write", _("Read and write")


class UploadState(TextChoices):
    """How far a file has come that somebody brought to be imported."""

    CHECKED = "checked", _("Checked")
    ENTERING = "entering", _("Being entered")
    CUT_OFF = "cut_off", _("Cut off")
    ENTERED = "entered", _("Entered")
    EXPIRED = "expired", _("Thrown away")


# Label of an outcome for each kind of claim; a pair that is missing here is not allowed.
OUTCOME_LABELS = {
    ClaimKind.PROMISE: {
        Outcome.BORNE_OUT: _("Kept"),
        Outcome.BORNE_OUT_LATE: _("Kept late"),
        Outcome.PARTLY_BORNE_OUT: _("Partly kept"),
        Outcome.NOT_BORNE_OUT: _("Not kept"),
        Outcome.UNVERIFIABLE: _("Cannot be rated"),
        Outcome.VOID: _("Condition never arose"),
    },
    ClaimKind.PREDICTION: {
        Outcome.BORNE_OUT: _("Came true"),
        Outcome.BORNE_OUT_LATE: _("Came true late"),
        Outcome.PARTLY_BORNE_OUT: _("Partly came true"),
        Outcome.NOT_BORNE_OUT: _("Did not come true"),
        Outcome.UNVERIFIABLE: _("Cannot be judged"),
        Outcome.VOID: _("Condition never arose"),
    },
    ClaimKind.ASSERTION: {
        Outcome.BORNE_OUT: _("Accurate"),
        Outcome.PARTLY_BORNE_OUT: _("Partly accurate"),
        Outcome.NOT_BORNE_OUT: _("Inaccurate"),
        Outcome.UNVERIFIABLE: _("Cannot be verified"),
    },
}


def allowed_outcomes(kind: str) -> Mapping[Outcome, StrOrPromise]:
    """The outcomes a claim of this kind may have, each with its label."""
    return OUTCOME_LABELS[ClaimKind(kind)]


_OUTCOMES = frozenset(Outcome.values)


def status_label(kind: str, status: str) -> str:
    """The status in the words of the claim's kind: "Kept late", "In progress", "Pending"."""
    # An outcome of the past may not be one of the kind that the claim has become.
    label = allowed_outcomes(kind).get(Outcome(status)) if status in _OUTCOMES else None
    return str(label or Status(status).label)
