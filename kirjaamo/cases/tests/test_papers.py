"""The page of a document, walked by a handler: seen, versioned, decided on, signed, sent, copied; and who sees nothing."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, PartyRole
from kirjaamo.cases.tests import made
from kirjaamo.documents import actions, blobs
from kirjaamo.documents.actions import Draft, Metadata, texts
from kirjaamo.documents.models import Document, DocumentState, GivenCopy, ScanState, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.documents.tests.made import pdf
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.organisation.models import User
from kirjaamo.subjects.actions import add_subject, set_non_disclosure
from kirjaamo.values.publicity import Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Each test keeps its files apart."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def work(handler: User) -> Client:
    """A browser in which the handler is signed in."""
    client = Client()
    client.force_login(handler)
    return client


def paper(handler: User, publicity: Publicity = Publicity.PUBLIC, data: bytes | None = None, *, own: bool = True) -> tuple[Case, Document]:
    """A document in a case, read as the worker would have."""
    case = made.open_case()
    grounds = ("JulkL-24-1-32",) if publicity.needs_ground else ()
    upload = Upload("kirje.pdf", data or pdf(), "application/pdf")
    draft = Draft("Kirje naapurille", "other", Metadata(publicity, grounds, source="decision"), uploads=[upload])
    incoming = None if own else cases.Incoming(Way.POST, "Aino Esimerkki", timezone.now())
    document = cases.add_document(case, draft, incoming=incoming, actor=handler, key=uuid.uuid4())[0]
    for file in document.files.all():
        actions.read_file(file.pk, actor=made.MACHINE)
    return case, document


def url(case: Case, document: Document, more: str = "") -> str:
    """An address of the document."""
    return f"/tyo/asiat/{case.address}/asiakirjat/{document.identifier}/{more}"


def test_the_case_page_leads_to_the_document_and_a_page_of_it_is_seen(work: Client, handler: User) -> None:
    case, document = paper(handler)
    assert url(case, document) in work.get(case.get_absolute_url()).content.decode()
    page = work.get(url(case, document)).content.decode()
    assert "Teksti luettu" in page
    assert "Ei virustarkistettu" in page
    picture = work.get(url(case, document, "versio/1/sivu/1/"))
    assert picture.content.startswith(b"\x89PNG")
    assert picture["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert JournalEntry.objects.latest("id").action == "documents.draw"
    assert work.get(url(case, document, "versio/1/sivu/2/")).status_code == 404


def test_the_text_is_shown_when_asked_for_and_that_is_an_opening(work: Client, handler: User) -> None:
    case, document = paper(handler)
    assert "Koskelantielle" not in work.get(url(case, document)).content.decode()
    assert "Koskelantielle" in work.get(url(case, document) + "?nayta=teksti").content.decode()
    assert JournalEntry.objects.latest("id").action == "documents.open_text"


def test_a_version_is_added_and_one_made_on_an_older_one_is_told(work: Client, handler: User) -> None:
    case, document = paper(handler)
    told = {"key": str(uuid.uuid4()), "on": "1", "uploads": SimpleUploadedFile("kirje.pdf", pdf("Toinen"))}
    assert work.post(url(case, document, "versio/"), told).status_code == 302
    again = {"key": str(uuid.uuid4()), "on": "1", "uploads": SimpleUploadedFile("kirje.pdf", pdf("Kolmas"))}
    answer = work.post(url(case, document, "versio/"), again)
    assert answer.status_code == 422
    assert "Toinen käyttäjä ehti" in answer.content.decode()
    assert document.files.count() == 2


def test_a_document_is_signed_and_sent_and_the_history_tells_it(work: Client, handler: User) -> None:
    case, document = paper(handler)
    assert work.post(url(case, document, "vaihe/allekirjoitus/")).status_code == 302
    assert work.post(url(case, document, "laheta/"), {"key": str(uuid.uuid4()), "way": "post"}).status_code == 302
    document.refresh_from_db()
    assert document.state == DocumentState.SENT
    page = work.get(case.get_absolute_url()).content.decode()
    assert "Asiakirja allekirjoitettiin" in page
    assert "Asiakirja lähetettiin" in page
    assert work.post(url(case, document, "vaihe/luonnos/"), {"reason": "virhe"}).status_code == 422


def test_what_arrived_offers_no_version(work: Client, handler: User) -> None:
    case, document = paper(handler, own=False)
    assert url(case, document, "versio/") + '"' not in work.get(url(case, document)).content.decode()


def test_a_decision_on_publicity_needs_ground_and_reason_and_shows_in_the_history(work: Client, handler: User) -> None:
    case, document = paper(handler)
    told = {"key": str(uuid.uuid4()), "title": "Kirje naapurille", "publicity": "secret", "personal": "contains", "reason": ""}
    answer = work.post(url(case, document, "tiedot/"), told)
    assert answer.status_code == 422
    assert "Valitse peruste" in answer.content.decode()
    told |= {"ground": "JulkL-24-1-32", "reason": "Kirjeessä on terveystietoja"}
    assert work.post(url(case, document, "tiedot/"), told).status_code == 302
    page = work.get(url(case, document)).content.decode()
    assert "Julkisuus: Julkinen → Salassa pidettävä" in page
    assert "Kirjeessä on terveystietoja" in page
    assert handler.name in page


def test_what_is_no_authoritys_document_leaves_the_public_list(work: Client, handler: User) -> None:
    case, document = paper(handler, own=False)
    public = case.get_public_url()
    before = Client().get(public).content.decode()
    work.post(url(case, document, "viranomaisen/"), {"key": str(uuid.uuid4()), "why": "note", "reason": "Oma muistiinpano"})
    document.refresh_from_db()
    assert document.outside == "note"
    assert len(Client().get(public).content.decode()) < len(before)
    assert "Muu kuin viranomaisen asiakirja" in work.get(url(case, document)).content.decode()


def test_a_copy_of_a_secret_document_is_marked_kept_and_fetched(work: Client, handler: User) -> None:
    case, document = paper(handler, Publicity.SECRET)
    told = {"key": str(uuid.uuid4()), "recipient": "Aino Esimerkki", "purpose": "Asianosainen", "party": "on", "language": "fi"}
    for _send in range(2):
        assert work.post(url(case, document, "kopio/"), told).status_code == 302
    row = GivenCopy.objects.get()
    fetched = work.get(url(case, document, f"kopio/{row.pk}/"))
    assert fetched.content.startswith(b"%PDF-")
    assert "Aino Esimerkki" in work.get(url(case, document)).content.decode()


def test_what_the_scanner_condemned_is_neither_shown_nor_given(work: Client, handler: User) -> None:
    case, document = paper(handler)
    infect(document)
    page = work.get(url(case, document)).content.decode()
    assert "Haittaohjelma löytyi" in page
    assert "<img" not in page.partition('id="versiot"')[0].partition("<main")[2]
    for more in ("versio/1/", "versio/1/sivu/1/"):
        assert work.get(url(case, document, more)).status_code == 404
    assert work.get(f"/tyo/asiat/{case.address}/tiedosto/{document.files.get().pk}/").status_code == 404


def infect(document: Document) -> None:
    """Say that the scanner found something."""
    texts._keep(document.files.get().text, {"scan": ScanState.INFECTED, "problem": "infected"}, actor=made.MACHINE)


def test_progress_is_asked_until_the_reading_has_ended(work: Client, handler: User) -> None:
    case, document = paper(handler)
    actions.read_again(document.files.get().pk, actor=made.MACHINE)
    waiting = work.get(url(case, document, "versio/1/lukeminen/")).content.decode()
    assert "hx-get" in waiting
    actions.read_file(document.files.get().pk, actor=made.MACHINE)
    assert "hx-get" not in work.get(url(case, document, "versio/1/lukeminen/")).content.decode()


def test_a_visitor_and_the_document_of_another_case_are_refused(work: Client, handler: User) -> None:
    case, document = paper(handler)
    assert Client().get(url(case, document)).status_code == 302
    assert work.get(url(made.open_case(title="Toinen"), document)).status_code == 404
    assert not VISITOR.may("documents.write")


def test_a_letter_from_a_pattern_is_a_draft_in_its_language_and_its_next_version_begins_from_its_text(work: Client) -> None:
    case = made.open_case()
    assert "Begäran om komplettering" in work.get(f"/tyo/asiat/{case.address}/kirje/").content.decode()
    address = f"/tyo/asiat/{case.address}/kirje/supplement/sv/"
    page = work.get(address).content.decode()
    assert case.identifier in page
    told = {
        "key": str(uuid.uuid4()),
        "title": "Begäran om komplettering",
        "recipient": "Aino Esimerkki",
        "text": "Ärendet. [Vad som behövs]",
    }
    told |= {"type": "other", "publicity": "public"}
    refused = work.post(address, told)
    assert refused.status_code == 422
    assert "[Vad som behövs]" in refused.content.decode()
    for _send in range(2):
        assert work.post(address, told | {"text": "Vi ber om en situationsplan."}).status_code == 302
    document = Document.objects.get(in_cases__case=case)
    assert (document.state, document.language) == (DocumentState.DRAFT, "sv")
    first = blobs.read(document.files.get().sha256)
    assert b"pdfaid" in first
    assert b"pdfuaid" in first
    assert "situationsplan" in work.get(url(case, document, "teksti/")).content.decode()
    again = {"key": str(uuid.uuid4()), "on": "1", "title": "Begäran", "recipient": "", "text": "Vi ber om två planer."}
    assert work.post(url(case, document, "teksti/"), again).status_code == 302
    assert document.files.count() == 2
    assert blobs.read(document.files.get(version=1).sha256) == first


def test_a_letter_offers_no_address_that_non_disclosure_hides(work: Client) -> None:
    aino = add_subject("Aino Esimerkki", actor=made.MACHINE, address="Salakatu 7")
    case = made.open_case(parties=[cases.NewParty(PartyRole.INITIATOR, aino)])
    address = f"/tyo/asiat/{case.address}/kirje/receipt/fi/"
    assert "Salakatu 7" in work.get(address).content.decode()
    set_non_disclosure(aino, on=True, reason="DVV", actor=made.MACHINE)
    page = work.get(address).content.decode()
    assert "Aino Esimerkki" in page
    assert "Salakatu" not in page
