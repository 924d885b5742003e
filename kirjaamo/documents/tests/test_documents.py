"""A document on its way: states, versions, decided metadata, what is no authority's document, and marked copies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction

from kirjaamo.documents import actions, blobs
from kirjaamo.documents.actions.copies import Giving
from kirjaamo.documents.models import DocumentState, GivenCopy, MetadataDecision, Outside, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.documents.tests import made
from kirjaamo.documents.tests.made import MACHINE
from kirjaamo.kernel.errors import Conflict, Refused
from kirjaamo.values.publicity import Publicity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Each test keeps its files apart."""
    settings.MEDIA_ROOT = tmp_path


def upload(data: bytes = b"%PDF-2") -> Upload:
    """Another text of the same letter."""
    return Upload("kirje.pdf", data, "application/pdf")


def test_a_draft_gets_versions_and_the_old_bytes_stay() -> None:
    document = made.own()
    actions.add_version(document, upload(), on=1, actor=MACHINE)
    first, second = document.files.order_by("version")
    assert (first.version, blobs.read(first.sha256)) == (1, b"%PDF-1")
    assert (second.version, blobs.read(second.sha256)) == (2, b"%PDF-2")


def test_a_version_made_on_an_older_one_than_the_newest_is_a_conflict() -> None:
    document = made.own()
    actions.add_version(document, upload(), on=1, actor=MACHINE)
    with pytest.raises(Conflict):
        actions.add_version(document, upload(b"%PDF-3"), on=1, actor=MACHINE)
    assert document.files.count() == 2


def test_a_document_goes_from_draft_to_signed_and_sent_and_never_back() -> None:
    document = made.own()
    actions.make_ready(document, actor=MACHINE)
    actions.back_to_draft(document, reason="Kirjoitusvirhe", actor=MACHINE)
    actions.make_ready(document, actor=MACHINE)
    actions.sign(document, actor=MACHINE)
    assert document.public_from is not None
    actions.send(document, way=Way.POST, actor=MACHINE)
    for forbidden in (
        lambda: actions.back_to_draft(document, reason="x", actor=MACHINE),
        lambda: actions.sign(document, actor=MACHINE),
        lambda: actions.add_version(document, upload(), on=1, actor=MACHINE),
    ):
        with pytest.raises(Refused):
            forbidden()
    assert document.files.count() == 1


def test_what_arrived_gets_no_new_version() -> None:
    document = made.arrived(b"%PDF-1").document
    with pytest.raises(Refused):
        actions.add_version(document, upload(), on=1, actor=MACHINE)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_document SET state = 'draft' WHERE id = {0}",
        (
            "INSERT INTO documents_file (document_id, version, name, media_type, size, sha256, made_at)"
            " VALUES ({0}, 2, 'a', 'b', 1, 'c', now())"
        ),
    ],
)
def test_the_database_itself_keeps_a_signed_document(statement: str) -> None:
    document = made.own(state=DocumentState.SIGNED)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(document.pk))


def test_an_override_keeps_what_was_decided_before_why_and_by_whom() -> None:
    document = made.own()
    changes = {"publicity": Publicity.SECRET.value, "grounds": ["JulkL-24-1-32"]}
    actions.decide(document, changes, reason="Liitteessä on terveystietoja", actor=MACHINE)
    rows = {row.field: (row.old, row.new) for row in MetadataDecision.objects.filter(document=document)}
    assert rows == {"publicity": ("public", "secret"), "grounds": ([], ["JulkL-24-1-32"])}
    document.refresh_from_db()
    assert (document.publicity, document.decided_from, document.decided_reason) == ("secret", "decision", "Liitteessä on terveystietoja")


def test_an_override_needs_a_reason_and_a_secret_document_a_ground() -> None:
    document = made.own()
    with pytest.raises(Refused) as no_reason:
        actions.decide(document, {"publicity": "secret", "grounds": ["x"]}, reason=" ", actor=MACHINE)
    with pytest.raises(Refused) as no_ground:
        actions.decide(document, {"publicity": "secret"}, reason="syy", actor=MACHINE)
    assert (no_reason.value.field, no_ground.value.field) == ("reason", "ground")
    assert not MetadataDecision.objects.filter(document=document).exists()


def test_the_same_value_again_is_no_decision() -> None:
    document = made.own()
    assert actions.decide(document, {"publicity": "public"}, reason="syy", actor=MACHINE) == []
    document.refresh_from_db()
    assert document.decided_from == "plan"


def test_what_is_no_authoritys_document_tells_why_and_can_be_taken_back() -> None:
    document = made.own()
    with pytest.raises(Refused):
        actions.put_outside(document, Outside.NOTE, reason="", actor=MACHINE)
    actions.put_outside(document, Outside.NOTE, reason="Oma muistiinpano", actor=MACHINE)
    assert document.outside == "note"
    actions.take_inside(document, reason="Annettiin esiteltäväksi", actor=MACHINE)
    assert (document.outside, document.metadata_decisions.count()) == ("", 2)


def test_a_copy_of_a_secret_document_is_marked_on_its_cover_and_every_page() -> None:
    document = made.own(made.pdf("Salainen asia."), Publicity.SECRET, DocumentState.READY)
    giving = Giving("Aino Esimerkki", "Asianosaisen tiedonsaanti", party=True, parts="Kohta 3")
    row, data = actions.give_copy(document.files.get(), giving, case="HEL 2026-000001", actor=MACHINE)
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    assert "621/1999 24 § 1 mom. 32 kohta" in " ".join(pages[0].split())
    assert "Kohta 3" in pages[0]
    assert len(pages) == 2
    assert all("SALASSA PIDETTÄVÄ" in page for page in pages)
    assert "Aino Esimerkki" in pages[1]
    assert (row.marking, row.recipient, blobs.read(row.sha256)) == ("secret", "Aino Esimerkki", data)


def test_a_copy_of_a_public_document_is_as_it_is_and_leaves_a_trace() -> None:
    document = made.own(made.pdf(), state=DocumentState.READY)
    row, data = actions.give_copy(document.files.get(), Giving("Aino", "Pyyntö"), case="", actor=MACHINE)
    assert data == blobs.read(document.files.get().sha256)
    assert row.marking == "none"
    with pytest.raises(IntegrityError), transaction.atomic():
        GivenCopy.save_base(row)


def test_a_secret_file_that_cannot_be_marked_is_not_given() -> None:
    document = made.own(b"Hei", Publicity.SECRET, name="kirje.txt")
    with pytest.raises(Refused) as refused:
        actions.give_copy(document.files.get(), Giving("Aino", "Pyyntö"), case="", actor=MACHINE)
    assert refused.value.code == "documents.unmarkable"
