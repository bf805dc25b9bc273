"""The text that a claim is found by."""

from __future__ import annotations

from typing import Any

from .words import words

# Goes up whenever these texts change for the same claim; `manage.py rebuild_documents` then
# brings them up.
FORMAT = 1
MOST = 200_000  # characters: PostgreSQL's tsvector takes a megabyte
# The first lines of a text, by how much they say of what a claim is about; names are as NAMES.
WEIGHTS = {"statement": 8, "quote": 4, "criteria": 1}
NAMES = 6


def search_text(claim: Any) -> str:
    """Lines of words: the columns of `WEIGHTS`, then each name of who said it and for whom.

    No phrase runs on from one line to the next.
    """
    lines = [getattr(claim, name) for name in WEIGHTS]
    for speaker in filter(None, (claim.speaker, claim.on_behalf_of)):
        lines += [speaker.name, *speaker.aliases]
    text = "\n".join(f" {' '.join(words(line))} " for line in lines)
    return text if len(text) <= MOST else f"{text[:MOST].rpartition(' ')[0]} "
