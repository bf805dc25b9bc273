"""What changed between two ledger records, in words for people. Pure, but for
`behind_of`, which looks up what a page of entries is compared with."""

from .entries import Telling, Untold, behind_of, told
from .records import LIST, ROWS, TEXT, VALUE, Difference, RowDifference, differences
from .texts import ADDED, KEPT, REMOVED, Run, runs, words

__all__ = [
    "ADDED",
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
    "behind_of",
    "differences",
    "runs",
    "told",
    "words",
]
