"""Each documented filter is measured, by a value that is answered."""

import pytest

from claims.filters import questions

from .every_filter import WITHOUT, every_filter
from .made_claims import make_claims

pytestmark = pytest.mark.django_db


def test_each_filter_has_a_query_that_is_answered(client):
    make_claims(400)
    queries = every_filter()

    assert queries.keys() | WITHOUT.keys() == questions().keys()
    for name, query in queries.items():
        assert client.get(f"/api/v1/claims/?{query}").status_code == 200, name
