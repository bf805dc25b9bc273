"""What changed between two ledger records, in words for people. Pure: no query, no clock."""

from .entries import Telling, Untold, told
from .records import Difference, RowDifference, differences
from .texts import ADDED, KEPT, REMOVED, Run, runs, words

__all__ = [
    "ADDED",
    "KEPT",
    "REMOVED",
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
