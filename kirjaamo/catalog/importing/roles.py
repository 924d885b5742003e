"""What a heading is: the name of a thing, the name of a section about the thing above, or only a heading.

The words of the heading decide first, then what stands under it. A heading is never looked up in a list of names.
"""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kirjaamo.catalog.importing import vocabulary as words
from kirjaamo.catalog.importing.blocks import Block, known_label, label_of
from kirjaamo.catalog.importing.facts import class_code, facts_of
from kirjaamo.catalog.importing.names import is_system_noun, last_word, sentences
from kirjaamo.catalog.importing.vocabulary import FieldName

RoleKind = Literal["body", "unit", "resource", "system", "dataset", "section", "group", "request", "examples", "topic"]

_AHEAD: Final = 30
_OF_RESOURCE: Final = frozenset({"systems", "datasets", "keys", "purpose", "interface", "registers", "content"})


@dataclass(frozen=True)
class Role:
    """The role of a heading and, for a section, what it is about."""

    kind: RoleKind
    section: FieldName | None = None


@dataclass(frozen=True)
class Under:
    """What stands under a heading before the next one."""

    blocks: tuple[Block, ...]
    following: Block | None

    @property
    def labels(self) -> list[FieldName]:
        """Fields of the labelled values under the heading."""
        found: list[FieldName] = []
        for block in self.blocks:
            for text in [block.text] if block.kind == "item" else [line.text for line in block.lines]:
                label = label_of(text)
                field = words.field_of(label[0]) if label and known_label(text) else None
                found += [field] if field else []
        return found

    @property
    def coded(self) -> bool:
        """Whether function classes are listed."""
        return any(block.kind == "item" and class_code(block.text) for block in self.blocks)

    def statements(self) -> tuple[set[str], bool]:
        """Kinds of statements that list items make, and whether one of them is a whole sentence."""
        kinds: set[str] = set()
        whole = False
        for block in self.blocks:
            if block.kind != "item":
                continue
            for sentence in sentences(block.text):
                facts = {fact.field for fact in facts_of(sentence)} & {"interface", "keys", "systems"}
                kinds |= facts
                whole = whole or (bool(facts) and sentence.endswith("."))
        return kinds, whole


def under(blocks: Sequence[Block], at: int) -> Under:
    """Blocks under the heading at that place, at most a few dozen, and the next heading."""
    found: list[Block] = []
    for block in blocks[at + 1 : at + 1 + _AHEAD]:
        if block.kind == "heading":
            return Under(tuple(found), block)
        if block.kind != "furniture":
            found.append(block)
    return Under(tuple(found), None)


def role_of(  # noqa: C901, PLR0911 - a table of roles, read from the top
    blocks: Sequence[Block], at: int, *, first: bool, in_systems: bool, open_list: bool
) -> Role:
    """The role of the heading at a place.

    ``first``: first heading of the page; ``in_systems``: under a heading over systems; ``open_list``: a section was
    opened just above and nothing has been said in it yet.
    """
    text = blocks[at].text
    content = under(blocks, at)
    entry = _entry(text, content)
    if entry:
        return entry
    if words.is_examples(text):
        return Role("examples")
    if words.is_request(text):
        return Role("request")
    if words.resource_head(text):
        return _resource(text, blocks, at, content, first=first)
    section = words.section_of(text)
    if section and first and section in {"systems", "datasets", "registers"} and not _opens_list(content):
        return Role("group", section)
    if section:
        over_names = section in {"systems", "datasets"} and not content.blocks and content.following is not None
        if over_names and not _is_section(content.following) and not open_list:
            return Role("group", section)
        return Role("section", section)
    kinds, whole = content.statements()
    if len(kinds) >= 2 or (kinds and whole):
        return Role("dataset")
    if len(set(content.labels) & _OF_RESOURCE) >= 2 or _lists_systems(content):
        return Role("resource")
    if not content.blocks:
        return Role("group", "systems" if is_system_noun(text) and last_word(text).endswith(("t", "system")) else None)
    if is_system_noun(text) and in_systems and content.blocks[0].kind == "para":
        return Role("system")
    return Role("topic")


