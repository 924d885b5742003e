"""The whole program as a person starts and stops it: real processes, a real database, real signals."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

PATIENCE = 120.0


def command_of(process: psutil.Process) -> str:
    """The command line of a process; empty when it ended while it was looked at, as one that was just killed does."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


class Running:
    """One `kirjaamo serve` in a data folder of its own."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.output = data.with_suffix(".txt")
        self.process: subprocess.Popen[bytes]

    def start(self) -> Running:
        names = {"DATABASE_URL", "KIRJAAMO_MODE", "DJANGO_SETTINGS_MODULE", "KIRJAAMO_TEST_SERVER", "PORT", "HOST"}
        environment = {key: value for key, value in os.environ.items() if key not in names}
        environment |= {"KIRJAAMO_DATA": str(self.data), "KIRJAAMO_WORKERS": "1", "KIRJAAMO_HTTPS": "0"}
        command = [sys.executable, "-m", "kirjaamo", "serve", "--port", str(self.port)]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        self.wait_for(lambda: " answers at " in self.text() or self.process.poll() is not None)
        assert self.process.poll() is None, self.text()
        return self

    def text(self) -> str:
        return self.output.read_text("utf-8")

    def family(self) -> dict[str, psutil.Process]:
        """Return the direct children by what they are."""
        marks = {"postgres": "postgres -D", "web": "granian", "worker": "kirjaamo worker", "analyser": "words.server"}
        children = {child: told for child in psutil.Process(self.process.pid).children() if (told := command_of(child))}
        return {name: child for name, mark in marks.items() for child, line in children.items() if mark in line}

    def everyone(self) -> list[psutil.Process]:
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def is_new(self, name: str, old: int) -> bool:
        """Tell whether another process than the old one is there."""
        child = self.family().get(name)
        return child is not None and child.pid != old

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()

    def interrupt(self, number: signal.Signals = signal.SIGINT) -> float:
        """Send the signal; return the seconds until the end."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        return time.monotonic() - began

    @staticmethod
    def wait_for(condition: Callable[[], bool]) -> None:
        limit = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < limit, "waited in vain"
            time.sleep(0.1)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Yield a folder that the account of PostgreSQL can reach: each new run of pytest closes the folders of all runs again."""
    with tempfile.TemporaryDirectory(prefix="kirjaamo-run-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def program(open_folder: Path) -> Iterator[Running]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Running(open_folder / "data", port).start()
    everyone = program.everyone()
    yield program
    if program.process.poll() is None:
        program.interrupt(signal.SIGTERM)
    for process in psutil.wait_procs(everyone, timeout=15)[1]:
        process.kill()


@pytest.mark.timeout(400)
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="is about the embedded database")
def test_the_program_heals_stops_whole_and_keeps_its_data(program: Running) -> None:
    assert program.answers()
    family = program.family()
    assert {"postgres", "web", "worker"} <= set(family)
    assert os.geteuid() != 0 or family["postgres"].uids().real != 0

    for name in ("web", "postgres"):  # each is killed and comes back
        family[name].kill()
        program.wait_for(partial(program.is_new, name, family[name].pid))
        program.wait_for(program.answers)

    second = subprocess.run(
        [sys.executable, "-m", "kirjaamo", "serve"],
        env={**os.environ, "KIRJAAMO_DATA": str(program.data), "DATABASE_URL": ""},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert second.returncode == 1
    assert "already runs" in second.stderr

    everyone = program.everyone()
    assert program.interrupt() < 15
    assert program.process.returncode == 0
    assert psutil.wait_procs(everyone, timeout=2)[1] == []
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", program.port))

    cluster = next(program.data.rglob("PG_VERSION"), None) or program.data
    made = cluster.stat().st_mtime_ns
    program.start()
    assert program.answers()
    assert cluster.stat().st_mtime_ns == made
    assert "tables" not in program.text()  # nothing is migrated twice


@pytest.mark.timeout(400)
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="is about the embedded database")
def test_a_killed_supervisor_leaves_nothing_behind_and_starts_again(program: Running) -> None:
    everyone = program.everyone()
    program.process.kill()
    program.process.wait(10)
    assert psutil.wait_procs(everyone, timeout=20)[1] == []
    program.start()
    assert program.answers()
