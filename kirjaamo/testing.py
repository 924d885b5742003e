"""What every test may count on: a database that holds the Helsinki data pack, and people of each role."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db.models import QuerySet
from django.utils import translation

from kirjaamo.cases.actions import load_class_words, load_confidential
from kirjaamo.cases.publicity.actions import load_web_rules
from kirjaamo.catalog.actions import load_catalog, reindex
from kirjaamo.face.actions import rebuild
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.models import KeyCheck
from kirjaamo.kernel.packs import read_pack
from kirjaamo.kernel.sealed import sealed_tables
from kirjaamo.norms.actions import load_norms
from kirjaamo.organisation.actions import create_user, load_organisation
from kirjaamo.organisation.models import Unit, User
from kirjaamo.organisation.roles import Role
from kirjaamo.tos.actions import load_plan

HELSINKI = Path(__file__).resolve().parents[1] / "authorities" / "helsinki"
PASSWORD = "oikea hevonen niitti paristo"  # noqa: S105 - invented, of tests only
SINCE = dt.date(2026, 1, 1)


def fill() -> None:
    """Load norms and the Helsinki pack; the template database of a test run is filled once."""
    loader = Machine("test-load")
    pack = read_pack(HELSINKI)
    load_norms(actor=loader)
    load_organisation(pack, actor=loader)
    load_plan(pack, actor=loader, on=SINCE)
    load_web_rules(pack, actor=loader)
    load_class_words(pack, actor=loader)
    load_confidential(pack, since=SINCE, actor=loader)
    load_catalog(pack, actor=loader)
    reindex(actor=loader)
    rebuild(actor=loader)


def make_user(*roles: Role, unit: str = "kirjaamo", name: str = "", everywhere: bool = True) -> User:
    """An invented account with roles: in all units, or (`everywhere=False`) in its own and those below it."""
    label = name or "-".join(role.value for role in roles) or "none"
    return create_user(
        username=f"{label}-{unit}",
        name=label.replace("_", " ").title(),
        password=PASSWORD,
        roles=roles,
        unit=Unit.objects.get(slug=unit),
        since=SINCE,
        everywhere=everywhere,
        actor=Machine("test"),
    )


@pytest.fixture(autouse=True)
def speak_finnish() -> None:
    """Each test starts in Finnish, whatever page the one before it read."""
    translation.activate("fi")


@pytest.fixture
def own_keys(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key file of the test's own, and a database in which nothing was sealed before."""
    del db
    for table in sealed_tables():
        QuerySet(table.model).delete()
    QuerySet(KeyCheck).delete()
    path = tmp_path / "keys.json"
    monkeypatch.setenv("KIRJAAMO_KEYS", str(path))
    return path


@pytest.fixture
def helsinki(db: None) -> None:
    """A database with the Helsinki pack (every test database has it; the name says that the test needs it)."""
    del db


@pytest.fixture
def registrar(db: None) -> User:
    """Someone of the registry office."""
    del db
    return make_user(Role.REGISTRAR)


@pytest.fixture
def handler(db: None) -> User:
    """Someone who handles cases and answers requests."""
    del db
    return make_user(Role.HANDLER, unit="kulttuurin-ja-vapaa-ajan-toimiala")


@pytest.fixture
def register_worker(db: None) -> User:
    """Someone who works in the registers of culture and leisure."""
    del db
    return make_user(Role.REGISTER_WORKER, unit="kulttuurin-ja-vapaa-ajan-toimiala")


@pytest.fixture
def administrator(db: None) -> User:
    """Someone who manages accounts and reads no case."""
    del db
    return make_user(Role.ADMINISTRATOR)
