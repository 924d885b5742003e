"""Where a process is to be killed, by name; set up in the process of the test, so that the program knows nothing of it.

A point is struck by what the program does anyway: a statement that was run, a commit, a file that was synced, an act that was begun or
ended. `Fault.at` kills when the point that is struck is the wanted one.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import psutil
from django.core.mail import EmailMessage
from django.db import connection

from kirjaamo.cases import actions as cases
from kirjaamo.documents import actions as documents
from kirjaamo.documents import blobs, extraction
from kirjaamo.face import actions as face
from kirjaamo.kernel import journal
from kirjaamo.notices import actions as notices

STATEMENTS = {
    "kernel_submission": "the form is claimed",
    "subjects_subject": "the party is written",
    "documents_document": "the document is written",
    "cases_caseparty": "the history is written",
    "cases_numberseries": "the number is taken",
    'INSERT INTO "kernel_searchrow"': "it can be searched",
    "touched_case": "it stands on the public face",
    "notices_mail": "the acknowledgement waits",
    "kernel_journalentry": "the journal is written",
}
"""Of registering: a part of each statement, and the point after it."""
REGISTERING = (
    "before the transaction",
    "the bytes are staged",
    "the bytes are synced",
    "the bytes have their name",
    *STATEMENTS.values(),
    "before the commit",
    "before the answer",
)
WORKING = (
    "a message is fetched",
    "a message is taken in",
    "a box is opened",
    "a file is queued",
    "a job is taken",
    "a text is read",
    "a text is kept",
    "a mail is taken",
    "a mail is sent",
    "a block is sealed",
)


def kill_self() -> None:
    """End this process as a failing machine does."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_database() -> None:
    """End the database with everything below it; this process goes on."""
    server = psutil.Process(int(Path(os.environ["CRASH_DATABASE"], "postmaster.pid").read_text("ascii").split("\n", 1)[0]))
    family = [server, *server.children(recursive=True)]
    for process in family:
        process.kill()
    psutil.wait_procs(family[1:], timeout=10)


class Fault:
    """One point that kills once, when it is armed."""

    def __init__(self, point: str, kill: Callable[[], None], *, armed: bool) -> None:
        self.point, self.kill, self.armed = point, kill, armed

    def at(self, point: str) -> None:
        """The point is reached."""
        if self.armed and point and point == self.point:
            self.armed, self.point = False, ""
            self.kill()


def set_up(fault: Fault) -> None:
    """Let the program strike the points."""
    _statements(fault)
    _bytes(fault)
    around(cases, "take_message", fault, before="a message is fetched", after="a message is taken in")
    around(face, "_register", fault, after="a box is opened")
    around(documents, "queue_waiting", fault, after="a file is queued")
    around(documents, "read_file", fault, before="a job is taken", after="a text is kept")
    around(extraction, "text_of", fault, after="a text is read")
    around(notices, "take_due", fault, after="a mail is taken")
    around(EmailMessage, "send", fault, after="a mail is sent")
    around(journal, "seal", fault, after="a block is sealed")


def around(owner: ModuleType | type, name: str, fault: Fault, *, before: str = "", after: str = "") -> None:
    """Strike a point before and after a function of a module or a class; after one that did nothing none is struck."""
    real = getattr(owner, name)

    def struck(*args: Any, **kwargs: Any) -> Any:
        fault.at(before)
        done = real(*args, **kwargs)
        if done or name == "_register":
            fault.at(after)
        return done

    setattr(owner, name, struck)


def _statements(fault: Fault) -> None:
    """Strike after the statements of registering, and before each commit."""

    def run(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        done = execute(statement, values, many, context)
        for part, point in STATEMENTS.items():
            if part in statement and statement.lstrip().startswith(("INSERT", "WITH")):
                fault.at(point)
        return done

    commit: Callable[[], None] = connection._commit  # type: ignore[attr-defined]

    def committing() -> None:
        fault.at("before the commit")
        commit()

    connection.execute_wrappers.append(run)
    connection._commit = committing  # type: ignore[attr-defined]


def _bytes(fault: Fault) -> None:
    """Strike around what makes bytes durable."""
    fsync, sync = os.fsync, blobs._sync

    def synced(descriptor: Any) -> None:
        fault.at("the bytes are staged")
        fsync(descriptor)
        fault.at("the bytes are synced")

    def named(where: Path) -> None:
        fault.at("the bytes have their name")
        sync(where)

    vars(os)["fsync"] = synced
    blobs._sync = named
