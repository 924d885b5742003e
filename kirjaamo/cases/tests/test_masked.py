"""A document that is secret in part: its masked copy is checked, given to the party in its stead, and asked for when it is missing."""

from __future__ import annotations

import uuid
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import Case, CaseParty, PartyAccess, PartyRole
from kirjaamo.cases.publicity import actions
from kirjaamo.cases.publicity.party import seen_by
from kirjaamo.cases.tests import made
from kirjaamo.cases.tests.test_party_access import add, pdf
from kirjaamo.cases.visibility import is_document_visible
from kirjaamo.documents import blobs
from kirjaamo.documents.letter import Letter, prose
from kirjaamo.documents.models import Document, GivenCopy, Way
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.notices.models import Notice, NoticeKind
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.subjects.actions import add_subject
from kirjaamo.testing import make_user
from kirjaamo.values.openness import Opening, PartyException
from kirjaamo.values.publicity import Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
HEALTH = "JulkL-24-1-25"


@pytest.fixture
def party(handler: User) -> CaseParty:
    """A party of a case that has a handler."""
    subject = add_subject("Aino Esimerkki", actor=made.MACHINE)
    parties = [NewParty(PartyRole.INITIATOR), NewParty(PartyRole.PARTY, subject)]
    return made.open_case(parties=parties, handler=handler).parties.select_related("case").get(role=PartyRole.PARTY)


@pytest.fixture
def withheld(party: CaseParty, handler: User) -> Document:
    """A partly secret document of which a party does not get everything."""
    document = add(party.case, pdf("Tarkastuskertomus", HEALTH, Publicity.PARTLY_SECRET), handler)
    actions.withhold(party.case, document, [PartyException.CONTACTS], reason="Ilmoittajan suoja", actor=handler)
    document.refresh_from_db()
    return document


def address(case: Case, document: Document, name: str = "paper_mask") -> str:
    return reverse(name, args=[case.address, document.identifier])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def masked(text: str = "Muu sisältö", **changes: Any) -> dict[str, Any]:
    """The form of a masked copy whose file says something."""
    data = Letter("fi", timezone.now(), "Kertomus", "", [prose(text)]).pdf()
    told = {
        "title": "Tarkastuskertomus, peitetty", "words": "Ilmari Ilmoittaja", "readers": "all", "reason": "Ilmoittajan henkilöllisyys",
        "uploads": SimpleUploadedFile("peitetty.pdf", data, "application/pdf"), "key": str(uuid.uuid4()),
    }  # fmt: skip
    return told | changes


def text_of(sha256: str) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(blobs.read(sha256))).replace("\xad", "")


def test_a_masked_copy_is_refused_while_a_masked_word_can_be_read_in_it(party: CaseParty, withheld: Document, handler: User) -> None:
    client, url = signed_in(handler), address(party.case, withheld)
    readable = client.post(url, masked("Ilmoituksen teki Ilmari  Ilmoittaja torstaina."))
    assert readable.status_code == 422
    assert "yhä luettavissa" in readable.content.decode()
    plain = SimpleUploadedFile("a.txt", b"Muu", "text/plain")
    assert client.post(url, masked(uploads=plain)).status_code == 422
    assert withheld.masked_copies.count() == 0
    told = masked()
    for _time in range(2):
        told["uploads"].seek(0)
        assert client.post(url, told).status_code == 302
    copy = withheld.masked_copies.get()
    assert (copy.publicity, copy.direction, copy.sender) == (Publicity.PUBLIC.value, withheld.direction, withheld.sender)
    assert is_document_visible(copy, VISITOR, timezone.now())
    assert copy.identifier in client.get(address(party.case, withheld, "paper")).content.decode()
    assert withheld.identifier in client.get(address(party.case, copy, "paper")).content.decode()
    assert client.get(address(party.case, copy)).status_code == 404  # a copy is not masked again


def test_the_party_gets_the_masked_copy_in_stead_of_the_document(party: CaseParty, withheld: Document, handler: User) -> None:
    case, client = party.case, signed_in(handler)
    client.post(address(case, withheld), masked())
    copy = withheld.masked_copies.get()
    seen = {one.document.pk: one for one in seen_by(case, party, timezone.now())}
    assert (seen[withheld.pk].for_party.opening, seen[withheld.pk].masked, seen[withheld.pk].waits) == (Opening.PARTS, copy, False)
    assert seen[copy.pk].copied
    view = reverse("case_party_view", args=[case.address, party.pk])
    assert f"Annetaan peitetty kappale {copy.identifier}" in client.get(view).content.decode().replace("\xad", "")
    told = {"chosen": [str(copy.pk)], "way": "post", "reason": "Ilmoittajan suoja", "key": str(uuid.uuid4())}
    assert client.post(view, told).status_code == 302
    row = PartyAccess.objects.get()
    assert [one.file.document_id for one in GivenCopy.objects.filter(pk__in=row.given)] == [copy.pk]
    letter = text_of(row.letter.files.get().sha256)
    assert "Näistä saat julkiset osat" in letter
    assert "odottavat" not in letter
    assert (row.letter.publicity, row.letter.grounds) == (Publicity.PARTLY_SECRET.value, [HEALTH])  # it names what is not everyone's
    again = client.get(view).context["form"]
    assert again["chosen"].value() == []  # what was given is offered, and not chosen by itself
    assert not case.tasks.filter(kind="masking").exists()


def test_without_a_masked_copy_the_party_is_told_why_it_waits_who_answers_and_by_when(
    party: CaseParty, withheld: Document, handler: User
) -> None:
    case = party.case
    official = make_user(Role.HANDLER, unit="kirjaamo", name="Olavi Oikea")
    page = signed_in(official).get(reverse("case_party_view", args=[case.address, party.pk])).content.decode().replace("\xad", "")
    assert f"Odottaa peitettyä kappaletta, josta vastaa {handler.name}" in page
    for _time in range(2):
        actions.give_access(case, party, actions.Access([], Way.POST, "Ilmoittajan suoja"), actor=official, key=uuid.uuid4())
    letter = text_of(PartyAccess.objects.all()[0].letter.files.get().sha256)
    task = case.tasks.get(kind="masking")
    assert (task.user, task.detail["document"]) == (handler, withheld.pk)
    assert task.due_on is not None
    for words in ("Näiden julkiset osat odottavat", handler.name, f"{task.due_on:%-d.%-m.%Y}"):
        assert words in letter
    assert Notice.objects.get(kind=NoticeKind.TASK).user == handler
    signed_in(handler).post(address(case, withheld), masked())
    task.refresh_from_db()
    assert task.state == "done"


def test_a_copy_for_parties_only_stays_secret_and_is_marked(party: CaseParty, withheld: Document, handler: User) -> None:
    case = party.case
    signed_in(handler).post(address(case, withheld), masked(readers="party"))
    copy = withheld.masked_copies.get()
    assert not is_document_visible(copy, VISITOR, timezone.now())
    row = actions.give_access(case, party, actions.Access([copy.pk], Way.POST, "Suoja"), actor=handler, key=uuid.uuid4())
    assert row is not None
    assert GivenCopy.objects.get(pk__in=row.given).marking == "secret"


def test_nothing_is_masked_of_what_is_public(party: CaseParty, handler: User) -> None:
    public = add(party.case, pdf("Muistio"), handler)
    assert signed_in(handler).get(address(party.case, public)).status_code == 404
