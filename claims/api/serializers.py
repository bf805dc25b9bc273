"""What a write takes from a request, member by member, and what it answers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FilterError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from claims import choices
from claims.documents.serializers import EventAssessmentSerializer
from claims.filter_fields import WordsField


class AssessmentSerializer(EventAssessmentSerializer):
    """As a timeline shows it, with the facts that stand beside it there."""

    headline = serializers.CharField(allow_null=True, help_text="Null: redacted.")
    happened_on = serializers.CharField(allow_null=True, help_text="A fuzzy date.")
    recorded_at = serializers.CharField(help_text="When we said so.")


class WordField(serializers.ChoiceField):
    """A code of a vocabulary, or nothing."""

    def __init__(self, words: type[TextChoices], **kwargs: Any) -> None:
        self.words = words
        options = {"required": False, "allow_blank": True} | kwargs
        super().__init__(choices=words.choices, **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise ValidationError(_("Give a text."))
        if data:
            try:
                WordsField(words=self.words).check_word(data)
            except FilterError as error:
                raise ValidationError(error.messages) from error
        return data


class TextField(serializers.CharField):
    """A text, and nothing that could be written as one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise ValidationError(_("Give a text."))
        return super().to_internal_value(data)


class YesNoField(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            raise ValidationError(_("Give true or false."))
        return data


class WholeNumberField(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:  # a yes or no is an integer to Python
            raise ValidationError(_("Give a whole number."))
        return super().to_internal_value(data)


class EachField(serializers.ListField):
    """A list whose faults are one list of messages, as those of all members are."""

    def to_internal_value(self, data: Any) -> list[Any]:
        try:
            return super().to_internal_value(data)
        except ValidationError as error:
            if isinstance(error.detail, dict):  # by position
                each = (message for messages in error.detail.values() for message in messages)
                raise ValidationError(list(each)) from error
            raise


class UidsField(EachField):
    child = serializers.UUIDField()


class AssessmentWriteSerializer(serializers.Serializer):
    """An assessment to record."""

    # Read as a partial write: that something is missing, curation says along with all else.
    words_revision = WholeNumberField(help_text="Of the words that you judged.")
    outcome = WordField(choices.Outcome, help_text="Needed, unless there is progress.")
    progress = WordField(choices.Progress, help_text="Of a promise.")
    reopens = YesNoField(
        required=False, help_text="The verdict that stood no longer does. With progress only."
    )
    cause = WordField(
        choices.AssessmentCause, help_text="Needed, but for a claim's first: why there is another."
    )
    corrects = serializers.UUIDField(
        required=False, allow_null=True, help_text="The assessment that was wrong."
    )
    reason = WordField(choices.AssessmentReason)
    headline = TextField(required=False, allow_blank=True, help_text="At most 80 characters.")
    rationale = TextField(allow_blank=True, help_text="How we know; at most 4,000 characters.")
    happened_on = TextField(
        required=False,
        allow_null=True,
        allow_blank=True,
        help_text="A fuzzy date: when it became so.",
    )
    happened_before_said = YesNoField(
        required=False,
        help_text="Confirms a `happened_on` from before a promise or prediction was made.",
    )
    method = TextField(required=False, allow_blank=True, help_text="The rule book and its version.")
    evidence = UidsField(
        max_length=200,
        help_text="Uids of the claim's evidence it rests on.",
    )
