import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from claims.append_only import APPEND_ONLY
from claims.models import Assessment, Change
from tests.append_only.rows import contents, insert_rows

pytestmark = pytest.mark.django_db

each_model = pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)


@pytest.fixture(autouse=True)
def _nothing_changes():
    insert_rows()
    before = contents()
    yield
    assert contents() == before


def refused(call, *args, **kwargs):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        call(*args, **kwargs)


@each_model
def test_a_row_is_not_saved_again(model):
    refused(model.objects.first().save)


@each_model
def test_rows_are_not_updated(model):
    key = model._meta.pk.name

    refused(model.objects.update, **{key: F(key)})


def test_a_verdict_is_not_touched_up():
    refused(Assessment.objects.update, headline="Opened in April")


def test_an_entry_is_not_touched_up():
    refused(Change.objects.update, actor="nobody")


@each_model
def test_rows_are_not_deleted(model):
    # Past Django's collector: a row of its own accord, and not for what hangs on it.
    refused(model.objects.all()._raw_delete, "default")


@each_model
def test_a_row_is_not_put_in_the_place_of_another(model):
    row = model.objects.first()
    unique = [field.name for field in model._meta.fields if field.unique]
    others = [field.name for field in model._meta.fields if not field.unique]

    refused(
        model.objects.bulk_create,
        [row],
        update_conflicts=True,
        unique_fields=unique[:1],
        update_fields=others,
    )
