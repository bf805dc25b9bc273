import json

import pytest

from claims import curation
from claims.models import Appearance, Change, instant
from tests.factories import edit, make_claim, make_source

pytestmark = pytest.mark.django_db


def test_what_was_said_again_is_one_more_appearance():
    claim, source = make_claim(), make_source()

    edit(
        claim,
        appearances=[
            curation.RowWrite(values={"said_on": "2020-03", "source": source, "quote": "Again."})
        ],
    )

    entry = Change.objects.latest("number")
    assert (entry.operation, entry.fields_changed) == ("appearance", ["appearances"])
    (appearance,) = json.loads(entry.record)["appearances"]
    written = claim.appearances.get()
    assert appearance == {
        "uid": str(written.uid),
        "recorded_at": instant(written.recorded_at),
        "said_on": "2020-03",
        "quote": "Again.",
        "source": source.slug,
    }
    assert json.loads(claim.document.summary)["appearances_count"] == 1


def test_an_appearance_is_changed_and_removed():
    claim = make_claim()
    row = curation.RowWrite(values={"said_on": "2020-03", "source": make_source()})
    edit(claim, appearances=[row, row])
    first, second = claim.appearances.all()

    edit(
        claim,
        appearances=[
            curation.RowWrite(row=first, values={"said_on": "2020-04"}),
            curation.RowWrite(row=second, remove=True),
        ],
    )

    appearance = Appearance.objects.get()
    assert (str(appearance.said_on), appearance.said_on_last.isoformat()) == (
        "2020-04",
        "2020-04-30",
    )


@pytest.mark.parametrize("said_on", ["../2020", "2020/.."])
def test_an_appearance_was_at_some_time(said_on):
    claim = make_claim()
    row = curation.RowWrite(values={"said_on": said_on, "source": make_source()})

    with pytest.raises(curation.BatchRefused) as refused:
        edit(claim, appearances=[row])

    assert list(refused.value.error_dict) == ["said_on"]


@pytest.mark.parametrize("said_on", ["../2020", "2020/.."])
def test_a_claim_was_said_at_some_time(said_on):
    with pytest.raises(curation.BatchRefused) as refused:
        make_claim(said_on=said_on)

    assert list(refused.value.error_dict) == ["said_on"]
