"""The public: a matter is sent without an account, its case is found and read with a secret row masked, a document asked for and got."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest

from tests.journeys.walking import Walker

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]  # the first one waits for the whole demo city to be made
TODAY = "new Date().toLocaleDateString('fi-FI')"
LETTER = {"name": "suunnitelma.txt", "mimeType": "text/plain", "buffer": b"Penkkien paikat"}


def send_matter(resident: Walker, subject: str) -> str:
    """Start a matter by the e-service, without script; return the address of the receipt."""
    resident.open("/asioi/").press("Aloita asia")
    resident.fill("Mitä asia koskee?", subject).fill("Kerro asiasta", "Rannalle tarvitaan penkkejä.").fill("Nimi", "Aino Esimerkki")
    resident.main.locator("input[type=file]").set_input_files(LETTER)  # type: ignore[arg-type]
    resident.press("Lähetä")
    assert "ainakin yksi tapa tavoittaa" in resident.text
    resident.fill("Sähköposti", "aino@esimerkki.example")
    resident.main.locator("input[type=file]").set_input_files(LETTER)  # type: ignore[arg-type]
    resident.press("Lähetä")
    assert "vastaanotettu" in resident.title
    return str(resident.main.get_by_label("Lähetyksesi osoite").input_value())


def register(clerk: Walker, subject: str) -> str:
    """The registrar finds it in the queue by its channel and registers it as public; return the case identifier."""
    clerk.open("/tyo/saapuneet/")
    row = clerk.main.locator("tr", has_text=subject)
    assert "Sähköinen asiointi" in row.inner_text()
    row.get_by_role("link").first.click()
    clerk.page.wait_for_load_state()
    clerk.main.locator("input[name=haku]").fill("12 04 01")
    clerk.page.locator("#class-part input[name=luokka]:checked").wait_for(state="attached")
    clerk.main.locator("select[name=unit]").select_option(label="Kulttuurin ja vapaa-ajan toimiala")
    clerk.main.locator("select[name=publicity]").select_option("public")
    reason = clerk.main.locator("input[name=reason]")
    if reason.count():
        if not reason.is_visible():
            clerk.main.locator("details:has(input[name=reason]) summary").click()
        reason.fill("Aloite on julkinen.")
    with clerk.page.expect_navigation():  # the form itself may name a case that is alike
        clerk.page.keyboard.press("Control+Enter")
    found = re.search(r"HEL \d{4}-\d{6}", clerk.text)
    assert found, clerk.text
    return found.group()


def add_secret(handler: Walker, identifier: str) -> None:
    """The handler adds a secret document to the case."""
    handler.open(f"/tyo/asiat/{identifier.replace(' ', '-')}/asiakirja/")
    if handler.main.locator("select[name=type]").count():
        handler.main.locator("select[name=type]").select_option("other")
    handler.fill("Asiakirjan nimi", "Salainen terveystieto")
    handler.main.locator("input[type=file]").set_input_files({"name": "tieto.txt", "mimeType": "text/plain", "buffer": b"Salaisuus"})
    handler.main.locator("input[name=direction][value=incoming]").check()
    handler.main.locator("select[name=way]").select_option("post")
    handler.fill("Lähettäjä", "Testi Lähettäjä").fill("Saapumispäivä", handler.page.evaluate(TODAY)).fill("Kellonaika", "0.01")
    handler.main.locator("select[name=publicity]").select_option("secret")
    handler.main.locator("[name=ground]").first.select_option("JulkL-24-1-25")
    handler.press("Lisää asiakirja")
    assert "Asiakirja on lisätty" in handler.text


def answer(official: Walker, identifier: str) -> None:
    """The official searches, adds the public document, gives it for the address and answers."""
    official.open("/tyo/tietopyynnot/").follow(identifier).press("Ota käsittelyyn")
    desk = official.page.url
    official.open(f"{desk}haku/{search_of(official)}/").fill("Kortin numero", "U-000000").press("Hae")
    official.open(f"{desk}asiakirja/")
    official.main.locator("input[type=file]").set_input_files(LETTER)  # type: ignore[arg-type]
    official.fill("Asiakirjan nimi", "Aloite kokonaan")
    official.main.locator("input[name=publicity][value=public]").check()
    official.main.locator("input[name=personal][value=none]").check()
    official.fill("Miksi julkisuus on tämä", "Aloite on julkinen.").press("Lisää asiakirja")
    official.open(desk).main.get_by_role("link", name="Anna", exact=True).click()
    official.main.locator("input[name=way][value=e_service]").check()
    official.press("Anna asiakirja")
    official.open(desk).press("Vastaa ja päätä")
    official.main.get_by_label("Annettu", exact=True).check()
    official.main.locator("textarea").first.fill("Annamme aloitteen.")
    official.press("Lähetä vastaus")
    assert "Pyyntöön on vastattu" in official.text


def search_of(official: Walker) -> str:
    """The number of the search that waits on the page of a request."""
    address = official.main.locator("a[href*='/haku/']").first.get_attribute("href") or ""
    return address.rstrip("/").rsplit("/", 1)[-1]


def test_the_public_reads_a_case_with_a_masked_row_asks_for_a_document_and_gets_it(walker: Callable[..., Walker]) -> None:
    subject = f"Penkit rannalle {uuid.uuid4().hex[:6]}"
    resident = walker(script=False)
    receipt = send_matter(resident, subject)
    assert "Odottaa kirjaamista" in resident.open(receipt).text
    identifier = register(walker("kaisa"), subject)
    add_secret(walker("heikki"), identifier)

    reader = walker(width=390)
    reader.open("/asiat/").fill("Asiatunnus tai sanoja", identifier).press("Hae")
    assert identifier in reader.text
    assert "Asiakirja, jota ei näytetä" in reader.text
    assert "Salainen terveystieto" not in reader.text
    assert (reader.barriers(), reader.sticks_out()) == ([], 0)
    followed = resident.open(receipt).text
    assert "Kirjattu asiaksi" in followed
    assert identifier in followed
    assert "Penkit" not in followed

    reader.open("/pyyda/tietojarjestelma/erityisuimakortit/asiakirja/").fill("Mitä", f"Pyydän asian {identifier} aloitteen.")
    reader.press("Lähetä pyyntö")
    asked = re.search(r"HEL \d{4}-\d{6}", reader.text)
    assert asked, reader.text
    address = reader.main.get_by_label("Pyyntösi osoite").input_value()
    answer(walker("heikki"), asked.group())
    shown = reader.open(address)
    assert "Aloite kokonaan" in shown.text
    assert "Annamme aloitteen." in shown.text
    assert (shown.barriers(), shown.sticks_out()) == ([], 0)
    with shown.page.expect_download() as download:
        shown.link("Aloite kokonaan").click()
    assert download.value.path().read_bytes() == LETTER["buffer"]
