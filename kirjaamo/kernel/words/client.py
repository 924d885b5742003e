"""Asks the analyser process of the machine (`server`) and starts it where nobody else does."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from kirjaamo.kernel.words import pyvoikko
from kirjaamo.kernel.words.analysers import AnalyserUnavailableError
from kirjaamo.kernel.words.lexemes import Lexemes

BATCH = 500  # forms in one question
LONGEST_ANSWER = 16_000_000  # bytes


class SocketAnalyser:
    """Finnish by the analyser process at a Unix socket; one connection per process, used by one thread at a time.

    After a failure it refuses at once for `rest` seconds, so that a page never waits twice for a process that is down.
    """

    name = "server"

    def __init__(self, path: Path, *, timeout: float = 5.0, rest: float = 5.0) -> None:
        """Connect to nothing yet. `timeout` and `rest` in seconds."""
        self._path = path
        self._timeout = timeout
        self._rest = rest
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._owner = 0
        self._rested_at = 0.0
        self.version = pyvoikko.version()

    def analyse(self, forms: Sequence[str]) -> list[Lexemes | None]:
        """Answer each form in its place; see Analyser."""
        with self._lock:
            if time.monotonic() < self._rested_at:
                message = f"the analyser at {self._path} did not answer a moment ago"
                raise AnalyserUnavailableError(message)
            answers: list[Lexemes | None] = []
            for start in range(0, len(forms), BATCH):
                answers.extend(self._ask(forms[start : start + BATCH]))
            return answers

    def greet(self) -> str:
        """Return the version that the process tells of itself. Raises AnalyserUnavailableError."""
        with self._lock:
            self._ask([])
        return self.version

    def close(self) -> None:
        """Let the connection go; the next question opens a new one."""
        with self._lock:
            self._drop()

    def _ask(self, forms: Sequence[str]) -> list[Lexemes | None]:
        question = json.dumps({"forms": list(forms)}).encode() + b"\n"
        fresh = self._socket is None or self._owner != os.getpid()
        try:
            try:
                reply = self._exchange(question)
            except (ConnectionError, EOFError):
                if fresh:
                    raise
                reply = self._exchange(question)  # the process was started anew since the last question
            answer = json.loads(reply)
            self.version = str(answer["version"])
            lexemes = [Lexemes.from_json(found) if found is not None else None for found in answer["lexemes"]]
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            self._drop()
            self._rested_at = time.monotonic() + self._rest
            message = f"the analyser at {self._path} does not answer: {error}"
            raise AnalyserUnavailableError(message) from error
        if len(lexemes) != len(forms):
            self._drop()
            message = f"the analyser at {self._path} answered {len(lexemes)} of {len(forms)} words"
            raise AnalyserUnavailableError(message)
        return lexemes

    def _exchange(self, question: bytes) -> bytes:
        connection = self._connection()
        try:
            connection.sendall(question)
            reply = bytearray()
            while not reply.endswith(b"\n"):
                part = connection.recv(1 << 16)
                if not part or len(reply) > LONGEST_ANSWER:
                    message = "the answer broke off"
                    raise EOFError(message)  # noqa: TRY301 - one way out for a closed line
                reply += part
        except (OSError, EOFError):
            self._drop()
            raise
        return bytes(reply)

    def _connection(self) -> socket.socket:
        if self._owner != os.getpid():
            self._drop()  # a forked child must not share its parent's connection
        if self._socket is None:
            if self._path.stat().st_uid not in {os.getuid(), 0}:
                message = "the socket belongs to another user"
                raise PermissionError(message)
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self._timeout)
            try:
                connection.connect(str(self._path))
            except OSError:
                connection.close()
                raise
            self._socket, self._owner = connection, os.getpid()
        return self._socket

    def _drop(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def start_server(path: Path, *, backend: str = "pyvoikko", wait: float = 30.0) -> subprocess.Popen[bytes]:
    """Start the analyser process and return it once it answers. Stop it with `terminate()`.

    Raises AnalyserUnavailableError when it does not answer within `wait` seconds; the process is then gone.
    """
    command = [
        sys.executable,
        "-m",
        "kirjaamo.kernel.words.server",
        "--socket",
        str(path),
        "--backend",
        backend,
    ]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program
    deadline = time.monotonic() + wait
    client = SocketAnalyser(path, rest=0.0)
    while time.monotonic() < deadline and process.poll() is None:
        try:
            client.greet()
        except AnalyserUnavailableError:
            time.sleep(0.05)
        else:
            client.close()
            return process
    process.terminate()
    process.wait(timeout=10)
    message = f"the analyser process at {path} did not start"
    raise AnalyserUnavailableError(message)
