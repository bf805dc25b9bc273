"""The client sends what it was told to, in turn, and takes nothing but complete answers."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from .load import measure


@pytest.fixture
def server():
    asked = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.append(self.path)
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
    spell = measure(server.server_port, ["/a", "/b"], connections=3, seconds=60, at_most=10)

    assert sorted(server.asked) == ["/a"] * 5 + ["/b"] * 5
    assert len(spell.latencies) == 10
    assert spell.per_second == 10 / spell.seconds


def test_an_error_ends_the_measuring(server):
    with pytest.raises(RuntimeError, match="404"):
        measure(server.server_port, ["/gone"], connections=1, seconds=60, at_most=10)
