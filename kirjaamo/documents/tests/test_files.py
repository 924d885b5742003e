"""What becomes of files: their text, hostile ones, the scanner, and bytes that no longer match."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kirjaamo.config import cli
from kirjaamo.documents import actions, blobs, hazards, jobs, policy
from kirjaamo.documents.models import FileText, IntegrityCheck, ScanState, TextState
from kirjaamo.documents.scanner import ScannerAway
from kirjaamo.documents.tests import made
from kirjaamo.documents.tests.made import MACHINE
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.models import User

pytestmark = pytest.mark.django_db
EICAR_LIKE = b"%PDF-1.4 harmless bytes that the pretended scanner calls a virus"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Each test keeps its files apart."""
    settings.MEDIA_ROOT = tmp_path


def read(data: bytes, media_type: str = "application/pdf") -> FileText:
    """The outcome of reading a file that arrived."""
    return actions.read_file(made.arrived(data, media_type).pk, actor=MACHINE)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("pdf", "Meluaita"),
        ("docx", "Koskelantielle"),
        ("odt", "keväällä"),
        ("xlsx", "Koskelantie\t120"),
        ("eml", "aita on matala"),
        ("txt", "Meluaita"),
    ],
)
def test_text_is_read_of_every_kind(kind: str, words: str) -> None:
    media_type, make = made.KINDS[kind]
    row = read(make(), media_type)
    assert (row.state, row.problem) == (TextState.READ, "")
    assert words in row.text


def test_a_message_tells_its_subject_and_what_it_carries_but_not_its_scripts() -> None:
    row = read(made.EML, "message/rfc822")
    assert row.names == ["kuva.pdf"]
    assert "Meluaita häiritsee" in row.text
    assert "alert" not in row.text


def bomb() -> bytes:
    """A small file of three hundred million spaces."""
    return made.docx(more__big_xml=b" " * (300 * 1024 * 1024))


@pytest.mark.parametrize(
    ("data", "kind", "state", "problem"),
    [
        (bomb, ".docx", TextState.REFUSED, "bomb"),
        (lambda: made.docx("&x;", '<!DOCTYPE w [<!ENTITY x "y">]>'), ".docx", TextState.REFUSED, "entities"),
        (lambda: b"PK\x03\x04 not a packed file", ".docx", TextState.REFUSED, "broken"),
        (lambda: b"%PDF-1.7 torn", "pdf", TextState.REFUSED, "broken"),
        (lambda: made.blank_pages(2_100), "pdf", TextState.PARTLY, "pages"),
        (("sana " * 1_000_000).encode, "txt", TextState.PARTLY, "long"),
    ],
)
def test_a_hostile_file_ends_in_a_state_with_a_sentence(data: Any, kind: str, state: TextState, problem: str) -> None:
    media_type = policy.OFFICE.get(kind) or made.KINDS[kind][0]
    row = read(data(), media_type)
    assert (row.state, row.problem) == (state, problem)
    assert len(hazards.sentence(row.problem)) > 20


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kirjaamo.documents.extraction.WALL_SECONDS", 0.01)
    row = read(made.pdf())
    assert (row.state, row.problem) == (TextState.REFUSED, "slow")


