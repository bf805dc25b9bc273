"""The members of a claim that a client may write, and how each is written."""

from __future__ import annotations

from typing import Any

from django.core.validators import slug_re
from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from claims import choices

from .serializers import WordField, YesNoField

MAX_NAMES = 50  # topics, collections or rows that hang on one claim
MAX_SLUG = 120
MAX_CLAIMS = 500  # of one batch


class TextField(serializers.CharField):
    """A text, taken as it is: what may be in it, curation says along with all else."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(allow_blank=True, trim_whitespace=False, **kwargs)
        self.validators = []

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise ValidationError(_("Give a text."))
        return data


class FuzzyDateField(TextField):
    """A fuzzy date as written; null or an empty text: none."""


class SlugField(TextField):
    """The slug of a row that is there."""

    def to_internal_value(self, data: Any) -> str:
        slug = super().to_internal_value(data)
        if slug and (len(slug) > MAX_SLUG or not slug_re.match(slug)):
            raise ValidationError(_("A slug is made of letters, digits, - and _."))
        return slug


class SlugsField(serializers.ListField):
    """Slugs of rows that are there; all that the claim is to have."""

    child = SlugField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=MAX_NAMES, **kwargs)

    def to_internal_value(self, data: Any) -> list[str]:
        if isinstance(data, list) and len(data) > MAX_NAMES:
            raise ValidationError(_("Give at most %(most)d.") % {"most": MAX_NAMES})
        slugs = super().to_internal_value(data)
        if not all(slugs):
            raise ValidationError(_("There is an empty slug among them."))
        return slugs


class TextsByNameField(serializers.DictField):
    """An object of texts; how many and how long, curation says."""

    child = TextField()

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if not isinstance(data, dict) or not all(isinstance(each, str) for each in data.values()):
            raise ValidationError(_("Give an object of texts by name."))
        return data


class ClaimMembers(serializers.Serializer):
    kind = WordField(choices.ClaimKind, required=True)
    statement = TextField(required=True, help_text="Ours, and checkable; at most 1,000 characters.")
    quote = TextField(help_text="Verbatim; at most 2,000 characters.")
    quote_prefix = TextField(help_text="The words before it on its page; at most 200 characters.")
    quote_suffix = TextField(help_text="The words behind it; at most 200 characters.")
    quote_language = TextField(help_text="BCP 47.")
    quote_is_translation = YesNoField(required=False)
    speaker = SlugField(required=True, help_text="A speaker's slug.")
    speaker_role = TextField(help_text="As of then; at most 200 characters.")
    on_behalf_of = SlugField(
        allow_null=True, help_text="A speaker's slug; null: they spoke for themselves."
    )
    attribution = WordField(choices.Attribution)
    source = SlugField(  # type: ignore[assignment]
        allow_null=True, help_text="A source's slug; a draft may lack it."
    )
    said_on = FuzzyDateField(required=True, help_text="A fuzzy date: its first appearance.")
    due = FuzzyDateField(allow_null=True, help_text="A fuzzy date; of a promise or prediction.")
    due_mode = WordField(choices.DueMode, help_text="Needed with `due`.")
    due_basis = WordField(choices.DueBasis, help_text="Who dated it; needed with `due`.")
    refers_to = FuzzyDateField(
        allow_null=True, help_text="A fuzzy date: the time an assertion speaks of."
    )
    condition = TextField(help_text="What it was said to depend on; at most 500 characters.")
    quantity = TextField(allow_null=True, help_text="As written: `approx 3600 people`.")
    measure = TextField(help_text="What is counted; at most 300 characters.")
    criteria = TextField(help_text="How it will be judged; at most 2,000 characters.")
    external_id = TextField(help_text="Its name in another system; no two claims have the same.")
    extra = TextsByNameField(
        required=False,
        help_text="Columns of your own: at most 50 texts of at most 2,000 characters, by names of "
        "at most 60.",
    )
    topics = SlugsField(help_text="Slugs of topics: all that it is to have.")
    collections = SlugsField(help_text="Slugs of collections: all that it is to be in.")


class DraftAppearanceSerializer(serializers.Serializer):
    said_on = FuzzyDateField(required=True, help_text="A fuzzy date.")
    source = SlugField(required=True, help_text="A source's slug.")  # type: ignore[assignment]
    quote = TextField(help_text="Verbatim; at most 2,000 characters.")


class DraftEvidenceSerializer(serializers.Serializer):
    kind = WordField(choices.EvidenceKind, required=True)
    stance = WordField(choices.Stance)
    summary = TextField(required=True, help_text="At most 2,000 characters.")
    source = SlugField(  # type: ignore[assignment]
        allow_null=True, help_text="A source's slug; needed, unless the kind is `search`."
    )
    dated = FuzzyDateField(allow_null=True, help_text="A fuzzy date: when that was so.")
    observed = TextField(allow_null=True, help_text="A quantity as written.")
    original_rating = TextField(help_text="Another desk's verdict in its own words.")


class ClaimDraftSerializer(ClaimMembers):
    """A claim to draft."""

    uid = serializers.UUIDField(required=False, help_text="The name that it has elsewhere.")
    appearances = DraftAppearanceSerializer(
        many=True, required=False, help_text="Where else the speaker said it, unchanged."
    )
    evidence = DraftEvidenceSerializer(
        many=True, required=False, help_text="What sources show about it."
    )


class ClaimEditSerializer(ClaimMembers):
    """What a claim is to have from now on; what is left out stays as it is."""

    cosmetic = TextField(
        help_text="Why this edit leaves the meaning as it was; standing verdicts then stay fresh."
    )


class MoveSerializer(serializers.Serializer):
    reason = TextField(
        help_text="At most 1,000 characters. Needed to retract, merge or set aside, and to bring "
        "a retracted claim back."
    )


class MergeSerializer(serializers.Serializer):
    into = serializers.UUIDField(help_text="The claim that stays, by its uid.")
    reason = TextField(required=True, help_text="At most 1,000 characters.")


class OnError(models.TextChoices):
    """What becomes of the good claims of a batch where others are refused."""

    REFUSE_ALL = "refuse_all"
    SKIP = "skip"


class BatchSerializer(serializers.Serializer):
    claims: serializers.ListSerializer = serializers.ListSerializer(
        child=ClaimDraftSerializer(), min_length=1, max_length=MAX_CLAIMS
    )
    on_error = WordField(
        OnError,
        help_text="Where some are refused: nothing is written, or the others are; `refuse_all` "
        "unless said.",
    )


DRAFT = ClaimDraftSerializer()
EDIT = ClaimEditSerializer()
MOVE = MoveSerializer()
MERGE = MergeSerializer()
BATCH = BatchSerializer()
