"""What a claim may not be, each fault by its field."""

import pytest

from claims import curation
from tests.factories import make_draft

pytestmark = pytest.mark.django_db

BY_2020 = {"due": "2020", "due_mode": "by", "due_basis": "stated"}


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"kind": "assertion", **BY_2020}, ["due", "due_basis", "due_mode"]),
        ({"kind": "promise", "refers_to": "2019"}, ["refers_to"]),
        ({"kind": "promise", "due": "2020"}, ["due_basis", "due_mode"]),
        ({"kind": "prediction", "due_mode": "by"}, ["due_mode"]),
        ({"kind": "prediction", "due_basis": "ours"}, ["due_basis"]),
        ({"said_on": "2021", **BY_2020}, ["due"]),
        ({"kind": ""}, ["kind"]),
        ({"said_on": ""}, ["said_on"]),
        ({"said_on": "0000"}, ["said_on"]),
        ({"quantity": "many people"}, ["quantity"]),
        ({"quantity": "eq 1234567890123456789 people"}, ["quantity"]),
        ({"quantity": "eq 0.0000001 percent"}, ["quantity"]),
        ({"quote_language": "no language"}, ["quote_language"]),
        ({"status": "borne_out"}, ["status"]),
        ({"revision": 7}, ["revision"]),
        ({"speaker": "stanislav-zas"}, ["speaker"]),
    ],
    ids=lambda value: ", ".join(map(str, value)),
)
def test_a_draft(values, fields):
    with pytest.raises(curation.BatchRefused) as refused:
        make_draft(**values)

    assert sorted(refused.value.error_dict) == fields


def test_a_draft_has_a_speaker():
    write = curation.ClaimWrite(
        values={"statement": "It will rain.", "kind": "prediction", "said_on": "2020"}
    )

    with pytest.raises(curation.BatchRefused) as refused:
        curation.write_claims([write], actor="ada")

    assert list(refused.value.error_dict) == ["speaker"]


@pytest.mark.parametrize("due", ["2019?", "2019~", "2020-01", "../2020", "2019/.."])
def test_a_due_date_that_may_lie_after_the_words_is_allowed(due):
    draft = make_draft(said_on="2020-01-15", due=due, due_mode="by", due_basis="inferred")

    assert str(draft.due) == due
