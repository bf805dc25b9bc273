"""Whatever is sent is answered or refused as a problem, and the list still answers after it."""

from collections import Counter
from urllib.parse import quote

import pytest

from claims.filters import questions
from tests.api.addresses import NEEDED, ROOT, addresses, make_rows

pytestmark = pytest.mark.django_db

METHODS = ("get", "head", "options", "post", "put", "patch", "delete", "trace", "propfind")
DEEP = 100_000
HUGE = "9" * 5_000

# What stands in a path or a query, percent-encoded as a client would.
TEXTS = {
    "NUL": "%00",
    "a NUL within": "a%00b",
    "half a surrogate pair": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "a huge number": HUGE,
    "a negative number": "-1",
    "the year 0": "0000",
    "the year 99999": "99999-01-01",
    "nothing": "",
    "3,000 words": "+".join(["word"] * 3_000),
    "3,000 values": ",".join(["a"] * 3_000),
    "a bracket too many": quote("((((" * 50),
    "a formula": quote("=1+1"),
    "a regular expression": quote("(a+)+$"),
    "a quote": quote("'\"; --"),
    "a percent sign": "%",
    "an emoji": quote("🦜"),
}
BODIES = {
    "nothing": b"",
    "no JSON": b"outcome=borne_out",
    "deep lists": b"[" * DEEP,
    "deep objects": b'{"a":' * DEEP,
    "a closed deep list": b"[" * DEEP + b"]" * DEEP,
    "a huge integer": b'{"revision": ' + HUGE.encode() + b"}",
    "a huge exponent": b'{"revision": 1e999999}',
    "a member twice": b'{"slug": "a", "slug": "b"}',
    "a NUL": b'{"statement": "a\\u0000b", "name": "a\\u0000b", "rationale": "\\u0000"}',
    "half a pair": b'{"statement": "\\ud800", "name": "\\udfff"}',
    "UTF-16": '{"name": "Ada"}'.encode("utf-16"),
    "Latin-1": '{"name": "Café"}'.encode("latin-1"),
    "a list": b"[]",
    "a number": b"1",
    "too much": b'{"statement": "' + b"x" * 2_600_000 + b'"}',
}
CONTENT_TYPES = (
    "application/json",
    "application/json; charset=klingon",
    "application/json; charset=utf-16",
    "application/json; charset=",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "text/csv",
    "/",
    "",
)
HEADERS = (
    {"If-Match": "nonsense"},
    {"If-Match": '"' + HUGE + '-0123456789abcdef"'},
    {"If-None-Match": '"' * 5_000},
    {"Idempotency-Key": "x" * 5_000},
    {"Idempotency-Key": "é"},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer a b"},
    {"Authorization": "Bearer " + "x" * 5_000},
    {"Authorization": "Basic é"},
    {"Authorization": "Basic ////"},
    {"Cookie": "sessionid=\x7f; csrftoken="},
    {"Accept": "*/"},
    {"Accept": "image/png"},
    {"Accept": "application/json; q=nan"},
    {"Accept-Language": "x" * 5_000},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Range": "bytes=9-1"},
)


@pytest.fixture
def hold_up(client, admin_client, settings):
    """Send it, without a name and as one who may do everything; tell what was answered."""
    settings.WRITES_PER_MINUTE = 100_000
    names, answers = make_rows(), Counter()

    def send(method, path, query="", body=b"", content_type="application/json", **headers):
        address = ROOT + path.format(**names) + query
        for sender in (client, admin_client):
            response = sender.generic(
                method.upper(), address, body, content_type, headers={"If-Match": "*"} | headers
            )
            assert response.status_code < 500 or "Retry-After" in response, (method, address)
            is_problem = response.get("Content-Type", "") == "application/problem+json"
            assert response.status_code < 400 or method == "head" or is_problem, (method, address)
            response.getvalue()  # a download gives its place back when it is read
            answers[response.status_code] += 1

    yield send

    assert answers
    for sender in (client, admin_client):
        assert sender.get(f"{ROOT}claims/").status_code == 200


def test_in_a_path(hold_up, subtests):
    for name, text in TEXTS.items():
        with subtests.test(name):
            for path in {path for _method, path in addresses("get") if "{" in path}:
                start, _brace, end = path.partition("{")
                hold_up("get", start + text.replace("{", "") + end.partition("}")[2])


def test_in_a_parameter(hold_up, subtests):
    for name, text in TEXTS.items():
        with subtests.test(name):
            for name in (
                *questions(),
                "cursor",
                "page_size",
                "ordering",
                "fields",
                "count",
                "nonsense",
            ):
                hold_up("get", "claims/", f"?{name}={text}")
            for name in ("after", "page_size"):
                hold_up("get", "changes/", f"?{name}={text}")
            hold_up("get", "stats/", f"?group_by={text}")
            hold_up("get", "claims.csv", f"?speaker={text}")


def test_as_a_parameters_name(hold_up, subtests):
    for name, text in TEXTS.items():
        with subtests.test(name):
            for _method, path in addresses("get"):
                hold_up("get", path, f"?{text}=1&{text}=2")


def test_a_parameter_twice(hold_up):
    for _method, path in addresses("get"):
        hold_up("get", path, f"{NEEDED.get(path, '?a=1')}&page_size=1&page_size=1000000000")


def test_any_method_anywhere(hold_up, subtests):
    for method in METHODS:
        with subtests.test(method):
            for path in {path for _method, path in addresses()}:
                hold_up(method, path)


def test_in_a_body(hold_up, subtests):
    for name, body in BODIES.items():
        with subtests.test(name):
            for method, path in addresses("post", "patch", "delete"):
                hold_up(method, path, "?dry_run=true", body)


def test_of_any_media_type(hold_up, subtests):
    for content_type in CONTENT_TYPES:
        with subtests.test(content_type):
            for method, path in addresses("post", "patch", "delete"):
                hold_up(method, path, "?dry_run=true", b'{"name": "Ada"}', content_type)


def test_in_a_header(hold_up, subtests):
    for headers in HEADERS:
        with subtests.test(str(headers)[:60]):
            for method, path in addresses():
                query = NEEDED.get(path, "") if method == "get" else "?dry_run=true"
                hold_up(method, path, query, **headers)
