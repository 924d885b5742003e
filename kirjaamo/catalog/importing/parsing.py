"""A page to a draft: goes through the blocks once, keeps what each heading opened, and places every line.

Nothing here looks a name up. A heading is understood from its own words and from what stands under it (``roles``), a
sentence from its verbs and nouns (``facts``), and what is not understood is left over and listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kirjaamo.catalog.importing import vocabulary as words
from kirjaamo.catalog.importing.blocks import Block, label_of, to_blocks
from kirjaamo.catalog.importing.building import Builder
from kirjaamo.catalog.importing.checks import check
from kirjaamo.catalog.importing.contacts import Contact, contacts_in
from kirjaamo.catalog.importing.draft import Draft, EntityKind
from kirjaamo.catalog.importing.facts import (
    Named,
    class_code,
    datasets_in,
    facts_of,
    interface_state,
    is_register,
    keys_in,
    owners_of,
    systems_in,
)
from kirjaamo.catalog.importing.lines import Line, clean
from kirjaamo.catalog.importing.names import base_form, norm, sentences, split_modifiers, split_things, tidy
from kirjaamo.catalog.importing.page import Page
from kirjaamo.catalog.importing.roles import Role, role_of
from kirjaamo.catalog.importing.segments import Segment, segments
from kirjaamo.catalog.importing.units import same_words, unit_name, within
from kirjaamo.catalog.importing.vocabulary import FieldName

_TEXT_FIELDS = frozenset({"purpose", "description", "content", "users", "controller", "retention", "publicity"})
_EXAMPLE_SHORT = {"request_example": "example"}
_REGISTER_PHRASE = re.compile(
    r"(?:tietovarannon|tuotettu|sisältyy|laadittu|tallennettu|upprättats i|ingår i|produced in|stored in)\s+"
    r"(?!.*tietovarannon\s.*rekister)(.{3,160}?(?:rekister(?:iin|issä|istä|in)|register|registret))\b",
    re.IGNORECASE,
)


@dataclass
class _Lead:
    """A sentence that announces a list, until the list has come."""

    field: FieldName
    numbers: tuple[int, ...]
    text: str
    followed: bool = False


class _Parser:
    """The state between two blocks: whose content we are in, which section of it, which list was announced."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.build = Builder(page)
        self.blocks = to_blocks(page.lines)
        self.evidence = any(words.EVIDENCE.search(block.text) for block in self.blocks)
        self.title = ""
        self.body = ""
        self.subject = ""
        self.subject_level = 0
        self.section: FieldName | None = None
        self.section_used = False
        self.lead: _Lead | None = None
        self.empty: list[_Lead] = []
        self.groups: list[tuple[int, str, bool]] = []
        self.mode: str = ""
        self.example = ""
        self.header: list[FieldName | None] | None = None
        self.last_kind = ""
        self.at = 0

    # --- headings -------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Every block once."""
        for at, block in enumerate(self.blocks):
            self.at = at
            if block.kind != "row":
                self.header = None
            if block.kind == "heading" and not self._content_after_all(at, block):
                self._heading(at, block)
            elif block.kind in {"para", "heading"}:
                self._para(block)
            elif block.kind == "item":
                self._item(block)
            elif block.kind == "row":
                self._row(block)
            if block.kind not in {"item", "furniture"}:
                self._settle_lead(keep=block.kind != "heading")
            self.last_kind = block.kind
        self._settle_lead(keep=False)
        self._examples_to_resources()

    def _examples_to_resources(self) -> None:
        """A worked example belongs to the resource whose words its first line says."""
        resources = [key for key in self.build.collected if self.build.kind_of(key) == "resource"]
        examples = [key for key in self.build.collected if self.build.kind_of(key) == "request_example"]
        for example in examples[:200]:
            fitting = [key for key in resources if within(self.build.name_of(key), self.build.name_of(example))]
            if fitting:
                best = max(fitting, key=lambda key: len(self.build.name_of(key)))
                self.build.relate("example-resource", example, best, self.build.name_of(best), ())

    def _content_after_all(self, at: int, block: Block) -> bool:
        """A short line without a stop right under a bare section name is what the section says, not a heading."""
        if block.certain or words.resource_head(block.text) or words.section_of(block.text):
            return False
        if self.lead is not None and not self.lead.followed:
            from_lead = self.lead.field in {"systems", "registers"} and self._role(at).kind in {"group", "topic"}
            return from_lead and bool(systems_in(block.text, listed=False) or _noun_fits(block.text, self.lead.field))
        if self.section not in {"systems", "datasets", "keys", "interface", "purpose", "registers", "content"}:
            return False
        role = self._role(at)
        if role.kind not in {"group", "topic"} or role.section:
            return self.section == "systems" and role.kind == "group" and self.section_used and _noun_fits(block.text, "systems")
        if not self.section_used:
            after = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
            return after is None or after.kind in {"heading", "furniture"}
        return self.section in {"systems", "registers"} and _noun_fits(block.text, self.section)

    def _role(self, at: int) -> Role:
        in_systems = any(systems for _, _, systems in self.groups)
        open_list = self.section is not None and not self.section_used
        return role_of(self.blocks, at, first=not self.title, in_systems=in_systems, open_list=open_list)

    def _heading(self, at: int, block: Block) -> None:
        role = self._role(at)
        self._settle_lead(keep=False)
        self.build.heading(block.numbers)
        first, self.title = not self.title, self.title or block.text
        if role.kind == "section":
            self._open_section(role, block)
            return
        deeper = block.certain and self.subject_level and block.level > self.subject_level
        self.section, self.section_used = None, False
        self.example = ""
        if role.kind in {"request", "examples"}:
            self.mode, self.subject = role.kind, ""
            return
        if self.mode and role.kind == "topic" and (not block.certain or deeper):
            return
        self.mode = ""
        if role.kind in {"group", "topic"}:
            self._group(block, role, first=first, keep=bool(deeper))
            return
        self._open_entity(role, block)

    def _group(self, block: Block, role: Role, *, first: bool, keep: bool) -> None:
        """A heading over other headings, or over text of its own."""
        if keep:
            return
        self.subject, self.subject_level = "", 0
        if block.level:
            self.groups = [group for group in self.groups if group[0] and group[0] < block.level]
        elif self.last_kind != "heading":
            self.groups = []
        if not first or role.section or words.resource_head(block.text):
            self.groups.append((block.level, block.text, role.section == "systems"))

    def _open_entity(self, role: Role, block: Block) -> None:
        text, numbers = block.text, block.numbers
        if block.level:
            self.groups = [group for group in self.groups if group[0] < block.level]
        group = tuple(name for _, name, _ in self.groups)
        self.subject_level = block.level
        if role.kind == "body":
            self.subject = self.body = self.build.entity("body", unit_name(text, self._next_text(numbers)), numbers, verbatim=text)
        elif role.kind == "unit":
            name = unit_name(text, self._next_text(numbers))
            self.subject = self.build.entity("unit", name, numbers, verbatim=text, parent=self.body, group=group)
            if self.body:
                self.build.relate("unit-body", self.subject, self.body, self.build.name_of(self.body), numbers)
        elif role.kind == "dataset":
            parent = self.body if not self.groups else ""
            parent = parent or (f"group:{norm(self.groups[-1][1])}" if self.groups else "")
            self.subject = self.build.entity("dataset", text, numbers, verbatim=text, parent=parent, group=group, own_entry=True)
        else:
            kind: EntityKind = "system" if role.kind == "system" else "resource"
            self.subject = self.build.entity(
                kind, tidy(text), numbers, verbatim=text, parent=self.body if kind == "resource" else "", group=group,
                own_entry=kind == "system",
            )  # fmt: skip
            if kind == "resource" and self.body:
                self.build.relate("resource-body", self.subject, self.body, self.build.name_of(self.body), numbers)

    def _next_text(self, numbers: tuple[int, ...]) -> str:
        """Text of the line that follows the heading, for the name in the nominative."""
        for line in self.page.lines[numbers[-1] : numbers[-1] + 4]:
            if not line.blank:
                return clean(line.text)[:300]
        return ""

    def _open_section(self, role: Role, block: Block) -> None:
        self.section, self.section_used = role.section, False
        if self.mode:
            self.mode = ""
        genitive = words.RESOURCE_GENITIVE.match(block.text)
        if not genitive:
            return
        name = f"{tidy(genitive.group(1))} tietovaranto"
        current = self.subject and self.build.kind_of(self.subject) in {"resource", "unit", "body"}
        if not current or (self.build.kind_of(self.subject) == "body"):
            self._resource(name, block.numbers, verbatim=block.text)

    def _resource(self, name: str, numbers: tuple[int, ...], *, verbatim: str) -> None:
        group = tuple(text for _, text, _ in self.groups)
        self.subject = self.build.entity("resource", name, numbers, verbatim=verbatim, parent=self.body, group=group)
        if self.body:
            self.build.relate("resource-body", self.subject, self.body, self.build.name_of(self.body), numbers)

    # --- leads ----------------------------------------------------------------------------------------------

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
        self.lead = _Lead(field, segment.numbers, segment.label)
        owner = self.subject or self._page_body(segment.numbers)
        if owner:
            self.build.place(segment.numbers, owner)

    # --- paragraphs -----------------------------------------------------------------------------------------

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
        if not named or not all(_noun_fits(name, lead.field) for name in named):
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
        elif field == "contact":
            self._contacts(contacts_in(segment.lines), segment.numbers)
        elif field in {"channel_electronic", "channel_written"}:
            self._contacts(contacts_in(segment.lines), segment.numbers)
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
        return bool(self.subject) and self.build.kind_of(self.subject) in {"resource", "body"} and same_words(
            self.build.name_of(self.subject), text
        )

    def _new_resource(self, name: str, segment: Segment) -> None:
        self.section, self.section_used = None, False
        self._resource(tidy(name), segment.numbers, verbatim=name)
        if segment.value:
            self.build.add(self.subject, "description", segment.value, segment.numbers)

    def _text(self, segment: Segment) -> None:
        """Running text: a resource that is named in its sentence, statements, and the rest as what the section says."""
        named = words.RESOURCE_SENTENCE.match(segment.text)
        if named and not self._in_unit() and not self._is_current(named.group(1)) and len(named.group(1).split()) > 1:
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

    def _in_unit(self) -> bool:
        return bool(self.subject) and self.build.kind_of(self.subject) == "unit"

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
                self.build.relate(f"{self.build.kind_of(subject)}-above", subject, "", tidy(above.group(1)), segment.numbers)
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
        if field == "systems" or field in _TEXT_FIELDS or field in {"datasets", "keys", "interface", "owner"}:
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

    # --- one field of one entity ------------------------------------------------------------------------------

    def _apply(
        self, subject: str, field: FieldName, value: str, numbers: tuple[int, ...], label: str, items: tuple[str, ...] = ()
    ) -> None:
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
        return _EXAMPLE_SHORT.get(kind, kind)

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

    def _page_body(self, numbers: tuple[int, ...]) -> str:
        """The body whose page this is, made when something is said of it; empty on a page that describes nothing."""
        if not self.body and self.evidence:
            first = self.page.lines[0].number if self.page.lines else 1
            self.body = self.build.entity("body", unit_name(self.title, "") or self.page.name, numbers or (first,), verbatim=self.title)
        return self.body

    # --- list items -------------------------------------------------------------------------------------------

    def _item(self, block: Block) -> None:
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

    def _expects(self, field: FieldName) -> bool:
        return self.section == field or (self.lead is not None and self.lead.field == field)

    def _list_came(self) -> None:
        if self.lead is not None:
            self.lead.followed = True
        self.section_used = True

    def _listed(self, field: FieldName, text: str, numbers: tuple[int, ...]) -> None:
        """One item of an announced list."""
        subject = self.subject or self._page_body(numbers)
        if not subject:
            return
        facts = facts_of(text) if field not in {"systems", "registers"} else []
        if field in {"datasets", "description", "purpose", "content"} and facts:
            self._statements(subject, text, numbers)
        elif field == "systems":
            name = tidy(text.split(" – ")[0])
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

    # --- tables -----------------------------------------------------------------------------------------------

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
            if field is not None and cell.casefold() not in words.EMPTY_VALUE | {""} or (field == "interface" and cell):
                self._apply(key, field or "description", cell, numbers, "")

    # --- requests ---------------------------------------------------------------------------------------------

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
            for segment in segments(block.lines):
                self._segment(segment)
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


