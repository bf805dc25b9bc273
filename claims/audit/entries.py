"""The chain of entries, followed one by one: pure checks, no query."""

from __future__ import annotations

import re
from datetime import datetime

from claims.models import GENESIS, Change, Ledger


class LedgerFault(Exception):
    """The first thing found that is not as it should be: where, and what was expected."""


class Chain:
    """The entries seen so far, and whether an earlier head was among them.

    `against` is such a head, ``number.hash``, with 16 to 64 digits of the hash; empty: none.
    Raises ValueError where it is neither.
    """

    def __init__(self, against: str = "") -> None:
        self.number = 0
        self.hash = GENESIS
        self.at: datetime | None = None
        self.redacted = 0
        self.noted: tuple[int, str] | None = None
        if against:
            match = re.fullmatch(r"([0-9]{1,18})\.([0-9a-f]{16,64})", against)
            if not match:
                raise ValueError(against)
            self.noted = int(match[1]), match[2]
            self._compare_with_noted()

    def follow(self, entry: Change, *, warranted: bool) -> None:
        """Take the next entry; `warranted`: a Redaction row allows that its record is gone.

        Raises `LedgerFault`.
        """
        where = f"entry {entry.number}"
        if entry.number != self.number + 1:
            raise LedgerFault(f"{where}: entry {self.number + 1} should come here")
        if entry.previous_hash != self.hash:
            raise LedgerFault(
                f"{where}: it follows {entry.previous_hash}, but the hash of entry "
                f"{self.number} is {self.hash}"
            )
        if self.at and entry.at < self.at:
            raise LedgerFault(f"{where}: it is of {entry.at}, which is before {self.at}")
        if entry.record is None and entry.salt is None:
            if not warranted:
                raise LedgerFault(f"{where}: its record is gone, and no redaction warrants that")
            self.redacted += 1
        elif entry.record is None or entry.salt is None:
            raise LedgerFault(f"{where}: a record and its salt go together, and one is gone")
        elif (digest := entry.digest_of_record()) != entry.record_digest:
            raise LedgerFault(
                f"{where}: its record has the digest {digest}, not {entry.record_digest}"
            )
        if (recomputed := entry.hash_of_entry()) != entry.hash:
            raise LedgerFault(f"{where}: it hashes to {recomputed}, not {entry.hash}")
        self.number, self.hash, self.at = entry.number, entry.hash, entry.at
        self._compare_with_noted()

    def end(self, head: Ledger) -> None:
        """All entries were seen: they end where the ledger's row says. Raises `LedgerFault`."""
        if (head.number, head.hash, head.at) != (self.number, self.hash, self.at):
            raise LedgerFault(
                f"the ledger's head is {head.number}.{head.hash} of {head.at}, "
                f"but its entries end at {self.number}.{self.hash} of {self.at}"
            )
        if self.noted and self.noted[0] > self.number:
            raise LedgerFault(
                f"the noted head is number {self.noted[0]}, but this history ends at {self.number}"
            )

    def _compare_with_noted(self) -> None:
        if self.noted and self.noted[0] == self.number and not self.hash.startswith(self.noted[1]):
            raise LedgerFault(
                f"entry {self.number}: its hash is {self.hash}, but the noted head says "
                f"{self.noted[1]}: this is another history"
            )
