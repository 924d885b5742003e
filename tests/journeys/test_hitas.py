"""A day of the Hitas office by keyboard: the five commonest tasks, each with the number of keys that lead to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.hand import Hand
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]
REGISTER = "/rekisterit/hitas/"
TODAY = "new Date().toLocaleDateString('fi-FI')"
BUYER = "010190-955F"


def find(person: Walker, door: str) -> Hand:
    """From the start page to a flat."""
    return Hand(person, REGISTER).press("/").type(door).press("Enter", "j", "Enter")


def refused(hand: Hand) -> None:
    """Send the form and see it come back with what is wrong."""
    with hand.person.page.expect_navigation():
        hand.person.page.keyboard.press("Control+Enter")


def calculate(person: Walker) -> None:
    """A flat is found by its address and its maximum price computed, with every line."""
    hand = find(person, "Kuvitelmankatu 9 B 16").press("1")
    for text in (hand.today, "1500", hand.today):
        hand.type(text)
        person.page.keyboard.press("Tab")
    hand.press("Control+Enter")
    assert "Markkinahintaindeksi" in person.text
    assert "Laskelman vaiheet" in person.text
    assert hand.count == 6


def confirm(person: Walker) -> None:
    """The draft that is the first to lose its validity is confirmed, and one key leads to the next one that waits."""
    hand = Hand(person, REGISTER).press("2", "j", "Enter", "1", "Control+Enter")
    assert "Vahvistettu" in person.text
    assert hand.count == 5
    person.page.keyboard.press("n")
    person.page.wait_for_load_state()
    assert person.title.startswith("HL-")


def sell(person: Walker) -> None:
    """A sale above the maximum price is refused with its figures; within it, it is recorded. What was typed is not lost."""
    hand = find(person, "Kuvitelmankatu 9 A 4").press("2")
    for text in (hand.today, hand.today, "9000000", "0", BUYER, "Onni Ostaja"):
        hand.type(text)
        person.page.keyboard.press("Tab")
    refused(hand)
    assert "ylittää enimmäishinnan" in person.text
    person.fill("Kauppahinta", "150000")
    hand.press("Control+Enter")
    assert "150 000,00 €" in person.text
    assert hand.count == 6


def load(person: Walker) -> None:
    """A month's figure is loaded; a row without its source is named and nothing of it is stored."""
    hand = Hand(person, REGISTER).press("4")
    person.main.get_by_label("Rivit").fill("2031-01;501,5")
    refused(hand)
    assert "Rivi 1" in person.text
    person.main.get_by_label("Rivit").fill("2031-01;501,5;Keksitty lähde")
    hand.press("Control+Enter")
    assert "501,50" in person.text
    assert hand.count == 2


def preview(person: Walker) -> None:
    """The 30-year run of the quarter is previewed: each company that is due has its verdict."""
    hand = Hand(person, REGISTER).press("5")
    hand.type(hand.today)
    hand.press("Control+Enter")
    assert "Luonnos" in person.text
    assert "As Oy Helsingin Tuulimylly" in person.text
    assert hand.count == 2


def test_the_five_commonest_tasks_by_keyboard(walker: Callable[..., Walker]) -> None:
    person = walker("henna")
    for task in (calculate, confirm, sell, load, preview):
        task(person)


def test_the_start_page_fits_a_telephone_and_has_no_barriers(walker: Callable[..., Walker]) -> None:
    person = walker("henna", width=390).open(REGISTER)
    assert person.sticks_out() == 0
    assert person.barriers() == []
