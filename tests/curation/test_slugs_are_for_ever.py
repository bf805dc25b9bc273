import pytest

from claims import curation
from claims.models import Change
from tests.factories import make_collection, make_source, make_speaker, make_topic, rename

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_speaker, make_source, make_topic, make_collection])
def test_a_slug_never_changes(make):
    row = make()
    slug = row.slug

    with pytest.raises(curation.BatchRefused) as refused:
        rename(row, slug="another")

    assert list(refused.value.error_dict) == ["slug"]
    row.refresh_from_db()
    assert row.slug == slug
    assert Change.objects.count() == 1
