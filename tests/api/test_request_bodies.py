"""What is sent is one JSON object in UTF-8 that says nothing twice; all else is refused."""

import pytest

from tests.factories import make_claim


@pytest.fixture
def send(admin_client):
    address = f"/api/v1/claims/{make_claim().uid}/assessments/"

    def post(body, content_type="application/json"):
        seen = {"If-Match": "*"}
        response = admin_client.post(address, body, content_type=content_type, headers=seen)
        assert response["Content-Type"] == "application/problem+json"
        return response

    return post


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"outcome=kept", "This is not JSON"),
        (b'{"outcome": "borne_out"', "This is not JSON"),
        (b'{"revision": NaN}', "NaN is no number of JSON"),
        (b'{"revision": -Infinity}', "-Infinity is no number of JSON"),
        (b'{"revision": ' + b"9" * 5_000 + b"}", "This is not JSON"),
        (b'{"rationale": "Caf\xe9"}', "This is not JSON"),
        (b'{"outcome": "void", "outcome": "borne_out"}', '"outcome" is there twice'),
        (b'{"\\ud800": 1, "\\ud800": 2}', '"\\ud800" is there twice'),
        (b"[" * 100_000, "brackets"),
        (b'{"a":' * 100_000, "brackets"),
        (b'{"rationale": "half \\ud800 a pair"}', "half a surrogate pair"),
        (b'{"\\udfff": 1}', "half a surrogate pair"),
        (b'{"rationale": "' + b"x" * 2_600_000 + b'"}', "Send at most 2500000 bytes"),
        (b"[]", "Send one JSON object"),
        (b"null", "Send one JSON object"),
        (b'"outcome"', "Send one JSON object"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_object_is_refused(send, body, words):
    response = send(body)

    assert response.status_code == 400
    assert words in response.json()["detail"]


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "nonsense",
    ],
)
def test_another_media_type_is_refused(send, content_type):
    assert send(b"outcome=borne_out", content_type).status_code == 415


def test_an_empty_body_is_told_what_is_missing(send):
    assert "rationale" in send(b"").json()["errors"]


def test_a_crowd_of_unknown_names_is_answered_briefly(send):
    names = ",".join(f'"{"x" * 1_000}{number}": 1' for number in range(1_000))

    response = send(f"{{{names}}}")

    assert response.status_code == 400
    assert len(response.content) < 50_000
