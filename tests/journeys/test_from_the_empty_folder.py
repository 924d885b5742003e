"""From the empty folder to the fetched answer: a resident asks, an official searches, gives and answers, the resident fetches."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from tests.journeys.walking import Walker, plain

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]  # the first one waits for the whole demo city to be made

IDENTIFIER = re.compile(r"HEL \d{4}-\d{6}")
WHAT = "Mitä asiakirjaa tai tietoa pyydät?"
ENTRY = "/kuvaus/tietojarjestelmat/erityisuimakortit/"
ASK = "/pyyda/tietojarjestelma/erityisuimakortit/asiakirja/"


def a_pdf() -> bytes:
    """Return a PDF of one empty page."""
    with pikepdf.new() as pdf, BytesIO() as out:
        pdf.add_blank_page()
        pdf.save(out)
        return out.getvalue()


def asked(resident: Walker) -> tuple[str, str]:
    """Return the case identifier and the address that the resident got."""
    assert "/lahetetty/" in resident.page.url
    found = IDENTIFIER.search(resident.text)
    assert found, resident.text
    return found[0], resident.main.get_by_label("Pyyntösi osoite").input_value()


def search(official: Walker, item: str) -> None:
    """Run a key on the home register from the request, and see that the request knows of it."""
    official.press("Hae: Erityisuimakorttirekisteri")
    official.fill("Kortin numero", "U-000020")
    official.press("Hae")
    assert "U-000020" in official.text
    assert "Osumia 1" in official.open(item).text


def add_and_give(official: Walker) -> None:
    """Add a public document and give it through the address of the request."""
    official.press("Lisää asiakirja")
    official.main.get_by_label("Tiedosto").set_input_files({"name": "luvut.pdf", "mimeType": "application/pdf", "buffer": a_pdf()})
    official.fill("Asiakirjan nimi", "Myönnetyt kortit lukuina")
    official.main.get_by_label("Julkinen", exact=True).check()
    official.main.get_by_label("Ei sisällä henkilötietoja").check()
    official.fill("Miksi julkisuus on tämä", "Vain lukumääriä")
    official.press("Lisää asiakirja")
    official.main.get_by_role("link", name="Anna", exact=True).click()
    official.main.get_by_role("radio").first.check()
    official.press("Anna asiakirja")


def answer(official: Walker) -> None:
    """Answer and end the request."""
    official.press("Vastaa ja päätä")
    official.main.get_by_role("radio").first.check()
    official.fill("Vastaus", "Luvut ovat liitteenä. Haimme ne rekisteristä kortin numerolla.")
    official.press("Lähetä vastaus")
    assert "Pyyntöön on vastattu" in official.text


def test_a_resident_finds_a_system_by_an_inflected_word_and_reads_what_is_told_of_it(walker: Callable[..., Walker]) -> None:
    resident = walker().open("/")
    resident.page.get_by_label("Mitä tietoa etsit?").fill("rakennuslupien")
    resident.page.keyboard.press("Enter")
    resident.page.wait_for_url("**/kuvaus/?q=*")
    resident.follow("Rakennuslupien käsittelyjärjestelmä")
    assert resident.title == "Rakennuslupien käsittelyjärjestelmä"
    for heading in ("Saako tiedon?", "Millä tiedon löytää", "Mistä pyydät"):
        assert heading in resident.text
    assert "Päättää tiedon antamisesta" in resident.text


def test_from_a_question_to_the_fetched_answer(walker: Callable[..., Walker]) -> None:
    resident = walker().open(ENTRY)
    assert "Salassa pidettävä" in resident.text
    resident.press("Pyydä tietoa").follow("Asiakirja tai tieto asiakirjasta")
    resident.fill(WHAT, "Montako erityisuimakorttia on myönnetty tänä vuonna?")
    resident.press("Lähetä pyyntö")
    identifier, address = asked(resident)
    assert "Vastaus viimeistään" in resident.text

    official = walker("heikki").open("/tyo/tietopyynnot/")
    assert identifier in official.text
    official.follow(identifier)
    assert "Montako erityisuimakorttia" in official.text
    assert "Nimetön" in official.text
    official.press("Ota käsittelyyn")
    item = official.page.url
    search(official, item)
    add_and_give(official)
    answer(official)

    resident.open(address)
    assert identifier in resident.text
    assert "Luvut ovat liitteenä" in resident.text
    with resident.page.expect_download() as download:
        resident.link("Myönnetyt kortit lukuina").click()
    assert download.value.path().read_bytes() == a_pdf_as_given(download.value.path().read_bytes())
    assert "Noudettu" in official.open(item).text


def a_pdf_as_given(data: bytes) -> bytes:
    """Check that what was fetched is a PDF of one page, and return it."""
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
    return data


def test_a_request_is_sent_by_keyboard_alone(walker: Callable[..., Walker]) -> None:
    resident = walker().open(ASK)
    keys = resident.page.keyboard
    for _press in range(60):
        keys.press("Tab")
        if resident.page.evaluate("document.activeElement.name || ''") == "what":
            break
    keys.type("Haluan ohjeen, jonka mukaan erityisuimakortti myönnetään.")
    keys.press("Control+Enter")
    resident.page.wait_for_url("**/lahetetty/")
    assert IDENTIFIER.search(resident.text)


def test_a_request_is_sent_and_followed_without_script(walker: Callable[..., Walker]) -> None:
    resident = walker(script=False, width=390).open(ASK)
    resident.fill(WHAT, "Haluan ohjeen, jonka mukaan erityisuimakortti myönnetään.")
    resident.press("Lähetä pyyntö")
    identifier, address = asked(resident)
    assert identifier in resident.open(address).text


def test_an_empty_form_names_the_field_the_reason_and_the_remedy_and_keeps_what_was_typed(walker: Callable[..., Walker]) -> None:
    resident = walker(width=390).open(ASK)
    resident.fill("Nimi", "Näyte 🦊 \u202eesiN")
    resident.press("Lähetä pyyntö")
    assert "/lahetetty/" not in resident.page.url
    assert "Kerro, mitä pyydät" in resident.text
    assert resident.main.get_by_label("Nimi").first.input_value().startswith("Näyte 🦊")
    assert resident.sticks_out() == 0
    assert resident.barriers() == []


def test_the_same_form_sent_twice_makes_one_request(walker: Callable[..., Walker]) -> None:
    resident = walker().open(ASK)
    resident.fill(WHAT, "Haluan saman ohjeen kerran.")
    with resident.page.expect_request(lambda request: request.method == "POST") as sent:
        resident.press("Lähetä pyyntö")
    first, _address = asked(resident)
    headers = {"Content-Type": sent.value.headers["content-type"], "Referer": sent.value.url}
    again = resident.page.request.post(sent.value.url, data=sent.value.post_data or "", headers=headers)
    assert first in again.text()
    assert "/lahetetty/" in again.url


@pytest.mark.parametrize("token", ["x" * 32, "x", "%F0%9F%A6%8A", "A" * 500])
def test_a_guessed_address_says_the_same_whatever_is_guessed(walker: Callable[..., Walker], token: str) -> None:
    resident = walker()
    answer = resident.page.goto(f"/pyynto/{token}/")
    assert answer is not None
    assert answer.status == 404
    assert plain(resident.page.locator("body").inner_text())


def test_what_another_authority_controls_gives_a_route_card_instead_of_a_form(walker: Callable[..., Walker]) -> None:
    resident = walker().open("/pyyda/tietojarjestelma/varda/")
    assert not resident.main.get_by_role("button", name="Lähetä pyyntö").count()
    assert "VARDA" in resident.text
    resident.open("/pyyda/tietojarjestelma/varda/asiakirja/")
    assert not resident.main.get_by_role("button", name="Lähetä pyyntö").count()


def test_a_request_about_a_system_kept_elsewhere_is_a_task_by_hand(walker: Callable[..., Walker]) -> None:
    resident = walker().open("/pyyda/tietojarjestelma/rakennusluvat/asiakirja/")
    resident.fill(WHAT, "Haluan rakennusluvan piirustukset osoitteesta Esimerkkikatu 1.")
    resident.press("Lähetä pyyntö")
    identifier, _address = asked(resident)
    official = walker("henna").open("/tyo/tietopyynnot/")
    official.follow(identifier)
    official.press("Ota käsittelyyn")
    official.press("Kirjaa haun tulos")
    official.fill("Millä hakutekijöillä haettiin", "osoite")
    official.fill("Montako osumaa löytyi", "2")
    official.press("Kirjaa tulos")
    assert "Osumia 2" in official.text
