"""Columns that are only read are passed over, unless somebody wrote something else into them."""

from pathlib import Path

import pytest

from claims.models import Claim
from tests.exchange.desk import FIGURE, NEW, PROMISE, faults_of, put, take_in

NAMES = (
    "status,closed,headline,speaker_name,said_first,said_last,due_first,due_last,url,changed_since"
)
CELLS = (
    "borne_out_late,TRUE,Nine months late,Stanislav Zas,2020-10-16,2020-10-16,2020-01-01,"
    "2020-12-31,https://elsewhere.example/1,"
)


def test_what_an_export_said_is_passed_over(desk: Path, tmp_path: Path):
    path = put(tmp_path, "claims", f"id,measure,{NAMES}\n{PROMISE},laws,{CELLS}\n")

    assert take_in(path) == {"changed": 1}


def test_an_empty_cell_says_nothing(desk: Path, tmp_path: Path):
    path = put(tmp_path, "claims", f"id,status,due_last\n{PROMISE},,\n")

    assert take_in(path) == {"unchanged": 1}


@pytest.mark.parametrize(
    ("column", "cell", "instead"),
    [
        ("status", "pending", "says “borne_out_late” now. Record an assessment"),
        ("closed", "false", "Record an assessment"),
        ("headline", "Late", "Record an assessment"),
        ("due_last", "2021-12-31", "Change it in “due”"),
        ("said_first", "16.10.2020", "Change it in “said_on”"),
        ("quantity_value", "3600", "Change it in “quantity”"),
    ],
)
def test_what_was_written_over_it_is_refused_with_what_to_write_instead(
    desk: Path, tmp_path: Path, column: str, cell: str, instead: str
):
    (fault,) = faults_of(put(tmp_path, "claims", f"id,{column}\n{PROMISE},{cell}\n"))

    assert (fault.line, fault.column) == (2, column)
    assert instead in fault.message


def test_a_claim_that_moved_on_since_the_export_was_not_written_over(desk: Path, tmp_path: Path):
    path = put(tmp_path, "claims", f"id,revision,status\n{PROMISE},1,pending\n")

    assert take_in(path) == {"unchanged": 1}


def test_a_new_claim_has_its_status_from_its_assessments(desk: Path, tmp_path: Path):
    header = "id,kind,statement,speaker,source,said_on,status,closed"
    row = f"{NEW},assertion,It is so.,zas,belta,2020,borne_out,true"

    assert take_in(put(tmp_path, "claims", f"{header}\n{row}\n")) == {"created": 1}
    assert Claim.objects.get(uid=NEW).status == "pending"


def test_a_companion_that_goes_with_a_change_of_its_column_is_not_asked_to_have_followed(
    desk: Path, tmp_path: Path
):
    path = put(
        tmp_path,
        "claims",
        f"id,quantity,quantity_value\n{FIGURE},eq 3601 people,3600\n",
    )

    assert take_in(path) == {"changed": 1}
