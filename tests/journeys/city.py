"""The demo city of the journeys: `kirjaamo demo` itself, started once for a test run on an empty database and an empty folder.

Workers of one run share it. The worker that started it stops it when the others have gone.
"""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from psycopg import sql

from kirjaamo.supervisor import ports, testing

PATIENCE = 600.0


@dataclass(frozen=True)
class City:
    """A running demo: its address, its people by user name with their passwords."""

    url: str
    people: Mapping[str, str]


class Home:
    """The folder that the workers of a run share."""

    def __init__(self) -> None:
        self.folder = testing._scratch / "city"
        self.folder.mkdir(parents=True, exist_ok=True)
        for place in (self.folder, self.folder.parent):
            place.chmod(0o755)  # the account that runs PostgreSQL of other tests passes through
        self.told, self.users = self.folder / "told.json", self.folder / "users"
        self.users.mkdir(exist_ok=True)
        self.me = self.users / str(os.getpid())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one worker at a time look and change."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def others(self) -> bool:
        """Whether another living worker still uses the city."""
        return any(_lives(int(path.name)) for path in self.users.iterdir() if path != self.me)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def shared() -> Iterator[City]:
    """Give the run's city, starting it at first need."""
    home, started = Home(), None
    with home.locked():
        if not home.told.exists():
            started = _start(home)
        home.me.touch()
        told = json.loads(home.told.read_text("utf-8"))
    try:
        yield City(told["url"], told["people"])
    finally:
        home.me.unlink(missing_ok=True)
        if started:
            _stop(home, *started)


def _database_name() -> str:
    return f"test_kirjaamo_{os.environ[testing.RUN]}_city"


def _start(home: Home) -> tuple[subprocess.Popen[bytes], Path]:
    """Start the demo on an empty database; return when its start page is there."""
    testing.drop(_database_name())
    with testing._server() as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(_database_name())))
    port, output = ports.any_free(), home.folder / "output.txt"
    unwanted = {"KIRJAAMO_MODE", "DJANGO_SETTINGS_MODULE", "PORT", "HOST", "KIRJAAMO_KEYS"}
    surroundings = {key: value for key, value in os.environ.items() if key not in unwanted}
    place = urlsplit(testing.server_url())
    surroundings |= {
        "DATABASE_URL": urlunsplit(place._replace(path=f"/{_database_name()}")),
        "KIRJAAMO_DATA": str(home.folder / "data"),
        "KIRJAAMO_WORKERS": "2",
    }
    with output.open("wb") as log:
        command = [sys.executable, "-m", "kirjaamo", "demo", "--port", str(port)]
        process = subprocess.Popen(command, env=surroundings, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    limit = time.monotonic() + PATIENCE
    while not (_answers(port) and (home.folder / "data" / "demo.json").exists()):
        if process.poll() is not None or time.monotonic() > limit:
            process.kill()
            raise AssertionError(f"the demo did not start:\n{output.read_text('utf-8', 'replace')[-4000:]}")
        time.sleep(0.1)
    sign_ins = json.loads((home.folder / "data" / "demo.json").read_text("utf-8"))["sign_ins"]
    people = {name: password for name, password, _role in sign_ins}
    home.told.write_text(json.dumps({"url": f"http://127.0.0.1:{port}", "people": people}), "utf-8")
    return process, output


def _stop(home: Home, process: subprocess.Popen[bytes], output: Path) -> None:
    """Wait for the other workers, stop the demo as Ctrl-C does, and see that it ended in order."""
    limit = time.monotonic() + PATIENCE
    while home.others() and time.monotonic() < limit:
        time.sleep(0.2)
    with home.locked():
        home.told.unlink(missing_ok=True)
        process.send_signal(signal.SIGINT)
        status = process.wait(30)
    text = output.read_text("utf-8", "replace")
    testing.drop(_database_name())
    assert status == 0, f"the demo ended with status {status}:\n{text[-4000:]}"


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
