"""The credential of the public process, tried out for real: it reads the public face, and nothing secret by any way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from kirjaamo.cases.tests import made
from kirjaamo.catalog.models import InformationResource
from kirjaamo.documents.models import Way
from kirjaamo.face import mirrors
from kirjaamo.face.actions import keep_arrival_key, take_arrival
from kirjaamo.face.mirrors import columns
from kirjaamo.face.models import Arrival
from kirjaamo.face.rights import MIRRORS, OPEN, READER
from kirjaamo.kernel import receipts
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.organisation.roles import Role
from kirjaamo.requests import actions, sealed
from kirjaamo.requests.models import InformationRequest
from kirjaamo.requests.tests.asking import send
from kirjaamo.requests.tests.test_follow import PDF, document
from kirjaamo.supervisor.testing import INTAKE, public_url
from kirjaamo.testing import make_user
from kirjaamo.values.publicity import PersonalData, Publicity

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
SECRET_TABLES = (
    "cases_case", "cases_caseevent", "cases_caseparty", "cases_task", "documents_document", "documents_file", "subjects_subject",
    "organisation_user", "requests_informationrequest", "requests_message", "kernel_journalentry", "kernel_journalsalt",
    "kernel_searchrow", "kernel_wordform", "tos_classrevision", "tos_node", "tos_comment", "catalog_publication", "catalog_draft",
    "procrastinate_jobs", "organisation_session",
)  # fmt: skip
FORBIDDEN = (
    "CREATE TEMPORARY TABLE t (a int)",
    "CREATE TABLE public_face.t (a int)",
    "CREATE TABLE public.t (a int)",
    "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "INSERT INTO public_face.face_state VALUES ('a', 'b', now())",
    "UPDATE public_face.face_case SET title = 'x'",
    "DELETE FROM public_face.face_case",
    "TRUNCATE public_face.face_case",
    "UPDATE organisation_unit SET slug = 'x'",
    "COPY organisation_user TO STDOUT",
    "SELECT pg_read_file('/etc/passwd')",
    "SET ROLE kirjaamo",
    "SELECT procrastinate_defer_jobs_v1(NULL)",
)


def database() -> str:
    return str(connection.settings_dict["NAME"])


@pytest.fixture
def reader() -> Iterator[psycopg.Connection[Any]]:
    """A connection with the real credential of the public process."""
    url = public_url(database())
    if url is None:
        pytest.skip("the password of the public credential is known only of a server that the tests started: unset DATABASE_URL")
    with psycopg.connect(url, autocommit=True) as opened:
        yield opened


def test_every_table_of_the_program_is_decided_on() -> None:
    """What the credential may read is exactly the list: every other table of ours is closed to it, column by column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [READER])
        assert cursor.fetchone(), "the server has no credential for the public face"
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')"
            " AND has_column_privilege(%s, c.oid, a.attnum, 'SELECT')",
            [READER],
        )
        readable = set(cursor.fetchall())
    assert readable == {(table, column) for table, listed in OPEN.items() for column in listed}


@pytest.mark.parametrize("table", OPEN)
def test_every_column_of_a_listed_table_is_declared_public(table: str) -> None:
    """A new column of a public table is not readable until someone has written it into the list (or made the table a mirror)."""
    assert set(columns(table)) == set(OPEN[table])


def test_a_mirror_empties_columns_that_exist() -> None:
    for mirror in mirrors.every():
        assert set(mirror.empty) <= set(columns(mirror.table))


def test_open_data_of_registers_is_mirrored_without_what_is_not_public() -> None:
    """A released figure of a register stands on the public face; its case and what is not declared public do not; a void one goes."""
    mirror = next(one for one in mirrors.every() if one.table == "hitas_indexvalue")
    assert {"case_id", "extras", "void_reason", "voided_at"} <= set(mirror.empty)
    assert not {"series", "month", "value", "source"} & set(mirror.empty)
    for other in mirrors.every()[len(MIRRORS) :]:
        model = next(one for one in apps.get_models() if one._meta.db_table == other.table)
        assert getattr(model, "open_data", False)
        assert "r.voided_at IS NULL" in other.rows


def test_no_listed_table_belongs_to_cases_people_or_requests() -> None:
    closed = {"cases", "documents", "subjects", "requests", "kernel", "notices", "search", "auth", "sessions", "procrastinate"}
    owners = {model._meta.db_table: model._meta.app_label for model in apps.get_models(include_auto_created=True)}
    assert {table for table in OPEN if owners[table] in closed} == set()
    assert not set(SECRET_TABLES) & set(OPEN)


