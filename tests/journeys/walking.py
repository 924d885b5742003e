"""A person with a browser: what they do in words, and what the browser complained of."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Locator, Page, Response

AXE = Path(__file__).with_name("vendor") / "axe-core-4.14.1.min.js"
SOFT = "\u00ad"
HARMLESS = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")
"""What a browser notes of an answer that is no page, and htmx of a part that was still on its way when the person went on."""
PARTS = frozenset({"stylesheet", "script", "image", "font", "manifest"})
"""Of what a page is made: one that is not found is a fault, while a page that is not found may be meant."""


class Walker:
    """One person's browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", self._heard)
        page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        """Keep what breaks the content policy or the script; the browser's own note of a 4xx answer is no fault."""
        if message.type == "error" and not any(one in message.text for one in HARMLESS):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        part = response.request.resource_type in PARTS
        if response.status >= 500 or (part and response.status >= 400):
            self.faults.append(f"{response.request.method} {response.url}: {response.status}")

    # What a person does -------------------------------------------------------------------------------------------------

    def open(self, address: str) -> Walker:
        self.page.goto(address)
        return self

    def sign_in(self, username: str, password: str) -> None:
        self.open("/kirjaudu/")
        self.page.get_by_label("Käyttäjätunnus").fill(username)
        self.page.get_by_label("Salasana").fill(password)
        self.main.get_by_role("button", name="Kirjaudu").click()
        self.page.wait_for_url(lambda url: "/kirjaudu/" not in url)

    def follow(self, name: str) -> Walker:
        """Follow the first link of this name in the content."""
        self.link(name).click()
        self.page.wait_for_load_state()
        return self

    def press(self, name: str) -> Walker:
        """Press the first button of this name in the content (a link that looks like one does too)."""
        self.button(name).click()
        self.page.wait_for_load_state()
        return self

    def fill(self, label: str, value: str) -> Walker:
        self.main.get_by_label(label).first.fill(value)
        return self

    # What a person sees -------------------------------------------------------------------------------------------------

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def link(self, name: str) -> Locator:
        return self.main.get_by_role("link", name=shy(name)).first

    def button(self, name: str) -> Locator:
        return self.main.get_by_role("button", name=shy(name)).or_(self.main.get_by_role("link", name=shy(name))).first

    @property
    def text(self) -> str:
        """The content of the page as read, without soft hyphens."""
        return plain(self.main.inner_text())

    @property
    def title(self) -> str:
        return plain(self.page.locator("h1").first.inner_text())

    def sticks_out(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def barriers(self) -> list[str]:
        """Return serious faults of accessibility that axe finds on the page, each with the first element it concerns."""
        self.page.wait_for_load_state()  # a page that a click led to may still be on its way
        self.page.evaluate(AXE.read_text("utf-8"))
        options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
        found: list[dict[str, Any]] = self.page.evaluate(f"axe.run(document, {json.dumps(options)}).then(result => result.violations)")
        serious = [row for row in found if row["impact"] in {"serious", "critical"}]
        return [f"{self.page.url}: {row['id']}: {row['help']}: {row['nodes'][0]['html'][:200]}" for row in serious]


def plain(text: str) -> str:
    """Text without soft hyphens and with single spaces."""
    return re.sub(r"[ \u00a0]+", " ", text.replace(SOFT, "")).strip()


def shy(name: str) -> re.Pattern[str]:
    """A pattern of a name that may hold soft hyphens anywhere."""
    return re.compile(f"{SOFT}?".join(re.escape(letter) for letter in name))
