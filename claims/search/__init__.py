"""Full text: one text of a claim, folded once in Python; one query; the same answers anywhere.

A claim's text is lines of words, each word with a space before and behind it, and what a query
asks for is found where it stands in that text letter by letter. The engines' indexes (`index`)
only narrow down where to look.
"""

from .matching import Found
from .query import MAX_LENGTH, MAX_TERMS, Query, parse
from .ranking import score
from .texts import FORMAT, WEIGHTS, search_text

__all__ = [
    "FORMAT",
    "MAX_LENGTH",
    "MAX_TERMS",
    "WEIGHTS",
    "Found",
    "Query",
    "parse",
    "score",
    "search_text",
]
