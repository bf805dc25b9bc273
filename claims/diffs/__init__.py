"""What changed between two ledger records, in words for people. Pure: no query, no clock."""

from .entries import BEGINNINGS, BEHIND, Telling, Untold, told
from .records import LIST, ROWS, TEXT, VALUE, Difference, RowDifference, differences
from .texts import ADDED, KEPT, REMOVED, Run, runs, words

__all__ = [
    "ADDED",
    "BEGINNINGS",
    "BEHIND",
    "KEPT",
    "LIST",
    "REMOVED",
    "ROWS",
    "TEXT",
    "VALUE",
    "Difference",
    "RowDifference",
    "Run",
    "Telling",
    "Untold",
    "differences",
    "runs",
    "told",
    "words",
]
