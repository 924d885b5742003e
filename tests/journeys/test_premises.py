"""A day of the premises desk by keyboard: the five commonest tasks, each with the number of keys that lead to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.hand import Hand
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]
REGISTER = "/rekisterit/kasko-tilavaraus/"
TODAY = "new Date().toLocaleDateString('fi-FI')"
SENDS = {"Enter", "Control+Enter"}


def answer(person: Walker) -> None:
    """The first task: a request that told its customer number is confirmed, with its fee."""
    hand = Hand(person, REGISTER).press("1")
    hand.to_list()
    hand.press("Enter", "1")
    person.fill("Asiakasnumero", "A-000001")
    hand.press("Control+Enter")
    assert "Vahvistettu" in person.text
    assert "Näin maksu muodostuu" in person.text
    assert hand.count == 4


def book(person: Walker) -> None:
    """The second: a free time of the calendar leads to a filled form."""
    hand = Hand(person, REGISTER).press("2")
    hand.to_list()
    hand.press("Enter", "1")
    person.fill("Asiakasnumero", "A-000001").fill("Päivä", person.page.evaluate(_weekday_ahead()))
    person.fill("Alkaa", "17").fill("Päättyy", "17.30").fill("Käyttötarkoitus", "kokous").fill("Osallistujia", "5")
    hand.press("Control+Enter")
    assert "Vahvistettu" in person.text
    assert hand.count == 4


def _weekday_ahead() -> str:
    """A Monday months ahead, as the browser of the person knows the day."""
    return "(() => { const d = new Date(); d.setDate(d.getDate() + 140 + (8 - d.getDay()) % 7); return d.toLocaleDateString('fi-FI') })()"


def register(person: Walker) -> None:
    """The third: a customer whose identity was checked."""
    hand = Hand(person, REGISTER).press("3")
    hand.choose("Asiakkaan laji", "Yksityishenkilö").choose("Maksuryhmä", "Yleinen")
    person.fill("Asiakkaan nimi", "Saimi Sepitetty").fill("Vastuuhenkilön henkilötunnus", "010190-900P")
    hand.press("Control+Enter")
    assert "Saimi Sepitetty" in person.text
    assert hand.count == 2


def cancel(person: Walker) -> None:
    """The fourth: the booking that was made above is cancelled in time, so nothing is charged."""
    hand = Hand(person, REGISTER).press("4")
    hand.to_list()
    hand.press("Enter", "1")
    person.fill("Peruutus saapui", person.page.evaluate(TODAY))
    hand.press("Control+Enter")
    assert "Peruttu" in person.text
    assert "ennen käyttöä" in person.text
    assert hand.count == 4


def allocate(person: Walker) -> None:
    """The fifth: the turns of a season whose time of applying is over; every loss has its reason."""
    hand = Hand(person, REGISTER).press("5")
    hand.to_list()
    hand.press("j", "Enter", "2", "Control+Enter")
    assert "Vuorot jaettu" in person.text
    assert hand.count == 5


def test_the_five_commonest_tasks_by_keyboard(walker: Callable[..., Walker]) -> None:
    person = walker("tiina")
    for task in (answer, book, register, cancel, allocate):
        task(person)


def test_the_start_page_and_the_calendar_fit_a_telephone_and_have_no_barriers(walker: Callable[..., Walker]) -> None:
    person = walker("tiina", width=390)
    for address in ("/varaukset/paiva/", f"{REGISTER}toiminto/add_terms/", REGISTER, "/varaukset/kalenteri/"):
        person.open(address)
        assert person.sticks_out() == 0
        assert person.barriers() == []
    person.main.locator("tbody a").first.click()
    assert person.sticks_out() == 0
    assert person.barriers() == []
