"""The letters: a refusal has all its statutory content in each language, and the templates of every kind are whole."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest
from django.test import Client

from kirjaamo.documents import blobs
from kirjaamo.kernel.errors import Refused
from kirjaamo.norms.models import SecrecyGround
from kirjaamo.organisation.models import User
from kirjaamo.requests import actions, letters, sealed
from kirjaamo.requests.letter_texts import TEXTS, told
from kirjaamo.requests.models import Refusal, RefusalBasis
from kirjaamo.requests.tests.asking import request_of, send

pytestmark = pytest.mark.django_db
FACTS = letters.RefusalFacts(
    basis="secret",
    what="WHAT-1",
    reason="REASON-2",
    grounds=("JulkL-24-1-7", "JulkL-24-1-25"),
    tests={"JulkL-24-1-7": "TEST-3"},
    party="PARTY-4",
    partial_reason="PARTIAL-5",
    provisions="PROVISIONS-6",
    fee="FEE-7",
)


def squeezed(text: str) -> str:
    """A text without spaces and hyphens, since a PDF divides words at line ends."""
    return re.sub(r"[\s\-\u00ad\u2010\x02\ufffe]", "", text)


def text_of(pdf: bytes) -> str:
    """What can be read out of a PDF, squeezed; what stands at the top of each page left out."""
    pages = [page.get_textpage().get_text_range().replace("\r", "").split("\n") for page in pypdfium2.PdfDocument(pdf)]
    return squeezed(" ".join(line for lines in pages for line in lines[4:]))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_refusal_holds_all_that_the_law_asks(client: Client, handler: User, language: str) -> None:
    item = request_of(send(client, language=language))
    refusal = actions.refuse(item, FACTS, actor=handler)
    file = refusal.document.files.get()
    message = str(sealed.unseal(item.messages.get().sealed)["text"])
    pdf = blobs.read(file.sha256)
    with pikepdf.open(io.BytesIO(pdf)) as made:
        assert str(made.Root.Lang) == language
    for text in (squeezed(message), text_of(pdf)):
        for part in ("WHAT-1", "REASON-2", "TEST-3", "PARTY-4", "PARTIAL-5", "PROVISIONS-6", "FEE-7", handler.name, item.case.identifier):
            assert squeezed(part) in text, part
        for code in FACTS.grounds:
            ground = SecrecyGround.objects.get(code=code)
            assert squeezed(letters.citation(ground, language)) in text
        for key in ("decision_text", "decision_question", "basis_secret"):
            assert squeezed(told(key, language)) in text, key


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_refusal_of_own_data_points_to_the_ombudsman_and_never_to_the_court(client: Client, handler: User, language: str) -> None:
    item = request_of(send(client, word="omat-tiedot", language=language))
    actions.refuse(item, letters.RefusalFacts("excessive", "x", "y", partial_reason="z", party="p", fee="f"), actor=handler, public=False)
    message = str(sealed.unseal(item.messages.get().sealed)["text"])
    assert told("ombudsman_text", language) in message
    assert told("decision_question", language) not in message


@pytest.mark.parametrize("missing", ["what", "reason", "fee", "party", "partial_reason", "grounds"])
def test_a_refusal_without_its_content_is_refused(client: Client, handler: User, missing: str) -> None:
    item = request_of(send(client))
    facts = FACTS.as_data() | {missing: () if missing == "grounds" else "  "}
    with pytest.raises(Refused):
        actions.refuse(item, letters.RefusalFacts(**facts), actor=handler)
    assert not Refusal.objects.exists()


def test_every_text_is_written_in_three_languages_with_the_same_words_to_fill_in() -> None:
    for key, text in TEXTS.items():
        assert text.fi, key
        assert text.sv, key
        assert text.en, key
        assert len({text.fi.count("{"), text.sv.count("{"), text.en.count("{")}) == 1, key
    for basis in RefusalBasis:
        assert f"basis_{basis.value}" in TEXTS


def test_citations_read_as_people_write_them() -> None:
    ground = SecrecyGround.objects.get(code="JulkL-24-1-25")
    assert letters.citation(ground, "fi") == "JulkL 24 § 1 mom. 25 kohta"
    assert letters.citation(ground, "sv") == "OffentlighetsL 24 § 1 mom. 25 punkten"
    assert letters.citation(ground, "en") == "Openness Act, section 24(1)(25)"
    assert letters.citation(SecrecyGround.objects.get(code="661-2009-36"), "fi") == "661/2009 36 §"


def test_the_contact_person_can_be_reached(client: Client, handler: User) -> None:
    item = request_of(send(client))
    sections = dict(letters.refusal_sections(item, FACTS, handler))
    lines = sections[told("contact", "fi")].splitlines()
    assert lines[0] == handler.name
    assert any("@" in line or line.startswith(("https://", "+358", "09", "PL ")) for line in lines[1:]), lines
