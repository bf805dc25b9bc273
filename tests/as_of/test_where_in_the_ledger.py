"""A day, an instant or a cursor becomes one number of the ledger."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from claims.as_of import as_of
from claims.models import Change, Ledger
from tests.factories import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger():
    """Entries 1 to 3, of two days in 2021; it is noon of the third day."""
    moments = [(1, 10), (2, 10), (2, 23)]
    for day, hour in moments:
        with time_machine.travel(datetime(2021, 5, day, hour, 59, tzinfo=UTC), tick=False):
            make_topic()
    with time_machine.travel(datetime(2021, 5, 3, 12, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("asked", "number", "on"),
    [
        ("2021-04-30", 0, "2021-04-30"),
        ("2021-05-01", 1, "2021-05-01"),
        ("2021-05-02", 3, "2021-05-02"),
        ("2021-05-03", 3, "2021-05-03"),
        ("2021-05-02T10:58:59.999999Z", 1, "2021-05-02"),
        ("2021-05-02T10:59:00Z", 2, "2021-05-02"),
        ("2021-05-02T10:59Z", 2, "2021-05-02"),
        ("2021-05-02t12:59:00+02:00", 2, "2021-05-02"),
        ("2021-05-02T12:59:00 02:00", 2, "2021-05-02"),  # a + that nobody encoded
        ("2021-05-02T04:59:00-06:00", 2, "2021-05-02"),
        ("2021-05-03T01:00:00+02:00", 2, "2021-05-02"),
        ("2021-05-03T12:00:00Z", 3, "2021-05-03"),
        ("0001-01-01", 0, "0001-01-01"),
    ],
)
def test_what_is_asked_becomes_the_last_number_known_then(ledger, asked, number, on):
    moment = as_of(asked)

    assert (moment.number, moment.on) == (number, date.fromisoformat(on))
    assert moment.asked == asked


def test_a_cursor_is_the_place_that_it_names(ledger):
    entry = Change.objects.get(number=2)

    moment = as_of(entry.cursor)

    assert (moment.number, moment.at, moment.on) == (2, entry.at, date(2021, 5, 2))
    assert moment.cursor == entry.cursor


def test_behind_an_at_sign_stands_the_day_that_due_dates_are_held_against(ledger):
    cursor = Change.objects.get(number=1).cursor

    assert as_of(f"{cursor}@2021-05-03").on == date(2021, 5, 3)
    assert as_of("2021-05-02").place == f"{Change.objects.get(number=3).cursor}@2021-05-02"
    for day in ("2021-04-30", "2021-05-04"):
        with pytest.raises(ValidationError, match="a day from 2021-05-01 to 2021-05-03"):
            as_of(f"{cursor}@{day}")
    with pytest.raises(ValidationError, match="Give a day such as"):
        as_of(f"{cursor}@2021-02-30")


def test_an_empty_ledger_has_a_cursor_too():
    assert as_of(Ledger.objects.get().cursor).number == 0


@pytest.mark.parametrize("asked", ["2021-05-04", "2021-05-03T12:00:01Z", "9999-12-31"])
def test_what_is_still_to_come_is_refused(ledger, asked):
    with pytest.raises(ValidationError) as refused:
        as_of(asked)

    assert refused.value.code == "future"
    assert "2021-05-03T12:00:00Z" in refused.value.message


@pytest.mark.parametrize(
    "asked",
    [
        *("2021", "2021-05", "2021-02-30", "yesterday", "5", "2021-05-02T10:59:00", "20210502"),
        *("2021-05-02T25:00:00Z", "2021-05-02T10:59:00+99:00", "0001-01-01T00:00:00+01:00"),
        *("1.xyz", "٢٠٢١-05-01", "2021-05-02 "),
    ],
)
def test_anything_else_is_refused_with_what_would_be_right(ledger, asked):
    with pytest.raises(ValidationError, match="Give a day such as 2021-12-31"):
        as_of(asked)


@pytest.mark.parametrize("asked", ["2.0123456789abcdef", "0.0123456789abcdef"])
def test_a_cursor_of_another_history_is_told_apart(ledger, asked):
    with pytest.raises(ValidationError) as refused:
        as_of(asked)

    assert refused.value.code == "another_history"


def test_a_cursor_whose_number_is_still_to_come_is_ahead(ledger):
    with pytest.raises(ValidationError) as refused:
        as_of("4.0123456789abcdef")

    assert refused.value.code == "ahead"
