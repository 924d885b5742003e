"""Paragraphs and announced lists, read as content of the entity and of the section that a heading opened."""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

from dataclasses import dataclass

from kirjaamo.catalog.importing import vocabulary as words
from kirjaamo.catalog.importing.asking import Asking
from kirjaamo.catalog.importing.blocks import Block
from kirjaamo.catalog.importing.contacts import contacts_in
from kirjaamo.catalog.importing.facts import Named, facts_of, is_register, systems_in
from kirjaamo.catalog.importing.lines import clean
from kirjaamo.catalog.importing.names import base_form, split_modifiers, split_things, tidy
from kirjaamo.catalog.importing.page import Page
from kirjaamo.catalog.importing.segments import Segment, segments
from kirjaamo.catalog.importing.units import more_words, nominative, same_words
from kirjaamo.catalog.importing.vocabulary import FieldName

TEXT_FIELDS = frozenset({"purpose", "description", "content", "users", "controller", "retention", "publicity"})


@dataclass
class Lead:
    """A sentence that announces a list, until the list has come."""

    field: FieldName
    numbers: tuple[int, ...]
    text: str
    followed: bool = False


class Sections(Asking):
    """The state between two blocks: whose content we are in, which section of it, which list was announced."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.subject = ""
        self.section: FieldName | None = None
        self.section_used = False
        self.lead: Lead | None = None
        self.empty: list[Lead] = []
        self.groups: list[tuple[int, str, bool]] = []

    def _resource(self, name: str, numbers: tuple[int, ...], *, verbatim: str) -> None:
        group = tuple(text for _, text, _ in self.groups)
        self.subject = self.build.entity("resource", name, numbers, verbatim=verbatim, parent=self.body, group=group)
        if self.body:
            self.build.relate("resource-body", self.subject, self.body, self.build.name_of(self.body), numbers)

    def _settle_lead(self, *, keep: bool) -> None:
        """A list that was announced and did not come is noted when something else begins."""
        lead = self.lead
        if lead is None:
            return
        if keep and not lead.followed:
            return
        if not lead.followed:
            self.empty.append(lead)
        self.lead = None

    def _announce(self, segment: Segment, field: FieldName) -> None:
        self._settle_lead(keep=False)
        if not self.evidence:
            return
        self.lead = Lead(field, segment.numbers, segment.label)
        owner = self.subject or self._page_body(segment.numbers)
        if owner:
            self.build.place(segment.numbers, owner)

    def _para(self, block: Block) -> None:
        if self.lead is not None and self.lead.followed:
            self._settle_lead(keep=False)
        if self.mode:
            self._request_para(block)
            return
        found = segments(block.lines)
        if self._leads_in(block) and found[-1].field is None:
            text = found[-1].text
            found[-1] = Segment(words.field_of(text), text, "", text, found[-1].lines)
        for segment in found:
            if self.lead is not None and not self.lead.followed and segment.field is None:
                if self._unmarked_list(segment):
                    continue
                self._settle_lead(keep=False)
            self._segment(segment)

    def _leads_in(self, block: Block) -> bool:
        """A paragraph without a stop right above a list announces it even when it has no colon."""
        at = self.at + 1
        after = self.blocks[at] if at < len(self.blocks) else None
        return after is not None and after.kind == "item" and not block.text.endswith((".", "!", "?")) and len(block.text) <= 400

    def _unmarked_list(self, segment: Segment) -> bool:
        """A list that was announced and came as lines without bullets."""
        lead = self.lead
        if lead is None or lead.field not in {"systems", "registers"} or segment.text.rstrip().endswith("."):
            return False
        named = [tidy(text) for text in segment.texts]
        if not named or not all(noun_fits(name, lead.field) for name in named):
            return False
        for name, number in zip(named, segment.numbers, strict=False):
            self._listed(lead.field, name, (number,))
        lead.followed = True
        return True

    def _segment(self, segment: Segment) -> None:
        field = segment.field
        if field is None:
            self._text(segment)
        elif field == "resource":
            self._resource_label(segment)
        elif segment.empty:
            self._announce(segment, field)
        elif field in {"contact", "channel_electronic", "channel_written"}:
            subject = self.subject or self._page_body(segment.numbers)
            if not self._contacts(contacts_in(segment.lines), segment.numbers) and subject:
                self.build.add(subject, "request_instructions", segment.text, segment.numbers)
        else:
            subject = self.subject or self._page_body(segment.numbers)
            if subject:
                self._apply(subject, field, segment.value, segment.numbers, segment.label)
                self.section_used = True

    def _resource_label(self, segment: Segment) -> None:
        """*X resource: text* names a resource of its own unless it is the one we are in; *X resource consists of: …*."""
        if words.resource_head(segment.label) and not self._is_current(segment.label):
            self._new_resource(segment.label, segment)
            return
        if segment.empty:
            self._announce(segment, "content")
            return
        subject = self.subject or self._page_body(segment.numbers)
        if subject:
            self.build.add(subject, "description", segment.text, segment.numbers)
            self.build.add(subject, "content", segment.value, segment.numbers, items=split_things(segment.value))
            self._feeds(subject, segment)
            self.section_used = True

    def _is_current(self, text: str) -> bool:
        return (
            bool(self.subject)
            and self.build.kind_of(self.subject) in {"resource", "body"}
            and same_words(self.build.name_of(self.subject), text)
        )

    def _new_resource(self, name: str, segment: Segment) -> None:
        self.section, self.section_used = None, False
        self._resource(tidy(name), segment.numbers, verbatim=name)
        if segment.value:
            self.build.add(self.subject, "description", segment.value, segment.numbers)

    def _text(self, segment: Segment) -> None:
        """Running text: a resource that is named in its sentence, statements, and the rest as what the section says."""
        named = words.RESOURCE_SENTENCE.match(segment.text)
        if named and self._is_another(named.group(1)):
            self.section, self.section_used = None, False
            self._resource(tidy(named.group(1)), segment.numbers, verbatim=named.group(1))
        if self._by_section(segment):
            self.section_used = True
            return
        subject = self.subject
        told = self._statements(subject, segment.text, segment.numbers)
        if not subject:
            return
        kind = self.build.kind_of(subject)
        if kind in {"unit", "body"}:
            self._task(subject, segment)
        elif kind == "dataset" and not told:
            self.build.add(subject, "content", segment.text, segment.numbers)
        elif kind in {"resource", "system"} and not told:
            self.build.add(subject, "description", segment.text, segment.numbers)

    def _is_another(self, name: str) -> bool:
        """Whether a resource named in a sentence is another thing than the resource, unit or body we are in."""
        if len(name.split()) < 2:
            return False
        if not self.subject or self.build.kind_of(self.subject) not in {"unit", "body"}:
            return not self._is_current(name)
        return bool(more_words(name.rsplit(" ", 1)[0], self.build.name_of(self.subject)))

    def _task(self, subject: str, segment: Segment) -> None:
        """Text under the name of a unit or of the body: its tasks, where they are laid down, and the body above."""
        source = words.SOURCE.search(segment.text)
        text = clean(words.SOURCE.sub("", segment.text))
        self.build.add(subject, "tasks", text, segment.numbers)
        if source:
            self.build.add(subject, "source", tidy(source.group(1)), segment.numbers)
        for pattern in words.UNDER:
            above = pattern.search(text)
            if above:
                self.build.relate(f"{self.build.kind_of(subject)}-above", subject, "", nominative(tidy(above.group(1))), segment.numbers)
                break
        for belongs in words.RESOURCE_NAMED.finditer(text):
            for name in split_modifiers(belongs.group(1)):
                self.build.relate("body-resource", subject, "", f"{name} tietovaranto", segment.numbers, "named")

    def _by_section(self, segment: Segment) -> bool:
        """Text under a section name belongs to that section."""
        field = self.section
        if field is None:
            return False
        subject = self.subject or self._page_body(segment.numbers)
        if not subject:
            return False
        self._belongings(subject, segment)
        if field == "registers":
            named = segment.text.rstrip(".")
            if is_register(named) and len(named.split()) <= 12:
                self._listed("registers", tidy(named), segment.numbers)
            else:
                self.build.add(subject, "description", segment.text, segment.numbers)
            return True
        if field == "classes":
            self.build.add(subject, "classes", segment.text, segment.numbers)
            return True
        if field == "systems" or field in TEXT_FIELDS or field in {"datasets", "keys", "interface", "owner"}:
            self._apply(subject, field, segment.text, segment.numbers, "")
            return True
        return False

    def _belongings(self, subject: str, segment: Segment) -> None:
        """*To the resource belong A and B*: registers become registers, the rest is named as content."""
        belongs = words.BELONGS.search(segment.text)
        if not belongs:
            return
        things = split_things(belongs.group(1))
        for thing in things:
            if is_register(thing):
                self._register(subject, thing, segment.numbers)
        rest = [thing for thing in things if not is_register(thing)]
        if rest:
            self.build.add(subject, "content", segment.text, segment.numbers, items=rest)

    def _listed(self, field: FieldName, text: str, numbers: tuple[int, ...]) -> None:
        """One item of an announced list."""
        subject = self.subject or self._page_body(numbers)
        if not subject:
            return
        facts = facts_of(text) if field not in {"systems", "registers"} else []
        if field in {"datasets", "description", "purpose", "content"} and facts:
            self._statements(subject, text, numbers)
        elif field == "systems":
            name = tidy(text.split(" – ", maxsplit=1)[0])
            if name:
                self._systems(subject, [Named(tidy(text), base_form(name))], numbers)
                self.build.add(subject, "systems", text, numbers, items=(base_form(name),))
        elif field == "registers":
            self._register(subject, text, numbers)
        elif field == "datasets":
            key = self.build.entity("dataset", tidy(text), numbers, verbatim=text, parent=subject)
            self.build.relate(f"{self._short(subject)}-dataset", subject, key, tidy(text), numbers)
        elif field == "resource":
            self.build.relate("body-resource", subject, self._named_resource(text, numbers), tidy(text), numbers)
        elif field == "keys":
            self._apply(subject, "keys", text, numbers, "", (tidy(text),))
        else:
            self._apply(subject, field, text, numbers, "")

    def _named_resource(self, text: str, numbers: tuple[int, ...]) -> str:
        return self.build.entity("resource", tidy(text), numbers, verbatim=text, parent=self.body)

    def _list_came(self) -> None:
        if self.lead is not None:
            self.lead.followed = True
        self.section_used = True

    def _expects(self, field: FieldName) -> bool:
        return self.section == field or (self.lead is not None and self.lead.field == field)


def noun_fits(text: str, field: FieldName | None) -> bool:
    """Whether a short text is a name that such a list may hold."""
    name = tidy(text)
    if field == "registers":
        return is_register(name)
    return bool(systems_in(name, listed=True)) and bool(words.SYSTEM_NOUN.search(name.split(" ")[-1]))
