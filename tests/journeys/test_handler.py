"""A handler's case from the worklist to the decision, its service and the end of the case, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.walking import Walker, plain

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]  # the first one waits for the whole demo city to be made
MOST_TABS = 120
FOCUSED = "(() => { const e = document.activeElement; return e.innerText || e.getAttribute('aria-label') || (e.labels && e.labels[0] && e.labels[0].innerText) || e.name || ''; })()"  # noqa: E501
IN_MAIN = "document.querySelector('main').contains(document.activeElement)"


def go(person: Walker, words: str) -> Walker:
    """Press Tab until the focus in the content is on what begins with the words; fail when it never comes there."""
    for _step in range(MOST_TABS):
        person.page.keyboard.press("Tab")
        if person.page.evaluate(IN_MAIN) and plain(person.page.evaluate(FOCUSED)).strip().startswith(words):
            return person
    message = f"No way to {words!r} by keyboard on {person.page.url}"
    raise AssertionError(message)


def enter(person: Walker, words: str) -> Walker:
    """Go to a link or a button by keyboard and use it."""
    go(person, words)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    person.page.wait_for_load_state()
    return person


def write(person: Walker, label: str, text: str) -> Walker:
    """Go to a field by keyboard and write in it."""
    go(person, label)
    person.page.keyboard.press("ControlOrMeta+a")
    person.page.keyboard.type(text)
    return person


def test_from_the_worklist_to_the_decision_and_the_end_by_keyboard(walker: Callable[..., Walker]) -> None:
    person = walker("paula")
    person.open("/tyo/lista/odottavat/")
    first = plain(person.main.locator("ul.rows a").first.inner_text())
    enter(person, first)
    enter(person, "Ota käsittelyyn")
    enter(person, "Ota käsittelyyn")
    assert "Asia on nyt sinulla" in person.text
    case = person.page.url
    enter(person, "Valmistele päätös")
    write(person, "Päätös", "Esitys hyväksytään.")
    write(person, "Perustelut", "Esitys täyttää edellytykset.")
    write(person, "Sovelletut säännökset", "Hallintolaki 434/2003 44–45 §")
    write(person, "Toimivalta", "Hallintosääntö 5 luku 2 §")
    enter(person, "Tallenna luonnos")
    enter(person, "Tee päätös")
    enter(person, "Tee päätös")
    assert "Ei vielä annettu tiedoksi" in person.text
    enter(person, "Anna tiedoksi")
    enter(person, "Kirjaa tiedoksianto")
    assert "lainvoima aikaisintaan" in person.text
    enter(person, "Asian sivulle")
    assert person.page.url.split("#")[0] == case.split("#")[0]
    assert "Ratkaistu" in person.text
    while person.button("Merkitse tehdyksi").count():
        enter(person, "Merkitse tehdyksi")
        write(person, "Mitä tehtiin", "Tarkistettu.")
        enter(person, "Merkitse tehdyksi")
    enter(person, "Päätä asia")
    enter(person, "Päätä asia")
    assert "Asian käsittely on päättynyt" in person.text
    enter(person, "Avaa uudelleen")
