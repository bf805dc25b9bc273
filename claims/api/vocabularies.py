"""``vocab=politifact,metaculus``: a claim's status in the words of others, beside ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError as FieldError
from django.http import QueryDict
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from claims.documents import with_member
from claims.exchange.vocabularies import VERSION, Vocabulary, mapped
from claims.filter_fields import WordsField

VOCAB = "vocab"
STANDING = ("kind", "outcome", "progress")  # what a status in other words is made of


def vocabularies(params: QueryDict) -> Sequence[str]:
    """Those that are asked for, each once. Raises ValidationError by parameter."""
    if VOCAB not in params:
        return ()
    try:
        return tuple(dict.fromkeys(WordsField(words=Vocabulary).clean(params[VOCAB])))
    except FieldError as error:
        raise ValidationError({VOCAB: error.messages}) from error


def in_vocabularies(finished: str, asked: Sequence[str], stands: Mapping[str, Any]) -> str:
    """A claim's finished text, with what its status is called in the vocabularies asked for.

    `stands` has at least `STANDING`, as a record does.
    """
    if not asked:
        return finished
    words: dict[str, dict[str, Any]] = {}
    for vocabulary in asked:
        word = mapped(vocabulary, *(stands[name] for name in STANDING))
        words[vocabulary] = {
            "status": None if word.status is None else str(word.status),
            "lossy": word.lossy,
            "note": str(word.note) or None,
            "version": VERSION,
        }
        if vocabulary == Vocabulary.CLAIM_REVIEW:
            words[vocabulary]["rating"] = word.rating
    return with_member(finished, VOCAB, words)


class WordSerializer(serializers.Serializer):
    """A status in another vocabulary."""

    status = serializers.CharField(allow_null=True, help_text="Null: it has no word for it.")
    lossy = serializers.BooleanField(help_text="That word does not say just what ours does.")
    note = serializers.CharField(allow_null=True, help_text="What it does not say.")
    version = serializers.CharField(help_text="Of the table that it is from.")


class RatingWordSerializer(WordSerializer):
    rating = serializers.IntegerField(
        allow_null=True,
        help_text="From 1, false, to 5, true. Null: the scale has no place for it.",
    )


class VocabSerializer(serializers.Serializer):
    """The vocabularies that were asked for."""

    politifact = WordSerializer(required=False)
    claimreview = RatingWordSerializer(required=False)
    metaculus = WordSerializer(required=False)
