import json

import pytest

from claims import curation
from claims.models import Change, Evidence
from tests.factories import add_evidence, assess, edit, make_claim, make_draft, make_source

pytestmark = pytest.mark.django_db


def write_evidence(claim, row=None, *, remove=False, **values):
    edit(claim, evidence=[curation.RowWrite(row=row, values=values, remove=remove)])


def faults(claim, row=None, **write):
    with pytest.raises(curation.BatchRefused) as refused:
        write_evidence(claim, row, **write)
    error = refused.value
    return sorted(error.error_dict) if hasattr(error, "error_dict") else error.messages


def test_evidence_that_nothing_rests_on_is_edited_and_removed():
    claim = make_claim()
    evidence = add_evidence(claim)

    write_evidence(claim, evidence, summary="It was opened in May.", dated="2020-05")
    evidence.refresh_from_db()
    assert (evidence.summary, str(evidence.dated)) == ("It was opened in May.", "2020-05")
    assert evidence.dated_first.isoformat() == "2020-05-01"

    write_evidence(claim, evidence, remove=True)
    assert not Evidence.objects.exists()
    assert json.loads(Change.objects.latest("number").record)["evidence"] == []


def test_cited_evidence_is_not_edited():
    claim = make_claim()
    evidence = add_evidence(claim)
    assess(claim, "borne_out", evidence=[evidence])

    assert "rests on" in faults(claim, evidence, summary="Otherwise.")[0]


def test_cited_evidence_is_not_removed():
    claim = make_claim()
    evidence = add_evidence(claim)
    assess(claim, "borne_out", evidence=[evidence])

    assert "rests on" in faults(claim, evidence, remove=True)[0]


def test_cited_evidence_is_replaced_by_another_row():
    claim = make_claim()
    cited = add_evidence(claim)
    assess(claim, "borne_out", evidence=[cited])

    better = add_evidence(claim, summary="It was opened in May.", replaces=cited)

    (first, second) = json.loads(Change.objects.latest("number").record)["evidence"]
    assert (first["uid"], first["replaces"]) == (str(cited.uid), None)
    assert (second["uid"], second["replaces"]) == (str(better.uid), str(cited.uid))


def test_evidence_of_another_claim_is_not_replaced():
    assert faults(
        make_claim(),
        kind="report",
        source=make_source(),
        summary="Better.",
        replaces=add_evidence(make_claim()),
    ) == ["replaces"]


def test_evidence_is_replaced_once():
    claim = make_claim()
    first = add_evidence(claim)
    add_evidence(claim, replaces=first)

    assert faults(claim, kind="report", source=make_source(), summary="Third.", replaces=first) == [
        "replaces"
    ]


def test_two_rows_of_one_write_do_not_replace_the_same():
    claim = make_claim()
    first = add_evidence(claim)
    row = curation.RowWrite(
        values={
            "kind": "report",
            "source": make_source(),
            "summary": "Better.",
            "replaces": first,
        }
    )

    with pytest.raises(curation.BatchRefused) as refused:
        edit(claim, evidence=[row, row])

    assert list(refused.value.error_dict) == ["replaces"]


def test_two_rows_change_places_in_what_they_replace():
    claim = make_claim()
    cited = [add_evidence(claim), add_evidence(claim)]
    assess(claim, "borne_out_late", evidence=cited)
    one, two = (add_evidence(claim, replaces=each) for each in cited)

    edit(
        claim,
        evidence=[
            curation.RowWrite(row=one, values={"replaces": cited[1]}),
            curation.RowWrite(row=two, values={"replaces": cited[0]}),
        ],
    )

    assert Evidence.objects.get(pk=one.pk).replaces == cited[1]
    assert Evidence.objects.get(pk=two.pk).replaces == cited[0]


def test_evidence_does_not_replace_itself():
    claim = make_claim()
    evidence = add_evidence(claim)

    assert faults(claim, evidence, replaces=evidence) == ["replaces"]


def test_replaced_evidence_is_not_removed_from_under_its_replacement():
    claim = make_claim()
    first = add_evidence(claim)
    add_evidence(claim, replaces=first)

    assert "replaces" in faults(claim, first, remove=True)[0]


def test_a_row_of_another_claim_is_not_touched():
    evidence = add_evidence(make_claim())

    faults(make_claim(), evidence, remove=True)

    assert Evidence.objects.get() == evidence


def test_a_row_that_is_gone_is_not_written_again():
    claim = make_claim()
    evidence = add_evidence(claim)
    write_evidence(claim, Evidence.objects.get(), remove=True)

    faults(claim, evidence, summary="Otherwise.")

    assert not Evidence.objects.exists()


def test_evidence_has_a_source():
    assert faults(make_draft(), kind="report", summary="Somebody said so.") == ["source"]


def test_a_search_that_found_nothing_needs_no_source():
    evidence = add_evidence(make_claim(), kind="search", summary="The gazette of 2020: nothing.")

    assert evidence.source is None


def test_only_a_fact_check_has_a_rating_of_its_own():
    values = {"summary": "Rated.", "source": make_source(), "original_rating": "Half true"}

    assert faults(make_draft(), kind="report", **values) == ["original_rating"]
    assert add_evidence(make_claim(), kind="fact_check", **values).original_rating == "Half true"
