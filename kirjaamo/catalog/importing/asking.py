"""The part of a page on how to ask: contacts, instructions, worked examples."""

from __future__ import annotations

import re

from kirjaamo.catalog.importing import vocabulary as words
from kirjaamo.catalog.importing.blocks import Block, label_of
from kirjaamo.catalog.importing.contacts import contacts_in
from kirjaamo.catalog.importing.facts import Named, facts_of
from kirjaamo.catalog.importing.lines import Line
from kirjaamo.catalog.importing.names import base_form, sentences, tidy
from kirjaamo.catalog.importing.page import Page
from kirjaamo.catalog.importing.saying import Saying
from kirjaamo.catalog.importing.segments import segments

_REGISTER_PHRASE = re.compile(
    r"(?:tietovarannon|tuotettu|sisältyy|laadittu|tallennettu|upprättats i|ingår i|produced in|stored in)\s+"
    r"(?!.*tietovarannon\s.*rekister)(.{3,160}?(?:rekister(?:iin|issä|istä|in)|register|registret))\b",
    re.IGNORECASE,
)


class Asking(Saying):
    """Which part on asking we are in, and the worked example that was opened last."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.mode: str = ""
        self.example = ""

    def _request_para(self, block: Block) -> None:
        """Instructions for asking: contacts are typed, a line that opens a worked example opens one, the rest is kept."""
        if block.text.endswith(":") and words.is_request(block.text) and self.mode == "examples":
            name = tidy(block.text.rstrip(":"))
            self.example = self.build.entity("request_example", name, block.numbers, verbatim=block.text, own_entry=True)
            phrase = _REGISTER_PHRASE.search(block.text)
            if phrase:
                self.build.add(self.example, "register", tidy(phrase.group(1)), block.numbers)
                self.build.relate("example-register", self.example, "", base_form(tidy(phrase.group(1))), block.numbers)
            return
        if any(words.field_of(segment.label) == "interface" for segment in segments(block.lines) if segment.label):
            body = self._page_body(block.numbers)
            if body:
                self._apply(body, "interface", block.text, block.numbers, "")
            return
        self.example = ""
        self._instructions(list(block.lines), block.text, block.numbers)

    def _request_item(self, block: Block) -> None:
        label = label_of(block.text)
        field = words.field_of(label[0]) if label else None
        if not self.example or label is None:
            self._instructions([Line(block.numbers[0], block.text, links=block.links)], block.text, block.numbers)
            return
        self.build.place(block.numbers, self.example)
        if field == "systems":
            named = [Named(tidy(label[1]), base_form(tidy(label[1])))]
            self.build.add(self.example, "systems", label[1], block.numbers, label=label[0], items=(named[0].name,))
            self._systems(self.example, named, block.numbers)
        elif field in {"channel_electronic", "channel_written", "contact"}:
            self.build.add(self.example, field, label[1], block.numbers, label=label[0])
            found = contacts_in([Line(block.numbers[0], block.text, links=block.links)])
            for key in self._contacts(found, block.numbers):
                self.build.relate("example-contact", self.example, key, self.build.name_of(key), block.numbers, field)
        else:
            self._apply(self.example, field or "description", label[1], block.numbers, label[0])

    def _instructions(self, lines: list[Line], text: str, numbers: tuple[int, ...]) -> None:
        found = contacts_in(lines)
        self._contacts(found, ())
        body = self._page_body(numbers)
        if body:
            self.build.add(body, "request_instructions", text, numbers)
            self._interface_only(body, text, numbers)

    def _interface_only(self, body: str, text: str, numbers: tuple[int, ...]) -> None:
        for sentence in sentences(text):
            for fact in facts_of(sentence):
                if fact.field == "interface":
                    self._apply(body, "interface", sentence, numbers, "", fact.items)
