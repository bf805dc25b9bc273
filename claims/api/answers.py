"""Answers that are no finished texts, or more than one, as the schema describes them."""

from __future__ import annotations

from rest_framework import serializers

from claims import choices
from claims.documents import (
    ChoiceText,
    ClaimSerializer,
    EventSerializer,
    NamedSerializer,
    TimelineSerializer,
)

from . import chains
from .vocabularies import VocabSerializer


class ProblemSerializer(serializers.Serializer):
    """RFC 9457 problem details."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Messages by parameter or field.",
    )


class ClaimInBriefSerializer(serializers.Serializer):
    """The claim that something is about."""

    uid = serializers.UUIDField()
    statement = serializers.CharField()
    speaker = NamedSerializer()


class AssessedSerializer(serializers.Serializer):
    """What an assessment said."""

    uid = serializers.UUIDField()
    outcome = ChoiceText(choices=choices.Outcome.choices, allow_blank=True)
    progress = ChoiceText(choices=choices.Progress.choices, allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]
    headline = serializers.CharField(allow_null=True, help_text="Null: redacted.")
    recorded_at = serializers.DateTimeField()


class CorrectionSerializer(serializers.Serializer):
    claim = ClaimInBriefSerializer()
    before = AssessedSerializer(help_text="The assessment that was wrong.")
    now = AssessedSerializer(help_text="The correction.")
    rationale = serializers.CharField(allow_null=True, help_text="Null: redacted.")
    recorded_at = serializers.DateTimeField(help_text="When we corrected it.")


_DAYS = (
    "Days, positive towards later. Null: an open end leaves it unknown, or there is no deadline."
)


class MoveSerializer(serializers.Serializer):
    """How a deadline moved, from the bounds of the two periods."""

    direction = ChoiceText(choices=choices.DeadlineMove.choices)
    least_days = serializers.IntegerField(allow_null=True, help_text=_DAYS)
    most_days = serializers.IntegerField(allow_null=True, help_text=_DAYS)


class RevisionSerializer(MoveSerializer):
    claim = serializers.UUIDField()
    revises = serializers.UUIDField()


class GoalpostsSerializer(MoveSerializer):
    """How the deadline moved along a chain: from its first deadline to its last claim's."""

    moved = serializers.IntegerField(help_text="How many revisions moved or dropped it.")
    text = serializers.CharField(help_text="In words: `Deadline moved once, by 180 to 540 days`.")
    revisions = RevisionSerializer(many=True)


class ChainClaimSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    revises = serializers.UUIDField(allow_null=True, help_text="The claim of this chain before it.")
    statement = serializers.CharField()
    said_on = serializers.CharField(help_text="A fuzzy date.")
    due = serializers.CharField(allow_null=True, help_text="A fuzzy date.")
    status = ChoiceText(choices=choices.Status.choices)
    status_label = serializers.CharField()


class ChainEventSerializer(EventSerializer):
    of = serializers.UUIDField(help_text="The claim of the chain whose event this is.")


class AsOfSerializer(serializers.Serializer):
    """The place in the ledger that an answer is about."""

    asked = serializers.CharField(help_text="As it was given.")
    number = serializers.IntegerField(help_text="The last entry known then; 0: none.")
    cursor = serializers.CharField(help_text="Of that entry.")
    place = serializers.CharField(
        help_text="To be given as `as_of` for the same answer at any later time: the cursor, and "
        "behind an @ the day that due dates are held against."
    )
    at = serializers.CharField(allow_null=True, help_text="When that entry was made.")


class ChainSerializer(serializers.Serializer):
    """The timelines of all public claims that revise each other, merged."""

    uid = serializers.UUIDField(help_text="The claim that was asked for.")
    complete = serializers.BooleanField(
        help_text=f"False: the chain has {chains.MOST} claims or more; so many are here, "
        "the ones before the claim first."
    )
    claims = ChainClaimSerializer(many=True, help_text="In the order in which they were said.")
    goalposts = GoalpostsSerializer()
    events = ChainEventSerializer(many=True)
    as_of = AsOfSerializer(required=False, help_text="Only where `as_of` was asked.")


class ClaimRowSerializer(ClaimSerializer):
    vocab = VocabSerializer(required=False, help_text="Only where `vocab` was asked.")


class ClaimDetailSerializer(ClaimRowSerializer):
    as_of = AsOfSerializer(required=False, help_text="Only where `as_of` was asked.")


class TimelineDetailSerializer(TimelineSerializer):
    as_of = AsOfSerializer(required=False, help_text="Only where `as_of` was asked.")
