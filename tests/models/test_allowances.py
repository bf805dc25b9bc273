"""So many a minute: all at once if need be, then one for each share of a minute that passes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.models import Allowance

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
take = Allowance.objects.take


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.mark.django_db
@pytest.mark.parametrize("most", [1, 5, 7, 120])
def test_as_many_as_there_are_and_then_one_at_a_time(clock, most):
    assert [take("a", most) for _ in range(most)] == [0] * most
    wait = take("a", most)
    assert (wait - 1) < 60 / most <= wait + 0.001

    clock.shift(timedelta(seconds=wait))
    assert take("a", most) == 0


@pytest.mark.django_db
def test_a_minute_later_all_are_there_again(clock):
    for _ in range(9):
        take("a", 5)
    clock.shift(timedelta(minutes=1))

    assert [take("a", 5) for _ in range(6)] == [0, 0, 0, 0, 0, 12]


@pytest.mark.django_db
def test_a_refusal_uses_nothing_up(clock):
    waits = [take("a", 1) for _ in range(3)]

    assert waits == [0, 60, 60]


@pytest.mark.django_db
def test_each_is_counted_for_itself(clock):
    assert [take("a", 1), take("b", 1), take("a", 1)] == [0, 0, 60]


@pytest.mark.django_db
def test_what_is_given_back_can_be_taken_again(clock):
    take("a", 1)
    Allowance.objects.give_back("a", 1)

    assert take("a", 1) == 0


@pytest.mark.django_db
def test_what_says_nothing_any_more_is_swept_away(clock):
    take("a", 5)
    take("b", 1)
    clock.shift(timedelta(seconds=30))

    take("c", 5)

    assert Allowance.objects.count() == 2  # b is still spent


@pytest.mark.django_db
def test_what_is_counted_is_not_told_by_the_row(clock):
    take("login hunter2", 5)

    assert "hunter2" not in str(Allowance.objects.values().get())


class Law(TestCase):
    @given(
        most=st.integers(1, 30),
        pauses=st.lists(st.integers(0, 90), min_size=1, max_size=60),  # seconds
    )
    def test_a_wait_is_the_truth_and_no_minute_has_more_than_are_there_and_come_back(
        self, most, pauses
    ):
        seconds, taken = 0, []
        with time_machine.travel(NOON, tick=False) as clock:
            for pause in pauses:
                clock.shift(timedelta(seconds=pause))
                seconds += pause
                if wait := take("law", most):
                    clock.shift(timedelta(seconds=wait))
                    seconds += wait
                    assert take("law", most) == 0
                taken.append(seconds)
        for start in taken:
            assert sum(start <= each < start + 60 for each in taken) <= 2 * most


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_than_there_are():
    def attempt(_):
        try:
            return take("a", 5)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(attempt, range(24)))

    assert waits.count(0) == 5
