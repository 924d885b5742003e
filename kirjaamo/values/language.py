"""Text in Finnish, Swedish and English side by side, and how a day is written in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

LANGUAGES = ("fi", "sv", "en")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Picked(NamedTuple):
    """A text and the language that it is really in (for the `lang` attribute of a page)."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Text3:
    """One text in three languages; Finnish is the source, an empty one is missing."""

    fi: str
    sv: str = ""
    en: str = ""

    @classmethod
    def of(cls, value: str | Mapping[str, str] | Text3) -> Text3:
        """Make a text of a Finnish string, a dict of languages or a Text3 as it is."""
        if isinstance(value, Text3):
            return value
        if isinstance(value, str):
            return cls(value)
        return cls(value.get("fi", ""), value.get("sv", ""), value.get("en", ""))

    def as_dict(self) -> dict[str, str]:
        """Give the languages that have a text, ready for JSON."""
        return {name: text for name in LANGUAGES if (text := str(getattr(self, name)))}

    def pick(self, language: str) -> str:
        """Give the text in the language, or in Finnish when it is missing."""
        return pick(self.as_dict(), language)

    def __str__(self) -> str:
        return self.pick("fi")


def base_language(code: str) -> str:
    """Reduce a language tag to one of ours: 'sv-FI' is 'sv'; an unknown one is 'fi'."""
    primary = code.replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else "fi"


def pick_with_language(texts: Text3 | Mapping[str, str], language: str) -> Picked:
    """Choose the text in the language, else in Finnish, else in any; tell which it was."""
    table = texts.as_dict() if isinstance(texts, Text3) else texts
    wanted = base_language(language)
    for candidate in (wanted, *LANGUAGES):
        if text := table.get(candidate, ""):
            return Picked(text, candidate)
    return Picked("", wanted)


def pick(texts: Text3 | Mapping[str, str], language: str) -> str:
    """Choose the text in the language, else in Finnish, else in any that there is."""
    return pick_with_language(texts, language).text


def format_day(day: date, language: str) -> str:
    """Write a day as people of the language do: '2.4.2026', in English '2 April 2026'."""
    if base_language(language) == "en":
        return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"
