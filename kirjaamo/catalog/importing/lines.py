"""The numbered line, the smallest thing every finding of the importer points at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

LineKind = Literal["text", "heading", "item", "row"]

CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\ufeff\u200b-\u200f\u00ad\u202a-\u202e\u2060-\u2069]")


@dataclass(frozen=True)
class Link:
    """A link on a line: the words shown and the address."""

    text: str
    address: str


@dataclass(frozen=True)
class Line:
    """One line of a page. ``number`` counts from 1; ``level`` is 1–6 of a heading or the depth of a list item.

    ``certain`` is true when the markup said what the line is, and false when only its shape can tell.
    ``furniture`` is true for what belongs to the site and not to the page: menus, breadcrumbs, footers.
    """

    number: int
    text: str
    kind: LineKind = "text"
    level: int = 0
    certain: bool = False
    furniture: bool = False
    cells: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def blank(self) -> bool:
        """True when nothing can be seen on the line."""
        return not visible(self.text)


def visible(text: str) -> str:
    """Text without control and direction characters, marks of byte order and surrounding white space."""
    return _UNSEEN.sub("", text).strip()


def clean(text: str) -> str:
    """Visible text with every run of white space as one space: a value that can be shown and compared."""
    return " ".join(_UNSEEN.sub("", text).split())


def split_lines(text: str) -> list[str]:
    """Split at line feeds, carriage returns and both together, and nowhere else; a last empty line is no line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    return lines
