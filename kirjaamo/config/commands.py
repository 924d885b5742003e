"""Commands that belong to no room: `migrate`, `worker`, `check`, and the hidden `prepare` that `demo` and `serve` run first."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from procrastinate.jobs import DeleteJobCondition

from kirjaamo.catalog.actions import reindex
from kirjaamo.config import cli, feeder, sealer, taker
from kirjaamo.contract import actions as records
from kirjaamo.contract.register import REGISTERS
from kirjaamo.face import commands as face
from kirjaamo.face import fingerprint
from kirjaamo.kernel import vault
from kirjaamo.kernel.actors import Machine
from kirjaamo.notices import sending
from kirjaamo.subjects.actions import keep_check
from kirjaamo.supervisor.errors import SupervisorError

Report = Callable[[int, int, str], None]


def migrate(args: argparse.Namespace) -> int:
    """Bring the database's tables up to this version of the program. Safe to repeat."""
    _migrate(args.report)
    _keep_face(args.report)
    return 0


def check(_args: argparse.Namespace) -> int:
    """Check settings, declarations of fields and registers, and that the database is up to date."""
    call_command("check", fail_level="WARNING")
    if not vault.fits():
        raise vault.KeysMissing
    waiting = len(MigrationExecutor(connection).migration_plan(_targets()))
    if waiting:
        sys.stdout.write(f"{waiting} changes of the database wait: run `kirjaamo migrate`.\n")
    return 1 if waiting else 0


BEHIND = 10
"""How far the worker stands behind those for whom somebody waits, when the processors are all in use."""


def worker(_args: argparse.Namespace) -> int:
    """Do the work that nobody waits for: queued jobs, timed jobs, sealing of the journal, e-mail. Run at least one."""
    if not vault.fits():
        raise vault.KeysMissing
    os.nice(BEHIND)
    stop = threading.Event()
    threads = [
        threading.Thread(target=sealer.seal_until, args=(stop,), name="sealer"),
        threading.Thread(target=sending.send_until, args=(stop,), name="postman"),
        threading.Thread(target=feeder.feed_until, args=(stop,), name="feeder"),
        threading.Thread(target=taker.take_until, args=(stop,), name="taker"),
    ]
    for thread in threads:
        thread.start()
    try:
        call_command("procrastinate", "worker", concurrency=2, listen_notify=True, delete_jobs=DeleteJobCondition.SUCCESSFUL)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return 0


def prepare_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `prepare`."""
    parser.add_argument("--demo", metavar="PACK", type=Path)


def prepare(args: argparse.Namespace) -> int:
    """Bring the database and the static files up to date; with --demo load an authority and make invented data, once."""
    _migrate(args.report)
    keep_check(actor=Machine("prepare"))
    _keep_face(args.report)
    _collect_static(args.report)
    if args.demo:
        _load_demo(args.demo, args.report)
    return 0


def _targets() -> list[tuple[str, str]]:
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())


def _migrate(report: Report) -> None:
    """Migrate with progress; nothing is said when nothing waits."""
    plan = MigrationExecutor(connection).migration_plan(_targets())
    if not plan:
        return
    face.before_migrating()
    done = 0

    def tell(action: str, *_details: object) -> None:
        nonlocal done
        done += action == "apply_success"
        report(done, len(plan), "tables")

    MigrationExecutor(connection, tell).migrate(_targets())
    call_command("migrate", verbosity=0, interactive=False)  # what follows every migration: content types, permissions


def _keep_face(report: Report) -> None:
    """Make the search table and the public face anew when what decides them has changed: before anything serves."""
    if not fingerprint.is_current():
        report(0, 0, "search and public face")
        reindex(actor=Machine("publicity"), everything=True)
        records.reindex(REGISTERS.values(), actor=Machine("publicity"))
    face.keep_current()


def _collect_static(report: Report) -> None:
    """Gather the static files under names with their hash, when any changed."""
    if not settings.HASHED_STATIC:
        return
    sources = [path for folder in settings.PACKAGE.glob("**/static") for path in sorted(folder.rglob("*")) if path.is_file()]
    stamp = _fingerprint([*sources, *Path(find_spec("django_htmx").origin or "").parent.glob("static/**/*.js")])  # type: ignore[union-attr]
    mark = settings.STATIC_ROOT / "stamp"
    if mark.exists() and mark.read_text("ascii") == stamp:
        return
    report(0, 0, "style sheets and scripts")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(stamp, "ascii")


def _load_demo(pack: Path, report: Report) -> None:
    """Load the authority's pack and let each room make its invented data; a step that was finished is not repeated."""
    if not pack.is_dir():
        message = f"There is no data pack in {pack.absolute()}."
        raise SupervisorError(message)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS kirjaamo_demo (step text PRIMARY KEY, stamp text NOT NULL, made_at timestamptz NOT NULL)"
        )
    if "load" in cli.present():
        _once("pack", _fingerprint(sorted(pack.rglob("*.toml"))), lambda: cli.call("load", [str(pack)], report))
    sign_ins: list[tuple[str, str, str]] = []
    for room in [*settings.ROOMS, *settings.KIRJAAMO_REGISTERS]:
        if find_spec(f"{room}.demo"):
            demo = import_module(f"{room}.demo")
            _once(room, "1", partial(_make, demo, report))
            sign_ins += getattr(demo, "SIGN_INS", [])
    path = settings.DATA_FOLDER / "demo.json"
    path.write_text(json.dumps({"sign_ins": sign_ins}), "utf-8")
    path.chmod(0o600)


def _make(demo: ModuleType, report: Report) -> int:
    demo.make(report)
    return 0


def _once(step: str, stamp: str, make: Callable[[], int]) -> None:
    """Make a step unless this very one was finished before; whole or not at all, so that a broken one can be repeated."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM kirjaamo_demo WHERE step = %s AND stamp = %s", [step, stamp])
        if cursor.fetchone():
            return
        if make():
            message = f"The step {step} of the demo failed; the lines above say why."
            raise SupervisorError(message)
        cursor.execute(
            "INSERT INTO kirjaamo_demo VALUES (%s, %s, now()) ON CONFLICT (step) DO UPDATE SET stamp = excluded.stamp, made_at = now()",
            [step, stamp],
        )


def _fingerprint(paths: list[Path]) -> str:
    """Return a digest of names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(os.fsencode(path.name) + b"\0" + path.read_bytes())
    return digest.hexdigest()
