"""The closed-loop client against a server of known behaviour, and memory of a known process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from benchmarks import importing, memory
from benchmarks.client import measure

pytestmark = pytest.mark.timeout(60)
BODY = b"x" * 200_000


class Known(BaseHTTPRequestHandler):
    """Answers `/` with a body over many packets, anything else with 404, and keeps the connection."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        found = self.path == "/"
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(BODY) if found else 2))
        self.end_headers()
        self.wfile.write(BODY if found else b"no")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    Known.asked = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Known)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_every_answer_is_read_whole_and_counted_once(port: int) -> None:
    result = measure("127.0.0.1", port, "/", seconds=0.5, connections=3)
    assert result["bytes"] == len(BODY)
    assert result["other_statuses"] == {}
    assert isinstance(result["per_second"], float)
    assert Known.asked > 3
    assert result["per_second"] == pytest.approx(Known.asked / 0.5, rel=0.5)


def test_an_answer_that_is_not_200_is_told(port: int) -> None:
    result = measure("127.0.0.1", port, "/gone", seconds=0.2, connections=2)
    assert result["other_statuses"] == {"404": Known.asked}


def test_the_memory_of_a_family_counts_this_process() -> None:
    found = memory.family(os.getpid())
    assert sum(row["processes"] for row in found.values()) >= 1
    assert 10 < sum(row["mb"] for row in found.values()) < 5000


def test_the_import_is_measured_page_by_page() -> None:
    found = importing.measure()
    assert {"systems.txt", "executive-office.txt", "education.txt", "matching", "all"} == set(found)
    assert found["all"] == pytest.approx(sum(spent for name, spent in found.items() if name != "all"), rel=0.3)
