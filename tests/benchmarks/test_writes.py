"""The verdicts that are measured are written, and a feed with a gap in it is noticed."""

import pytest

from claims.models import Assessment, Ledger

from .made_claims import make_claims
from .writes import Done, is_gapless, measure, read_feed


@pytest.mark.django_db(transaction=True)
def test_open_claims_are_judged_and_the_feed_tells_of_each(live_server, settings):
    settings.WRITES_PER_MINUTE = 100_000
    make_claims(200)
    before = Assessment.objects.count()

    measured = measure(live_server.thread.port, seconds=60, most=56)

    assert measured["verdicts"] == 16
    assert measured["gapless"]
    assert Assessment.objects.count() == before + 56
    assert read_feed(live_server.thread.port)["entries"] == Ledger.objects.get().number


def entry(number, previous="", **facts):
    record = {"assessments": [{"uid": f"uid-{number}"}]}
    return {
        "number": number,
        "previous_hash": previous or f"hash-{number - 1}",
        "hash": f"hash-{number}",
        "record": record,
    } | facts


@pytest.mark.parametrize(
    ("entries", "gapless"),
    [
        ([entry(6), entry(7)], True),
        ([entry(6)], False),
        ([entry(7), entry(8)], False),
        ([entry(7), entry(6)], False),
        ([entry(6), entry(6), entry(7)], False),
        ([entry(6), entry(7, previous="hash-5")], False),
        ([entry(6), entry(7, record={"assessments": [{"uid": "uid-6"}]})], False),
    ],
)
def test_a_gap_is_noticed(entries, gapless):
    done = [Done("uid-6", 0, 0), Done("uid-7", 0, 0)]

    assert is_gapless(Ledger(number=5, hash="hash-5"), entries, done) is gapless
