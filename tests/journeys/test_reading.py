"""An information manager reads the city's three pages in, as a newcomer would, and the second reading asks for nothing more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.docs.following import ROOT
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]
PUBLISHED = ROOT / "authorities" / "helsinki" / "published"


def read(person: Walker, name: str) -> None:
    """Upload a page on the page of imports."""
    person.open("/tyo/tuonnit/")
    person.main.locator("input[type=file]").set_input_files(PUBLISHED / name)
    person.main.locator("form button[type=submit], form button:not([type])").first.click()
    person.page.wait_for_load_state()


def test_a_published_page_is_read_into_a_draft_in_which_no_line_is_lost(walker: Callable[..., Walker]) -> None:
    person = walker("iida")
    read(person, "systems.txt")
    assert "/tyo/tuonnit/" in person.page.url
    assert person.page.url.rstrip("/").rsplit("/", 1)[-1].isdigit(), person.text
    shown = person.text
    for figure in ("289", "129", "54"):
        assert figure in shown
    assert "Siirry sisältöön" in shown  # a line that was not placed is shown with its text
    assert person.barriers() == []
    assert person.sticks_out() == 0


def test_a_file_that_is_no_page_is_refused_with_what_to_do(walker: Callable[..., Walker]) -> None:
    person = walker("iida").open("/tyo/tuonnit/")
    person.main.locator("input[type=file]").set_input_files(
        {"name": "kuva.txt", "mimeType": "text/plain", "buffer": b"\x00\xff\x00\x01" * 500}
    )
    person.main.locator("form button[type=submit], form button:not([type])").first.click()
    person.page.wait_for_load_state()
    assert person.page.url.endswith("/tyo/tuonnit/")
    assert person.main.locator(".error-summary, [role=alert], .wrong").count()
