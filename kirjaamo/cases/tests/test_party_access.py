"""What a party sees of its case and is given, the judgement of harm, and the events that make a document public."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import Case, CaseParty, HarmJudgement, PartyAccess, PartyRole
from kirjaamo.cases.publicity import actions
from kirjaamo.cases.publicity.party import seen_by
from kirjaamo.cases.tests import made
from kirjaamo.cases.visibility import is_document_visible
from kirjaamo.documents.actions import Draft, Metadata
from kirjaamo.documents.letter import Letter, prose
from kirjaamo.documents.models import Document, DocumentState, GivenCopy, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.subjects.actions import add_subject
from kirjaamo.testing import make_user
from kirjaamo.values.openness import Harm, Opening, PartyException
from kirjaamo.values.publicity import Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


@pytest.fixture
def party() -> CaseParty:
    """A named party of a case."""
    subject = add_subject("Aino Esimerkki", actor=made.MACHINE)
    return made.open_case(parties=[NewParty(PartyRole.INITIATOR), NewParty(PartyRole.PARTY, subject)]).parties.get(role=PartyRole.PARTY)


def pdf(title: str, ground: str = "", publicity: Publicity = Publicity.SECRET) -> Draft:
    """A document with a real PDF, secret when it has a ground."""
    data = Letter("fi", timezone.now(), title, "", [prose("Sisältö")]).pdf()
    decided = publicity if ground else Publicity.PUBLIC
    metadata = Metadata(decided, (ground,) if ground else (), "none", source="decision", reason="testi")
    return Draft(title, "other", metadata, uploads=[Upload("a.pdf", data, "application/pdf")])


def add(case: Case, draft: Draft, user: User) -> Document:
    found: Document = made.add_document(case, draft, user)
    return found


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, case: Case, document: Document) -> str:
    return reverse(name, args=[case.address, document.identifier])


def test_a_party_sees_what_others_do_not_but_for_the_exceptions(party: CaseParty, handler: User) -> None:
    case = party.case
    health = add(case, pdf("Lausunto", "JulkL-24-1-25"), handler)
    withheld = add(case, pdf("Ilmoittajan kirje", "JulkL-24-1-25"), handler)
    actions.withhold(case, withheld, [PartyException.IMPORTANT_INTEREST], reason="Lapsen etu", actor=handler)
    seen = {one.document.title: one for one in seen_by(case, party, timezone.now())}
    assert (seen["Lausunto"].for_party.whole, seen["Lausunto"].only_as_party) == (True, True)
    assert seen["Ilmoittajan kirje"].for_party.opening is Opening.SECRET
    assert not is_document_visible(health, VISITOR, timezone.now())
    assert withheld.metadata_decisions.get(field="withheld").reason == "Lapsen etu"


def test_what_is_given_is_marked_and_what_is_refused_has_its_ground_and_the_way_on(party: CaseParty, handler: User) -> None:
    case = party.case
    public, secret = add(case, pdf("Muistio"), handler), add(case, pdf("Lausunto", "JulkL-24-1-25"), handler)
    withheld = add(case, pdf("Salattu", "JulkL-24-1-25"), handler)
    actions.withhold(case, withheld, [PartyException.CONTACTS], reason="Todistajan suoja", actor=handler)
    client, url = signed_in(handler), reverse("case_party_view", args=[case.address, party.pk])
    page = client.get(url).content.decode().replace("\u00ad", "")
    assert "Saa lukea kokonaan" in page
    assert "JulkL 621/1999 11.2 §" in page
    told: dict[str, Any] = {
        "chosen": [str(one.pk) for one in (public, secret, withheld)], "way": "secure_mail", "reason": "", "key": str(uuid.uuid4())
    }  # fmt: skip
    assert client.post(url, told).status_code == 422
    told["chosen"], told["reason"] = told["chosen"][:2], "Todistajan yhteystiedot suojataan."
    for _ in range(2):
        assert client.post(url, told).status_code == 302
    row = PartyAccess.objects.get()
    copies = {copy.file.document_id: copy for copy in GivenCopy.objects.filter(pk__in=row.given)}
    assert {key: copy.marking for key, copy in copies.items()} == {public.pk: "none", secret.pk: "secret"}
    assert all(copy.party and copy.recipient == "Aino Esimerkki" for copy in copies.values())
    assert [one["document"] for one in row.refused] == [withheld.pk]
    assert row.letter.state == DocumentState.SENT
    assert "Aiemmin annettu" in client.get(url).content.decode()


def test_a_chosen_document_that_the_party_may_not_read_is_never_given(party: CaseParty, handler: User) -> None:
    case = party.case
    withheld = add(case, pdf("Salattu", "JulkL-24-1-25"), handler)
    actions.withhold(case, withheld, [PartyException.PRETRIAL], reason="Esitutkinta", actor=handler)
    access = actions.Access([withheld.pk], Way.POST, "Esitutkinta on kesken.")
    row = actions.give_access(case, party, access, actor=handler, key=uuid.uuid4())
    assert row is not None
    assert (row.given, GivenCopy.objects.count()) == ([], 0)
    with pytest.raises(Refused) as refused:
        actions.give_access(case, party, actions.Access([], Way.POST), actor=handler, key=uuid.uuid4())
    assert refused.value.section == "JulkL 621/1999 14 §"


def test_a_secret_text_file_is_read_on_the_spot_since_its_copy_cannot_be_marked(party: CaseParty, handler: User) -> None:
    case = party.case
    document = add(case, made.draft("Tekstimuistio", Publicity.SECRET), handler)
    (seen,) = seen_by(case, party, timezone.now())
    assert (seen.for_party.whole, seen.copied) == (True, False)
    page = signed_in(handler).get(reverse("case_party_view", args=[case.address, party.pk])).content.decode()
    assert "Luettavaksi viranomaisen luona" in page
    row = actions.give_access(case, party, actions.Access([document.pk], Way.POST), actor=handler, key=uuid.uuid4())
    assert row is not None
    assert (row.given, row.refused) == ([], [])


def test_membership_of_the_municipality_makes_no_party(handler: User) -> None:
    subject = add_subject("Jäsen Esimerkki", actor=made.MACHINE)
    case = made.open_case(parties=[NewParty(PartyRole.INITIATOR), NewParty(PartyRole.MEMBER, subject)])
    add(case, pdf("Lausunto", "JulkL-24-1-25"), handler)
    member = case.parties.get(role=PartyRole.MEMBER)
    assert not any(one.for_party.whole for one in seen_by(case, member, timezone.now()))
    with pytest.raises(Refused):
        actions.give_access(case, member, actions.Access([], Way.POST, "x"), actor=handler, key=uuid.uuid4())


def test_the_pages_need_the_right(party: CaseParty) -> None:
    reader = signed_in(make_user(Role.DATA_PROTECTION_OFFICER, name="lukija"))
    assert reader.get(reverse("case_party_view", args=[party.case.address, party.pk])).status_code == 403


def test_harm_is_weighed_for_who_asks_and_opens_the_document_when_there_is_none(handler: User) -> None:
    case = made.open_case()
    document = add(case, pdf("Valmisteilla", "JulkL-24-1-6"), handler)
    client, url = signed_in(handler), address("paper_harm", case, document)
    assert client.post(url, {"harm": "none", "requester": "Toimittaja", "reason": ""}).status_code == 422
    assert client.post(url, {"harm": "none", "requester": "Toimittaja", "reason": "Tieto on jo julkaistu"}).status_code == 302
    row = HarmJudgement.objects.get()
    assert (row.harm, row.requester, row.by) == ("none", "Toimittaja", handler.actor_ref)
    assert is_document_visible(Document.objects.get(pk=document.pk), VISITOR, timezone.now())
    client.post(url, {"harm": "found", "requester": "Toinen", "reason": "Tilanne muuttui"})
    assert not is_document_visible(Document.objects.get(pk=document.pk), VISITOR, timezone.now())


def test_an_absolute_ground_is_not_weighed(handler: User) -> None:
    case = made.open_case()
    document = add(case, pdf("Terveys", "JulkL-24-1-25"), handler)
    assert signed_in(handler).get(address("paper_harm", case, document)).status_code == 404
    with pytest.raises(Refused):
        actions.judge(case, document, Harm.NONE, requester="x", reason="x", actor=handler)


def test_a_tender_waits_for_its_opening_and_only_a_decision_with_a_reason_moves_it(handler: User) -> None:
    case = made.open_case()
    document = add(case, pdf("Tarjous"), handler)
    client, url = signed_in(handler), address("paper_opening", case, document)
    later = timezone.localtime() + dt.timedelta(days=2)
    told = {"on": f"{later:%d.%m.%Y}", "time": "12.00", "reason": "Tarjouspyynnön kohta 4"}
    past = told | {"on": "1.1.2020"}
    assert client.post(url, past).status_code == 422
    assert client.post(url, told).status_code == 302
    document.refresh_from_db()
    assert not is_document_visible(document, VISITOR, timezone.now())
    assert client.post(address("paper_event", case, document)).status_code == 404  # no click opens it before its time
    assert not is_document_visible(document, VISITOR, later.replace(hour=11, minute=59))
    assert is_document_visible(document, VISITOR, later.replace(hour=12, minute=0, second=0))
    sooner = {"on": f"{timezone.localtime() + dt.timedelta(days=1):%d.%m.%Y}", "time": "12.00"}
    assert client.post(url, sooner | {"reason": ""}).status_code == 422
    assert client.post(url, sooner | {"reason": "Aika oli kirjattu väärin"}).status_code == 302
    assert case.events.filter(kind="document_sealed").count() == 2
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET public_from = now(), sealed_until = now() WHERE id = %s", [document.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, told).status_code == 422
