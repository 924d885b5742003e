"""A pytest plugin: tests get a PostgreSQL by themselves, migrated once, cloned for each worker and after each committing test.

Without DATABASE_URL a throwaway cluster is started from the wheel; with it, that server is used (its role must be allowed
to create databases). Several runs may share a server: every database name carries the number of the run's first process.
With KIRJAAMO_TEST_KEEP=1 besides, the filled template stays on that server for later runs, as long as neither a migration, the
data pack nor the norms change.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql

from kirjaamo.supervisor import environment
from kirjaamo.supervisor.errors import SupervisorError
from kirjaamo.supervisor.postgres import ARRIVALS, OWNER, PUBLIC_FACE, Postgres

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

CHECKOUT = Path(__file__).resolve().parents[2]
SERVER, RUN, KEEP = "KIRJAAMO_TEST_SERVER", "KIRJAAMO_TEST_RUN", "KIRJAAMO_TEST_KEEP"
PUBLIC, INTAKE = "KIRJAAMO_TEST_PUBLIC", "KIRJAAMO_TEST_INTAKE"
"""The addresses at which the two credentials of the public side reach the server: known only of a server that we started."""
MIGRATED_FIRST = 0x4B49524A  # the key of the advisory lock under which one worker migrates the template

# Set at import, because Django's settings are read before any conftest.py is.
os.environ["KIRJAAMO_MODE"] = "test"
os.environ.setdefault(RUN, str(os.getpid()))
_scratch = Path(tempfile.gettempdir(), f"kirjaamo-test-{os.environ[RUN]}")
os.environ["KIRJAAMO_DATA"] = str(_scratch / f"data-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")  # each worker its own
os.environ.setdefault("KIRJAAMO_SECRET_KEY", "tests-sign-nothing-that-anyone-trusts")
_cluster: list[Postgres] = []


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def server_url() -> str:
    """Return the address of the server for tests, starting it at first need."""
    given = os.environ.get("DATABASE_URL") or os.environ.get(SERVER)
    if given:
        return given
    _scratch.mkdir(exist_ok=True, mode=0o755)
    cluster = Postgres.at(_scratch / "postgres", programs=CHECKOUT / "var" / "programs", throwaway=True)
    cluster.start()
    _cluster.append(cluster)
    os.environ[SERVER] = cluster.url(OWNER, "postgres")
    os.environ[PUBLIC] = cluster.url(PUBLIC_FACE, "postgres")
    os.environ[INTAKE] = cluster.url(ARRIVALS, "postgres")
    return os.environ[SERVER]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the server before the workers are, so that it belongs to the process that outlives them."""
    if not _is_worker() and getattr(config.option, "numprocesses", None):
        try:
            server_url()
        except SupervisorError as error:
            pytest.exit(str(error), returncode=2)


def pytest_report_header() -> str:
    """Say which server the tests run on."""
    where = "DATABASE_URL" if os.environ.get("DATABASE_URL") else "PostgreSQL from the wheel"
    return f"database: {where}, run {os.environ[RUN]}"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop the server and remove everything that the run left on disk."""
    if _is_worker():
        return
    while _cluster:
        _cluster.pop().stop()
        del os.environ[SERVER]
    shutil.rmtree(_scratch, ignore_errors=True)


def public_url(database: str, variable: str = PUBLIC) -> str | None:
    """Return the address of a database for a credential of the public side, where we know its password."""
    given = os.environ.get(variable)
    return given.replace("/postgres?", f"/{database}?") if given else None


@contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(server_url(), autocommit=True) as connection:
        yield connection


def _clone(name: str, template: str) -> None:
    """Make the database anew from the template, ending whoever still uses it."""
    drop(name)
    with _server() as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(name), sql.Identifier(template)))
        # A copy does not bring the rights to the database itself, which are those of the running program.
        server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        present = server.execute("SELECT rolname::text FROM pg_roles WHERE rolname = ANY(%s)", [[PUBLIC_FACE, ARRIVALS]]).fetchall()
        for (role,) in present:
            server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(role)))


def drop(name: str) -> None:
    """Drop a database of a run, ending whoever still uses it."""
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _point_django_to(name: str) -> None:
    """Let Django's default connection use a database of the test server."""
    from django.db import connections  # noqa: PLC0415 - a plugin is imported before Django is set up

    wanted = environment.database(server_url())
    place = {key: wanted[key] for key in ("USER", "PASSWORD", "HOST", "PORT")} | {"NAME": name}
    connections["default"].settings_dict.update(place)
    connections.settings["default"].update(place)
    connections["default"].close()


def _kept() -> bool:
    return bool(os.environ.get("DATABASE_URL") and os.environ.get(KEEP))


def _template() -> tuple[str, int]:
    """The template's name and the key of its lock: the run's own, or one for what migrations and the data pack now say."""
    if not _kept():
        return f"test_kirjaamo_{os.environ[RUN]}_template", int(os.environ[RUN]) % 2**31
    digest = hashlib.sha256()
    for path in sorted(
        [
            *CHECKOUT.glob("kirjaamo/**/migrations/*.py"),
            *CHECKOUT.glob("authorities/**/*"),
            *CHECKOUT.glob("kirjaamo/norms/data/*"),
            CHECKOUT / "kirjaamo/testing.py",
            CHECKOUT / "kirjaamo/face/rights.py",
        ]
    ):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return f"test_kirjaamo_kept_{digest.hexdigest()[:16]}", int(digest.hexdigest()[:7], 16)


def _migrated_template() -> str:
    """Return the run's template database; the first worker that asks makes and migrates it."""
    from django.core.management import call_command  # noqa: PLC0415 - a plugin is imported before Django is set up
    from django.db import connection  # noqa: PLC0415 - as above

    from kirjaamo.testing import fill  # noqa: PLC0415 - as above

    name, lock = _template()
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s, %s)", [MIGRATED_FIRST, lock])
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
        try:
            _point_django_to(name)
            call_command("migrate", verbosity=0, interactive=False)
            fill()
        except BaseException:
            connection.close()
            drop(name)
            raise
        connection.close()
    return name


@contextmanager
def worker_database(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this worker its database; after a test that commits it is cloned again, since the journal refuses TRUNCATE."""
    from django.test import TransactionTestCase  # noqa: PLC0415 - a plugin is imported before Django is set up

    name = f"test_kirjaamo_{os.environ[RUN]}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with blocker.unblock():
        template = _migrated_template()
        _clone(name, template)
        _point_django_to(name)

    def clone_again(_case: TransactionTestCase) -> None:
        _point_django_to(name)
        _clone(name, template)

    with pytest.MonkeyPatch.context() as patch:  # the seam that Django itself overrides in TestCase
        patch.setattr(TransactionTestCase, "_fixture_teardown", clone_again)
        yield
    with blocker.unblock():
        _point_django_to(name)
        drop(name)
        if os.environ.get("DATABASE_URL") and not _is_worker() and not _kept():
            drop(template)
