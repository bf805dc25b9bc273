"""What the writes of rows take, member by member: those that claims name, and a claim's own."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from rest_framework import serializers

from claims.choices import EvidenceKind, LinkType, SpeakerKind, Stance
from claims.curation.guard import MAX_LIST, MAX_LIST_TEXT
from claims.models import Appearance, Collection, Evidence, Reference, Source, Speaker, Topic

from .serializers import EachField, TextField, WordField

MAX_SLUG = 120  # characters


def _text(model: type[models.Model], name: str, **options: Any) -> TextField:
    """The text of a column, of as many characters as it takes."""
    column: Any = model._meta.get_field(name)
    bounds = [each for each in column.validators if isinstance(each, MaxLengthValidator)]
    about = {
        "required": not column.blank,
        "allow_blank": column.blank,
        "allow_null": column.null,
        "max_length": bounds[0].limit_value if bounds else None,
        "help_text": column.help_text or None,
    }
    # An empty text is none of what these would have; where there may be one, curation asks them.
    if not column.blank:
        about["validators"] = [each for each in column.validators if each not in bounds]
    return TextField(**(about | options))


def _slug(model: type[Reference], made_of: str) -> TextField:
    about = f"Left out, it is made of the {made_of}. It never changes."
    return _text(model, "slug", required=False, help_text=about)


def _named(about: str, **options: Any) -> TextField:
    return TextField(max_length=MAX_SLUG, help_text=about, **options)


def _date(model: type[models.Model], name: str, about: str = "") -> TextField:
    return _text(model, name, help_text=f"A fuzzy date{about}.")


class SpeakerWriteSerializer(serializers.Serializer):
    slug = _slug(Speaker, "name")
    name = _text(Speaker, "name")
    kind = WordField(SpeakerKind, allow_blank=False, help_text="Left out: a person.")
    aliases = EachField(
        child=TextField(max_length=MAX_LIST_TEXT),
        max_length=MAX_LIST,
        required=False,
        help_text="Other names.",
    )
    wikidata_id = _text(Speaker, "wikidata_id", help_text="Such as `Q42`.")
    organisation = _named(
        "Slug of where they belong today; a claim keeps what they were when they spoke.",
        required=False,
        allow_null=True,
    )


class SourceWriteSerializer(serializers.Serializer):
    slug = _slug(Source, "publisher and the title")
    publisher = _text(Source, "publisher")
    title = _text(Source, "title")
    url = _text(Source, "url", help_text="An http or https address, of no other source.")
    archive_url = _text(Source, "archive_url")
    published_on = _date(Source, "published_on", "; null where the page has none")
    language = _text(Source, "language", help_text="A BCP 47 tag: `en`, `pt-BR`.")


class TopicWriteSerializer(serializers.Serializer):
    slug = _slug(Topic, "name")
    name = _text(Topic, "name")
    description = _text(Topic, "description")


class CollectionWriteSerializer(serializers.Serializer):
    slug = _slug(Collection, "name")
    name = _text(Collection, "name")
    selection_note = _text(Collection, "selection_note")
    owner = _text(Collection, "owner")
    starts_on = _date(Collection, "starts_on")
    ends_on = _date(Collection, "ends_on")


class EvidenceWriteSerializer(serializers.Serializer):
    """What a source shows about a claim."""

    kind = WordField(EvidenceKind, allow_blank=False, required=True)
    stance = WordField(Stance, allow_blank=False, help_text="Left out: `context`.")
    summary = _text(Evidence, "summary", help_text="What it shows; of a search: where and when.")
    source = _named(  # type: ignore[assignment]
        "Slug of the source. Only a search that found nothing has none.",
        required=False,
        allow_null=True,
    )
    dated = _date(Evidence, "dated", ": when what it shows was so")
    observed = _text(Evidence, "observed", help_text="A quantity: `approx 3600 people`.")
    original_rating = _text(Evidence, "original_rating", help_text="Of a fact-check only.")
    replaces = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="The evidence of this claim that it stands in for: what is cited is replaced, "
        "never edited.",
    )


class AppearanceWriteSerializer(serializers.Serializer):
    """The same speaker saying it again, unchanged."""

    said_on = _date(Appearance, "said_on")
    source = _named("Slug of the source.")  # type: ignore[assignment]
    quote = _text(Appearance, "quote")


class LinkWriteSerializer(serializers.Serializer):
    """How this claim relates to another, which is published."""

    type = WordField(LinkType, allow_blank=False, required=True)
    claim = serializers.UUIDField(help_text="The other claim's uid.")


REFERENCE_BODIES: dict[type[Reference], type[serializers.Serializer]] = {
    Speaker: SpeakerWriteSerializer,
    Source: SourceWriteSerializer,
    Topic: TopicWriteSerializer,
    Collection: CollectionWriteSerializer,
}