@pytest.mark.parametrize("table", SECRET_TABLES)
def test_the_real_credential_cannot_read_a_secret_table(reader: psycopg.Connection[Any], table: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute(f"SELECT count(*) FROM public.{table}")  # noqa: S608 - names of the list above


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_real_credential_can_make_and_change_nothing(reader: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedFunction)):
        reader.execute(statement)


INTAKE_FORBIDDEN = (
    "SELECT * FROM arrivals.arrival",
    "SELECT * FROM arrivals.arrival_key",
    "INSERT INTO arrivals.arrival (key) VALUES (gen_random_uuid())",
    "DELETE FROM arrivals.arrival",
    "SELECT * FROM public_face.face_case",
    "SELECT * FROM organisation_unit",
    "SELECT * FROM cases_case",
    "CREATE TEMPORARY TABLE t (a int)",
    "CREATE TABLE arrivals.t (a int)",
)


@pytest.fixture
def taker() -> Iterator[psycopg.Connection[Any]]:
    """A connection with the real credential of the intake."""
    url = public_url(database(), INTAKE)
    if url is None:
        pytest.skip("the password of the intake is known only of a server that the tests started: unset DATABASE_URL")
    with psycopg.connect(url, autocommit=True) as opened:
        yield opened


@pytest.mark.parametrize("statement", INTAKE_FORBIDDEN)
def test_the_intake_reads_nothing_not_even_what_it_put_in(taker: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        taker.execute(statement)


def test_the_intake_takes_boxes_and_refuses_what_is_none(taker: psycopg.Connection[Any]) -> None:
    key = uuid.uuid4()
    put = "SELECT arrivals.deposit(%s, %s, %s, %s)"
    for kind, digest, box in (("sql", "a" * 64, b"x"), ("request", "no hash", b"x"), ("request", "a" * 64, b"x" * 100_001)):
        with pytest.raises(psycopg.errors.CheckViolation):
            taker.execute(put, [key, kind, digest, box])
    with taker.transaction(force_rollback=True):
        taker.execute(put, [key, "request", "a" * 64, b"box"])
        taker.execute(put, [key, "request", "b" * 64, b"another"])
        assert taker.execute("SELECT arrivals.taken(%s)", [key]).fetchone() == (False,)
        assert taker.execute("SELECT arrivals.identifier(%s)", [key]).fetchone() == ("",)


VISIT = """
import json, sys, django
django.setup()
from django.test import Client
client = Client(headers={"host": "localhost"}, raise_request_exception=True)
told = {}
for url, data in json.load(sys.stdin):
    answer = client.post(url, data) if data else client.get(url)
    told[url] = [answer.status_code, answer.headers.get("Location", ""), b"".join(answer).decode() if not answer.streaming else ""]
json.dump(told, sys.stdout)
"""


def visit(urls: list[str], folder: Path, sent: Mapping[str, Mapping[str, str]] | None = None) -> dict[str, list[Any]]:
    """Open addresses, and send forms, in a public process: another Python, the two credentials, a folder without any key."""
    url, into = public_url(database()), public_url(database(), INTAKE)
    if url is None or into is None:
        pytest.skip("needs the password of the public credential: unset DATABASE_URL")
    given = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    surroundings = given | {
        "DATABASE_URL": url,
        "KIRJAAMO_INTAKE_DATABASE_URL": into,
        "KIRJAAMO_SIDE": "public",
        "KIRJAAMO_DATA": str(folder),
        "KIRJAAMO_MODE": "test",
        "KIRJAAMO_WORK_URL": "https://work.example",
        "DJANGO_SETTINGS_MODULE": "kirjaamo.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", VISIT],
        input=json.dumps([*((one, None) for one in urls), *(sent or {}).items()]),
        env=surroundings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, list[Any]] = json.loads(done.stdout)
    return found


