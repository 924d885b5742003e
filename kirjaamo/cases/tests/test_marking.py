"""What the authority itself writes bears the marking of secrecy, with its ground, when it is secret (JulkL 621/1999 § 25)."""

from __future__ import annotations

import datetime as dt
import uuid

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import Case, EnquiryKind, PartyRole
from kirjaamo.cases.tests import made
from kirjaamo.decisions import actions as decisions
from kirjaamo.decisions.tests.test_decisions import TEXT, routes
from kirjaamo.documents import blobs
from kirjaamo.documents.marking import marking
from kirjaamo.documents.models import Document, Way
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.subjects.actions import add_subject
from kirjaamo.testing import make_user
from kirjaamo.values.publicity import Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
SECRET = "05 02 08"
WORD, GROUND = "SALASSA PIDETTÄVÄ", "24 §"


@pytest.fixture
def official() -> User:
    return make_user(Role.DECIDER, name="päättäjä")


def opened(*, secret: bool) -> Case:
    parties = [NewParty(PartyRole.INITIATOR, add_subject("Aino Esimerkki", actor=made.MACHINE))]
    if not secret:
        return made.open_case(parties=parties)
    return made.open_case(SECRET, title="Elatusapu", public_title="", publicity=Publicity.SECRET, parties=parties, stage=None)


def pages(document: Document) -> list[str]:
    """What each page of the newest version says."""
    data = blobs.read(document.files.order_by("-version")[0].sha256)
    return [page.get_textpage().get_text_bounded().replace("\u00ad", "") for page in pypdfium2.PdfDocument(data)]


def hearing(case: Case, official: User) -> Document:
    due = timezone.localdate() + dt.timedelta(days=14)
    question = actions.Question(EnquiryKind.CLARIFICATION, "Kerro asiasta. " * 400, due, Way.POST, case.parties.get(), "")
    enquiry = actions.enquire(case, question, actor=official, key=uuid.uuid4())
    assert enquiry is not None
    assert enquiry.letter is not None
    return enquiry.letter


def test_a_letter_of_a_secret_case_is_marked_on_every_page_and_one_of_a_public_case_is_not(official: User) -> None:
    told = pages(hearing(opened(secret=True), official))
    assert len(told) > 1
    assert all(WORD in page for page in told)
    assert GROUND in told[0]
    assert not any(WORD in page for page in pages(hearing(opened(secret=False), official)))


def test_a_decision_and_a_letter_from_a_pattern_are_marked(official: User) -> None:
    case = opened(secret=True)
    decision = decisions.prepare(case, TEXT, routes(case), actor=official, key=uuid.uuid4())
    client = Client()
    client.force_login(official)
    draft = client.get(reverse("decision_preview", args=[decision.pk])).content
    assert WORD in pypdfium2.PdfDocument(draft)[0].get_textpage().get_text_bounded()
    made_decision = decisions.decide(decision, actor=official, version=decision.version)
    assert made_decision.document is not None
    assert WORD in pages(made_decision.document)[0]
    told = {"title": "Vastaus", "recipient": "", "text": "Hei", "type": "other", "publicity": "secret", "ground": "JulkL-24-1-32"}
    other = opened(secret=True)
    url = reverse("letter_new", args=[other.address, "receipt", "fi"])
    assert client.post(url, told | {"reason": "testi", "key": str(uuid.uuid4())}).status_code == 302
    assert WORD in pages(other.case_documents.get().document)[0]


@pytest.mark.parametrize(
    ("publicity", "language", "lines"),
    [
        (Publicity.PUBLIC, "fi", ()),
        (Publicity.NOT_YET_PUBLIC, "fi", ()),
        (Publicity.SECRET, "fi", (WORD, "Koko asiakirja: JulkL 24 § 1 mom. 25 kohta")),
        (Publicity.PARTLY_SECRET, "sv", ("SEKRETESSBELAGD", "En del av handlingen: OffentlighetsL 24 § 1 mom. 25 punkten")),
    ],
)
def test_the_marking_says_which_part_and_on_which_ground(publicity: Publicity, language: str, lines: tuple[str, ...]) -> None:
    assert marking(publicity, ["JulkL-24-1-25"], language) == lines
