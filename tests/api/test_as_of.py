"""The past as the public read it, whatever was written since."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine

from claims import curation
from claims.documents import Names, render
from claims.models import Change, Claim, Ledger
from tests.factories import assess, edit, make_claim, make_draft, make_speaker, move, rename
from tests.random_desk import write_at_random

pytestmark = pytest.mark.django_db


def head():
    return Ledger.objects.get().cursor


def uids(page):
    return [each["uid"] for each in page["results"]]


def replay(number):
    """The records of all subjects as the ledger has them up to `number`."""
    subjects = {}
    for change in Change.objects.filter(number__lte=number):
        subjects[change.subject, change.key] = json.loads(change.record)
    return subjects


def texts_by_replay(number):
    subjects = replay(number)
    names = Names(
        **{
            f"{kind}s": {
                key: facts for (subject, key), facts in subjects.items() if subject == kind
            }
            for kind in ("speaker", "source", "topic", "collection")
        }
    )
    return {
        key: render(facts, names)
        for (subject, key), facts in subjects.items()
        if subject == "claim" and facts["editorial_state"] == "published"
    }


@pytest.mark.parametrize("seed", range(2))
def test_replaying_the_ledger_to_any_number_gives_what_as_of_answers(api, client, seed):
    cursors = [head()]
    for _write in write_at_random(seed, 12):
        cursors.append(head())

    for cursor in cursors:
        number = int(cursor.split(".")[0])
        texts = texts_by_replay(number)
        page = api("claims/", as_of=cursor, page_size=200)
        assert {each["uid"]: each for each in page["results"]} == {
            uid: json.loads(text.summary) for uid, text in texts.items()
        }
        assert page["as_of"]["number"] == number
        for uid, text in texts.items():
            for name, path in (("summary", ""), ("timeline", "timeline/")):
                told = api(f"claims/{uid}/{path}", as_of=cursor)
                assert told.pop("as_of")["number"] == number
                assert told == json.loads(getattr(text, name))
        facts = {uid: json.loads(text.summary) for uid, text in texts.items()}
        for status in ("pending", "borne_out", "not_borne_out", "in_progress"):
            stood = {uid for uid, each in facts.items() if each["status"] == status}
            assert set(uids(api("claims/", as_of=cursor, status=status))) == stood
        stale = {uid for uid, each in facts.items() if each["verdict"] and each["verdict"]["stale"]}
        assert set(uids(api("claims/", as_of=cursor, stale="true"))) == stale
        assert set(uids(api("claims/", as_of=cursor, stale="false"))) == facts.keys() - stale


@pytest.fixture
def story():
    """A claim whose words and verdict changed, with the cursor before each change."""
    claim = make_claim(
        statement="The road will be open in 2020.", speaker=make_speaker(slug="ada", name="Ada B.")
    )
    said = head()
    assess(claim, "not_borne_out", headline="Still closed")
    judged = head()
    edit(claim, values={"statement": "The new road will be open in 2020."})
    rename(claim.speaker, name="Ada L.")
    assess(claim, "borne_out_late", cause="development", headline="Open at last")
    return SimpleNamespace(claim=claim, said=said, judged=judged)


def test_a_claim_reads_as_it_did_then(api, story):
    then = api(f"claims/{story.claim.uid}/", as_of=story.judged)

    assert then["statement"] == "The road will be open in 2020."
    assert then["verdict"]["headline"] == "Still closed"
    assert then["speaker"]["name"] == "Ada B."
    assert then["as_of"]["cursor"] == story.judged


def test_a_list_is_of_those_that_stood_so_then_and_names_what_has_changed_since(api, story):
    untouched = make_claim()

    page = api("claims/", status="pending", as_of=story.said)
    later = api("claims/", as_of=head())

    assert uids(page) == page["changed_since"] == [str(story.claim.uid)]
    assert page["redacted"] == []
    assert set(uids(later)) == {str(story.claim.uid), str(untouched.uid)}
    assert later["changed_since"] == []
    assert uids(api("claims/", as_of=story.said, changed="true")) == [str(story.claim.uid)]
    assert uids(api("claims/", as_of=head(), changed="true")) == []


def test_other_filters_ask_claims_as_they_are_now(api):
    claim = make_claim(due="2020", due_mode="by", due_basis="stated")
    before = head()
    edit(claim, values={"due_basis": "inferred"})

    assert uids(api("claims/", as_of=before, due_basis="stated")) == []
    assert uids(api("claims/", as_of=before, due_basis="inferred")) == [str(claim.uid)]


def test_overdue_is_held_against_the_day_that_is_asked_for(api):
    with time_machine.travel(datetime(2020, 6, 1, tzinfo=UTC), tick=False):
        claim = make_claim(due="2020", due_mode="by", due_basis="stated")
    assess(claim, "not_borne_out")

    assert uids(api("claims/", as_of="2020-12-31", overdue="true")) == []
    assert uids(api("claims/", as_of="2021-01-01", overdue="true")) == [str(claim.uid)]
    assert uids(api("claims/", overdue="true")) == []


@pytest.mark.parametrize("ordering", ["-said_on", "said_on", "due", "-due", "changed"])
def test_the_past_is_paged_in_every_ordering(api, ordering):
    due = {"due_mode": "by", "due_basis": "stated"}
    claims = [make_claim(said_on=f"2020-01-{day:02}", due="2021", **due) for day in range(1, 4)]
    claims += [make_claim(due=None, due_mode="", due_basis="") for _ in range(3)]
    then = head()
    for claim in claims:
        assess(claim, "borne_out")
    make_claim(said_on="2020-01-03")

    page, seen = api("claims/", as_of=then, page_size=2, ordering=ordering), []
    while True:
        seen += uids(page)
        if not page["next"]:
            break
        page = api(page["next"].removeprefix("http://testserver/api/v1/"))

    assert seen == uids(api("claims/", as_of=then, ordering=ordering))
    assert sorted(seen) == sorted(str(claim.uid) for claim in claims)


def test_all_pages_of_today_are_as_of_one_place(api):
    claims = [make_claim(said_on=f"2020-01-{day:02}") for day in range(1, 4)]
    today = datetime.now(UTC).date()

    page = api("claims/", as_of=str(today), page_size=2)
    move(curation.retract, claims[0], "It was another person.")
    rest = api(page["next"].removeprefix("http://testserver/api/v1/"))

    assert uids(rest) == [str(claims[0].uid)]
    assert rest["as_of"]["number"] == page["as_of"]["number"]


def test_the_place_that_is_echoed_leads_to_the_same_answer(api):
    with time_machine.travel(datetime(2020, 6, 1, tzinfo=UTC), tick=False):
        claim = make_claim(due="2020", due_mode="by", due_basis="stated")
    late = api("claims/", as_of="2022-01-01", overdue="true")

    assert uids(late) == [str(claim.uid)]
    again = api("claims/", as_of=late["as_of"]["place"], overdue="true")
    assert again["results"] == late["results"]
    assert again["as_of"]["place"] == late["as_of"]["place"]


def test_before_it_was_published_a_claim_is_not_found(api, problem):
    before = head()
    claim, draft = make_claim(), make_draft()

    assert uids(api("claims/", as_of=before)) == []
    problem(404, f"claims/{claim.uid}/", as_of=before)
    problem(404, f"claims/{draft.uid}/", as_of=head())


def test_what_left_the_public_is_still_read_as_it_was_before(api, problem, client):
    claim, survivor = make_claim(), make_claim()
    public = head()
    move(curation.retract, claim, "It was another person.")
    retracted = head()
    move(curation.publish, claim, "It was this one.")
    curation.merge(
        curation.StateChange(
            claim=claim, revision=Claim.objects.get(pk=claim.pk).revision, reason="The same."
        ),
        into=survivor,
        actor="ada",
    )

    assert str(claim.uid) in uids(api("claims/", as_of=public))
    assert api(f"claims/{claim.uid}/", as_of=public)["statement"] == claim.statement
    assert str(claim.uid) not in uids(api("claims/", as_of=retracted))
    gone = problem(410, f"claims/{claim.uid}/timeline/", as_of=retracted)
    assert gone["reason"] == "It was another person."
    moved = client.get(f"/api/v1/claims/{claim.uid}/", {"as_of": head()})
    assert moved.status_code == 308
    assert moved["Location"].startswith(f"http://testserver/api/v1/claims/{survivor.uid}/?as_of=")


def test_the_csv_has_claims_as_they_were_and_says_which_have_changed(client, story):
    make_claim()

    response = client.get("/api/v1/claims.csv", {"as_of": story.judged})

    (row,) = csv.DictReader(io.StringIO(b"".join(response).decode(), newline=""))
    assert response["Ledger-As-Of"] == story.judged
    assert row["statement"] == "The road will be open in 2020."
    assert (row["status"], row["headline"]) == ("not_borne_out", "Still closed")
    assert (row["speaker"], row["speaker_name"]) == ("ada", "Ada B.")
    assert (row["due"], row["due_last"]) == ("2020", "2020-12-31")
    assert row["changed_since"] == "true"


def test_now_asked_as_the_past_is_the_same_csv_but_for_its_last_column(client):
    make_claim(
        quantity="approx 3600 people",
        on_behalf_of=make_speaker(kind="organisation"),
        due="../2021",
        due_mode="by",
        due_basis="ours",
    )
    assess(make_claim(kind="assertion", refers_to="2020"), "borne_out", headline="So it is")

    def rows(**params):
        text = b"".join(client.get("/api/v1/claims.csv", params)).decode()
        return list(csv.reader(io.StringIO(text, newline="")))

    now, then = rows(), rows(as_of=head())
    assert [row[:-1] for row in then] == now
    assert [row[-1] for row in then] == ["changed_since", "false", "false"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [("2999-01-01", "still to come"), ("", "empty"), ("soon", "Give a day such as")],
)
@pytest.mark.parametrize(
    "path", ["claims/", "claims.csv", "claims/{uid}/", "claims/{uid}/timeline/"]
)
def test_what_is_no_moment_of_the_past_is_refused(problem, path, asked, said):
    path = path.format(uid=make_claim().uid)

    assert said in problem(400, path, as_of=asked)["errors"]["as_of"][0]


@pytest.mark.parametrize("path", ["claims/", "claims/{uid}/"])
def test_a_cursor_of_another_history_is_gone(problem, path):
    path = path.format(uid=make_claim().uid)

    assert problem(410, path, as_of="1.0123456789abcdef")["head"] == head()


@pytest.mark.parametrize(
    "path",
    [
        *("claims/", "claims/{uid}/", "claims/{uid}/timeline/?chain=true", "claims.csv"),
        *("corrections/", "stats/?group_by=kind", "speakers/{slug}/scorecard/"),
    ],
)
def test_a_cursor_ahead_of_this_server_is_to_be_asked_again(client, path):
    claim = make_claim()
    path = path.format(uid=claim.uid, slug=claim.speaker.slug)
    ahead = f"{Ledger.objects.get().number + 1}.0123456789abcdef"

    answer = client.get(f"/api/v1/{path}", QUERY_STRING=f"{path.partition('?')[2]}&as_of={ahead}")

    assert answer.status_code == 503, answer.content
    assert answer["Retry-After"] == "5"
    assert answer.json()["head"] == head()


def test_changed_needs_to_know_since_when(problem):
    assert list(problem(400, "claims/", changed="true")["errors"]) == ["changed"]


@pytest.mark.parametrize("seed", range(2))
def test_a_chain_is_what_it_was(api, seed):
    chains = {}
    for _write in write_at_random(seed, 10):
        for claim in Claim.objects.published():
            path = f"claims/{claim.uid}/timeline/"
            chains[head(), path] = api(path, chain="true")

    assert any(len(chain["claims"]) > 1 for chain in chains.values())
    for (cursor, path), chain in chains.items():
        then = api(path, chain="true", as_of=cursor)
        assert then.pop("as_of")["cursor"] == cursor
        assert then == chain, path


def test_a_claim_that_was_not_there_yet_has_no_chain(problem):
    before = head()

    problem(404, f"claims/{make_claim().uid}/timeline/", chain="true", as_of=before)


def test_what_was_redacted_is_named_and_not_read(api, problem, client):
    claim = make_claim(statement="Kowalski will open the road.")
    then = head()
    other = make_claim()
    curation.redact("Kowalski", legal_basis="A court's order.", actor="ada")

    page = api("claims/", as_of=then)

    assert (page["results"], page["redacted"]) == ([], [str(claim.uid)])
    gone = problem(410, f"claims/{claim.uid}/", as_of=then)
    assert gone["detail"] == "What was said of this claim then was redacted."
    exported = b"".join(client.get("/api/v1/claims.csv", {"as_of": then})).decode()
    (row,) = csv.DictReader(io.StringIO(exported, newline=""))
    assert {name: cell for name, cell in row.items() if cell} == {
        "id": str(claim.uid),
        "url": f"http://testserver/api/v1/claims/{claim.uid}/",
        "changed_since": "true",
    }
    now = {each["uid"]: each["statement"] for each in api("claims/", as_of=head())["results"]}
    assert now == {
        str(claim.uid): "[redacted] will open the road.",
        str(other.uid): other.statement,
    }
