"""The program in processes that may be killed: a server and one round of the worker, each forked from one process that is ready.

Run as `python -m tests.crash`; reads orders, one JSON object in a line (`role`, and `point` with `kills` when it is to fall),
and answers each with one: the process that was begun, or how it ended. It never touches the database itself.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import get_resolver

from kirjaamo.cases import mailboxes
from kirjaamo.cases.actions import add_mailbox
from kirjaamo.cases.publicity.actions import load_web_rules
from kirjaamo.catalog.actions import load_catalog
from kirjaamo.catalog.models import InformationResource
from kirjaamo.documents import jobs
from kirjaamo.face import intake
from kirjaamo.face.actions import rebuild, take_arrival
from kirjaamo.kernel import journal
from kirjaamo.kernel.actors import VISITOR, Machine
from kirjaamo.kernel.packs import read_pack
from kirjaamo.norms.actions import load_norms
from kirjaamo.notices import sending
from kirjaamo.organisation.actions import load_organisation
from kirjaamo.organisation.models import Unit
from kirjaamo.organisation.roles import Role
from kirjaamo.requests.arrivals import NewRequest
from kirjaamo.testing import HELSINKI, SINCE, make_user
from kirjaamo.tos.actions import load_plan
from tests.crash.faults import Fault, kill_database, kill_self, set_up

APPLICATION = WSGIHandler()
SCREEN = "/tyo/asiat/uusi/"
MACHINE = Machine("crash")


class Quiet(WSGIRequestHandler):
    """Says nothing of requests."""

    def log_message(self, *_told: Any) -> None:
        """Say nothing."""


def load(_told: dict[str, Any], _fault: Fault) -> None:
    """Make the tables, fill them with the city, and let one registrar in."""
    call_command("migrate", verbosity=0, interactive=False)
    pack = read_pack(HELSINKI)
    load_norms(actor=MACHINE)
    load_organisation(pack, actor=MACHINE)
    load_plan(pack, actor=MACHINE, on=SINCE)
    load_web_rules(pack, actor=MACHINE)
    load_catalog(pack, actor=MACHINE)
    rebuild(actor=MACHINE)
    make_user(Role.REGISTRAR, Role.HANDLER, name="maija")


def serve(told: dict[str, Any], fault: Fault) -> None:
    """Serve until killed; the fault is armed by the form of registering."""

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == SCREEN:
            fault.armed = bool(fault.point)
            fault.at("before the transaction")
        answer = APPLICATION(environ, start)
        fault.at("before the answer")
        return answer

    make_server("127.0.0.1", told["port"], application, handler_class=Quiet).serve_forever()


def work(_told: dict[str, Any], _fault: Fault) -> None:
    """Do what a worker does, once: mailboxes, boxes of the public side, files, mail, the journal."""
    mailboxes.read_all()
    while take_arrival(actor=VISITOR):
        pass
    while jobs.queue():
        pass
    call_command("procrastinate", "worker", wait=False, verbosity=0)
    while sending.send_next():
        pass
    with transaction.atomic():
        journal.seal()


def open_mailbox(told: dict[str, Any], _fault: Fault) -> None:
    """Let the worker read a mailbox."""
    facts = {"host": "127.0.0.1", "port": told["port"], "tls": False, "username": "kirjaamo@kaupunki.example"}
    add_mailbox("kirjaamo", "salainen sana", unit=Unit.objects.get(slug="kirjaamo"), actor=MACHINE, **facts)


def ask(told: dict[str, Any], fault: Fault) -> None:
    """Put a request in as the public process does; then it would answer."""
    vars(intake).update(connections={intake.ALIAS: connection}, PATIENCE=0.0)
    entry = InformationResource.objects.filter(stub=False).order_by("pk")[0]
    intake.Boxes().send(NewRequest("document", entry, told["what"], key=uuid.UUID(told["key"])))
    fault.at("before the answer")


def verify(_told: dict[str, Any], _fault: Fault) -> None:
    """Hold the journal against itself and the public face against the register."""
    assert journal.verify().whole
    call_command("check", verbosity=0)


ROLES = {"load": load, "serve": serve, "work": work, "mailbox": open_mailbox, "ask": ask, "verify": verify}


def begin(told: dict[str, Any]) -> int:
    """Fork a process for a role."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        sys.stdout = sys.stderr
        fault = Fault(told.get("point", ""), kill_database if told.get("kills") == "database" else kill_self, armed=told["role"] != "serve")
        set_up(fault)
        ROLES[told["role"]](told, fault)
        status = 0
    except BaseException:  # noqa: BLE001 - a process that ends says why
        traceback.print_exc()
    finally:
        os._exit(status)


def main() -> None:
    """Follow orders until there are none. What does not need the database is read before the first."""
    get_resolver().url_patterns  # noqa: B018 - it imports every page
    for line in sys.stdin:
        told = json.loads(line)
        if told["role"] == "end":
            with suppress(ProcessLookupError):
                os.kill(told["pid"], signal.SIGKILL)
            answer = {"status": os.waitstatus_to_exitcode(os.waitpid(told["pid"], 0)[1])}
        else:
            pid = begin(told)
            answer = {"pid": pid}
            if told["role"] != "serve":
                answer["status"] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
