"""What is exported is imported again as it stands."""

import csv
import io
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import curation
from claims.exchange.cells import guarded
from claims.models import Claim
from tests.factories import add_evidence, assess, make_claim, make_source, make_speaker, make_topic

from .desk import PROMISE, ROWS, put, put_desk, put_export, take_in
from .exported import claims_csv

NASTY = [
    '=cmd|"/C calc"!A0',
    "'quoted'",
    "'=1+1",
    "''",
    "-1",
    "+49 30 1234",
    "@handle",
    "\tindented",
    "007",
    'He said "no", twice',
    "one\ntwo,\nthree",
    " padded ",
    "قال لا",
    "🙂👩‍👩‍👧",
    "NULL",
    "TRUE",
    "1e5",
]
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t'=+-@\","
        ),
        max_size=200,
    ),
)


def test_every_table_is_unchanged_by_its_own_export(desk: Path, tmp_path: Path):
    assert take_in(put_export(tmp_path)) == {"unchanged": ROWS}


@pytest.mark.django_db
def test_a_busy_desk_is_unchanged_by_its_own_export(tmp_path: Path):
    office = make_speaker(kind="organisation", aliases=["=1+1", "Büro, das"])
    claim = make_claim(
        speaker=make_speaker(organisation=office),
        on_behalf_of=office,
        source=make_source(url="", published_on="2020-Q4~"),
        topics=[make_topic(), make_topic()],
        quantity="between 10 20.5 percent increase from 3 in 1990",
        due="2020/2021?",
        due_mode="by",
        due_basis="ours",
        condition="If funds allow.",
    )
    first = add_evidence(claim, observed="approx 12 percent within 2 %", dated="../2021")
    wrong = assess(claim, "not_borne_out", evidence=[first], reason="missed_target")
    assess(claim, "void", cause="correction", corrects=wrong, happened_on="2021?")
    add_evidence(claim, replaces=first, kind="fact_check", original_rating="=False")
    put_export(tmp_path)

    fates = take_in(tmp_path)

    assert set(fates) == {"unchanged"}


@pytest.mark.django_db
def test_an_export_fills_an_empty_desk(tmp_path: Path):
    with transaction.atomic():
        take_in(put_desk(tmp_path))
        put_export(tmp_path)
        transaction.set_rollback(True)
    assert not Claim.objects.exists()

    assert take_in(tmp_path) == {"created": ROWS}
    assert take_in(tmp_path) == {"unchanged": ROWS}


@pytest.mark.django_db
def test_what_happened_before_it_was_said_fills_an_empty_desk_too(tmp_path: Path):
    with transaction.atomic():
        claim = make_claim(said_on="2020-01-15")
        assess(claim, "borne_out", happened_on="2019", happened_before_said=True)
        assess(claim, "not_borne_out", cause="development", happened_on="2020-02")
        put_export(tmp_path)
        transaction.set_rollback(True)
    with (tmp_path / "assessments.csv").open(newline="") as file:
        assert [row["happened_before_said"] for row in csv.DictReader(file)] == ["true", ""]

    assert set(take_in(tmp_path)) == {"created"}
    assert set(take_in(tmp_path)) == {"unchanged"}


@pytest.mark.django_db
@pytest.mark.parametrize("cell", ["true", "false", ""])
def test_a_confirmation_is_no_fact_that_a_file_could_contradict(tmp_path: Path, cell: str):
    claim = make_claim(said_on="2020-01-15")
    verdict = assess(claim, "borne_out", happened_on="2019", happened_before_said=True)
    row = f"id,claim,happened_before_said\n{verdict.uid},{claim.uid},{cell}\n"

    assert take_in(put(tmp_path, "assessments", row)) == {"unchanged": 1}


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_comes_back(desk: Path, tmp_path: Path, text: str):
    _check_round_trip(tmp_path, text)


@given(text=texts)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_comes_back(desk: Path, tmp_path: Path, text: str):
    _check_round_trip(tmp_path, text)


def _check_round_trip(folder: Path, text: str) -> None:
    claim = Claim.objects.get(uid=PROMISE)
    curation.write_claims(
        [curation.ClaimWrite(claim=claim, revision=claim.revision, values={"criteria": text})],
        actor="ada",
    )
    for safe in (True, False):
        exported = claims_csv(Claim.objects.filter(uid=PROMISE), safe=safe)

        (row,) = csv.DictReader(io.StringIO(exported, newline=""), strict=True)
        assert row["criteria"] == (guarded(text) if safe else text)
        assert take_in(put(folder, "claims", exported), safe=safe) == {"unchanged": 1}
