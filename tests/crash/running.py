"""The stage of the crash test: a cluster of its own with all its safety on, the program beside it, and what must be true of it."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import desk
from benchmarks.client import ask
from kirjaamo.supervisor import ports
from kirjaamo.supervisor.postgres import Postgres
from kirjaamo.supervisor.testing import CHECKOUT
from kirjaamo.testing import PASSWORD

HOST = "127.0.0.1"


@dataclass
class Form:
    """One filled form of registering, as it is sent again and again."""

    title: str
    document: bytes
    raw: bytes


class Stage:
    """The cluster, the program, and the forms that were sent."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port = folder / "data", ports.any_free()
        self.cluster = Postgres.at(folder / "postgres", programs=CHECKOUT / "var" / "programs")
        self.cluster.start()
        surroundings = {key: value for key, value in os.environ.items() if not key.startswith(("KIRJAAMO_", "DATABASE_", "PYTEST_"))}
        surroundings |= {
            "DJANGO_SETTINGS_MODULE": "kirjaamo.config.settings",
            "DATABASE_URL": self.cluster.url(),
            "KIRJAAMO_MODE": "test",
            "KIRJAAMO_DATA": str(self.data),
            "KIRJAAMO_SECRET_KEY": "tests-sign-nothing-that-anyone-trusts",
            "CRASH_DATABASE": str(self.cluster.data),
        }
        command = [sys.executable, "-m", "tests.crash"]
        pipe = subprocess.PIPE
        self.program = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=surroundings, cwd=CHECKOUT, text=True)
        self.server = 0
        self.session = desk.Session(HOST, self.port)
        self.told: dict[str, str] = {}
        self.acknowledged: list[Form] = []

    def order(self, role: str, **told: Any) -> dict[str, Any]:
        """Let the program do something; return how it ended, or what it began."""
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.write(json.dumps({"role": role, **told}) + "\n")
        self.program.stdin.flush()
        answer: dict[str, Any] = json.loads(self.program.stdout.readline())
        return answer

    # The server ------------------------------------------------------------------------------------------------------------

    def serve(self, **told: Any) -> None:
        """Start a server in place of the one before it."""
        if self.server:
            self.order("end", pid=self.server)
        self.server = self.order("serve", port=self.port, **told)["pid"]
        limit = time.monotonic() + 20
        while time.monotonic() < limit:
            with socket.socket() as probe:
                if probe.connect_ex((HOST, self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError("the server does not answer")

    def sign_in(self) -> None:
        """Open the registering screen as the registrar does."""
        self.session.sign_in("maija-kirjaamo", PASSWORD)
        self.told = desk.filled(self.session)

    def form(self, title: str) -> Form:
        """A form that nobody sent before."""
        document = f"{title} {uuid.uuid4()}\n".encode() * 40
        told = {**self.told, "key": str(uuid.uuid4()), "title": title}
        body = desk.multipart(told, document)
        head = (
            f"POST {desk.SCREEN} HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: {self.session.cookie}\r\n"
            f"Content-Type: multipart/form-data; boundary={desk.BOUNDARY}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        return Form(title, document, head.encode() + body)

    def send(self, form: Form) -> bool:
        """Send a form; tell whether it was acknowledged. A server that falls or fails acknowledges nothing."""
        try:
            with socket.create_connection((HOST, self.port), timeout=60) as connection:
                status, _size = ask(connection, form.raw)
        except (ConnectionError, ValueError, IndexError):
            return False
        if status == b"302":
            self.acknowledged.append(form)
        return status == b"302"

    # The database ----------------------------------------------------------------------------------------------------------

    def recover(self) -> bool:
        """Start the database again when it is down; tell whether it was."""
        process = self.cluster.process
        assert process is not None
        if process.poll() is None:
            return False
        self.cluster.launch()
        return True

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database says."""
        with psycopg.connect(self.cluster.url(), autocommit=True) as database:
            cursor = database.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def bytes_of(self, sha256: str) -> bytes:
        """The stored bytes of a hash, hashed again."""
        data = (self.data / "files" / "blobs" / sha256[:2] / sha256).read_bytes()
        assert hashlib.sha256(data).hexdigest() == sha256
        return data

    def close(self) -> None:
        """End everything."""
        if self.server:
            self.order("end", pid=self.server)
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.close()
        self.program.wait(30)
        self.program.stdout.close()
        self.cluster.stop()


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """Set the stage up, and clear it."""
    made = Stage(folder)
    try:
        yield made
    finally:
        made.close()
