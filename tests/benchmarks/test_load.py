"""The client sends what it was told to, in turn, and takes nothing but complete answers."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from .load import measure, request


@pytest.fixture
def server():
    asked = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.append(self.path)
            if self.headers["If-None-Match"]:
                self.send_response(304)
                self.end_headers()
                return
            body = b"x" * 300_000  # more than one read takes
            self.send_response(404 if self.path == "/gone" else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=[0.01])
        thread.start()
        listening.asked = asked
        yield listening
        listening.shutdown()
        thread.join()


def test_asks_for_every_path_in_turn_and_no_more_often_than_allowed(server):
    requests = [request("/a"), request("/b")]
    spell = measure(server.server_port, requests, connections=3, seconds=60, at_most=10)

    assert sorted(server.asked) == ["/a"] * 5 + ["/b"] * 5
    assert len(spell.latencies) == 10
    assert spell.per_second == 10 / spell.seconds


def test_an_error_ends_the_measuring(server):
    with pytest.raises(RuntimeError, match="404"):
        measure(server.server_port, [request("/gone")], connections=1, seconds=60, at_most=10)


def test_what_the_client_has_already_is_answered_without_a_body(server):
    requests = [request("/a", If_None_Match='"1"')]
    how_often = {"connections": 2, "seconds": 60, "at_most": 6}

    assert len(measure(server.server_port, requests, status=304, **how_often).latencies) == 6
    with pytest.raises(RuntimeError, match="304"):
        measure(server.server_port, requests, **how_often)
