"""A psychologist's day by keyboard: the five commonest tasks, each with the number of keys that lead to it; and what others see of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from kirjaamo.registers.education.student_welfare.demo import student
from tests.journeys.hand import Hand
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]
REGISTER = "/rekisterit/opiskeluhuolto-psykologit/"
SECRET = "Keksitty merkintä, jota kukaan muu ei näe"
CODE = student(random.Random(1), 777)[0].reveal()  # noqa: S311 - an invented student of the artificial range
NAME = "Tuuli Testinen-Näyte"


def start(person: Walker) -> Hand:
    person.open(REGISTER)
    return Hand(person)


def record_contact(person: Walker) -> str:
    """The first task; return the address of the client."""
    hand = start(person).press("1")
    hand.fill_today("Yhteydenoton päivä")
    person.fill("Opiskelijan henkilötunnus", CODE).fill("Opiskelijan nimi", NAME).fill("Koulu", "Mallilan peruskoulu")
    hand.choose("Koulutusmuoto", "Perusopetus")
    hand.choose("Kuka otti yhteyttä", "Opiskelija itse")
    hand.choose("Tapa", "Käynti")
    hand.press("Control+Enter")
    assert "Odottaa ottajaa" in person.text
    assert hand.count == 2
    return person.page.url


def take(person: Walker) -> None:
    """The second: take a waiting client."""
    hand = Hand(person).press("1")
    hand.choose("Ammattisi", "Psykologi")
    hand.press("Control+Enter")
    assert "Avoin" in person.text
    assert hand.count == 2


def write(person: Walker) -> None:
    """The fourth: write in the narrative."""
    hand = Hand(person).press("1")
    hand.fill_today("Päivä")
    hand.choose("Laji", "Keskustelu")
    person.fill("Merkintä", SECRET)
    hand.press("Control+Enter")
    assert SECRET not in person.text
    assert hand.count == 2


def record_talk(person: Walker) -> None:
    """The third: the talk was held."""
    person.main.get_by_role("link", name=re.compile(r"\d+\.\d+\.\d{4} klo")).first.click()
    assert "1287/2013 15 §" in person.page.content()
    hand = Hand(person).press("2")
    hand.fill_today("Keskustelun päivä")
    hand.press("Control+Enter")
    assert "Keskustelu on pidetty" in person.text
    assert hand.count == 2


def disclose(person: Walker) -> None:
    """The fifth: give data to the student."""
    hand = Hand(person.press("Luovuta tietoja"))
    hand.choose("Kenelle", "Opiskelija itse")
    person.fill("Saajan nimi", NAME).fill("Mitä annetaan", "kertomus")
    hand.press("Control+Enter")
    person.follow("Annettavat tiedot")
    assert SECRET in person.text
    assert person.sticks_out() == 0


def test_the_five_commonest_tasks_by_keyboard(walker: Callable[..., Walker]) -> None:
    person = walker("pekka")
    client = record_contact(person)
    for task in (take, write, record_talk, disclose):
        person.open(client)
        task(person)
    person.open(client).follow("Avaa kertomus")
    assert SECRET in person.text
    assert person.barriers() == []


def test_nobody_else_meets_the_narrative(walker: Callable[..., Walker]) -> None:
    for username in ("kaisa", "antti", "heikki", "katri"):
        person = walker(username)
        person.open(REGISTER)
        assert NAME not in person.page.content()
        assert SECRET not in person.page.content()
    assert walker("pekka").open("/opiskeluhuolto/mitoitus/").sticks_out() == 0
    lead = walker("vilma", width=390).open(REGISTER)
    assert "703/2023" in lead.text
    assert lead.sticks_out() == 0
    assert lead.barriers() == []