@pytest.mark.django_db(transaction=True)
def test_the_public_pages_work_with_the_public_credential_alone(tmp_path: Path) -> None:
    """Start, description, search, register, plan, asking: each opens; what is written or signed in leads across; nothing secret shows."""
    handler = make_user(Role.HANDLER)
    case = made.open_case(title="Salainen nimi", public_title="Torikauppa")
    draft = made.draft("Salainen lausunto", Publicity.SECRET, PersonalData.SPECIAL)
    made.add_document(case, draft, handler)
    resource = InformationResource.objects.filter(route={}, stub=False).values_list("slug", flat=True)[0]
    address = f"/asiat/{case.address}/"
    shown = [
        "/", reverse("catalog"), f"{reverse('catalog')}?q=rakennuslupa", reverse("public_cases"), f"{reverse('public_cases')}?q=torikaupat",
        address, f"/sv{address}", f"/en{address}", reverse("plan_public"), reverse("plan_class_public", args=["07-01-04"]),
        reverse("catalog_entry", args=["tietovarannot", resource]), reverse("catalog_entry", args=["luokat", "07-01-04"]),
        reverse("catalog_versions"), reverse("ask", args=["resource", resource]), reverse("ask_start"),
        reverse("eservice"), reverse("matter_new"), reverse("matter_to_case"), reverse("public_notices"),
        reverse("receipt_sent", args=["abc"]),
        reverse("accessibility"), reverse("privacy"), "/en/", "/sv/asiat/", reverse("hitas"), reverse("hitas-figures"),
        reverse("apprenticeships"), reverse("apprenticeships-contact"),
    ]  # fmt: skip
    across = [reverse("login")]
    gone = [
        case.get_absolute_url(), reverse("work"), reverse("cases"), reverse("request_follow", args=["abc"]),
        reverse("receipt", args=["abc"]),
    ]  # fmt: skip
    found = visit([*shown, *across, *gone], tmp_path)
    assert {url: told[0] for url, told in found.items() if url in shown} == dict.fromkeys(shown, 200)
    assert all(found[url][1].startswith("https://work.example/") for url in across)
    assert {found[url][0] for url in gone} == {404}
    assert "Torikauppa" in found[f"{reverse('public_cases')}?q=torikaupat"][2].replace("\u00ad", "")
    assert not any("Salainen nimi" in told[2] or "Salainen lausunto" in told[2] for told in found.values())
    assert not list(tmp_path.glob("keys*"))
    assert settings.ROOT_URLCONF == "kirjaamo.config.urls"


@pytest.mark.django_db(transaction=True)
def test_a_request_sent_in_the_public_process_is_registered_by_the_other(tmp_path: Path) -> None:
    """The form opens and is taken with the intake's credential alone; what was written lies closed until the worker registers it."""
    entry = InformationResource.objects.filter(route={}, stub=False).order_by("pk")[0]
    form = reverse("ask_form", args=["resource", entry.slug, "asiakirja"])
    told = {"what": "Pyydän Meluselvitystä", "name": "Aino Esimerkki", "key": str(uuid.uuid4())}
    keep_arrival_key(actor=made.MACHINE)
    found = visit([reverse("request_sent", args=["abc"])], tmp_path, {form: told})
    assert "http://localhost/pyynto/abc/" in found[reverse("request_sent", args=["abc"])][2]
    assert found[form][0] == 302, found[form][2]
    arrival = Arrival.objects.get()
    assert b"Aino" not in bytes(arrival.box)
    assert take_arrival(actor=VISITOR)
    registered = InformationRequest.objects.get()
    assert sealed.unseal(registered.sealed)["what"] == told["what"]
    token = found[form][1].strip("/").split("/")[1]
    assert registered.token_hash == receipts.token_hash(token)
    follow = reverse("request_follow", args=[token])
    assert registered.case.identifier in visit([follow], tmp_path)[follow][2]


@pytest.mark.django_db(transaction=True)
def test_what_is_given_is_fetched_in_the_public_process_and_what_is_sent_there_is_registered(tmp_path: Path) -> None:
    """A matter is sent, its receipt read, a message written and a document fetched, all with the two credentials alone."""
    handler = make_user(Role.HANDLER)
    keep_arrival_key(actor=made.MACHINE)
    token = send(Client())
    item = InformationRequest.objects.get(token_hash=receipts.token_hash(token))
    actions.write(item, "Avoin vastaus", actor=handler)
    delivery = actions.give(item, document(item, handler), way=Way.E_SERVICE, actor=handler)
    follow, fetch = reverse("request_follow", args=[token]), reverse("request_file", args=[token, delivery.pk])
    told = {"subject": "Aloite", "text": "Penkkejä", "name": "Aino Esimerkki", "telephone": "040 1234567", "key": str(uuid.uuid4())}
    reply = {"text": "Kiitos", "key": str(uuid.uuid4())}
    found = visit([follow, fetch], tmp_path, {reverse("matter_new"): told, reverse("request_reply", args=[token]): reply})
    assert "Avoin vastaus" in found[follow][2]
    assert found[fetch][2].encode() == PDF.data
    assert found[reverse("matter_new")][0] == 302, found[reverse("matter_new")][2]
    while take_arrival(actor=VISITOR):
        pass
    assert set(Arrival.objects.values_list("state", flat=True)) == {"taken"}
    delivery.refresh_from_db()
    assert delivery.fetched_at is not None
    assert item.messages.count() == 2
    receipt = reverse("receipt", args=[found[reverse("matter_new")][1].strip("/").split("/")[1]])
    shown = visit([receipt], tmp_path)[receipt][2]
    assert "Odottaa kirjaamista" in shown
    assert "Penkkejä" not in shown
