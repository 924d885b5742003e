"""What is to be opened at a set time: registered with it, and read, found and given by nobody before."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import Case, PartyRole
from kirjaamo.cases.publicity.party import seen_by
from kirjaamo.cases.tests import made
from kirjaamo.cases.tests.test_arrivals import end, message, taken
from kirjaamo.cases.visibility import is_document_visible
from kirjaamo.documents import actions as documents
from kirjaamo.documents.jobs import queue
from kirjaamo.documents.models import Document, FileText, TextState
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.organisation.models import Unit, User
from kirjaamo.subjects.actions import add_subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
LATER = dt.timedelta(days=2)


@pytest.fixture
def desk(registrar: User) -> Client:
    client = Client()
    client.force_login(registrar)
    return client


def opening(time: str = "12.00", after: dt.timedelta = LATER) -> dict[str, str]:
    return {"opens_on": f"{timezone.localtime() + after:%d.%m.%Y}", "opens_time": time}


def by_post(**changes: Any) -> dict[str, Any]:
    """What a registrar sends of an envelope that came by post."""
    now = timezone.localtime()
    told = {
        "key": str(uuid.uuid4()), "luokka": "07 01 04", "sender_kind": "organisation", "sender": "Ranta Oy", "title": "Tarjous penkeistä",
        "title_open": "yes", "unit": str(Unit.objects.get(slug="kirjaamo").pk), "language": "fi", "type": "request", "publicity": "plan",
        "way": "post", "arrived_on": f"{now:%d.%m.%Y}", "arrived_time": "0.01",
        "uploads": SimpleUploadedFile("tarjous.txt", b"Kvartsihinta 1 234 euroa", "text/plain"),
    }  # fmt: skip
    return told | changes


def address(case: Case, document: Document, name: str = "paper", *more: Any) -> str:
    return reverse(name, args=[case.address, document.identifier, *more])


def open_now() -> None:
    """Let the time of opening pass."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET sealed_until = now()")
        cursor.execute("UPDATE documents_document SET public_from = now() WHERE public_from > now()")


def test_the_registering_screen_takes_the_time_and_nobody_reads_it_before(desk: Client, handler: User) -> None:
    for wrong in (opening(time=""), opening(after=-LATER), {"opens_time": "12.00"}):
        assert desk.post("/tyo/asiat/uusi/", by_post(**wrong)).status_code == 422
    assert desk.post("/tyo/asiat/uusi/", by_post(**opening())).status_code == 302
    case, document = Case.objects.get(), Document.objects.get()
    assert document.sealed_until == timezone.make_aware(
        dt.datetime.combine((timezone.localtime() + LATER).date(), dt.time(12)), timezone.get_current_timezone()
    )
    client = Client()
    client.force_login(handler)
    page = client.get(address(case, document)).content.decode()
    assert "avataan vasta määrättynä aikana" in page
    whole = client.get(f"/tyo/asiat/{case.address}/").content.decode()
    assert "Avataan" in whole
    assert "tarjous.txt" in whole
    assert "/tiedosto/" not in whole
    for door in (address(case, document, "paper_file", 1), f"/tyo/asiat/{case.address}/tiedosto/{document.files.get().pk}/"):
        assert client.get(door).status_code == 404
    assert client.get(f"{address(case, document)}?nayta=teksti").content.decode().count("Kvartsihinta") == 0
    assert queue() == 0  # its words are not read for search either
    assert not is_document_visible(document, VISITOR, timezone.now())
    open_now()
    assert client.get(address(case, document, "paper_file", 1)).status_code == 200
    assert queue() == 1


def test_a_tender_that_joins_its_case_is_closed_also_in_the_queue_and_public_only_when_judged(desk: Client) -> None:
    case = made.open_case()
    row = taken(message(files={"tarjous.txt": b"Kvartsihinta"}))
    file = row.files.exclude(name="viesti.eml").get()
    url = f"/tyo/saapuneet/{row.pk}/tiedosto/{file.pk}/"
    assert desk.get(url).status_code == 200
    assert end(desk, row, how="to_case", case=case.identifier, **opening(time="")).status_code == 422
    assert end(desk, row, how="to_case", case=case.identifier, **opening()).status_code == 302
    assert desk.get(url).status_code == 404
    ended = desk.get(row.get_absolute_url()).content.decode()
    assert "avataan vasta määrättynä aikana" in ended
    assert "tarjous.txt" not in ended
    open_now()
    assert desk.get(url).status_code == 200
    assert not any(is_document_visible(one, VISITOR, timezone.now()) for one in Document.objects.all())


def test_a_sealed_document_is_given_to_no_party(handler: User) -> None:
    subject = add_subject("Aino Esimerkki", actor=made.MACHINE)
    case = made.open_case(parties=[NewParty(PartyRole.INITIATOR), NewParty(PartyRole.PARTY, subject)])
    document = made.add_document(case, made.draft(), handler)
    documents.seal_until(document, timezone.now() + LATER, reason="Tarjouspyyntö", actor=handler)
    (seen,) = seen_by(case, case.parties.get(role=PartyRole.PARTY), timezone.now())
    assert (seen.for_party.whole, seen.copied) == (False, False)


def test_what_is_sealed_after_it_was_read_is_found_by_its_words_no_more(handler: User) -> None:
    document = made.add_document(made.open_case(), made.draft(data=b"Kvartsihinta"), handler)
    documents.read_file(document.files.get().pk, actor=made.MACHINE)
    assert FileText.objects.get().text == "Kvartsihinta"
    documents.seal_until(document, timezone.now() + LATER, reason="Tarjouspyyntö", actor=handler)
    text = FileText.objects.get()
    assert (text.text, text.state) == ("", TextState.WAITING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_searchrow WHERE text LIKE '%%Kvartsi%%' OR vector::text LIKE '%%kvartsi%%'")
        assert cursor.fetchone()[0] == 0
