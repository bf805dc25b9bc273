import pytest

from tests.factories import make_claim, make_speaker


@pytest.mark.parametrize(
    "path",
    [
        "claims/",
        "claims.csv",
        "changes/",
        "corrections/",
        "assessments/",
        "evidence/",
        "speakers/",
        "sources/",
        "topics/",
        "collections/",
    ],
)
def test_an_unknown_parameter_is_refused_everywhere(problem, path):
    assert list(problem(400, path, wrong="1")["errors"]) == ["wrong"]


def test_the_nearest_real_parameter_is_suggested(problem):
    (message,) = problem(400, "claims/", speakr="zas")["errors"]["speakr"]

    assert "Did you mean “speaker”?" in message


def test_a_repeated_parameter_is_refused(problem):
    (message,) = problem(400, "claims/", kind=["promise", "assertion"])["errors"]["kind"]

    assert "once" in message


def test_a_slug_that_names_nobody_is_refused_with_the_nearest(problem):
    make_claim(speaker=make_speaker(slug="stanislav-zas"))

    (message,) = problem(400, "claims/", speaker="stanislav-sas")["errors"]["speaker"]

    assert "“stanislav-zas”" in message


def test_an_unknown_slug_among_known_ones_is_refused(problem):
    make_claim(speaker=make_speaker(slug="stanislav-zas"))

    assert list(problem(400, "claims/", speaker="stanislav-zas,nobody")["errors"]) == ["speaker"]


def test_a_slug_without_claims_is_an_empty_list(api):
    make_speaker(slug="silent")

    assert api("claims/", speaker="silent")["results"] == []


def test_detail_and_timeline_take_no_parameters(problem):
    claim = make_claim()

    problem(400, f"claims/{claim.uid}/", status="pending")
    problem(400, f"claims/{claim.uid}/timeline/", page="2")
