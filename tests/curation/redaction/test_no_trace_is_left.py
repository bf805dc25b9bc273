"""A word planted in every place is found in none, by whatever way one looks."""

from __future__ import annotations

import pytest

from claims import audit
from claims.curation.redaction import columns
from claims.models import Change
from tests.curation.redaction import dumps
from tests.curation.redaction.desk import HARD, plant, redact

pytestmark = pytest.mark.django_db

# Escaped in whatever way, each text keeps this part as it is.
TEXTS = {"Kowalski": "Kowalski", HARD: "Katze"}
CANNOT_HOLD_A_WORD = {
    "claims_claim.quote_language": "a language tag",
    "claims_source.language": "a language tag",
    "claims_speaker.wikidata_id": "Q and digits",
}


def everything(folder):
    return {
        "the API": dumps.api(),
        "the admin": dumps.admin_pages(),
        "the CSV files": dumps.csv_files(),
        "the exported ledger": dumps.ledger_export(folder),
        "dumpdata": dumps.dumpdata(),
        "the database": dumps.whole_database(),
        "the sessions": dumps.sessions(),
    }


@pytest.mark.parametrize("text", TEXTS)
def test_wherever_one_looks(text, tmp_path):
    plant(text)
    before = everything(tmp_path / "before")
    assert [where for where, shown in before.items() if TEXTS[text] not in shown] == []

    redact(text)

    after = everything(tmp_path / "after")
    assert [where for where, shown in after.items() if TEXTS[text] in shown] == []
    assert audit.verify().entries == Change.objects.count()


def test_it_was_planted_in_every_column_that_takes_words():
    plant("Kowalski")

    removed = redact("Kowalski").removed

    prose = {
        f"{table}.{column.column}"
        for table, model in columns.MODELS.items()
        if model not in columns.APPEND_ONLY and model not in columns.PASSING
        for column in columns._prose(model)
    }
    others = {
        "claims_change.record",
        "claims_assessment.headline",
        "claims_assessment.rationale",
        "claims_idempotencykey.body",
        "django_session.session_data",
    }
    assert removed.keys() == (prose | others) - CANNOT_HOLD_A_WORD.keys()
