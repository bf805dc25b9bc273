"""A bad verdict is refused with a fault of its own, whichever door it comes to."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from claims.exchange.imports import ImportRefused, import_files
from claims.models import Assessment, Claim
from tests.admin.pages import filled, page_of
from tests.factories import add_evidence, assess, make_claim, make_draft

GOOD: dict[str, Any] = {
    "outcome": "borne_out",
    "rationale": "The report says so.",
    "happened_on": "2020-10-01",
    "headline": "Open at last",
}
NO_WORDS = {"words_revision": None}
NO_EVIDENCE = {"evidence": []}
BY_2020 = {"due": "2020", "due_mode": "by", "due_basis": "stated"}


def an_assertion() -> Claim:
    return make_claim(kind="assertion", refers_to="2019", condition="If it rains.")


def due_at_a_time() -> Claim:
    return make_claim(kind="promise", due="2020", due_mode="at", due_basis="stated")


def judged_already() -> Claim:
    claim = make_claim()
    assess(claim, "borne_out")
    return claim


# What is wrong with it: the claim, what is in it, where the fault stands, words of the fault.
CORPUS: dict[str, tuple[Callable[[], Claim], dict[str, Any], str, str]] = {
    "an outcome without rationale": (make_claim, {"rationale": ""}, "rationale", "how you know"),
    "a rationale of blanks": (make_claim, {"rationale": " \n "}, "rationale", "how you know"),
    "an outcome without evidence": (make_claim, NO_EVIDENCE, "evidence", "evidence it rests on"),
    "without the words it judged": (make_claim, NO_WORDS, "words_revision", "words was judged"),
    "on a draft": (make_draft, {}, "claim", "Only a published claim is assessed"),
    "late, of an assertion": (
        an_assertion,
        {"outcome": "borne_out_late"},
        "outcome",
        "“borne_out_late” is not for this kind of claim",
    ),
    "void, of an assertion": (
        an_assertion,
        {"outcome": "void"},
        "outcome",
        "“void” is not for this kind of claim",
    ),
    "void without a condition": (
        make_claim,
        {"outcome": "void"},
        "outcome",
        "a condition never arose; this claim states none",
    ),
    "late where nothing can be late": (
        due_at_a_time,
        {"outcome": "borne_out_late"},
        "outcome",
        "Only a claim that is due “by” a date can be borne out late",
    ),
    "the standing outcome on the same words": (
        judged_already,
        {"cause": "development"},
        "outcome",
        "This outcome stands already, on the same words",
    ),
    "another, and no cause": (
        judged_already,
        {"outcome": "not_borne_out", "happened_on": ""},
        "cause",
        "say why there is another",
    ),
    "happened before it was promised": (
        make_claim,
        {"happened_on": "2019"},
        "happened_before_said",
        "This happened before it was said (2020-01-15)",
    ),
}

# The desk's own forms say these before curation is asked: a draft has no such form, and a form
# that does not say which claim its editor saw is one that somebody else may have overtaken.
AT_THE_DESK = {
    "on a draft": "not for a claim that is “Draft”",
    "without the words it judged": "Look at it again",
}

# Several at once; each is said.
TOGETHER = {
    "outcome": "void",
    "reason": "delayed",
    "rationale": "",
    "evidence": [],
    "happened_on": "2019-05",
}
FAULTS_TOGETHER = {"outcome", "reason", "rationale", "evidence", "happened_before_said"}

# A door takes a claim and a verdict on it; it gives each fault's messages by its place.
Door = Callable[[Claim, dict[str, Any]], dict[str, list[str]]]


@pytest.fixture
def client_of_an_editor(db: None) -> Client:
    user = User.objects.create_user("grace", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin_door(client_of_an_editor: Client) -> Door:
    def at_the_desk(claim: Claim, verdict: dict[str, Any]) -> dict[str, list[str]]:
        page = page_of(claim, "verdict")
        sight = client_of_an_editor.get(page)
        if sight.status_code == 302:
            # A form of its own only for those that may be judged: what a draft's editor is told.
            told = client_of_an_editor.get(sight["Location"]).context["messages"]
            return {"claim": [str(message) for message in told]}
        posted = filled(sight) | {key: value for key, value in verdict.items() if key != "evidence"}
        posted["evidence"] = [each.pk for each in verdict["evidence"]]
        if posted.pop("words_revision") is None:
            posted["seen_revision"] = ""
        response = client_of_an_editor.post(page, posted)
        assert response.status_code in (200, 302)
        if response.status_code == 302:
            return {}
        kept = filled(response)
        assert kept["headline"] == ["Open at last"]
        form = response.context["form"]
        return {
            "words_revision" if form.is_stale and name == "__all__" else name: messages
            for name, messages in form.errors.items()
        }

    return at_the_desk


@pytest.fixture
def import_door(db: None, tmp_path: Path) -> Door:
    def knock(claim: Claim, verdict: dict[str, Any]) -> dict[str, list[str]]:
        cells = {
            "id": "99999999-9999-4999-8999-999999999999",
            "claim": str(claim.uid),
            **{key: "" if value is None else str(value) for key, value in verdict.items()},
            "evidence": json.dumps([str(each.uid) for each in verdict["evidence"]]),
        }
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, cells)
        writer.writeheader()
        writer.writerow(cells)
        (tmp_path / "assessments.csv").write_text(text.getvalue(), newline="")
        try:
            import_files([tmp_path], actor="ada")
        except ImportRefused as refused:
            faults: dict[str, list[str]] = {}
            for fault in refused.report.faults.told:
                faults.setdefault(fault.column, []).append(fault.message)
            return faults
        return {}

    return knock


@pytest.fixture
def api_door(client_of_an_editor: Client) -> Door:
    def knock(claim: Claim, verdict: dict[str, Any]) -> dict[str, list[str]]:
        body = {
            **{key: value for key, value in verdict.items() if value is not None},
            "evidence": [str(each.uid) for each in verdict["evidence"]],
        }
        if "happened_before_said" in body:
            body["happened_before_said"] = body["happened_before_said"] == "true"
        response = client_of_an_editor.post(
            f"/api/v1/claims/{claim.uid}/assessments/",
            body,
            content_type="application/json",
            headers={"If-Match": "*"},
        )
        if response.status_code == 201:
            return {}
        assert response.status_code == 400, response.content
        assert response["Content-Type"] == "application/problem+json"
        return response.json()["errors"]

    return knock


@pytest.fixture(params=["admin", "import", "api"])
def door(request: pytest.FixtureRequest) -> Door:
    return request.getfixturevalue(f"{request.param}_door")


def verdict_on(claim: Claim, **changes: Any) -> dict[str, Any]:
    """A good verdict but for `changes`."""
    evidence = [add_evidence(claim)]
    return {**GOOD, "evidence": evidence, "words_revision": claim.words_revision, **changes}


@pytest.mark.parametrize("bad", CORPUS)
def test_it_is_refused_with_a_fault_of_its_own(door, bad):
    make, changes, place, words = CORPUS[bad]
    claim = make()
    before = Assessment.objects.count()

    faults = door(claim, verdict_on(claim, **changes))

    if door.__name__ == "at_the_desk":
        words = AT_THE_DESK.get(bad, words)
    assert list(faults) == [place]
    (fault,) = faults[place]
    assert words in fault
    assert Assessment.objects.count() == before


def test_no_fault_hides_another(door):
    claim = make_claim()

    assert set(door(claim, verdict_on(claim, **TOGETHER))) == FAULTS_TOGETHER
    assert not Assessment.objects.exists()


def test_a_good_one_is_taken(door):
    claim = make_claim(**BY_2020)

    assert door(claim, verdict_on(claim)) == {}
    assert Assessment.objects.get().outcome == "borne_out"


def test_what_happened_before_it_was_said_is_taken_once_confirmed(door):
    claim = make_claim()
    confirmed = verdict_on(claim, happened_on="2019", happened_before_said="true")

    assert door(claim, confirmed) == {}
    assert str(Assessment.objects.get().happened_on) == "2019"
