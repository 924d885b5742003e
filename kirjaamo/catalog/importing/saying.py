"""Saying things of entities: one field of one entity, its relations, and what a sentence states."""

from __future__ import annotations

from typing import Final

from kirjaamo.catalog.importing import vocabulary as words
from kirjaamo.catalog.importing.blocks import to_blocks
from kirjaamo.catalog.importing.building import Builder
from kirjaamo.catalog.importing.contacts import Contact
from kirjaamo.catalog.importing.facts import Named, class_code, datasets_in, facts_of, interface_state, keys_in, owners_of, systems_in
from kirjaamo.catalog.importing.names import sentences, split_things, tidy
from kirjaamo.catalog.importing.page import Page
from kirjaamo.catalog.importing.segments import Segment
from kirjaamo.catalog.importing.units import authority_name
from kirjaamo.catalog.importing.vocabulary import FieldName

SHORT: Final = {"request_example": "example"}


class Saying:
    """The page, what was collected of it, and the body whose page it is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.build = Builder(page)
        self.blocks = to_blocks(page.lines)
        self.evidence = any(words.EVIDENCE.search(block.text) for block in self.blocks)
        self.title = ""
        self.body = ""
        self.at = 0

    def _statements(self, subject: str, text: str, numbers: tuple[int, ...]) -> bool:
        """Apply what the sentences state; True when every sentence was a statement."""
        whole = bool(text)
        for sentence in sentences(text):
            facts = facts_of(sentence)
            whole = whole and bool(facts)
            for fact in facts:
                whom = subject or self._page_body(numbers)
                if not whom:
                    continue
                if fact.field == "systems":
                    self._systems(whom, list(fact.named), numbers)
                    self.build.add(whom, "systems", sentence, numbers, items=fact.items)
                elif fact.field == "registers":
                    for name in fact.items:
                        self._register(whom, name, numbers)
                elif fact.field == "feeds":
                    self.build.relate(f"{self._short(whom)}-feeds", whom, "", fact.items[0], numbers)
                    whole = False
                else:
                    self._apply(whom, fact.field, sentence, numbers, "", fact.items)
        return whole

    def _feeds(self, subject: str, segment: Segment) -> None:
        for fact in facts_of(segment.text):
            if fact.field == "feeds":
                self.build.relate(f"{self._short(subject)}-feeds", subject, "", fact.items[0], segment.numbers)

    def _apply(self, subject: str, field: FieldName, value: str, numbers: tuple[int, ...], label: str, items: tuple[str, ...] = ()) -> None:  # noqa: C901 - one branch for each field
        """Say a labelled value, or a statement, of an entity."""
        if field == "systems":
            named = systems_in(value, listed=True)
            self.build.add(subject, field, value, numbers, label=label, items=[one.name for one in named])
            self._systems(subject, named, numbers)
        elif field == "keys":
            keys = items or keys_in(value, listed=True)
            self.build.add(subject, field, value, numbers, label=label, items=keys)
            for key in keys:
                self.build.relate(f"{self._short(subject)}-key", subject, "", key, numbers)
        elif field == "interface":
            self.build.add(subject, field, value, numbers, label=label, items=items or (interface_state(value),))
        elif field == "owner":
            self._owner(subject, value, numbers, label, items)
        elif field == "registers":
            for name in split_things(value):
                self._register(subject, name, numbers)
        elif field == "datasets":
            self.build.add(subject, field, value, numbers, label=label, items=datasets_in(value))
        elif field == "classes":
            coded = class_code(value)
            if coded:
                self._class(subject, coded, numbers)
            else:
                self.build.add(subject, field, value, numbers, label=label)
        else:
            things = split_things(value) if field == "content" else ()
            self.build.add(subject, field, value, numbers, label=label, items=things)

    def _short(self, key: str) -> str:
        kind = self.build.kind_of(key)
        return SHORT.get(kind, kind)

    def _systems(self, subject: str, named: list[Named], numbers: tuple[int, ...]) -> None:
        for one in named:
            key = self.build.entity("system", one.name, numbers, verbatim=one.verbatim)
            if key != subject:
                note = " ".join(word for word, told in (("additional", one.additional), ("shared", one.shared)) if told)
                self.build.relate(f"{self._short(subject)}-system", subject, key, one.name, numbers, note)

    def _register(self, subject: str, name: str, numbers: tuple[int, ...]) -> None:
        name = tidy(name)
        if name:
            key = self.build.entity("register", name, numbers, verbatim=name)
            self.build.relate(f"{self._short(subject)}-register", subject, key, name, numbers)

    def _class(self, subject: str, coded: tuple[str, str], numbers: tuple[int, ...]) -> None:
        code, title = coded
        key = self.build.entity("class_code", code, numbers, verbatim=f"{code} {title}")
        self.build.add(key, "title", title, numbers)
        self.build.relate(f"{self._short(subject)}-class", subject, key, code, numbers)

    def _owner(self, subject: str, value: str, numbers: tuple[int, ...], label: str, items: tuple[str, ...]) -> None:
        owners, note = owners_of(value)
        owners = items or owners
        self.build.add(subject, "owner", value, numbers, label=label, items=owners)
        if note:
            self.build.add(subject, "owner_note", note, numbers)
        for owner in owners:
            self.build.relate(f"{self._short(subject)}-owner", subject, "", owner, numbers)

    def _contacts(self, found: list[Contact], numbers: tuple[int, ...]) -> list[str]:
        keys: list[str] = []
        for contact in found:
            lines = numbers or contact.lines
            key = self.build.entity("contact", f"{contact.type}: {contact.value}", lines, verbatim=contact.value)
            self.build.add(key, "type", contact.type, lines)
            self.build.add(key, "value", contact.value, lines)
            for name, value in contact.more.items():
                self.build.add(key, name, value, lines)
            if self.body:
                self.build.relate("body-contact", self.body, key, contact.value, lines)
            keys.append(key)
        return keys

    def _page_body(self, numbers: tuple[int, ...]) -> str:
        """The body whose page this is, made when something is said of it; empty on a page that describes nothing."""
        if not self.body and self.evidence:
            first = self.page.lines[0].number if self.page.lines else 1
            self.body = self.build.entity("body", self._authority(), numbers or (first,), verbatim=self.title)
        return self.body

    def _authority(self) -> str:
        texts = [block.text for block in self.blocks[:60] if block.kind == "para"]
        return authority_name(self.title, texts, self.page.name)
