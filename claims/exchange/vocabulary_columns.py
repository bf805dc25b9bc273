"""The columns of a claim's status in the words of others: exported, and ignored on import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .cells import Column, companion
from .vocabularies import VERSION, Mapped, Vocabulary, mapped


def columns_of(vocabulary: Vocabulary) -> list[Column]:
    """Those that an export has which asks for this vocabulary."""

    def column(name: str, read: Callable[[Mapped], Any], about: str, **more: Any) -> Column:
        return companion(
            name,
            lambda claim: read(mapped(vocabulary, claim.kind, claim.outcome, claim.progress)),
            about,
            asked=vocabulary.value,
            **more,
        )

    rating = column(
        f"{vocabulary}_rating",
        lambda word: word.rating,
        "A number from 1, false, to 5, true.",
        json="integer",
    )
    return [
        column(vocabulary.value, lambda word: word.status, "Its status in this vocabulary."),
        *([rating] if vocabulary == Vocabulary.CLAIM_REVIEW else []),
        column(
            f"{vocabulary}_lossy",
            lambda word: "true" if word.lossy else "false",
            "That word does not say just what ours does.",
            json="boolean",
        ),
        column(f"{vocabulary}_note", lambda word: word.note, "What it does not say."),
        column(f"{vocabulary}_version", lambda word: VERSION, "Of the table that it is from."),
    ]
