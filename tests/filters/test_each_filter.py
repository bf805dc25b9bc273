"""What each filter lets through, asked of the one table that all doors use."""

from datetime import UTC, datetime

import pytest
import time_machine

from claims.filters import ClaimFilter
from claims.models import Claim
from tests.factories import (
    assess,
    edit,
    make_claim,
    make_collection,
    make_revision,
    make_speaker,
    make_topic,
)

from .asking import found

pytestmark = pytest.mark.django_db


def assertion(**values):
    return make_claim(kind="assertion", **values)


def test_speaker_takes_one_slug_or_several():
    for slug in ("ann", "bob", "eve"):
        make_claim(statement=slug, speaker=make_speaker(slug=slug))

    assert found(speaker="ann") == {"ann"}
    assert found(speaker="ann,eve") == {"ann", "eve"}


def test_on_behalf_of_finds_what_was_said_for_somebody():
    make_claim(statement="for them", on_behalf_of=make_speaker(slug="party", kind="organisation"))
    make_claim(statement="for herself")

    assert found(on_behalf_of="party") == {"for them"}


def test_topic_and_collection_find_claims_under_any_of_the_slugs_once():
    one, two = make_topic(slug="one"), make_topic(slug="two")
    make_claim(statement="both", topics=[one, two], collections=[make_collection(slug="set")])
    make_claim(statement="neither")

    assert found(topic="one,two") == {"both"}
    assert found(collection="set") == {"both"}


def test_kind_and_status_take_lists_of_codes():
    make_claim(statement="pending")
    assess(make_claim(statement="late"), "borne_out_late")
    assess(make_claim(statement="begun"), progress="in_progress")
    assertion(statement="so")

    assert found(status="borne_out_late") == {"late"}
    assert found(status="in_progress,borne_out_late") == {"late", "begun"}
    assert found(outcome="borne_out_late") == {"late"}
    assert found(progress="in_progress") == {"begun"}
    assert found(kind="assertion") == {"so"}


def test_closed_means_that_an_outcome_stands():
    make_claim(statement="open")
    assess(make_claim(statement="judged"), "not_borne_out")

    assert found(closed="true") == {"judged"}
    assert found(closed="false") == {"open"}


@time_machine.travel(datetime(2021, 1, 1, tzinfo=UTC), tick=False)
def test_overdue_begins_the_day_after_the_last_due_day():
    make_claim(statement="due 2020", due="2020", due_mode="by", due_basis="stated")
    make_claim(statement="due 2021", due="2021", due_mode="by", due_basis="stated")
    make_claim(statement="kept up", due="2020", due_mode="throughout", due_basis="stated")
    make_claim(statement="open end", due="2020/..", due_mode="by", due_basis="stated")
    make_claim(statement="never due", due=None, due_mode="", due_basis="")
    assess(make_claim(statement="judged"), "not_borne_out")
    assertion(statement="assertion")

    assert found(overdue="true") == {"due 2020"}
    assert found(overdue="false") == set(
        Claim.objects.exclude(statement="due 2020").values_list("statement", flat=True)
    )


@time_machine.travel(datetime(2021, 1, 1, tzinfo=UTC), tick=False)
def test_a_marked_due_period_makes_only_possibly_overdue():
    for due in ("2020", "2020~", "2020?", "2019~/2020", "2021~"):
        make_claim(statement=due, said_on="2018", due=due, due_mode="by", due_basis="stated")
    assess(
        make_claim(statement="judged", due="2020~", due_mode="by", due_basis="stated"), "borne_out"
    )
    everything = set(Claim.objects.values_list("statement", flat=True))

    assert found(overdue="true") == {"2020"}
    assert found(overdue="false") == everything - {"2020"}
    assert found(possibly_overdue="true") == {"2020~", "2020?", "2019~/2020"}
    assert found(possibly_overdue="false") == {"2020", "2021~", "judged"}


def test_due_basis_and_whether_there_is_a_due_period_and_an_end_of_it():
    for basis in ("stated", "ours"):
        make_claim(statement=basis, due="2020", due_mode="by", due_basis=basis)
    make_claim(statement="open end", due="2020/..", due_mode="by", due_basis="ours")
    assertion(statement="never")

    assert found(due_basis="stated") == {"stated"}
    assert found(due_basis="stated,ours") == {"stated", "ours", "open end"}
    assert found(has_due="true") == {"stated", "ours", "open end"}
    assert found(has_due="false") == {"never"}
    assert found(has_due_end="true") == {"stated", "ours"}
    assert found(has_due_end="false") == {"open end", "never"}


def test_stale_finds_verdicts_on_older_words_until_they_are_reaffirmed():
    fresh, stale, again, cosmetic, reopened = (
        make_claim(statement=name) for name in ("fresh", "stale", "again", "cosmetic", "reopened")
    )
    make_claim(statement="open")
    for claim in (fresh, stale, again, cosmetic, reopened):
        assess(claim, "not_borne_out")
    for claim in (stale, again, reopened):
        edit(claim, values={"criteria": "As the law says."})
    edit(cosmetic, values={"criteria": "As the law says"}, cosmetic="A full stop")
    assess(again, "not_borne_out", cause="reaffirmation")
    assess(reopened, progress="in_progress", cause="development", reopens=True)

    assert found(stale="true") == {"stale"}
    assert found(stale="false") == {"fresh", "again", "cosmetic", "reopened", "open"}


