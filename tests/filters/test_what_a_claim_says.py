"""Filters by what was said, where, in which words, and when we published it."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories import add_evidence, make_claim, make_source, say_again

from .asking import found

pytestmark = pytest.mark.django_db


def test_a_publisher_is_found_by_name_and_one_with_a_comma_in_quotes():
    for publisher in ("BelTA", "Post, The", "Gazette"):
        make_claim(statement=publisher, source=make_source(publisher=publisher))

    assert found(publisher="BelTA") == {"BelTA"}
    assert found(publisher='BelTA,"Post, The"') == {"BelTA", "Post, The"}


def test_attribution_and_the_meaning_of_due_take_lists_of_codes():
    make_claim(statement="direct", due_mode="at", due="2020", due_basis="stated")
    make_claim(statement="reported", attribution="reported")

    assert found(attribution="reported") == {"reported"}
    assert found(attribution="reported,direct") == {"reported", "direct"}
    assert found(due_mode="at") == {"direct"}
    assert found(due_mode="at,by") == {"reported", "direct"}


def test_the_language_of_a_quote_and_whether_it_was_translated():
    make_claim(statement="be", quote_language="be", quote_is_translation=True)
    make_claim(statement="pt-BR", quote_language="pt-BR")
    make_claim(statement="unsaid")

    assert found(quote_language="be") == {"be"}
    assert found(quote_language="be,pt-BR") == {"be", "pt-BR"}
    assert found(quote_is_translation="true") == {"be"}
    assert found(quote_is_translation="false") == {"pt-BR", "unsaid"}


def test_a_condition_is_there_or_not():
    make_claim(statement="if", condition="If it rains.")
    make_claim(statement="whatever")

    assert found(has_condition="true") == {"if"}
    assert found(has_condition="false") == {"whatever"}


def test_the_time_that_an_assertion_speaks_of():
    for period in ("2019", "2020-05", "2020-12/2021", "../2019", "2021/.."):
        make_claim(statement=period, kind="assertion", refers_to=period)
    make_claim(statement="promise")

    assert found(refers_to_overlaps="2020") == {"2020-05", "2020-12/2021"}
    assert found(refers_to_overlaps="2021") == {"2020-12/2021", "2021/.."}
    assert found(has_refers_to="false") == {"promise"}
    assert "promise" not in found(has_refers_to="true")


def test_a_claim_is_found_by_its_uid_and_by_its_name_elsewhere():
    one = make_claim(statement="one", external_id="desk 1, page 2")
    two = make_claim(statement="two", external_id="desk-2")
    make_claim(statement="three")

    assert found(uid=str(one.uid)) == {"one"}
    assert found(uid=f"{one.uid},{str(two.uid).upper()}") == {"one", "two"}
    assert found(external_id="desk-2") == {"two"}
    assert found(external_id='desk-2,"desk 1, page 2"') == {"one", "two"}


def test_what_was_said_again_and_what_has_evidence():
    say_again(make_claim(statement="again"))
    add_evidence(make_claim(statement="shown"))

    assert found(has_appearances="true") == {"again"}
    assert found(has_appearances="false") == {"shown"}
    assert found(has_evidence="true") == {"shown"}
    assert found(has_evidence="false") == {"again"}


def test_the_day_of_our_publication_ends_in_utc():
    for day in ("2020-05-01T00:00:00", "2020-05-31T23:59:59.999999", "2020-06-01T00:00:00"):
        with time_machine.travel(datetime.fromisoformat(day).replace(tzinfo=UTC), tick=False):
            make_claim(statement=day)

    in_may = {"2020-05-01T00:00:00", "2020-05-31T23:59:59.999999"}
    assert found(published_from="2020-05", published_to="2020-05") == in_may
    assert found(published_from="2020-05-02") == {
        "2020-05-31T23:59:59.999999",
        "2020-06-01T00:00:00",
    }
    assert found(published_to="../2020-04") == set()
    assert len(found(published_from="../2020", published_to="2020/..")) == 3


def test_several_units_are_asked_at_once():
    for quantity in ("eq 5 EUR", "eq 50 USD", "eq 500 people"):
        make_claim(statement=quantity, quantity=quantity)

    assert found(unit="EUR,USD") == {"eq 5 EUR", "eq 50 USD"}
    assert found(unit="EUR,USD", quantity_min="10") == {"eq 50 USD"}