def test_ten_thousand_pages_are_counted_and_the_first_are_read() -> None:
    row = read(made.blank_pages(10_000))
    assert (row.state, row.pages, row.problem) == (TextState.PARTLY, 10_000, "pages")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", bomb, "documents.bomb"),
        ("a.docx", lambda: made.docx(word__vbaProject_bin=b"x"), "documents.macros"),
        ("a.pdf", lambda: made.pdf() + made.packed(a_xml="x"), "documents.polyglot"),
        ("a.png", lambda: b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "documents.polyglot"),
        ("a.exe", lambda: b"MZ", "documents.kind_refused"),
    ],
)
def test_a_form_refuses_a_hostile_file_with_the_remedy(name: str, data: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        policy.accept(name, data())
    assert refused.value.code == code


def test_what_arrived_is_kept_whatever_it_is_and_warned_of() -> None:
    upload = policy.as_arrived("lasku.docx", made.docx(word__vbaProject_bin=b"x"))
    row = read(upload.data, upload.media_type)
    assert (row.state, row.warnings) == (TextState.READ, ["macros"])
    assert read(b"MZ", policy.as_arrived("a.exe", b"MZ").media_type).state == TextState.NOTHING


def test_a_file_waits_is_queued_once_and_is_read_by_its_job() -> None:
    file = made.arrived(made.pdf())
    assert file.text.state == TextState.WAITING
    assert file.pk in actions.queue_waiting(actor=MACHINE)
    assert file.pk not in actions.queue_waiting(actor=MACHINE)
    actions.read_file(file.pk, actor=MACHINE)
    assert FileText.objects.get(pk=file.pk).state == TextState.READ


def test_waiting_files_become_jobs(django_capture_on_commit_callbacks: Any) -> None:
    del django_capture_on_commit_callbacks
    made.arrived(made.pdf())
    assert jobs.queue() >= 1
    assert jobs.queue() == 0


def scanner_that_says(answer: bytes) -> tuple[str, threading.Thread]:
    """A pretended clamd for one file."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listening, listening.accept()[0] as line:
            got = b""
            while not got.endswith(b"\x00\x00\x00\x00"):
                got += line.recv(65536)
            line.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    return f"127.0.0.1:{listening.getsockname()[1]}", thread


def test_a_file_that_the_scanner_condemns_is_given_to_nobody(settings: Any) -> None:
    settings.CLAMD, thread = scanner_that_says(b"stream: Win.Test.Virus FOUND\0")
    row = read(EICAR_LIKE)
    thread.join()
    assert (row.state, row.scan, row.found) == (TextState.REFUSED, ScanState.INFECTED, "Win.Test.Virus")
    with pytest.raises(Refused):
        actions.open_file(row.file, why="katson", actor=MACHINE)


def test_a_clean_file_says_so_and_without_a_scanner_it_says_not_scanned(settings: Any) -> None:
    settings.CLAMD, thread = scanner_that_says(b"stream: OK\0")
    assert read(made.pdf()).scan == ScanState.CLEAN
    thread.join()
    settings.CLAMD = ""
    assert read(made.pdf("toinen")).scan == ScanState.NOT_SCANNED


def test_a_scanner_that_is_away_is_tried_again_and_then_told(settings: Any) -> None:
    settings.CLAMD = "127.0.0.1:9"
    file = made.arrived(made.pdf())
    with pytest.raises(ScannerAway):
        actions.read_file(file.pk, actor=MACHINE, last=False)
    row = actions.read_file(file.pk, actor=MACHINE)
    assert (row.state, row.problem, row.attempts) == (TextState.FAILED, "scanner_away", 2)


def test_the_command_names_every_file_whose_bytes_do_not_match(capsys: pytest.CaptureFixture[str]) -> None:
    good, bent, gone = (made.arrived(made.pdf(text)) for text in ("yksi", "kaksi", "kolme"))
    blobs.place(bent.sha256).write_bytes(b"bent")
    blobs.place(gone.sha256).unlink()
    assert cli.call("verify-files", [], lambda *_told: None) == 1
    said = capsys.readouterr().out
    assert bent.document.identifier in said
    assert gone.document.identifier in said
    assert good.document.identifier not in said
    faults = {fault["document"]: fault["what"] for fault in IntegrityCheck.objects.latest("id").faults}
    assert (faults[bent.document.identifier], faults[gone.document.identifier]) == ("damaged", "missing")


def test_a_file_whose_bytes_were_altered_is_neither_read_nor_opened() -> None:
    file = made.arrived(made.pdf())
    blobs.place(file.sha256).write_bytes(b"bent")
    assert actions.read_file(file.pk, actor=MACHINE).problem == "damaged"
    with pytest.raises(blobs.BlobDamaged):
        actions.open_file(file, why="katson", actor=MACHINE)


def test_the_database_refuses_to_change_the_bytes_of_a_version() -> None:
    file = made.arrived(made.pdf())
    file.sha256 = "0" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        type(file).save_base(file)


def test_the_administrator_sees_how_reading_goes_and_has_a_failure_read_again(settings: Any, administrator: User) -> None:
    settings.CLAMD = "127.0.0.1:9"
    file = made.arrived(made.pdf(), name="salainen-nimi.pdf")
    actions.read_file(file.pk, actor=MACHINE)
    client = Client()
    client.force_login(administrator)
    page = client.get("/tyo/tiedostot/").content.decode()
    assert file.document.identifier in page
    assert "salainen-nimi" not in page
    settings.CLAMD = ""
    assert client.post(f"/tyo/tiedostot/{file.pk}/uudelleen/").status_code == 302
    assert actions.read_file(file.pk, actor=MACHINE).state == TextState.READ
    assert file.document.identifier not in client.get("/tyo/tiedostot/").content.decode()
