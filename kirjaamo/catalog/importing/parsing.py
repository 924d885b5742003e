"""A page to a draft: goes through the blocks once, keeps what each heading opened, and places every line.

Nothing here looks a name up. A heading is understood from its own words and from what stands under it (``roles``), a
sentence from its verbs and nouns (``facts``), and what is not understood is left over and listed. The parser is made of
layers, each in a module of its own: saying < asking < sections < listing < this one, which reads the headings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kirjaamo.catalog.importing import vocabulary as words
from kirjaamo.catalog.importing.blocks import Block, label_of
from kirjaamo.catalog.importing.checks import check
from kirjaamo.catalog.importing.draft import Draft, EntityKind
from kirjaamo.catalog.importing.facts import systems_in
from kirjaamo.catalog.importing.lines import clean
from kirjaamo.catalog.importing.listing import Listing
from kirjaamo.catalog.importing.names import norm, tidy
from kirjaamo.catalog.importing.page import Page
from kirjaamo.catalog.importing.roles import Role, role_of, under
from kirjaamo.catalog.importing.sections import noun_fits
from kirjaamo.catalog.importing.units import unit_name, within


class Parser(Listing):
    """Reads the headings and hands every other block to the layer that knows its kind."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.subject_level = 0
        self.last_kind = ""

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
            return from_lead and bool(systems_in(block.text, listed=False) or noun_fits(block.text, self.lead.field))
        if self.section not in {"systems", "datasets", "keys", "interface", "purpose", "registers", "content"}:
            return False
        role = self._role(at)
        if role.kind not in {"group", "topic"} or role.section:
            return self.section == "systems" and role.kind == "group" and self.section_used and noun_fits(block.text, "systems")
        if not self.section_used:
            after = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
            return after is None or after.kind in {"heading", "furniture"}
        return self.section in {"systems", "registers"} and noun_fits(block.text, self.section)

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
            self._group(at, block, role, first=first, keep=bool(deeper))
            return
        self._open_entity(role, block)

    def _group(self, at: int, block: Block, role: Role, *, first: bool, keep: bool) -> None:
        """A heading over other headings, or over text of its own."""
        if keep:
            return
        self.subject, self.subject_level = "", 0
        if block.level:
            self.groups = [group for group in self.groups if group[0] and group[0] < block.level]
        elif self.last_kind != "heading":
            self.groups = []
        over = role.kind == "group" or bool(block.level) or self._over_resource(at)
        named = not first or role.section is not None or words.resource_head(block.text) is not None
        if over and named and not words.INTRODUCTION.search(block.text):
            self.groups.append((block.level, block.text, role.section == "systems"))

    def _over_resource(self, at: int) -> bool:
        """A heading with text of its own still stands over what the next heading names when that is a resource."""
        content = under(self.blocks, at)
        labels = (label_of(block.text) for block in content.blocks[:2] if block.kind == "item")
        if any(label and words.resource_head(label[0]) for label in labels):
            return True
        return content.following is not None and words.resource_head(content.following.text) is not None

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
        self.mode = ""
        if words.COMMON_REGISTER.search(block.text):
            self.subject = ""
        genitive = words.RESOURCE_GENITIVE.match(block.text)
        if not genitive:
            return
        name = f"{tidy(genitive.group(1))} tietovaranto"
        current = self.subject and self.build.kind_of(self.subject) in {"resource", "unit", "body"}
        if not current or (self.build.kind_of(self.subject) == "body"):
            self._resource(name, block.numbers, verbatim=block.text)


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
    """The draft of a page; never raises.

    ``known_classes``: code → title of the function classes in use, when unknown ones should be found. ``today``: the day
    against which dates in owner texts are held (default: today in Finland).
    """
    parser = Parser(page)
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
    return check(
        draft,
        page,
        empty=empty,
        repeated=build.repeated,
        known_classes=known_classes,
        today=today or datetime.now(tz=ZoneInfo("Europe/Helsinki")).date(),
    )
