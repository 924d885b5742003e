"""List items and table rows."""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

from kirjaamo.catalog.importing import vocabulary as words
from kirjaamo.catalog.importing.blocks import Block, label_of
from kirjaamo.catalog.importing.draft import EntityKind
from kirjaamo.catalog.importing.facts import class_code
from kirjaamo.catalog.importing.lines import clean
from kirjaamo.catalog.importing.names import tidy
from kirjaamo.catalog.importing.page import Page
from kirjaamo.catalog.importing.sections import Sections
from kirjaamo.catalog.importing.segments import segments
from kirjaamo.catalog.importing.vocabulary import FieldName


class Listing(Sections):
    """The columns of the table we are in, when it has a header."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.header: list[FieldName | None] | None = None

    def _item(self, block: Block) -> None:  # noqa: PLR0911 - one return for each kind of item
        if self.mode:
            self._request_item(block)
            return
        text, numbers = block.text, block.numbers
        coded = class_code(text)
        if coded and (" " in coded[0] or self._expects("classes")):
            subject = self.subject or self._page_body(numbers)
            if subject:
                self._class(subject, coded, numbers)
                self._list_came()
                return
        label = label_of(text)
        if label and words.resource_head(label[0]) and len(words.tokens(label[0])) > 1:
            self._item_segments(block)
            return
        if self.lead is not None:
            self.lead.followed = True
            self._listed(self.lead.field, text, numbers)
            return
        if words.resource_head(text) and len(words.tokens(text)) > 1:
            self._resource(tidy(text), numbers, verbatim=text)
            return
        if label and words.field_of(label[0]) and len(label[0].split()) <= 9:
            self._item_segments(block)
            return
        if self.section is not None:
            self._listed(self.section, text, numbers)
            self.section_used = True
            return
        self._loose_item(text, numbers)

    def _item_segments(self, block: Block) -> None:
        for segment in segments(block.lines, text=block.text):
            self._segment(segment)

    def _loose_item(self, text: str, numbers: tuple[int, ...]) -> None:
        """An item that no list announced: statements, a dataset by its noun, or content of the dataset we are in."""
        subject = self.subject
        told = self._statements(subject, text, numbers)
        kind = self.build.kind_of(subject) if subject else ""
        if told:
            return
        if kind == "dataset":
            self.build.add(subject, "content", text, numbers)
        elif words.DATASET_NOUN.search(tidy(text).split(" ")[-1]) and (subject or self.groups) and self.evidence:
            owner = subject or self._page_body(numbers)
            self._listed_dataset(owner, text, numbers)
        elif kind == "resource":
            self.build.add(subject, "content", text, numbers, items=(tidy(text),))
        elif kind == "system":
            self.build.add(subject, "description", text, numbers)

    def _listed_dataset(self, owner: str, text: str, numbers: tuple[int, ...]) -> None:
        key = self.build.entity("dataset", tidy(text), numbers, verbatim=text, parent=owner)
        self.build.relate(f"{self._short(owner)}-dataset", owner, key, tidy(text), numbers)

    def _row(self, block: Block) -> None:
        cells = [clean(cell) for cell in block.cells]
        if self.header is None:
            fields = [words.field_of(cell) if len(cell) <= 60 else None for cell in cells]
            if sum(field is not None for field in fields) >= 2 and len(cells) >= 2:
                self.header = fields
                self.build.heading(block.numbers)
                return
        if self.header is not None and len(cells) == len(self.header):
            self._table_entry(cells, self.header, block.numbers)
        elif len(cells) == 2 and words.field_of(cells[0]):
            for segment in segments(block.lines, text=f"{cells[0]}: {cells[1]}"):
                self._segment(segment)

    def _table_entry(self, cells: list[str], header: list[FieldName | None], numbers: tuple[int, ...]) -> None:
        """One row under a header: the first column names the thing, the others say things of it."""
        name = tidy(cells[0])
        if not name or not self.evidence:
            return
        kinds: dict[FieldName | None, EntityKind] = {"systems": "system", "datasets": "dataset", "registers": "register"}
        kind = kinds.get(header[0]) or ("resource" if header[0] == "resource" or "systems" in header else "system")
        group = tuple(text for _, text, _ in self.groups)
        parent = self.subject if kind == "dataset" else ""
        key = self.build.entity(kind, name, numbers, verbatim=cells[0], parent=parent, group=group)
        if self.subject and kind in {"system", "dataset", "register"}:
            self.build.relate(f"{self._short(self.subject)}-{kind}", self.subject, key, name, numbers)
        for cell, field in zip(cells[1:], header[1:], strict=True):
            if field is not None and (cell.casefold() not in words.EMPTY_VALUE or (field == "interface" and cell)):
                self._apply(key, field, cell, numbers, "")
