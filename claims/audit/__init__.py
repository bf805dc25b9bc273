"""Is everything as the ledger says? A reading of all of it, in one snapshot; it writes nothing.

What it proves, and what it does not, stands in `claims.models.ledger`.
"""

from .entries import Chain, LedgerFault
from .verification import Findings, verify

__all__ = ["Chain", "Findings", "LedgerFault", "verify"]
