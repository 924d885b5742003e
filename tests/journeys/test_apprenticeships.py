"""A day of the apprenticeship office by keyboard: the five commonest tasks, each with the number of keys that lead to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.hand import Hand
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]
REGISTER = "/rekisterit/oppisopimuskoulutus/"


def confirm(person: Walker) -> None:
    """The first task: a draft becomes a contract in force."""
    hand = Hand(person, REGISTER).press("1")
    hand.to_list()
    hand.press("Enter", "1", "Control+Enter")
    assert "Vahvistettu" in person.text
    assert hand.count == 4


def compute_month(person: Walker) -> None:
    """The third: the compensation of the last month."""
    hand = Hand(person, REGISTER).press("3")
    last = "const d = new Date(); d.setDate(0); return d.toLocaleDateString('fi-FI')"
    person.fill("Jokin kuukauden päivä", person.page.evaluate(f"(() => {{ {last} }})()"))
    hand.press("Control+Enter")
    assert "Korvausmaksu" in person.text
    assert "Korvaus yhteensä" in person.text
    assert hand.count == 2


def grant(person: Walker) -> None:
    """The fourth: benefits are granted, with each part as a line."""
    hand = Hand(person, REGISTER).press("4")
    hand.to_list()
    hand.press("Enter", "1", "Control+Enter")
    assert "Vahvistettu" in person.text
    assert "Perheavustus" in person.text
    assert hand.count == 4


def notify(person: Walker) -> None:
    """The fifth: somebody was told of an ending."""
    hand = Hand(person, REGISTER)
    person.main.get_by_role("link", name="Maksatus, O-").first.focus()
    hand.press("Enter", "1")
    person.fill("Ilmoitettu", person.page.evaluate("new Date().toLocaleDateString('fi-FI')"))
    hand.press("Control+Enter")
    assert hand.count == 3


def test_the_commonest_tasks_by_keyboard(walker: Callable[..., Walker]) -> None:
    person = walker("olli")
    for task in (confirm, compute_month, grant, notify):
        task(person)
    drafts = Hand(person, REGISTER).press("2")
    assert drafts.count == 1
    assert "Opiskeluoikeudet" in person.text


def test_the_start_page_fits_a_telephone_and_has_no_barriers(walker: Callable[..., Walker]) -> None:
    person = walker("olli", width=390).open(REGISTER)
    assert person.sticks_out() == 0
    assert person.barriers() == []
