"""A verdict does not contradict the day that it gives."""

import pytest
import time_machine

from claims import curation
from tests.factories import assess, make_claim, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring_of_2022():
    with time_machine.travel("2022-04-01", tick=False):
        yield


def refused(outcome, happened_on, **claim):
    with pytest.raises(curation.BatchRefused) as refusal:
        assess(make_claim(**claim), outcome, happened_on=happened_on)
    assert list(refusal.value.error_dict) == ["happened_on"]
    return refusal.value.messages[0]


@pytest.mark.parametrize("happened_on", ["2020", "2020-12-31", "2020-05", "../2020"])
def test_what_happened_in_time_is_not_late(happened_on):
    assert "in time" in refused("borne_out_late", happened_on)


@pytest.mark.parametrize("happened_on", ["2021-01-01", "2021", "2021/.."])
def test_what_happened_after_the_last_due_day_is_late(happened_on):
    assert "late" in refused("borne_out", happened_on)


@pytest.mark.parametrize(
    ("outcome", "happened_on"),
    [
        ("borne_out", "2020-12-31"),
        ("borne_out_late", "2021-01-01"),
        ("borne_out", "2020/2021"),  # straddles the last day
        ("borne_out_late", "2020/2021"),
        ("borne_out", "2021~"),  # marked: never certain
        ("borne_out_late", "2020-12?"),
        ("not_borne_out", "2021-03"),  # the day on which it became impossible
    ],
)
def test_what_may_be_so_is_taken(outcome, happened_on):
    assert assess(make_claim(), outcome, happened_on=happened_on).outcome == outcome


def test_only_what_is_due_by_a_day_can_be_late():
    claim = make_claim(due="2020", due_mode="at", due_basis="stated")

    assert assess(claim, "borne_out", happened_on="2021").outcome == "borne_out"


def test_what_is_still_to_come_has_not_happened():
    assert "still to come" in refused("not_borne_out", "2022-04-03")
    assert assess(make_claim(), "not_borne_out", happened_on="2022").happened_on.text == "2022"


def test_a_day_that_has_begun_in_the_east_counts():
    assert make_draft(kind="assertion", said_on="2022-04-02").said_on.text == "2022-04-02"


def test_nothing_was_said_in_the_future():
    with pytest.raises(curation.BatchRefused) as refusal:
        make_draft(kind="assertion", said_on="2022-04-03")

    assert list(refusal.value.error_dict) == ["said_on"]
