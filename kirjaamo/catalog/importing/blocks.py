"""Lines to blocks: headings, paragraphs, list items and table rows, from the markup or from the shape of the text."""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kirjaamo.catalog.importing.lines import Line, Link, clean
from kirjaamo.catalog.importing.vocabulary import field_of, is_furniture, resource_head, section_of

BlockKind = Literal["heading", "para", "item", "row", "furniture", "too_long"]

MAX_LINE: Final = 20_000
"""Characters of a line that is still read as text; a longer one is left over, with a finding."""

_BULLET = re.compile(r"^(\s*)([•▪◦●○‣·*+–—-])\s+(?=\S)")
_NUMBERED = re.compile(r"^(\s*)(?:\d{1,2}[.)]|[a-h]\))\s+(?=\S)")
_SECTION_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[^\W\d_])")
_HASHES = re.compile(r"^\s{0,3}(#{1,6})\s+(.+?)\s*#*$")
_NOT_A_HEADING = re.compile(
    r"https?://|www\.|\S@\S|\b\d{5}\s+[A-ZÅÄÖ]|\b(?:PL|PB|P\.O\.)\s*\d|\.\s+[A-ZÅÄÖ]|[{}=<>\\;]|\(\)|\d{2}[\s-]?\d{3}"
)
_LABEL = re.compile(r"^\s*([^\W_][^:{}=<>\"]{1,199}?)\s*:(?!//)(?:\s+|$)")
_STOPS: Final = (".", ":", ";", ",", "!", "?")


@dataclass(frozen=True)
class Block:
    """Lines that belong together. ``certain`` as on a line; ``level`` of a heading or depth of an item."""

    kind: BlockKind
    lines: tuple[Line, ...]
    text: str
    level: int = 0
    certain: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """Line numbers of the block."""
        return tuple(line.number for line in self.lines)

    @property
    def links(self) -> tuple[Link, ...]:
        """Links on the lines of the block."""
        return tuple(link for line in self.lines for link in line.links)

    @property
    def cells(self) -> tuple[str, ...]:
        """Cells of a table row."""
        return self.lines[0].cells


def label_of(text: str) -> tuple[str, str] | None:
    """``(label, rest)`` when the text opens with a short label and a colon, else None."""
    found = _LABEL.match(text)
    if not found or len(found.group(1).split()) > 14:
        return None
    return clean(found.group(1)), clean(text[found.end() :])


def known_label(text: str) -> bool:
    """Whether the text opens with a label of this vocabulary that is short enough to be one."""
    label = label_of(text)
    return bool(label) and label is not None and len(label[0].split()) <= 9 and field_of(label[0]) is not None


def heading_shape(text: str) -> bool:
    """Whether a line standing alone looks like a heading: short, begins with a capital, no stop, no address."""
    text = clean(text)
    if not 2 <= len(text) <= 140 or len(text.split()) > 18 or text.endswith(_STOPS):
        return False
    first = text.lstrip("\"'“”(0123456789. ")[:1]
    return bool(first) and first.isupper() and not _NOT_A_HEADING.search(text)


def to_blocks(lines: Sequence[Line]) -> list[Block]:
    """Blocks of a page in order. Every line that is not blank is in exactly one block."""
    blocks: list[Block] = []
    run: list[Line] = []
    for line in lines:
        if line.blank:
            _paragraph(run, blocks)
            run = []
            continue
        single = _single(line)
        if single is None:
            run.append(line)
            continue
        _paragraph(run, blocks)
        run = []
        blocks.append(single)
    _paragraph(run, blocks)
    return _promote(_continue_items(blocks))


