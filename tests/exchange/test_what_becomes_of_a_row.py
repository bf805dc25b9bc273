"""A row creates, changes or leaves alone what goes by its name."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from claims import curation
from claims.choices import EditorialState
from claims.exchange.imports import run
from claims.models import Assessment, Change, Claim, Evidence, Speaker, Topic

from .desk import (
    FIGURE,
    NEW,
    PROMISE,
    ROWS,
    SAID_AGAIN,
    SEARCHED,
    SIGNED,
    VERDICT,
    faults_of,
    put,
    put_desk,
    take_in,
)
from .exported import table_csv


def test_a_desk_is_entered_with_all_its_rows(db: None, tmp_path: Path):
    fates = take_in(put_desk(tmp_path))

    assert fates == {"created": ROWS}
    claim = Claim.objects.get(uid=PROMISE)
    assert claim.status == "borne_out_late"
    assert claim.editorial_state == EditorialState.PUBLISHED
    assert [topic.slug for topic in claim.topics.all()] == ["peacekeeping"]
    assert [str(each.uid) for each in claim.appearances.all()] == [SAID_AGAIN]
    assert {str(each.uid) for each in claim.evidence.all()} == {SIGNED, SEARCHED}
    assert [each.outcome for each in claim.assessments.all()] == ["", "borne_out_late"]
    assert [str(each.target.uid) for each in claim.links.all()] == [FIGURE]
    assert Assessment.objects.get(uid=VERDICT).evidence.count() == 2
    assert Change.objects.filter(actor="ada").count() == Change.objects.count()


def test_entering_it_again_changes_nothing(desk: Path):
    entries = Change.objects.count()

    assert take_in(desk) == {"unchanged": ROWS}
    assert Change.objects.count() == entries


def test_a_column_that_is_left_out_stays_as_it_is(desk: Path, tmp_path: Path):
    fates = take_in(put(tmp_path, "claims", f"id,measure\n{FIGURE},peacekeepers\n"))

    claim = Claim.objects.get(uid=FIGURE)
    assert fates == {"changed": 1}
    assert (claim.measure, str(claim.quantity)) == ("peacekeepers", "approx 3600 people")


def test_an_empty_cell_empties_the_column(desk: Path, tmp_path: Path):
    path = put(
        tmp_path, "claims", f"id,measure,on_behalf_of,topics\n{PROMISE},,,\n{FIGURE},people,,\n"
    )

    assert take_in(path) == {"changed": 2}
    claim = Claim.objects.get(uid=PROMISE)
    assert (claim.on_behalf_of, claim.topics.count(), claim.collections.count()) == (None, 0, 1)


def test_an_empty_cell_takes_the_default_where_there_has_to_be_something(db: None, tmp_path: Path):
    take_in(put(tmp_path, "speakers", "slug,name,kind\nada,Ada,\n"))

    assert Speaker.objects.get().kind == "person"


def test_a_claim_goes_by_its_external_id_where_no_id_is_given(desk: Path, tmp_path: Path):
    fates = take_in(put(tmp_path, "claims", "external_id,measure\nr/2,peacekeepers\n"))

    assert fates == {"changed": 1}
    assert Claim.objects.get(uid=FIGURE).measure == "peacekeepers"


def test_a_claim_may_be_given_an_external_id(desk: Path, tmp_path: Path):
    take_in(put(tmp_path, "claims", f"id,external_id\n{FIGURE},r/two\n"))

    assert Claim.objects.get(uid=FIGURE).external_id == "r/two"


def test_columns_of_their_own_come_in_go_out_and_go(desk: Path, tmp_path: Path):
    extra = {"where": "Minsk, “hall 2”", "=1+1": '"'}
    cell = json.dumps(extra).replace('"', '""')
    assert take_in(put(tmp_path, "claims", f'id,extra\n{FIGURE},"{cell}"\n')) == {"changed": 1}
    assert Claim.objects.get(uid=FIGURE).extra == extra

    exported = "".join(table_csv("claims", site_url=""))
    assert take_in(put(tmp_path, "claims", exported)) == {"unchanged": 2}

    assert take_in(put(tmp_path, "claims", f"id,extra\n{FIGURE},\n")) == {"changed": 1}
    assert Claim.objects.get(uid=FIGURE).extra == {}


def test_a_new_claim_has_the_state_that_it_is_given(desk: Path, tmp_path: Path):
    rows = "".join(
        f"r/{state},assertion,It is so.,zas,belta,2020,{state}\n"
        for state in ("", "draft", "in_review", "published")
    )
    header = "external_id,kind,statement,speaker,source,said_on,editorial_state\n"

    assert take_in(put(tmp_path, "claims", header + rows)) == {"created": 4}

    states = dict(Claim.objects.values_list("external_id", "editorial_state"))
    assert states["r/"] == states["r/draft"] == "draft"
    assert (states["r/in_review"], states["r/published"]) == ("in_review", "published")


def test_a_draft_becomes_published(desk: Path, tmp_path: Path):
    header = "external_id,kind,statement,speaker,source,said_on,editorial_state\n"
    row = "r/3,assertion,It is so.,zas,belta,2020,"
    path = put(tmp_path, "claims", f"{header}{row}draft\n")
    take_in(path)

    put(tmp_path, "claims", f"{header}{row}published\n")

    assert take_in(path) == {"changed": 1}
    assert take_in(path) == {"unchanged": 1}
    assert Claim.objects.get(external_id="r/3").is_published


def test_an_edit_over_the_revision_that_was_seen_goes_through(desk: Path, tmp_path: Path):
    revision = Claim.objects.get(uid=PROMISE).revision
    path = put(tmp_path, "claims", f"id,revision,measure\n{PROMISE},{revision},laws\n")

    assert take_in(path) == {"changed": 1}
    # The revision moved with this very edit, but there is nothing left to write over another's.
    assert take_in(path) == {"unchanged": 1}


def test_a_draft_is_not_published_over_a_revision_that_was_not_seen(desk: Path, tmp_path: Path):
    header = "external_id,kind,statement,speaker,source,said_on"
    path = put(tmp_path, "claims", f"{header}\nr/3,assertion,It is so.,zas,belta,2020\n")
    take_in(path)
    put(tmp_path, "claims", "external_id,measure\nr/3,laws\n")
    take_in(path)

    put(tmp_path, "claims", "external_id,revision,editorial_state\nr/3,1,published\n")

    assert [(each.line, each.column) for each in faults_of(path)] == [(2, "revision")]


def test_an_organisation_may_stand_below_its_members(desk: Path, tmp_path: Path):
    take_in(
        put(
            tmp_path,
            "speakers",
            "slug,name,kind,organisation\n"
            "bea,Bea,person,office\noffice,Office,organisation,ministry\n"
            "ministry,Ministry,organisation,\n",
        )
    )

    assert Speaker.objects.get(slug="bea").organisation.organisation.slug == "ministry"


def test_speakers_that_wait_for_each_other_have_to_be_there(desk: Path, tmp_path: Path):
    path = put(
        tmp_path,
        "speakers",
        "slug,name,kind,organisation\na,A,organisation,b\nb,B,organisation,a\n",
    )

    faults = [(fault.line, fault.column) for fault in faults_of(path)]
    assert faults == [(2, "organisation"), (3, "organisation")]


def test_more_than_a_block_that_wait_for_a_round_are_refused_too(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(run, "BLOCK", 2)
    people = "".join(f"p{number},P,person,a\n" for number in range(5))
    path = put(
        tmp_path,
        "speakers",
        f"slug,name,kind,organisation\n{people}a,A,organisation,b\nb,B,organisation,a\n",
    )

    assert {fault.column for fault in faults_of(path)} == {"organisation"}
    assert Speaker.objects.count() == 2


def test_a_file_that_is_older_than_an_edit_of_evidence_does_not_undo_it(desk: Path, tmp_path: Path):
    claim = Claim.objects.get(uid=PROMISE)
    evidence = f"id,claim,kind,summary,source\n{NEW},{PROMISE},report,Seen.,tass\n"
    take_in(put(tmp_path, "evidence", evidence))
    put(tmp_path, "claims", f"id,revision\n{PROMISE},{claim.revision}\n")
    put(tmp_path, "evidence", evidence.replace("Seen.", "Seen twice."))

    (conflict,) = faults_of(tmp_path)

    assert conflict.column == "revision"
    assert Evidence.objects.get(uid=NEW).summary == "Seen."


def test_evidence_may_stand_above_what_it_replaces(desk: Path, tmp_path: Path):
    other = "99999999-9999-4999-8999-999999999998"
    take_in(
        put(
            tmp_path,
            "evidence",
            "id,claim,kind,summary,source,replaces\n"
            f"{NEW},{PROMISE},report,Seen again.,tass,{other}\n"
            f"{other},{PROMISE},report,Seen.,tass,\n",
        )
    )

    assert Evidence.objects.get(uid=NEW).replaces.uid == UUID(other)


def test_rows_of_one_claim_are_one_entry_of_its_history(desk: Path, tmp_path: Path):
    entries = Change.objects.count()

    take_in(
        put(
            tmp_path,
            "evidence",
            "id,claim,kind,summary,source\n"
            f"{NEW},{PROMISE},report,Seen.,tass\n"
            f"{SAID_AGAIN},{PROMISE},report,Seen again.,belta\n"
            f"{VERDICT},{FIGURE},report,Counted.,belta\n",
        )
    )

    assert Change.objects.count() == entries + 2


def test_evidence_is_edited_under_its_id(desk: Path, tmp_path: Path):
    path = put(
        tmp_path,
        "evidence",
        f"id,claim,kind,summary,source\n{NEW},{PROMISE},report,Seen.,tass\n",
    )
    take_in(path)
    put(tmp_path, "evidence", f"id,claim,summary\n{NEW},{PROMISE},Seen twice.\n")

    assert take_in(path) == {"changed": 1}
    assert Evidence.objects.get(uid=NEW).summary == "Seen twice."


def test_assessments_of_one_claim_are_recorded_as_they_stand_in_the_file(
    desk: Path, tmp_path: Path
):
    uids = [f"99999999-9999-4999-8999-99999999999{number}" for number in range(4)]
    header = "id,claim,outcome,progress,reopens,cause,corrects,rationale,words_revision,evidence\n"
    rows = [
        f"{uids[0]},{PROMISE},,stalled,true,development,,Open.,1",
        f"{uids[1]},{PROMISE},not_borne_out,,,development,,Never.,1",
        f"{uids[2]},{PROMISE},borne_out,,,correction,{uids[1]},In time.,1",
        f"{uids[3]},{PROMISE},borne_out,,,reaffirmation,,In time.,1",
    ]
    path = put(
        tmp_path,
        "assessments",
        header + "".join(f'{row},"[""{SIGNED}""]"\n' for row in rows),
    )

    assert take_in(path) == {"created": 4}
    assert take_in(path) == {"unchanged": 4}
    recorded = Assessment.objects.filter(claim__uid=PROMISE).order_by("pk")
    assert [str(each.uid) for each in recorded][2:] == uids
    assert Claim.objects.get(uid=PROMISE).status == "borne_out"


def test_a_changed_spreadsheet_writes_true_in_capitals(desk: Path, tmp_path: Path):
    take_in(put(tmp_path, "claims", f"id,quote_is_translation\n{PROMISE},TRUE\n"))

    assert Claim.objects.get(uid=PROMISE).quote_is_translation


def test_a_byte_order_mark_and_line_ends_of_windows_are_taken(db: None, tmp_path: Path):
    text = '\ufeffslug,name,description\r\nun,UN,"One\r\ntwo"\r\n'

    take_in(put(tmp_path, "topics", text.encode()))

    assert Topic.objects.get().description == "One\ntwo"


def test_a_claim_that_left_the_public_is_not_edited(desk: Path, tmp_path: Path):
    claim = Claim.objects.get(uid=FIGURE)
    curation.retract(
        [curation.StateChange(claim=claim, revision=claim.revision, reason="Not said.")],
        actor="ada",
    )

    (fault,) = faults_of(put(tmp_path, "claims", f"id,measure\n{FIGURE},people\n"))

    assert (fault.line, fault.column) == (2, "")
    assert "Retracted" in fault.message
