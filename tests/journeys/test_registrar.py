"""The registrar's day: sixty arrivals registered on the real pages by keyboard alone, each keystroke counted."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from tests.journeys.walking import Walker

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]  # the first one waits for the whole demo city to be made

ARRIVALS, IN_ONE_DROP = 60, 20
WORDS = "tietopyyntö"
MOST_KEYS = 16
"""For one arrival: the words of the class and one press that saves. Sender, title, way, time, unit and publicity stand there already."""


class Keyboard:
    """The keyboard of a person, which counts."""

    def __init__(self, person: Walker) -> None:
        self.person, self.keys = person, 0

    def type(self, text: str) -> None:
        self.person.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, key: str) -> None:
        self.person.page.keyboard.press(key)
        self.keys += len(key.split("+"))


def message(number: int, mark: str) -> dict[str, object]:
    """A message as a file to be dropped."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Keksitty Kysyjä <kysyja{number}@esimerkki.example>", "kirjaamo@esimerkki.example"
    mail["Subject"], mail["Message-ID"] = f"Tietopyyntö {mark} numero {number}", f"<{uuid.uuid4()}@esimerkki.example>"
    mail.set_content("Pyydän tiedot uimarannan vedenlaadusta.")
    return {"name": f"{number}.eml", "mimeType": "message/rfc822", "buffer": mail.as_bytes()}


def drop(person: Walker, mark: str) -> None:
    """Drop the messages into the queue."""
    for first in range(0, ARRIVALS, IN_ONE_DROP):
        person.open("/tyo/saapuneet/")
        person.page.locator("input[type=file]").set_input_files([message(n, mark) for n in range(first, first + IN_ONE_DROP)])  # type: ignore[arg-type]
        person.press("Vie jonoon")
    assert f"{mark} numero {ARRIVALS - 1}" in person.text


def register(person: Walker, board: Keyboard) -> str:
    """Register the arrival that stands on the page; return its case identifier."""
    page, here = person.page, person.page.url
    board.type(WORDS)
    page.locator("#class-part input[name=haettu][value='tietopyyntö']").wait_for(state="attached")
    assert page.locator("#class-part input[name=luokka]:checked").get_attribute("value") == "07 01 04"
    board.press("Control+Enter")
    page.wait_for_url(lambda url: url != here)
    found = re.search(r"HEL \d{4}-\d{6}", person.text)
    assert found, person.text
    return found.group()


def test_sixty_arrivals_are_registered_by_keyboard_alone(walker: Callable[..., Walker], capsys: pytest.CaptureFixture[str]) -> None:
    person, mark = walker("kaisa"), uuid.uuid4().hex[:8]
    drop(person, mark)
    board, made = Keyboard(person), set()
    began = time.monotonic()
    person.open(_first(person, mark))
    for _number in range(ARRIVALS):
        made.add(register(person, board))
    spent = time.monotonic() - began
    with capsys.disabled():
        print(f"\n{ARRIVALS} arrivals: {board.keys} keystrokes, {board.keys / ARRIVALS:.1f} each, {spent:.0f} s")  # noqa: T201
    assert len(made) == ARRIVALS
    assert board.keys / ARRIVALS <= MOST_KEYS


def _first(person: Walker, mark: str) -> str:
    """The address of the first arrival of this journey in the queue."""
    person.open("/tyo/saapuneet/")
    row = person.main.get_by_role("row").filter(has_text=f"{mark} numero 0").get_by_role("link").first
    return str(row.get_attribute("href"))
