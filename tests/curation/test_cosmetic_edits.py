"""A cosmetic edit touches running text alone."""

import pytest

from claims import curation
from tests.factories import edit, make_claim, make_speaker

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "values",
    [{"due": "2031"}, {"quantity": "gt 5 roads"}, {"said_on": "2020-01-16"}, {"due_mode": "at"}],
    ids=str,
)
def test_a_change_of_what_is_meant_is_not_cosmetic(values):
    claim = make_claim()

    with pytest.raises(curation.BatchRefused) as refusal:
        edit(claim, values=values, cosmetic="A typo.")

    assert list(refusal.value.error_dict) == ["cosmetic"]


def test_another_speaker_is_not_cosmetic():
    with pytest.raises(curation.BatchRefused):
        edit(make_claim(), values={"speaker": make_speaker()}, cosmetic="A typo.")


def test_a_typo_in_the_statement_is():
    claim = make_claim(statement="The raod will be open in 2020.")

    edit(claim, values={"statement": "The road will be open in 2020."}, cosmetic="A typo.")

    claim.refresh_from_db()
    assert (claim.statement, claim.words_revision) == ("The road will be open in 2020.", 1)
