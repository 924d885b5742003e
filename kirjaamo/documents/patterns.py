"""Patterns of letters in three languages: what a letter of a kind says before a person has filled it in."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kirjaamo.documents.letter import Letter, prose, signature
from kirjaamo.documents.policy import Upload

FILE = Path(__file__).with_name("patterns.toml")
UNFILLED = re.compile(r"\[[^\]\n]{2,80}\]")
LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True)
class Pattern:
    """A kind of letter: its title and its text by language."""

    code: str
    title: Mapping[str, str]
    text: Mapping[str, str]

    def filled(self, language: str, facts: Mapping[str, str]) -> str:
        """The text of a language with what is known of the case; what only a person knows stays in brackets."""
        text = self.text[language]
        for name, value in facts.items():
            text = text.replace(f"{{{name}}}", value)
        return text


@lru_cache(maxsize=1)
def patterns() -> Mapping[str, Pattern]:
    """The patterns by their codes, in the order of the file."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    return {
        code: Pattern(code, entry["title"], {language: entry[language].strip() for language in LANGUAGES}) for code, entry in told.items()
    }


def unfilled(text: str) -> str:
    """The first place that is still to be filled in; empty when there is none."""
    found = UNFILLED.search(text)
    return found.group() if found else ""


@dataclass(frozen=True)
class Written:
    """A letter as a person wrote it: of which pattern, in which language, to whom, what it says."""

    pattern: str
    language: str
    title: str
    recipient: str
    text: str


@dataclass(frozen=True)
class Head:
    """Who writes a letter and about which case."""

    authority: str
    unit: str
    identifier: str
    author: str


def letter_file(written: Written, head: Head, at: dt.datetime, marking: Sequence[str] = ()) -> Upload:
    """The letter as a tagged PDF (PDF/A-2a and PDF/UA-1), with its marking when it is secret."""
    parts = [prose(written.text), signature(head.author, head.unit)]
    letter = Letter(
        written.language,
        at,
        written.title,
        head.authority,
        parts,
        unit=head.unit,
        identifier=head.identifier,
        recipient=written.recipient.splitlines(),
        marking=marking,
    )
    return Upload(f"{written.pattern}.pdf", letter.pdf(), "application/pdf")
