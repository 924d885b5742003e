"""The parts of a letter: small values that become the template `letter` of `documents/typst`.

A letter is put together of parts in any language; what a part looks like is the template's business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from kirjaamo.documents.typeset import make_pdf, shown
from kirjaamo.values.language import format_day

Part = Mapping[str, object]
LONGEST = 1000
"""Characters of a heading: the outline of a PDF holds no longer texts."""


@dataclass(frozen=True)
class Letter:
    """A letter of the authority: who writes, to whom, about which case, and what it says part by part."""

    language: str
    at: dt.datetime
    title: str
    authority: str
    parts: Sequence[Part]
    unit: str = ""
    identifier: str = ""
    recipient: Sequence[str] = field(default_factory=tuple)
    footer: str = ""
    marking: Sequence[str] = field(default_factory=tuple)
    """What is marked on it when it is secret (`documents.marking`): the first line on every page, all at its beginning."""

    def pdf(self) -> bytes:
        """Make the letter as one tagged PDF (PDF/A-2a and PDF/UA-1)."""
        return make_pdf(
            "letter",
            {
                "lang": self.language,
                "date": self.at.isoformat(),
                "date_text": format_day(timezone.localtime(self.at).date(), self.language),
                "title": _named(self.title),
                "authority": self.authority,
                "unit": self.unit,
                "identifier": self.identifier,
                "recipient": [line for line in self.recipient if line],
                "footer": self.footer,
                "marking": self.marking[0] if self.marking else "",
                "parts": [*([note(self.marking[0], "\n".join(self.marking[1:]))] if self.marking else []), *self.parts],
            },
        )


def _named(text: str) -> str:
    """A title that is never empty, since a reader of the document's outline would meet nothing."""
    return text[:LONGEST] if shown(text).strip() else "–"


def heading(text: str) -> Part:
    """A heading within the letter."""
    return {"kind": "heading", "text": _named(text)}


def prose(text: str) -> Part:
    """Text in paragraphs (an empty line parts them)."""
    return {"kind": "text", "text": text}


def facts(rows: Sequence[tuple[str, str]]) -> Part:
    """Labels and values; rows without a value are left out."""
    return {"kind": "facts", "rows": [list(row) for row in rows if row[1]]}


def listed(items: Sequence[str]) -> Part:
    """A list."""
    return {"kind": "list", "items": list(items)}


def note(title: str, text: str) -> Part:
    """What must not be overlooked."""
    return {"kind": "note", "title": title, "text": text}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Part:
    """A table with a head row."""
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows]}


def signature(*lines: str) -> Part:
    """Who signs: name, title, unit."""
    return {"kind": "sign", "lines": [line for line in lines if line]}
