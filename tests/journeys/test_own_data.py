"""A resident asks for everything held of her: tasks to the units that hold it, one package of several registers, given; and who looked."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

import pytest

from kirjaamo.registers.education.student_welfare.demo import student
from kirjaamo.requests.demo import PERSON
from tests.journeys.walking import Walker, plain

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]
CODE, NAME = PERSON
CHILD = student(random.Random(2), 778)[0].reveal()  # noqa: S311 - an invented student of the artificial range
CHILD_NAME, SECRET = "Taavi Testinen-Näyte", "Keksitty merkintä, jota huoltaja ei saa tästä"
SYSTEM = "/pyyda/tietojarjestelma/erityisuimakortit"
HOLDERS = {
    "Erityisuimakorttirekisteri": "Kulttuurin ja vapaa-ajan toimiala",
    "Oppisopimuskoulutuksen tietojärjestelmä": "Stadin ammatti- ja aikuisopisto",
    "Psykologien potilasrekisteri": "Kasvatuksen ja koulutuksen toimiala",
}


def take_her_child(person: Walker) -> None:
    """The psychologist takes a contact about the child whose guardian she is, and writes in the narrative."""
    person.open("/rekisterit/opiskeluhuolto-psykologit/").press("Kirjaa yhteydenotto psykologille")
    person.fill("Yhteydenoton päivä", person.page.evaluate("new Date().toLocaleDateString('fi-FI')"))
    person.fill("Opiskelijan henkilötunnus", CHILD).fill("Opiskelijan nimi", CHILD_NAME).fill("Koulu", "Mallilan peruskoulu")
    person.fill("Huoltajan henkilötunnus", CODE).fill("Huoltajan nimi", NAME)
    for label, option in (
        ("Koulutusmuoto", "Perusopetus"),
        ("Kuka otti yhteyttä", "Opiskelija itse"),
        ("Tapa", "Käynti"),
    ):
        person.main.get_by_label(label, exact=True).select_option(label=option)
    person.main.get_by_label("Otan asiakkaaksi heti").check()
    person.press("Kirjaa yhteydenotto psykologille").press("Kirjaa kertomukseen")
    person.fill("Päivä", person.page.evaluate("new Date().toLocaleDateString('fi-FI')")).fill("Merkintä", SECRET)
    person.main.get_by_label("Laji", exact=True).select_option(label="Keskustelu")
    person.press("Kirjaa kertomukseen")


def ask(resident: Walker, word: str) -> tuple[str, str]:
    """Send a request of a kind; return its case and its address."""
    resident.open(f"{SYSTEM}/{word}/").press("Lähetä pyyntö")
    identifier = re.search(r"HEL \d{4}-\d{6}", resident.text)
    assert identifier, resident.text
    return identifier[0], resident.main.get_by_label("Pyyntösi osoite").input_value()


def identify(official: Walker, identifier: str) -> str:
    """Take the request and record who asks; return its address at the desk."""
    official.open("/tyo/tietopyynnot/").follow(identifier)
    official.press("Ota käsittelyyn").press("Tunnista pyytäjä")
    official.fill("Nimi", NAME).fill("Henkilötunnus", CODE)
    official.main.get_by_label("Henkilökortti tai passi asiointipisteessä").check()
    official.press("Merkitse tunnistetuksi")
    return official.page.url


def searches(official: Walker) -> dict[str, list[str]]:
    """The searches of the request on its page: unit, keys and result, by what is searched."""
    found = {}
    for row in official.main.locator("table", has_text="Hakutekijät").locator("tbody tr").all():
        cells = [plain(cell.inner_text()) for cell in row.locator("td, th").all()]
        name, _break, unit = cells[0].partition("\n")
        found[name.strip()] = [unit.strip(), *cells[1:]]
    return found


def built(official: Walker, title: str) -> Any:
    """The JSON file of the document of a title."""
    address = official.link(title).get_attribute("href") or ""
    return json.loads(official.page.request.get(f"{address}?v=2").text())


def give_and_answer(official: Walker, desk: str) -> None:
    """Give the document at the counter, answer, and so end the request."""
    official.open(desk).main.get_by_role("link", name="Anna", exact=True).click()
    official.main.get_by_label("Asiointipiste").check()
    official.press("Anna asiakirja")
    official.open(desk).press("Vastaa ja päätä")
    official.main.get_by_label("Annettu", exact=True).check()
    official.main.locator("textarea").first.fill("Tietosi on annettu asiointipisteessä.")
    official.press("Lähetä vastaus")
    assert "Pyyntöön on vastattu" in official.text


def test_own_data_is_answered_from_three_registers_and_the_log_tells_who_looked(walker: Callable[..., Walker]) -> None:
    take_her_child(walker("pekka"))
    resident, official = walker(), walker("heikki")
    identifier, address = ask(resident, "omat-tiedot")
    desk = identify(official, identifier)

    waiting = searches(official)
    for register, unit in HOLDERS.items():
        assert waiting[register][0] == unit
        assert waiting[register][2].startswith("Hakematta")
    assert {waiting[name][1] for name in HOLDERS if name != "Erityisuimakorttirekisteri"} == {"Tunnistettu henkilö"}

    official.press("Kokoa omien tietojen paketti").press("Kokoa paketti")
    told = {one["title"]["fi"]: one["records"] for one in built(official, "Omien tietojen kooste")["registers"]}
    assert [name for name in HOLDERS if told[name]] == list(HOLDERS)
    assert all(searches(official.open(desk))[name][2].startswith("Osumia") for name in HOLDERS)
    whole = json.dumps(told, ensure_ascii=False)
    assert SECRET not in whole
    assert CHILD not in whole
    assert CODE not in whole
    assert CHILD_NAME in whole  # she is told that she is the child's guardian there, and nothing of the narrative
    assert official.sticks_out() == 0
    assert official.barriers() == []

    give_and_answer(official, desk)
    shown = resident.open(address).text
    assert "Annettu" in shown
    assert "muulla tavalla" in shown  # what is not public is never behind the open address
    assert CHILD_NAME not in shown

    identifier, _address = ask(resident, "lokitiedot")
    desk = identify(official, identifier)
    official.press("Kokoa tietojen katsomiset")
    official.main.get_by_role("button", name=re.compile("Kokoa")).click()
    official.page.wait_for_load_state()
    uses = built(official, "Tietojen katsomiset")["uses"]
    assert {use["where"] for use in uses} >= set(HOLDERS)
    assert not [use for use in uses if "who" in use]
    assert all(use["at"] and use["purpose"] for use in uses)  # the data subject is told when and for what
    give_and_answer(official, desk)
