"""One claim in hand and a query over all answer alike."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from claims.models import Claim, Reading
from tests.factories import assess, make_claim

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2021, 1, 1)


def overdue(claim, on=NEW_YEAR):
    one = claim.is_past_due(on)
    assert Claim.objects.filter(Reading(on).past_due, pk=claim.pk).exists() == one
    return one


def due(text, mode="by", **values):
    return make_claim(due=text, due_mode=mode, due_basis="stated", **values)


@pytest.mark.parametrize(
    ("text", "mode", "expected"),
    [
        ("2020", "by", True),
        ("2020-12-31", "at", True),
        ("2020~", "by", True),
        ("2021-01-01", "by", False),
        ("2021", "by", False),
        ("2020", "throughout", False),
        ("2020/..", "by", False),
        ("../2020", "by", True),
    ],
)
def test_the_day_after_the_last_due_day(text, mode, expected):
    assert overdue(due(text, mode)) is expected


def test_any_day_up_to_the_last_is_in_time():
    assert not overdue(due("2020"), date(2020, 12, 31))


def test_a_claim_without_a_date_is_never_overdue():
    assert not overdue(make_claim(kind="promise"))


def test_an_assertion_is_never_overdue():
    assert not overdue(make_claim(kind="assertion", refers_to="2019"))

    claim = due("2020")
    assess(claim, "not_borne_out")

    assert not overdue(claim)


def test_a_claim_with_progress_still_is():
    claim = due("2020")
    assess(claim, progress="in_progress")

    assert overdue(claim)


def test_the_day_ends_at_midnight_utc():
    claim = due("2020")

    with time_machine.travel(datetime(2020, 12, 31, 23, 59, 59, tzinfo=UTC), tick=False):
        assert not claim.is_past_due()
    with time_machine.travel(datetime(2021, 1, 1, tzinfo=UTC), tick=False):
        assert claim.is_past_due()
