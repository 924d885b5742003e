"""One register end to end: application, decision with its PDF, card, and the request about one's own data that finds it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from kirjaamo.registers.leisure.swim_cards.demo import artificial_id
from tests.journeys.hand import Hand
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]  # the first one waits for the whole demo city to be made

MAIJA = artificial_id(random.SystemRandom()).reveal()  # of the range 900–999, and another one each time: a card lasts a year
NAME = "Maija Meikäläinen-Näyte"
REGISTER = "/rekisterit/erityisuimakortit/"


def fetched(person: Walker, link: str) -> bytes:
    """Return the bytes of what a link downloads or shows."""
    with person.page.expect_download() as download:
        person.link(link).click()
    return download.value.path().read_bytes()


def apply(clerk: Walker) -> None:
    """Register Maija's application."""
    clerk.open(REGISTER).press("Kirjaa hakemus")
    clerk.fill("Hakijan henkilötunnus", MAIJA)
    clerk.fill("Hakijan nimi", NAME)
    clerk.main.get_by_label("Esitetty todiste").select_option(label="EU:n vammaiskortti")
    clerk.fill("Todiste nähty", clerk.page.evaluate("new Date().toLocaleDateString('fi-FI')"))
    clerk.main.get_by_label("Kotikunta on tarkistettu Helsingiksi").check()
    clerk.press("Kirjaa hakemus")
    assert re.search(r"HEL \d{4}-\d{6}", clerk.title)


def identify(clerk: Walker, identifier: str) -> None:
    """Take the request and record at the counter who asks."""
    clerk.open("/tyo/tietopyynnot/").follow(identifier)
    clerk.press("Ota käsittelyyn").press("Tunnista pyytäjä")
    clerk.fill("Nimi", NAME)
    clerk.fill("Henkilötunnus", MAIJA)
    clerk.main.get_by_label("Henkilökortti tai passi asiointipisteessä").check()
    clerk.press("Merkitse tunnistetuksi")
    assert MAIJA not in clerk.page.content()


def test_from_the_application_to_the_card_and_to_ones_own_data(walker: Callable[..., Walker]) -> None:
    clerk = walker("heikki")
    apply(clerk)
    clerk.press("Päätä hakemus").press("Päätä hakemus")
    assert "Myönnetty" in clerk.text
    number = re.search(r"U-\d{6}", clerk.text)
    assert number, clerk.text
    application = clerk.page.url
    case = clerk.link(clerk.title)
    case.click()
    clerk.page.wait_for_load_state()
    decision = fetched(clerk, "card_decision.pdf")
    assert decision.startswith(b"%PDF-")
    clerk.open(application).press("Anna kortti ja päätä asia").press("Anna kortti ja päätä asia")
    assert "Käsittely päättyi" in clerk.text
    assert re.search(r"Hävitetään\s+\d+\.\d+\.\d{4}", clerk.text)

    resident = walker().open("/pyyda/tietojarjestelma/erityisuimakortit/omat-tiedot/")
    resident.press("Lähetä pyyntö")
    identifier = re.search(r"HEL \d{4}-\d{6}", resident.text)
    assert identifier, resident.text
    address = resident.main.get_by_label("Pyyntösi osoite").input_value()

    identify(clerk, identifier[0])
    clerk.press("Kokoa omien tietojen paketti").press("Kokoa paketti")
    desk = clerk.page.url
    address_of_package = clerk.link("Omien tietojen kooste").get_attribute("href") or ""
    assert fetched(clerk, "Omien tietojen kooste").startswith(b"%PDF-")
    package = clerk.page.request.get(f"{address_of_package}?v=2").text()
    assert number[0] in package
    assert "EU:n vammaiskortti" in package
    assert MAIJA not in package

    clerk.open(desk)
    clerk.main.get_by_role("link", name="Anna", exact=True).click()
    clerk.main.get_by_label("Asiointipiste").check()
    clerk.press("Anna asiakirja")
    shown = resident.open(address).text
    assert number[0] not in shown
    assert NAME not in shown


def test_a_clerk_who_types_a_wrong_code_is_told_and_loses_nothing(walker: Callable[..., Walker]) -> None:
    clerk = walker("heikki").open(REGISTER).press("Kirjaa hakemus")
    clerk.fill("Hakijan henkilötunnus", "150594Y9023")  # its check character is wrong
    clerk.fill("Hakijan nimi", NAME)
    clerk.press("Kirjaa hakemus")
    assert "tunnus" in clerk.main.locator(".error-summary, [role=alert]").first.inner_text().lower()
    assert clerk.main.get_by_label("Hakijan nimi").input_value() == NAME
    assert clerk.barriers() == []


def test_the_five_commonest_tasks_by_keyboard(walker: Callable[..., Walker]) -> None:
    """Apply, decide, hand over, find, take as a table: each by its keys, which are counted."""
    clerk = walker("heikki")
    hand = Hand(clerk, REGISTER).press("1")
    clerk.fill("Hakijan henkilötunnus", artificial_id(random.SystemRandom()).reveal()).fill("Hakijan nimi", "Saimi Sepitetty")
    clerk.main.get_by_label("Esitetty todiste").select_option(label="EU:n vammaiskortti")
    hand.fill_today("Todiste nähty")
    clerk.main.get_by_label("Kotikunta on tarkistettu Helsingiksi").check()
    hand.press("Control+Enter")
    assert re.search(r"HEL \d{4}-\d{6}", clerk.title)
    assert hand.count == 2

    hand = Hand(clerk, REGISTER).press("2").to_list().press("Enter", "1", "Control+Enter")
    assert "Myönnetty" in clerk.text
    assert hand.count == 4

    hand = Hand(clerk, REGISTER).press("3").to_list().press("Enter", "1", "Control+Enter")
    assert "Käsittely päättyi" in clerk.text
    assert hand.count == 4
    number = re.search(r"U-\d{6}", clerk.text)
    assert number, clerk.text

    hand = Hand(clerk, REGISTER).press("/").type(number[0]).press("Enter")
    assert number[0] in clerk.main.get_by_role("link", name=number[0]).first.inner_text()
    assert hand.count == 2

    hand = Hand(clerk, REGISTER).press("3")
    clerk.main.get_by_role("link", name="CSV").first.focus()
    with clerk.page.expect_download() as download:
        clerk.page.keyboard.press("Enter")
    assert b"HEL 20" in download.value.path().read_bytes()
    assert hand.count == 1
