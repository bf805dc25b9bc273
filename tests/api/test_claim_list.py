import json

from claims.models import Ledger
from tests.factories import make_claim, make_draft


def test_lists_published_claims_newest_said_first(api):
    make_claim(statement="old", said_on="2019", due="2020", due_mode="by", due_basis="stated")
    make_claim(statement="new", said_on="2020-06")
    make_draft(statement="draft")

    assert [each["statement"] for each in api("claims/")["results"]] == ["new", "old"]


def test_the_list_holds_the_same_text_as_the_detail(api):
    claim = make_claim()

    (listed,) = api("claims/")["results"]

    assert listed == api(f"claims/{claim.uid}/") == json.loads(claim.document.summary)


def test_names_the_ledger_entry_it_was_read_at(api):
    assert api("claims/")["head"] == "0.0000000000000000"

    make_claim()

    assert api("claims/")["head"] == Ledger.objects.get().cursor


def test_filters_and_orderings_combine(api):
    for year in ("2022", "2021", "2023"):
        make_claim(statement=year, due=year, due_mode="by", due_basis="stated")
    make_claim(statement="judged", kind="assertion")

    page = api("claims/", kind="promise", closed="false", ordering="due")

    assert [each["statement"] for each in page["results"]] == ["2021", "2022", "2023"]
