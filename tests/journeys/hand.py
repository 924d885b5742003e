"""A hand on the keyboard: the keys that lead through a task are counted; what is typed into a field, and Tab between fields, is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.journeys.walking import Walker

SENDS = frozenset({"Enter", "Control+Enter"})
TODAY = "new Date().toLocaleDateString('fi-FI')"


class Hand:
    """Begins on the start page of a register when one is named, else on the page at hand."""

    def __init__(self, person: Walker, register: str = "") -> None:
        self.person, self.count = person, 0
        if register:
            person.open(register)

    def press(self, *keys: str) -> Hand:
        """Press keys; one that leads to another page is waited for."""
        for key in keys:
            before = self.person.page.url
            self.person.page.keyboard.press(key)
            self.count += 1
            if key in SENDS or key.isdigit():
                self.person.page.wait_for_function("before => location.href !== before", arg=before)
                self.person.page.wait_for_load_state()
        return self

    def type(self, text: str) -> Hand:
        self.person.page.keyboard.type(text)
        return self

    def choose(self, label: str, option: str) -> Hand:
        self.person.main.get_by_label(label, exact=True).select_option(label=option)
        return self

    def fill_today(self, label: str) -> Hand:
        self.person.fill(label, self.today)
        return self

    def to_list(self) -> Hand:
        """Put the focus on the first row of the list, as Tab from the list's heading does."""
        self.person.main.locator("#list tbody a, #list a.row").first.focus()
        return self

    @property
    def today(self) -> str:
        """The day as the browser of the person writes it."""
        return str(self.person.page.evaluate(TODAY))