def test_verdict_dated_says_whether_it_is_known_when():
    assess(make_claim(statement="known"), "borne_out", happened_on="2020-05")
    assess(make_claim(statement="unknown"), "borne_out")
    make_claim(statement="open")

    assert found(verdict_dated="true") == {"known"}
    assert found(verdict_dated="false") == {"unknown", "open"}


def test_revises_and_deadline_moved_look_at_what_a_claim_goes_back_to():
    due = {"due_mode": "by", "due_basis": "stated"}
    first = make_claim(statement="first", due="2020", **due)
    make_revision(first, statement="later", due="2021", **due)
    make_revision(first, statement="same day", due="2020", **due)

    assert found(revises="true") == {"later", "same day"}
    assert found(revises="false") == {"first"}
    assert found(deadline_moved="true") == {"later"}
    assert found(deadline_moved="false") == {"first", "same day"}


def test_has_finds_what_is_filed_and_what_has_a_figure():
    make_claim(statement="filed", topics=[make_topic()], collections=[make_collection()])
    make_claim(statement="counted", quantity="eq 1 road")

    assert found(has_topic="true") == found(has_collection="true") == {"filed"}
    assert found(has_topic="false") == found(has_collection="false") == {"counted"}
    assert found(has_quantity="true") == {"counted"}
    assert found(has_quantity="false") == {"filed"}


@time_machine.travel(datetime(2020, 12, 31, 23, 59, tzinfo=UTC), tick=False)
def test_nothing_is_overdue_on_its_last_due_day():
    make_claim(due="2020", due_mode="by", due_basis="stated")

    assert found(overdue="true") == set()


def test_said_from_and_said_to_are_inclusive_and_take_any_fuzzy_date():
    for day in ("2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01"):
        assertion(statement=day, said_on=day)

    assert found(said_from="2020", said_to="2020") == {"2020-01-01", "2020-12-31"}
    assert found(said_from="2020-12-31") == {"2020-12-31", "2021-01-01"}
    assert found(said_to="../2019") == {"2019-12-31"}


def test_due_overlaps_finds_every_period_that_shares_a_day():
    periods = "2019", "2020", "2020-Q4", "2020-12-31/2021", "2021", "../2025", "2020/..", "2021/.."
    for due in periods:
        make_claim(statement=due, said_on="2018", due=due, due_mode="by", due_basis="stated")
    make_claim(statement="never", due=None, due_mode="", due_basis="")

    missed = {"2019", "2021", "2021/..", "never"}
    assert found(due_overlaps="2020") == {*periods} - missed


def test_due_ends_looks_at_the_last_due_day_alone():
    for due in ("2019/2020", "2020", "2021-06"):
        make_claim(statement=due, said_on="2018", due=due, due_mode="by", due_basis="stated")

    assert found(due_ends_from="2020-12-31", due_ends_to="2020-12-31") == {"2019/2020", "2020"}
    assert found(due_ends_from="2021") == {"2021-06"}


@time_machine.travel(datetime(2020, 12, 24, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(("span", "seen"), [("6d", set()), ("7d", {"due"}), ("1w", {"due"})])
def test_due_within_counts_days_from_today(span, seen):
    make_claim(statement="due")  # on the last day of 2020
    make_claim(statement="past", due="2020-11", due_mode="by", due_basis="stated")

    assert found(due_within=span) == seen


def test_a_quantity_is_compared_within_its_unit():
    assertion(statement="3,600 people", quantity="approx 3600 people")
    assertion(statement="120 units", quantity="gt 120 units")
    assertion(statement="10 to 20 people", quantity="between 10 20 people")
    assertion(statement="0.5 people", quantity="eq 0.500001 people")

    assertion(statement="a trillion", quantity="eq 2000000000000 EUR")

    assert found(unit="EUR", quantity_min="2000000000000") == {"a trillion"}
    assert found(unit="units") == {"120 units"}
    assert found(unit="people", quantity_min="3600") == {"3,600 people"}
    assert found(unit="people", quantity_min="0.500001", quantity_max="10") == {
        "10 to 20 people",
        "0.5 people",
    }


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"kind": "promis"}, "Did you mean “promise”?"),
        ({"kind": "promise,"}, "empty value"),
        ({"kind": ""}, "empty"),
        ({"status": "kept"}, "is not one of: pending, "),
        ({"closed": "maybe"}, "true or false"),
        ({"closed": ""}, "empty"),
        ({"speaker": "no slug!"}, "letters, digits"),
        ({"topic": ",".join(["x"] * 51)}, "at most 50"),
        ({"said_from": "last year"}, "position 1"),
        ({"due_overlaps": "2020-13"}, "position 6"),
        ({"due_overlaps": "99999"}, "position 5"),
        ({"due_within": "soon"}, "7d or 2w"),
        ({"due_within": "-7d"}, "7d or 2w"),
        ({"unit": ""}, "empty"),
        ({"unit": "people", "quantity_min": "many"}, "number"),
        ({"unit": "people", "quantity_min": "NaN"}, "number"),
        ({"unit": "people", "quantity_min": "1" * 30}, "digits"),
        ({"unit": "people", "quantity_min": "1e400000"}, "digits"),
        ({"quantity_min": "5"}, "unit=people"),
    ],
)
def test_a_malformed_value_is_refused_with_what_would_be_right(params, said):
    filters = ClaimFilter(params)

    assert not filters.is_valid()
    ((_name, messages),) = filters.errors.items()
    assert said in messages[0]
