"""A client names the members it wants of each claim, or those it does not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.api.selection import Selection, selection_of
from claims.documents import CLAIM, as_json
from tests.factories import assess, make_claim


@pytest.mark.django_db
def test_only_those_named_are_sent_in_the_order_of_the_whole(api):
    claim = make_claim(statement="The bridge will be open by 2020.")

    (listed,) = api("claims/", fields="status,uid,statement")["results"]

    assert listed == {
        "uid": str(claim.uid),
        "statement": "The bridge will be open by 2020.",
        "status": "pending",
    }
    assert list(listed) == ["uid", "statement", "status"]
    assert api(f"claims/{claim.uid}/", fields="uid") == {"uid": str(claim.uid)}


@pytest.mark.django_db
def test_all_but_those_left_out(api):
    claim = make_claim()
    whole = api(f"claims/{claim.uid}/")

    (listed,) = api("claims/", omit="links,topics")["results"]

    assert listed == {name: value for name, value in whole.items() if name not in LEFT_OUT}


LEFT_OUT = ("links", "topics")


@pytest.mark.django_db
def test_of_the_past_too_beside_the_place_in_it(api):
    claim = make_claim()
    before = api("claims/")["head"]
    assess(claim, "borne_out")

    (listed,) = api("claims/", fields="status", as_of=before)["results"]
    detail = api(f"claims/{claim.uid}/", omit=",".join(CLAIM.fields), as_of=before)

    assert listed == {"status": "pending"}
    assert list(detail) == ["as_of"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("params", "name", "words"),
    [
        ({"fields": "statment"}, "fields", "Did you mean “statement”?"),
        ({"fields": ""}, "fields", "Known: format, uid"),
        ({"omit": "uid,,status"}, "omit", "There is no member “”"),
        ({"fields": "uid", "omit": "status"}, "omit", "not both"),
    ],
)
def test_what_is_no_member_is_refused_with_the_nearest(problem, params, name, words):
    make_claim()

    for address in ("claims/", f"claims/{make_claim().uid}/"):
        assert words in problem(400, address, **params)["errors"][name][0]


@given(st.sets(st.sampled_from(list(CLAIM.fields)), min_size=1), st.data())
def test_what_is_named_and_what_is_left_out_make_the_whole(names, data):
    values = st.none() | st.text() | st.integers() | st.lists(st.text())
    whole = {name: data.draw(values) for name in CLAIM.fields}

    kept = json.loads(Selection(frozenset(names), omits=False).of(as_json(whole)))
    rest = json.loads(Selection(frozenset(names), omits=True).of(as_json(whole)))

    assert kept | rest == whole
    assert set(kept) == names


def test_nothing_asked_is_everything():
    assert selection_of({}, CLAIM) is None