def _entry(text: str, content: Under) -> Role | None:
    """A heading with an owner, users or a description labelled right under it names what they are of."""
    if not content.blocks:
        return None
    nearest = Under(content.blocks[:1], None) if content.blocks[0].kind == "para" else content
    labels = set(nearest.labels)
    if not labels & {"owner", "users", "description"} or words.section_of(text) in {"keys", "interface", "registers"}:
        return None
    if "description" in labels and not labels & {"owner", "users"} and not _system_description(nearest):
        return None
    if words.resource_head(text):
        return Role("resource")
    if words.DATASET_NOUN.search(last_word(text)):
        return Role("dataset")
    return Role("system") if not labels & {"systems", "datasets"} else Role("resource")


def _system_description(content: Under) -> bool:
    """A label such as *description of the system*."""
    for block in content.blocks:
        for line in block.lines:
            label = label_of(line.text)
            if label and words.field_of(label[0]) == "description" and words.RESOURCE_KIND.search(label[0]):
                return True
            if label and words.field_of(label[0]) == "description" and is_system_noun(label[0].split()[0]):
                return True
    return False


def _resource(text: str, blocks: Sequence[Block], at: int, content: Under, *, first: bool) -> Role:  # noqa: PLR0911 - a table of roles, read from the top
    """A heading whose head noun is *information resource*: the body, one of its units, a resource, or only a heading."""
    number = words.resource_head(text)
    bare = (
        len(words.tokens(text)) <= 1
        or bool(words.RESOURCE_LISTED.search(text))
        or (number == "plural" and len(words.tokens(text)) == 2 and text.split(maxsplit=1)[0].islower())
    )
    organisation = bool(words.ORGANISATION.search(text))
    if bare and len(content.statements()[0]) >= 2:
        return Role("dataset")
    if bare:
        return Role("group") if not content.blocks else Role("topic")
    more = any(block.kind == "heading" and words.resource_head(block.text) for block in blocks[at + 1 : at + 400])
    if number == "plural" and words.WHOLE_AUTHORITY.search(text) and (more or not first):
        return Role("body")
    if first and more and (number == "plural" or organisation):
        return Role("body")
    if number == "singular":
        return Role("resource")
    kinds, sections = _ahead(blocks, at)
    if kinds or (_own_task(text, content) and not sections):
        return Role("unit")
    if sections:
        return Role("resource")
    if organisation:
        return Role("body" if first else "unit")
    return Role("group") if not content.blocks else Role("resource")


def _ahead(blocks: Sequence[Block], at: int) -> tuple[bool, bool]:
    """Up to the next resource heading: whether function classes are listed, and whether datasets or keys have a section."""
    coded, sections = False, False
    for block in blocks[at + 1 : at + 60]:
        if block.kind == "heading":
            if words.resource_head(block.text) or words.is_request(block.text):
                break
            sections = sections or words.section_of(block.text) in {"datasets", "keys"}
        coded = coded or (block.kind == "item" and class_code(block.text) is not None)
    return coded, sections


def _own_task(text: str, content: Under) -> bool:
    """The first paragraph tells the task of the one that the heading names."""
    if not content.blocks or content.blocks[0].kind != "para":
        return False
    opening = content.blocks[0].text[:200]
    stem = text.split(maxsplit=1)[0].casefold()[:5]
    return opening.casefold().startswith(stem) and bool(words.TASK_VERB.search(opening))


def _opens_list(content: Under) -> bool:
    """A list, or a sentence that leads in to one, comes first."""
    if not content.blocks:
        return False
    block = content.blocks[0]
    return block.kind in {"item", "row"} or block.text.endswith(":") or bool(content.labels[:1])


def _is_section(block: Block | None) -> bool:
    return block is not None and bool(words.section_of(block.text) or words.resource_head(block.text))


def _lists_systems(content: Under) -> bool:
    """The first thing under the heading leads in to a list of systems, whatever else follows."""
    if not content.blocks:
        return False
    label = label_of(content.blocks[0].text)
    return bool(label) and label is not None and words.field_of(label[0]) == "systems"
