"""Files into registers: every bad row is named, the good ones are loaded only on request, nothing is loaded twice."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from openpyxl import Workbook

from kirjaamo.contract import jobs
from kirjaamo.contract.importing import actions, files
from kirjaamo.contract.models import Import, ImportChunk, ImportState
from kirjaamo.contract.tests.conftest import CLERK
from kirjaamo.kernel import journal
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.organisation.models import User
from kirjaamo.registers.education.premises.models import Customer, Room
from kirjaamo.registers.education.premises.register import register as premises
from kirjaamo.registers.leisure.swim_cards.models import SwimCard
from kirjaamo.subjects.models import Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
START = f"/rekisterit/{premises.slug}/room/tuonti/"
HEADS = ["Tilan tunnus", "Koulu", "name", "Tilan laji", "Henkilömäärä enintään", "Huomautus"]
GOOD = ["A-1", "Alppilan koulu", "Auditorio", "hall", "120", "ei tuoda"]


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00ad", "").split())


def csv_file(*rows: list[str]) -> SimpleUploadedFile:
    body = "\r\n".join(";".join(row) for row in [HEADS, *rows])
    return SimpleUploadedFile("tilat.csv", body.encode("cp1252"), "text/csv")


def kinds() -> tuple[str, str]:
    """A code of the room kinds and its Finnish word."""
    code, label = Room._meta.get_field("kind").options.choices[0]  # type: ignore[union-attr]
    return str(code), str(label)


def room(code: str, capacity: str = "30", name: str = "Luokka") -> list[str]:
    return [code, "Alppilan koulu", name, kinds()[0], capacity]


def staged(*rows: list[str], digest: str = "a" * 64) -> Import:
    return actions.stage(Room, [HEADS, *rows], digest, language="fi", actor=CLERK)


def checked(batch: Import) -> Import:
    return actions.check(actions.map_columns(batch, batch.mapping, actor=CLERK), actor=CLERK)


def test_a_file_goes_from_its_columns_to_its_good_rows_in_the_browser(worker_client: Client) -> None:
    upload = csv_file(room("A-1"), room("A-2", "monta"), ["A-3", "Alppilan koulu", "Sali", kinds()[1], "0"], room("A-1"), room(""))
    page = worker_client.post(START, {"file": upload})
    assert page.status_code == 302
    batch = page.headers["Location"]
    shown = worker_client.get(batch).content.decode()
    assert re.search(r'<option value="code" selected>', shown)
    mapping = Import.objects.get().mapping
    assert mapping == {"0": "code", "1": "school", "2": "name", "3": "kind", "4": "capacity"}
    assert worker_client.post(batch, {"step": "map", **mapping}).status_code == 302
    seen = text(worker_client.get(batch).content.decode())
    assert "kelpaa 1, virheellisiä 4" in seen
    assert "3 Henkilömäärä enintään Kirjoita kokonaisluku." in seen
    assert "Henkilömäärän on oltava vähintään 1." in seen
    assert "5 Tilan tunnus Tilan tunnus on jo käytössä" in seen  # the second A-1 of the same file
    assert "6 Tilan tunnus Tieto puuttuu." in seen
    assert re.search(r"Näin ensimmäiset kelvolliset rivit tallentuisivat .* 2 A-1 ", seen)  # read, but nothing is stored
    assert Room.objects.count() == 0
    listed = worker_client.get(f"{batch}viat.csv").content.decode()
    assert len(listed.strip().splitlines()) == 5
    assert worker_client.post(batch, {"step": "load"}).status_code == 302
    assert list(Room.objects.values_list("code", flat=True)) == ["A-1"]
    assert "1 rivi on ladattu" in text(worker_client.get(batch).content.decode())
    assert ImportChunk.objects.count() == 0
    assert journal.verify().whole


def test_a_file_is_loaded_once_however_often_one_presses() -> None:
    batch = checked(staged(room("A-1")))
    actions.load(batch, actor=CLERK)
    before = JournalEntry.objects.count()
    assert actions.load(batch, actor=CLERK).loaded == 1
    assert (Room.objects.count(), JournalEntry.objects.count()) == (1, before)
    Room.objects.get()
    again = staged(room("A-1"))
    assert checked(again).bad == 1  # the code is taken now
    other = staged(room("A-1"))
    Import.objects.filter(pk=batch.pk).exists()
    with pytest.raises(Refused, match="jo ladattu"):
        actions.load(checked(other), actor=CLERK)


def test_nothing_is_half_loaded_when_the_register_changed_meanwhile() -> None:
    first, second = checked(staged(room("A-1"), room("A-2"))), checked(staged(room("A-2"), digest="b" * 64))
    assert (first.bad, second.bad) == (0, 0)
    actions.load(second, actor=CLERK)
    with pytest.raises(Refused, match="muuttui"):
        actions.load(first, actor=CLERK)
    assert list(Room.objects.values_list("code", flat=True)) == ["A-2"]
    assert checked(first).bad == 1
    actions.load(first, actor=CLERK)
    assert Room.objects.count() == 2


def test_a_needed_field_must_have_its_column() -> None:
    batch = staged(room("A-1"))
    with pytest.raises(Refused, match="Henkilömäärä"):
        actions.map_columns(batch, {number: name for number, name in batch.mapping.items() if name != "capacity"}, actor=CLERK)
    with pytest.raises(Refused, match="yhteen sarakkeeseen"):
        actions.map_columns(batch, {**batch.mapping, "5": "code"}, actor=CLERK)
    with pytest.raises(Refused, match="ennen lataamista"):
        actions.load(batch, actor=CLERK)


def test_parties_are_found_or_made_by_their_codes_and_no_code_stands_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Customer, "adds", ("number", "kind", "holder", "contact", "identity_checked_on"))
    kind = Customer._meta.get_field("kind").options.choices[0][0]  # type: ignore[union-attr]
    known = "150594Y9022"
    rows = [
        ["number", "kind", "holder", "contact", "identity_checked_on"],
        ["1", kind, f"{known} Maija Meikäläinen", f"{known}", "5.5.2026"],
        ["2", kind, "0201256-6 Helsingin kaupunki", "010100A900F Matti Mallikas", "5.5.2026"],
        ["3", kind, "290204B901D", "010100A900F", "5.5.2026"],
        ["4", kind, "290204B901X Väärä", "010100A900F", "5.5.2026"],
    ]
    batch = actions.stage(Customer, rows, "c" * 64, language="fi", actor=CLERK)
    assert known not in str(bytes(ImportChunk.objects.get().sealed))
    batch = checked(batch)
    assert [(fault.line, fault.column) for fault in batch.faults.all()] == [(4, "holder"), (5, "holder")]
    assert not [fault for fault in batch.faults.all() if "290204" in fault.reason]
    before = Subject.objects.count()
    actions.load(batch, actor=CLERK)
    assert Subject.objects.count() == before + 3
    first = Customer.objects.get(number="1")
    assert (first.holder, first.holder.name) == (first.contact, "Maija Meikäläinen")


def test_a_workbook_reads_as_people_see_it() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["a", "b", "c"], [1.0, 2.5, True], [None, None, None], ["x", None, None]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    assert list(files.rows_of("x.xlsx", out.getvalue())) == [["a", "b", "c"], ["1", "2.5", "1"], ["x"]]


@pytest.mark.parametrize(("name", "data"), [("x.xlsx", b"PK\x03\x04rikki"), ("x.csv", b"a;b\n\0\0")])
def test_a_file_that_is_no_table_is_told(name: str, data: bytes) -> None:
    with pytest.raises(Refused, match="taulukkona"):
        list(files.rows_of(name, data))


def test_a_kind_that_only_verbs_make_takes_no_file(worker_client: Client, administrator: User) -> None:
    assert SwimCard.adds is None
    assert worker_client.get("/rekisterit/erityisuimakortit/swimcard/tuonti/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.stage(Room, [HEADS, room("A-1")], "d" * 64, language="fi", actor=administrator)


def many(count: int) -> Iterator[list[str]]:
    """Rows of which one in a hundred is bad: by its text, or by what the database refuses."""
    yield HEADS
    for number in range(count):
        if number % 200 == 77:
            yield room(f"B-{number}", "paljon")
        elif number % 200 == 133:
            yield room(f"B-{number}", "0")
        else:
            yield room(f"B-{number}")


def test_a_large_file_is_the_workers(register_worker: User) -> None:
    batch = actions.stage(Room, many(3000), "e" * 64, language="fi", actor=register_worker)
    client = Client()
    client.force_login(register_worker)
    url = f"{START}{batch.pk}/"
    client.post(url, {"step": "map", **batch.mapping})
    batch.refresh_from_db()
    assert batch.state == ImportState.CHECKING
    assert 'id="import-progress"' in client.get(url).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'contract.check_import'")
        args = cursor.fetchone()[0]
    jobs.check_import(**(args if isinstance(args, dict) else {"batch": batch.pk, "user": register_worker.pk}))
    batch.refresh_from_db()
    assert (batch.state, batch.bad, batch.good) == (ImportState.CHECKED, 30, 2970)
    jobs.load_import(batch=batch.pk, user=register_worker.pk)
    assert Room.objects.count() == 2970


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_hundred_thousand_rows_with_one_bad_in_a_hundred() -> None:
    """Every bad row named, the good ones loaded in one transaction."""
    batch = checked(actions.stage(Room, many(100_000), "f" * 64, language="fi", actor=CLERK))
    assert (batch.bad, batch.faults.count()) == (1000, 1000)
    assert set(batch.faults.values_list("column", flat=True)) >= {"Henkilömäärä enintään"}
    actions.load(batch, actor=CLERK)
    assert Room.objects.count() == 99_000
