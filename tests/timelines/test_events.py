import json

import pytest

from claims.documents import EventSerializer
from claims.timelines import EVENT_TYPES
from tests.factories import add_evidence, assess, make_claim, make_source

pytestmark = pytest.mark.django_db


def events(claim, kind):
    claim.refresh_from_db()
    timeline = json.loads(claim.document.timeline)
    assert all(list(each) == list(EventSerializer().fields) for each in timeline["events"])
    return [each for each in timeline["events"] if each["type"] == kind]


def test_a_claim_is_told_in_its_own_words_where_there_are_any():
    (quoted,) = events(make_claim(statement="It will be open.", quote="We will open it."), "said")
    (unquoted,) = events(make_claim(statement="It will be open."), "said")

    assert (quoted["text"], unquoted["text"]) == ("We will open it.", "It will be open.")


def test_every_event_names_its_sources():
    said, shown = make_source(), make_source()
    claim = make_claim(source=said)
    assess(claim, "borne_out", evidence=[add_evidence(claim, source=shown)])

    named = {
        kind: [source["slug"] for each in events(claim, kind) for source in each["sources"]]
        for kind in ("said", "evidence", "verdict")
    }

    assert named == {"said": [said.slug], "evidence": [shown.slug], "verdict": [shown.slug]}


def test_a_source_is_named_once_for_all_that_it_shows():
    claim, source = make_claim(), make_source()
    rows = [add_evidence(claim, source=source), add_evidence(claim, source=source)]
    rows.append(add_evidence(claim, kind="search", summary="Nothing found."))
    assess(claim, "borne_out", evidence=rows)

    (verdict,) = events(claim, "verdict")

    assert [source["slug"] for source in verdict["sources"]] == [source.slug]
    assert verdict["assessment"]["evidence"] == [str(each.uid) for each in rows]


@pytest.mark.parametrize(
    ("values", "kind", "label"),
    [
        ({"outcome": "borne_out"}, "verdict", "Kept"),
        ({"progress": "stalled"}, "update", "Stalled"),
        ({"outcome": "not_borne_out", "progress": "stalled"}, "verdict", "Not kept"),
    ],
)
def test_an_assessment_is_a_verdict_or_an_update(values, kind, label):
    claim = make_claim()
    assess(claim, **values)

    (event,) = events(claim, kind)

    assert (event["text"], event["assessment"]["label"]) == (label, label)


def test_a_headline_tells_it():
    claim = make_claim()
    assess(claim, "borne_out_late", headline="Opened nine months late")

    (verdict,) = events(claim, "verdict")

    assert verdict["text"] == "Opened nine months late"


def test_only_a_correction_is_shown_as_corrected():
    claim = make_claim()
    first = assess(claim, "borne_out")
    assess(claim, "not_borne_out", cause="development")
    assess(claim, "partly_borne_out", cause="correction", corrects=first)

    (correction,) = events(claim, "correction")

    assert correction["assessment"]["corrects"] == str(first.uid)
    assert correction["assessment"]["cause"] == "correction"
    assert len(events(claim, "verdict")) == 2


def test_a_claim_without_a_date_is_never_due():
    assert events(make_claim(kind="promise"), "due") == []


def test_every_type_is_one_of_ours():
    claim = make_claim()
    assess(claim, "borne_out")
    claim.refresh_from_db()

    types = {each["type"] for each in json.loads(claim.document.timeline)["events"]}

    assert types <= set(EVENT_TYPES)