def _noun_fits(text: str, field: FieldName | None) -> bool:
    """Whether a short text is a name that such a list may hold."""
    name = tidy(text)
    if field == "registers":
        return is_register(name)
    return bool(systems_in(name, listed=True)) and bool(words.SYSTEM_NOUN.search(name.split(" ")[-1]))


def language_of(page: Page) -> str:
    """``fi``, ``sv`` or ``en`` by the commonest small words of the page; Finnish when nothing tells."""
    text = f" {' '.join(line.text for line in page.lines[:2000])[:200_000].casefold()} "
    small = {
        "fi": (" ja ", " on ", " sekä ", " että ", " tieto", " joka "),
        "sv": (" och ", " är ", " som ", " för ", " av ", " informations"),
        "en": (" and ", " the ", " of ", " is ", " for ", " information "),
    }
    counted = {language: sum(text.count(word) for word in found) for language, found in small.items()}
    return max(counted, key=lambda language: counted[language]) if any(counted.values()) else "fi"


def parse(page: Page, *, known_classes: Mapping[str, str] | None = None, today: date | None = None) -> Draft:
    """The draft of a page. ``known_classes``: code → title of the function classes in use, when unknown ones should be
    found; ``today``: the day against which dates in owner texts are held (default: now). Never raises."""
    parser = _Parser(page)
    parser.run()
    build = parser.build
    draft = Draft(
        page.name,
        page.form,
        page.encoding,
        page.digest,
        language_of(page),
        parser.title,
        build.entities(),
        build.related(),
        build.accounting(),
        (),
    )
    empty = [(lead.text, lead.numbers) for lead in parser.empty]
    return check(draft, page, empty=empty, repeated=build.repeated, known_classes=known_classes, today=today or date.today())
