"""Non-disclosure on everything that is printed or carried away: letters, marked copies, packages, decisions, exports, by role and exit.

A person's contacts are given by every door first, the marks of non-disclosure are set then, and the letters are made after. What the
program made of what a person sent holds no contacts at all, since it would stay as it is. A letter that an official wrote before the
mark keeps its bytes: the page of the party names it, so that a person masks it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases import actions as cases
from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.eservice.matters import NewMatter
from kirjaamo.cases.models import Case, EnquiryKind, PartyRole
from kirjaamo.cases.publicity import actions as publicity
from kirjaamo.cases.tests import made
from kirjaamo.cases.tests.test_arrivals import typed
from kirjaamo.decisions import actions as decisions
from kirjaamo.decisions.models import Decision
from kirjaamo.decisions.tests.test_decisions import CLASS, TEXT, routes
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Document, File, GivenCopy, LetterText, Way
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import RIGHTS, Role
from kirjaamo.registers.education.premises import actions as premises
from kirjaamo.registers.education.premises.rules.times import Slot
from kirjaamo.registers.education.premises.sent_in import Asked as AskedRoom
from kirjaamo.registers.education.premises.tests.made import day_ahead, made_room
from kirjaamo.registers.urban.hitas.tests.test_register import flat_sold_first
from kirjaamo.requests.tests.asking import SWIM, desk, new_key, send
from kirjaamo.subjects.actions import add_subject, change_subject, set_non_disclosure
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.testing import make_user
from kirjaamo.values.personal_id import PersonalId
from kirjaamo.values.publicity import Publicity
from tests.access.test_exits import PEOPLE, addresses
from tests.access.test_non_disclosure import ADDRESS, EMAIL, HIDDEN, PLACE, TELEPHONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
NAME, CODE = "Aino Piilonen", "150594Y9022"
REACHED: Any = {"name": NAME, "email": EMAIL, "telephone": TELEPHONE}


@pytest.fixture
def official() -> User:
    """Someone who may make every letter."""
    return make_user(*Role, unit="kaupunginkanslia", name="Kaikki Näkevä")


@pytest.fixture
def sent(client: Client, official: User) -> dict[str, str]:
    """Everything that a person sends or that is written to them, the marks, and every letter after them; what leads to the case."""
    aino = add_subject(NAME, kind=SubjectKind.PERSON, personal_id=PersonalId.parse(CODE), actor=made.MACHINE)
    change_subject(aino, address=ADDRESS, email=EMAIL, telephone=TELEPHONE, municipality=PLACE, actor=made.MACHINE)
    parties = [NewParty(PartyRole.INITIATOR, aino)]
    case = made.open_case(CLASS, unit="kaupunkiympariston-toimiala", parties=parties, handler=official)
    desk_client = Client()
    desk_client.force_login(official)
    write_letter(desk_client, case)
    before = LetterText.objects.get()
    assert ADDRESS in before.recipient
    by_the_public_forms(client, desk_client)
    asked = [send(client, word=word, slug=SWIM, what="", name=NAME, email=EMAIL, address=ADDRESS) for word in ("omat-tiedot", "lokitiedot")]
    for one in Subject.objects.filter(name=NAME):
        set_non_disclosure(one, on=True, reason="DVV", actor=made.MACHINE)
    write_letter(desk_client, case)
    rewrite_letter(desk_client, case, before.file.document)
    of_the_case(case, official)
    for token, verb in zip(asked, ("paketti", "katsomiset"), strict=True):
        desk(client, official, token, "tunnista", name=NAME, personal_id=CODE, how="id_card")
        desk(client, official, token, verb, key=new_key())
        desk(client, official, token, "vastaa", text="Ohessa tiedot.", outcome="answered", way="post", public="")
    client.logout()
    return {"identifier": case.address, "key": str(aino.pk), "before": str(before.file_id)}


def write_letter(client: Client, case: Case) -> None:
    """A letter as its page proposes it."""
    url = reverse("letter_new", args=[case.address, "receipt", "fi"])
    form = client.get(url).context["form"]
    told = {name: form[name].value() or "" for name in ("title", "recipient", "key")} | {
        "text": "Hei",
        "type": "other",
        "publicity": "public",
    }
    answer = client.post(url, told | {"reason": "testi"})
    assert answer.status_code == 302, answer.context["form"].errors


def rewrite_letter(client: Client, case: Case, document: Document) -> None:
    """The next version of a letter, as its page proposes it."""
    url = reverse("paper_letter", args=[case.address, document.identifier])
    form = client.get(url).context["form"]
    assert client.post(url, {name: form[name].value() for name in ("title", "recipient", "text", "key", "on")}).status_code == 302


def by_the_public_forms(client: Client, registrar: Client) -> None:
    """The e-service, registered from the queue; a room and a maximum price asked for by the forms of registers."""
    matter = NewMatter("Aloite", "Hei", uuid.uuid4(), address=ADDRESS, **REACHED)
    arrival = cases.receive_matter(matter, actor=VISITOR)
    assert registrar.post(arrival.get_absolute_url(), typed(arrival)).status_code == 302
    slot = Slot(day_ahead(1), dt.time(18), dt.time(20))
    premises.ask(AskedRoom(room=made_room(), slot=slot, purpose="kokous", headcount=5, **REACHED), actor=VISITOR)
    form = {"door": "A 1", "role": "owner", "key": str(uuid.uuid4()), **REACHED}
    assert client.post(reverse("hitas-ask", args=[flat_sold_first().company.pk]), form).status_code == 302


def of_the_case(case: Case, official: User) -> None:
    """A hearing, what a party is given with its letter, a decision, a transfer."""
    party = case.parties.get(role=PartyRole.INITIATOR)
    due = timezone.localdate() + dt.timedelta(days=14)
    question = cases.Question(EnquiryKind.SUPPLEMENT, "Täydennä hakemusta.", due, Way.POST, party, "")
    cases.enquire(case, question, actor=official, key=uuid.uuid4())
    paper = made.add_document(case, made.draft("Liite", Publicity.PUBLIC), official)
    publicity.give_access(case, party, publicity.Access([paper.pk], Way.POST, "Muuta ei anneta."), actor=official, key=uuid.uuid4())
    case.refresh_from_db()
    decision = decisions.prepare(case, TEXT, routes(case), actor=official, key=uuid.uuid4())
    assert decision.pk


@cache
def _pdf(data: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))


def text_of(data: bytes) -> str:
    """What can be read in an answer: of a PDF its text, of a workbook its sheets."""
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return data.decode("utf-8", "replace")


def exits(told: dict[str, str]) -> Iterator[str]:
    """Every file, copy, draft and export that there is."""
    for file in File.objects.exclude(pk=told["before"]).select_related("document"):
        for paper in file.document.in_cases.select_related("case"):
            yield reverse("case_file", args=[paper.case.address, file.pk])
            yield reverse("paper_file", args=[paper.case.address, file.document.identifier, file.version])
    for copy in GivenCopy.objects.select_related("file__document"):
        for paper in copy.file.document.in_cases.select_related("case"):
            yield reverse("paper_copy", args=[paper.case.address, copy.file.document.identifier, copy.pk])
    for decision in Decision.objects.all():
        yield reverse("decision_preview", args=[decision.pk])
    for register, kinds in (
        ("oppisopimuskoulutus", ("trainingemployer",)),
        ("hitas", ("pricerequest",)),
        ("kasko-tilavaraus", ("booking", "customer")),
    ):
        for kind in kinds:
            yield from (f"/rekisterit/{register}/vienti/{form}/?laji={kind}" for form in ("csv", "xlsx", "json"))
    yield from (one for one in addresses(told) if re.search(r"vienti|tuloste|\.pdf|\.csv|/api/", one))


@pytest.mark.parametrize("person", PEOPLE)
def test_no_letter_copy_or_export_shows_how_a_hidden_person_is_reached(sent: dict[str, str], person: str) -> None:
    client = Client(raise_request_exception=False)
    if person != "visitor":
        client.force_login(make_user(*([] if person == "no role" else [Role(person)]), unit="kaupunginkanslia", name=f"{person} lukija"))
    leaks, read = [], 0
    for address in dict.fromkeys(exits(sent)):
        response = client.get(address)
        data = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        text = text_of(data).replace("\u00ad", "")
        read += response.status_code == 200 and NAME in text
        if HIDDEN.search(text):
            leaks.append(address)
    assert leaks == [], "\n".join(leaks)
    works = person not in {"visitor", "no role"} and "cases.read" in RIGHTS[Role(person)]
    assert (read > len(PEOPLE)) is works  # the walk met letters that name the person, where the reader may read them


def test_the_walk_would_see_what_was_written_before_the_mark(sent: dict[str, str], official: User) -> None:
    """The bytes of a letter of that time hold the address; the page of the party leads to it, and the walk can read it."""
    client = Client()
    client.force_login(official)
    file = File.objects.select_related("document").get(pk=sent["before"])
    url = reverse("case_file", args=[sent["identifier"], file.pk])
    assert HIDDEN.search(text_of(client.get(url).content).replace("\u00ad", ""))
    documents.read_file(file.pk, actor=made.MACHINE)
    page = client.get(f"/tyo/osapuolet/{sent['key']}/").content.decode()
    assert reverse("paper", args=[sent["identifier"], file.document.identifier]) in page
    assert not HIDDEN.search(page)
