"""A client light enough to share a machine with what it measures: sockets, kept alive."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median

from .contenders import HOST

UNCHANGED = ", unchanged"  # how questions end that are asked with the answer's own tag
PATIENCE = 120  # seconds that one answer may take
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Round:
    """What one spell of asking came to."""

    seconds: float = 0
    latencies: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def median(self) -> float:
        """Seconds that half of the answers took at most."""
        return median(self.latencies)


class _Connection:
    """One request at a time. Of a body only the length is kept."""

    def __init__(self, port: int, status: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.status = status

    def ask(self, request: bytes) -> None:
        self.head = b""
        self.missing: int | None = None  # bytes of the body to come; None while in the head
        self.asked = time.perf_counter()
        self.socket.sendall(request)

    def is_answered(self) -> bool:
        """Take in what has arrived. Raises where it is anything but a complete answer."""
        received = self.socket.recv(1 << 18)
        if not received:
            raise RuntimeError(f"The server hung up after {self.head[:200]!r}.")
        if self.missing is not None:
            self.missing -= len(received)
            return self.missing == 0
        head, end, body = (self.head + received).partition(b"\r\n\r\n")
        self.head = head + end
        if not end:
            return False
        if not head.startswith(b"HTTP/1.1 %d " % self.status):
            raise RuntimeError(f"Wanted a {self.status}, not {head[:200]!r}.")
        if self.status == 304:  # which has no body (RFC 9110, 15.4.5)
            return True
        length = _LENGTH.search(head)
        if length is None:
            raise RuntimeError(f"Wanted a known length, not {head[:200]!r}.")
        self.missing = int(length[1]) - len(body)
        return self.missing == 0


def status_of(question: str) -> int:
    """The status that its answers have."""
    return 304 if question.endswith(UNCHANGED) else 200


def request(path: str, **headers: str) -> bytes:
    """A GET as it goes over the wire; in names of headers, _ stands for -."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}", "Accept: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def measure(
    port: int,
    requests: Sequence[bytes],
    *,
    connections: int,
    seconds: float,
    at_most: int,
    status: int = 200,
) -> Round:
    """Send `requests` in turn over so many connections, each as soon as it is answered.

    After `seconds`, or `at_most` requests, no more are sent; those under way are waited for, and
    their time counts. Raises RuntimeError at an answer of another `status`.
    """
    following = cycle(requests)
    left = at_most
    result = Round()
    with selectors.DefaultSelector() as selector:
        idle = [_Connection(port, status) for _number in range(min(connections, at_most))]
        try:
            for each in idle:
                selector.register(each.socket, selectors.EVENT_READ, each)
            busy = len(idle)
            start = time.perf_counter()
            for each in idle:
                each.ask(next(following))
            left -= busy
            while busy:
                ready = selector.select(PATIENCE)
                if not ready:
                    raise RuntimeError(f"No answer in {PATIENCE} seconds.")
                for key, _events in ready:
                    connection = key.data
                    if not connection.is_answered():
                        continue
                    now = time.perf_counter()
                    result.latencies.append(now - connection.asked)
                    if left and now - start < seconds:
                        connection.ask(next(following))
                        left -= 1
                    else:
                        busy -= 1
            result.seconds = time.perf_counter() - start
        finally:
            for each in idle:
                each.socket.close()
    return result
