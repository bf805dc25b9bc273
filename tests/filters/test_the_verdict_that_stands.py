"""Filters by the verdict that stands, or stood."""

from datetime import UTC, datetime

import pytest
import time_machine

from claims.models import Ledger
from tests.factories import assess, make_claim

from .asking import found

pytestmark = pytest.mark.django_db


def on(day):
    return time_machine.travel(datetime.fromisoformat(day).replace(tzinfo=UTC), tick=False)


def test_judged_asks_for_the_day_on_which_the_verdict_was_recorded():
    with on("2021-01-31T23:59:59.999999"):
        assess(make_claim(statement="January"), "borne_out")
    with on("2021-02-01"):
        assess(make_claim(statement="February"), "not_borne_out")
    make_claim(statement="open")

    assert found(judged_from="2021-01", judged_to="2021-01") == {"January"}
    assert found(judged_from="2021-02-01") == {"February"}
    assert found(judged_to="2021") == {"January", "February"}


def test_only_the_verdict_that_stands_is_asked():
    with on("2021-01-01"):
        reopened = make_claim(statement="reopened")
        again = make_claim(statement="again")
        for claim in (reopened, again):
            assess(claim, "not_borne_out", reason="delayed", happened_on="2020-12")
    with on("2022-01-01"):
        assess(reopened, progress="in_progress", cause="development", reopens=True)
        assess(again, "borne_out_late", cause="development", happened_on="2021-12")

    assert found(judged_to="2021") == found(reason="delayed") == found(cause="first") == set()
    assert found(judged_from="2022") == found(cause="development,method") == {"again"}
    assert found(happened_from="2021-12", happened_to="2021") == {"again"}
    assert found(happened_to="2020") == set()


def test_as_of_the_past_it_is_the_verdict_that_stood_then():
    with on("2021-01-01"):
        claim = make_claim(statement="it")
        assess(claim, "not_borne_out", reason="delayed", happened_on="2020-12")
        then = Ledger.objects.get().cursor
    with on("2022-01-01"):
        assess(claim, "borne_out_late", cause="development", happened_on="2021-12")

    for asked in (
        {"judged_to": "2021"},
        {"reason": "delayed"},
        {"cause": "first"},
        {"happened_to": "2020"},
    ):
        assert found(**asked, as_of=then) == {"it"}
        assert found(**asked) == set()
    assert found(judged_from="2022", as_of=then) == set()


def test_a_reason_is_one_of_a_vocabulary():
    assess(make_claim(statement="secret"), "unverifiable", reason="secret")
    assess(make_claim(statement="vague"), "unverifiable", reason="vague")
    assess(make_claim(statement="plain"), "borne_out")

    assert found(reason="secret,vague") == {"secret", "vague"}
