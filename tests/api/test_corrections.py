"""The corrections have a feed of their own: what was said before, and what is said now."""

import pytest

from claims import curation
from claims.models import Ledger, instant
from tests.factories import assess, make_claim, make_speaker, move


def correct(claim, wrong, outcome, **values):
    return assess(claim, outcome, cause="correction", corrects=wrong, **values)


def test_a_correction_says_what_was_said_before_and_what_is_said_now(api):
    claim = make_claim(speaker=make_speaker(slug="ada", name="Ada"))
    wrong = assess(claim, "not_borne_out", headline="Still closed")
    right = correct(
        claim, wrong, "borne_out", headline="It was open", rationale="We read the wrong page."
    )

    page = api("corrections/")

    assert page == {
        "head": Ledger.objects.get().cursor,
        "next": None,
        "previous": None,
        "results": [
            {
                "claim": {
                    "uid": str(claim.uid),
                    "statement": claim.statement,
                    "speaker": {"slug": "ada", "name": "Ada"},
                },
                "before": {
                    "uid": str(wrong.uid),
                    "outcome": "not_borne_out",
                    "progress": "",
                    "headline": "Still closed",
                    "recorded_at": instant(wrong.recorded_at),
                    "label": "Not kept",
                },
                "now": {
                    "uid": str(right.uid),
                    "outcome": "borne_out",
                    "progress": "",
                    "headline": "It was open",
                    "recorded_at": instant(right.recorded_at),
                    "label": "Kept",
                },
                "rationale": "We read the wrong page.",
                "recorded_at": instant(right.recorded_at),
            }
        ],
    }


def test_what_moved_on_is_no_correction(api):
    claim = make_claim()
    assess(claim, "not_borne_out")
    assess(claim, "borne_out_late", cause="development")
    assess(claim, progress="in_progress", cause="development", reopens=True)

    page = api("corrections/")

    assert page["results"] == []
    assert page["head"] == Ledger.objects.get().cursor


def test_an_update_is_corrected_in_the_words_of_its_progress(api):
    claim = make_claim()
    wrong = assess(claim, progress="stalled")
    assess(claim, progress="in_progress", cause="correction", corrects=wrong)

    (correction,) = api("corrections/")["results"]

    assert correction["before"]["label"] == "Stalled"
    assert correction["now"]["label"] == "In progress"


def test_the_newest_comes_first_page_by_page_and_back(api, client):
    claim = make_claim()
    wrong, made = assess(claim, "borne_out"), []
    for outcome in ("not_borne_out", "partly_borne_out", "borne_out", "not_borne_out"):
        wrong = correct(claim, wrong, outcome)
        made.insert(0, str(wrong.uid))

    first = api("corrections/", page_size=3)
    second = client.get(first["next"]).json()
    back = client.get(second["previous"]).json()

    uids = [[each["now"]["uid"] for each in page["results"]] for page in (first, second, back)]
    assert uids == [made[:3], made[3:], made[:3]]
    oldest_first = api("corrections/", ordering="recorded")["results"]
    assert [each["now"]["uid"] for each in oldest_first] == made[::-1]


def test_it_is_asked_with_the_filters_of_claims(api):
    promise, assertion = make_claim(), make_claim(kind="assertion")
    for claim in (promise, assertion):
        correct(claim, assess(claim, "borne_out"), "not_borne_out")

    def asked(**params):
        return {each["claim"]["uid"] for each in api("corrections/", **params)["results"]}

    assert asked() == {str(promise.uid), str(assertion.uid)}
    assert asked(kind="assertion") == {str(assertion.uid)}
    assert asked(speaker=promise.speaker.slug) == {str(promise.uid)}
    assert asked(kind="promise", closed="false") == set()


def test_a_retracted_claim_takes_its_corrections_along(api):
    claim = make_claim()
    correct(claim, assess(claim, "borne_out"), "not_borne_out")
    move(curation.retract, claim, "It was another person.")

    assert api("corrections/")["results"] == []


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"kind": "vow"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"ordering": "said_on"}, "ordering"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"page_size": "0"}, "page_size"),
        ({"speaker": "nobody"}, "speaker"),
    ],
)
def test_bad_parameters_are_refused_by_name(problem, params, name):
    assert list(problem(400, "corrections/", **params)["errors"]) == [name]


def test_a_cursor_of_another_list_is_refused(api, problem):
    for _number in range(2):
        make_claim()
    cursor = api("claims/", page_size=1)["next"].partition("cursor=")[2].partition("&")[0]

    assert list(problem(400, "corrections/", cursor=cursor)["errors"]) == ["cursor"]
