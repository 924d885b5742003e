"""What the program consists of when it runs: the database, the analyser of words, the web server, the worker."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kirjaamo.kernel.words import SocketAnalyser, choose_finnish
from kirjaamo.supervisor import environment
from kirjaamo.supervisor.postgres import Postgres
from kirjaamo.supervisor.processes import Program

LONGEST_SOCKET = 100
STATEMENT_SECONDS = "30"


@dataclass
class EmbeddedDatabase:
    """The embedded cluster as one of the watched processes."""

    cluster: Postgres
    name: str = "database"

    def start(self) -> None:
        """Start the server; after a crash it recovers by itself."""
        if self.cluster.process is None:
            self.cluster.start()
        else:
            self.cluster.launch()

    def exit_status(self) -> int | None:
        """Return the exit status when it ended, None while it runs."""
        return self.cluster.process.poll() if self.cluster.process else 0

    def ask_to_stop(self) -> None:
        """Do nothing: the database waits for those who use it."""

    def stop(self) -> None:
        """End the server in order."""
        if self.exit_status() is None:
            self.cluster.stop()


def analyser_socket(data: Path) -> Path:
    """Return the socket of the analyser: in the data folder, or under the folder for temporary files when that path is too long."""
    path = data / "run" / "words.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET:
        return path
    mark = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"kirjaamo-{mark}" / "words.sock"


def analyser(data: Path, log: Path | None) -> Program | None:
    """Return the process that knows the Finnish words for all others, or None where each process can do that by itself."""
    socket = analyser_socket(data)
    if not isinstance(choose_finnish(socket=socket), SocketAnalyser):
        return None
    socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    command = [sys.executable, "-m", "kirjaamo.kernel.words.server", "--socket", str(socket)]
    return Program("analyser", command, {}, log)


def web(host: str, port: int, environment: Mapping[str, str], log: Path | None) -> Program:
    """Return the web server: one granian process with workers that it starts again by itself."""
    workers, threads = environment["KIRJAAMO_WORKERS"], environment["KIRJAAMO_THREADS"]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", workers, "--blocking-threads", threads, "--no-ws", "--backlog", "1024",
        "--respawn-failed-workers", "--workers-kill-timeout", "5", "--log-level", "warning", "--no-access-log",
        "kirjaamo.config.wsgi:application",
    ]  # fmt: skip
    return Program("web", command, {**environment, "KIRJAAMO_STATEMENT_TIMEOUT": STATEMENT_SECONDS}, log)


def public(host: str, port: int, environment: Mapping[str, str], log: Path | None) -> Program:
    """Return the web server of the public face: it gets its own credentials, its own signing key and none of the others' keys."""
    return replace(web(host, port, environment, log), name="public")


def worker(environment: Mapping[str, str], log: Path | None) -> Program:
    """Return the process that does what nobody waits for: jobs, sealing of the journal."""
    command = [sys.executable, "-m", "kirjaamo", "worker"]
    # The database ends together with a killed supervisor, and the worker would wait for it: what it does then rolls back anyway.
    return Program("worker", command, environment, log, death=signal.SIGKILL)


@contextmanager
def words_available(data: Path) -> Iterator[None]:
    """Name the analyser in the environment for the length of a command, starting it when nobody else runs it."""
    if environment.text("KIRJAAMO_ANALYSER"):
        yield
        return
    os.environ["KIRJAAMO_ANALYSER"] = str(analyser_socket(data))
    process = analyser(data, None)  # a second one on the same socket ends at once
    if process:
        process.start()
    try:
        yield
    finally:
        del os.environ["KIRJAAMO_ANALYSER"]
        if process:
            process.stop()
