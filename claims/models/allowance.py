"""Rates: how often something may be done, counted in one place for all server processes."""

from __future__ import annotations

import time
from hashlib import sha256
from math import ceil

from django.db import models
from django.db.models import F
from django.db.models.functions import Greatest

MINUTE = 60_000_000  # microseconds, as all times here: whole numbers add up exactly


class AllowanceQuerySet(models.QuerySet["Allowance"]):
    def take(self, what: str, per_minute: int) -> int:
        """Use one of so many a minute up: 0, or the seconds until there is one again.

        A refusal uses nothing up. One statement, so of two at once the second sees the first.
        """
        now, each, key = time.time_ns() // 1_000, MINUTE // per_minute, _key(what)
        full = now + each * (per_minute - 1)
        row = self.filter(key=key)
        step = Greatest(F("spent_until"), now) + each
        for _attempt in range(3):
            if row.filter(spent_until__lte=full).update(spent_until=step):
                return 0
            _, is_new = self.get_or_create(key=key, defaults={"spent_until": now + each})
            if is_new:
                self.filter(spent_until__lte=now).delete()  # such a row says nothing any more
                return 0
            spent_until = row.values_list("spent_until", flat=True).first()
            if spent_until is not None and spent_until > full:
                return ceil((spent_until - full) / 1_000_000)
        return 1  # others take and give back all the while

    def give_back(self, what: str, per_minute: int) -> None:
        """What was taken turned out not to count."""
        self.filter(key=_key(what)).update(spent_until=F("spent_until") - MINUTE // per_minute)


class Allowance(models.Model):
    """What has been used up of one rate, by the generic cell rate algorithm (ITU-T I.371).

    Each use moves `spent_until` on by its share of a minute; a minute ahead of now is all there is.
    """

    key = models.CharField(max_length=64, primary_key=True)  # a digest: it may be of a user name
    spent_until = models.BigIntegerField(db_index=True)  # microseconds since 1970

    objects = AllowanceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key


def _key(what: str) -> str:
    return sha256(what.encode()).hexdigest()
