"""What the OpenAPI document says is what happens, for each role, whatever is sent.

Schemathesis makes the requests, good and bad ones, and holds the answers against the document.
`make fuzz` makes many more of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from claims.api.exports import Download
from claims.filters import questions
from tests.factories import bearer, make_account, make_token

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))  # of each operation and role
ROLES = ("nobody", "contributor", "editor", "administrator")
# Whether these are good, the rows that are there or other parameters decide: no schema can say.
TOLD_BY_DATA = {"cursor", "after", "vocab", "fields", "omit", "ordering", "columns"} | {
    name
    for name, question in questions().items()
    if question.schema["type"] != "boolean" and "enum" not in question.schema.get("items", {})
}
# And these, of lists of rows that claims name.
TOLD_BY_DATA |= {"publisher", "organisation", "language", "owner", "changed"}

schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())


@pytest.fixture(autouse=True)
def in_one_transaction(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A WSGI server closes its connection behind each request; here it is the test's own. It
    closes downloads too, which give their places back then."""
    monkeypatch.setattr(Download, "places", BoundedSemaphore(10_000))
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(params=ROLES)
def credentials(request: pytest.FixtureRequest, db: None) -> dict[str, str]:
    if request.param == "nobody":
        return {}
    return bearer(make_token(make_account(request.param)))


@schema.parametrize()
@settings(
    max_examples=EXAMPLES or 1,
    suppress_health_check=list(HealthCheck),
    deadline=None,
    # The first is every edge case of every member, one by one.
    phases=[Phase.explicit, Phase.generate] if EXAMPLES else [Phase.generate],
)
def test_an_operation(case: Any, credentials: dict[str, str]) -> None:
    # A body's members are good or bad together, by rules of the field.
    is_told = case.method != "GET" or not TOLD_BY_DATA.isdisjoint(case.query or ())
    case.call_and_validate(
        headers=credentials, excluded_checks=[positive_data_acceptance] if is_told else []
    )