def _single(line: Line) -> Block | None:  # noqa: PLR0911 - one return for each kind of line
    """The block a line makes alone, or None when it is running text."""
    if line.furniture or is_furniture(line.text):
        return Block("furniture", (line,), clean(line.text))
    if len(line.text) > MAX_LINE:
        return Block("too_long", (line,), "")
    if line.kind == "heading":
        return Block("heading", (line,), _unnumbered(line.text), line.level, line.certain)
    if line.kind == "item":
        text = clean(_BULLET.sub("", line.text))
        return Block("item", (line,), text, line.level, certain=True)
    if line.kind == "row" or line.cells:
        return Block("row", (line,), clean(line.text))
    if "\t" in line.text.strip():
        cells = tuple(clean(cell) for cell in line.text.strip().split("\t"))
        return Block("row", (Line(line.number, line.text, "row", cells=cells),), clean(line.text))
    return _marked(line)


def _marked(line: Line) -> Block | None:
    """A line of plain text that carries a mark of its own: a hash, a bullet, a number."""
    hashes = _HASHES.match(line.text)
    if hashes:
        return Block("heading", (line,), _unnumbered(hashes.group(2)), len(hashes.group(1)), certain=True)
    for pattern in (_BULLET, _NUMBERED):
        mark = pattern.match(line.text)
        if mark:
            text = clean(line.text[mark.end() :])
            return Block("item", (line,), text, 1 + len(mark.group(1)) // 3, certain=False)
    return None


def _unnumbered(text: str) -> str:
    return clean(_SECTION_NUMBER.sub("", clean(text)))


def _paragraph(run: Sequence[Line], blocks: list[Block]) -> None:
    """One run of text lines: a heading when it stands alone in that shape, else a paragraph, or both in turn."""
    if not run:
        return
    first = clean(run[0].text)
    if len(run) == 1 and heading_shape(first) and not known_label(first):
        blocks.append(Block("heading", tuple(run), _unnumbered(first)))
        return
    opens = len(run) > 1 and heading_shape(first) and not known_label(first) and not clean(run[1].text)[:1].islower()
    if opens and (known_label(run[1].text) or section_of(first) or resource_head(first)):
        blocks.append(Block("heading", tuple(run[:1]), _unnumbered(first)))
        run = run[1:]
    blocks.append(Block("para", tuple(run), clean(" ".join(line.text for line in run))))


def _continue_items(blocks: Sequence[Block]) -> list[Block]:
    """An indented line right under a list item goes on with that item."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        follows = last is not None and last.kind == "item" and not last.certain
        if follows and last is not None and block.kind in {"para", "heading"} and not block.certain:
            adjacent = block.lines[0].number == last.lines[-1].number + 1
            if adjacent and block.lines[0].text[:1].isspace():
                joined[-1] = Block(
                    "item", (*last.lines, *block.lines), f"{last.text} {clean(' '.join(line.text for line in block.lines))}", last.level
                )
                continue
        joined.append(block)
    return joined


def _promote(blocks: Sequence[Block]) -> list[Block]:
    """Two shapes that need a look at the next block.

    A line with a stop is a heading all the same when labelled values follow it, and a lone numbered line that stands
    between paragraphs is a heading and not a list.
    """
    done: list[Block] = []
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if (
            block.kind == "para"
            and len(block.lines) == 1
            and len(block.text) <= 160
            and not known_label(block.text)
            and not block.text.endswith(":")
            and not _NOT_A_HEADING.search(block.text)
            and after is not None
            and after.kind == "para"
            and _labelled_entry(after)
        ) or (block.kind == "item" and _lone_number(block, blocks, place)):
            done.append(Block("heading", block.lines, block.text))
        else:
            done.append(block)
    return done


def _labelled_entry(block: Block) -> bool:
    """A paragraph that is an entry of a list of systems: at least two labelled lines, an owner or users among them."""
    fields = {field_of(label[0]) for line in block.lines if (label := label_of(line.text))}
    return bool(fields & {"owner", "users"}) and len(fields) >= 2


def _lone_number(block: Block, blocks: Sequence[Block], place: int) -> bool:
    if block.certain or not _NUMBERED.match(block.lines[0].text) or block.lines[0].text[:1].isspace():
        return False
    around = [blocks[at] for at in (place - 1, place + 1) if 0 <= at < len(blocks)]
    return heading_shape(block.text) and all(other.kind != "item" for other in around)
