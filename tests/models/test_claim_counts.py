"""The migration that brings the kept counts counts the claims that are there."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from claims.models import ClaimCount
from tests.factories import assess, make_claim, make_draft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newest():
    """Back to the newest migration in the end."""
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("claims")
    yield newest
    call_command("migrate", *newest, verbosity=0)


def test_a_desk_that_has_claims_has_their_counts(newest):
    make_claim()
    assess(make_claim(), "borne_out")
    assess(make_claim(), "not_borne_out", progress="in_progress")
    make_draft()
    before = ClaimCount.objects.kept()

    call_command("migrate", "claims", "0014", verbosity=0)
    assert "claims_claimcount" not in connection.introspection.table_names()
    call_command("migrate", *newest, verbosity=0)

    assert sum(before.values()) == 3
    assert ClaimCount.objects.kept() == before
