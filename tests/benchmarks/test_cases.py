"""The harness of the case register registers whole cases, writes the very same rows by bare psycopg, and tells both."""

from __future__ import annotations

import os

import pytest
from django.db import connection
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from benchmarks import cases, desk, inside
from benchmarks.running import HOST
from kirjaamo.cases.models import Case, CaseParty
from kirjaamo.documents import blobs
from kirjaamo.documents.models import Document, File
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.actions import create_user
from kirjaamo.organisation.models import Unit, User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import PASSWORD, SINCE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("helsinki"), pytest.mark.timeout(120)]


@pytest.fixture
def registrar() -> User:
    """Who sits at the desk."""
    roles, unit = (Role.REGISTRAR, Role.HANDLER), Unit.objects.get(slug="kirjaamo")
    return create_user("maija", "Maija", PASSWORD, roles=roles, unit=unit, since=SINCE, actor=Machine("test"))


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the test's database, as the harness gets it."""
    told = connection.get_connection_params()
    pairs = {name: told[name] for name in ("user", "password", "host", "port", "dbname") if told.get(name)}
    address = " ".join(f"{name}='{value}'" for name, value in pairs.items())
    monkeypatch.setitem(os.environ, "DATABASE_URL", address)
    return address


def test_the_desk_registers_whole_cases_over_http(registrar: User, live_server: LiveServer) -> None:
    port = live_server.thread.port
    found = desk.measure(HOST, port, seconds=1.5, clients=2, name=registrar.username, password=PASSWORD)
    assert found["other_statuses"] == {}
    assert found["count"] == Case.objects.count() == Document.objects.count() == CaseParty.objects.count() > 0
    assert all(blobs.read(file.sha256) for file in File.objects.all())
    assert isinstance(found["client_ms"], float)


@pytest.mark.usefixtures("database")
def test_bare_psycopg_writes_the_rows_of_a_registration(registrar: User) -> None:
    client = Client(HTTP_HOST="localhost")
    client.force_login(registrar)
    tables, told = inside._registration(client)
    assert Case.objects.count() == 1  # the second was undone
    assert 5 < told["statements"] <= told["statements_of_answer"]
    kept = inside._sifted(tables)
    assert {"public.cases_case", "public.documents_file", "public_face.face_case", "public.kernel_journalentry"} <= {
        table.name for table in kept
    }
    found = inside._bare(kept, 0.5, 2)
    assert found["count"] == Case.objects.count() - 1 == Document.objects.count() - 1 == CaseParty.objects.count() - 1 > 0
    case = Case.objects.latest("id")
    assert case.case_documents.get().document.files.count() == 1
    assert case.parties.get().subject is not None


def test_the_figures_are_told_beside_the_aims_and_the_growth() -> None:
    one = {"per_second": 10.0, "p50_ms": 20.0, "p95_ms": 30.0, "statements": 9, "web_ms": 5.0}
    small = {"grown_s": 1.0, "case page": one, "processes": {"web": {"processes": 2, "mb": 80.0}}}
    large = small | {"case page": one | {"p50_ms": 30.0}}
    told = dict(cases.lines({"10000": small, "100000": large}))
    assert told["100 000 cases"] == "grown in 1.0 s"
    assert "aim: 30 ms p95" in " ".join(value for _label, value in cases.lines({"10000": small}))
    assert told["  case page"] == "1.50 × (aim: 1.20)"
