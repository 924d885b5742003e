"""The authority's own words: what the dictionary lacks or reads wrong. A text file that people edit.

One word on a line: the form, a tab, the lexeme. A form that ends in `*` stands for the word with any Finnish ending. `=` in
the lexeme marks where a compound is cut, so that its end is found too. Lines that begin with `#` are remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kirjaamo.kernel.words.lexemes import Lexemes, Reading, combine
from kirjaamo.kernel.words.tokens import normal

# Number and case, possessive suffix, enclitic: enough for names; the stem before them does not change.
_ENDING = re.compile(
    r":?(?:i?(?:[aäeiouyö]?n|ssa|ssä|sta|stä|h[aeiouyäö]n|lla|llä|lta|ltä|lle|na|nä|ksi|kse|tta|ttä|ta|tä|a|ä|den|tten|en|t)?)"
    r"(?:ni|si|nsa|nsä|mme|nne|[aäe]n)?(?:kin|kaan|kään|ko|kö|han|hän|pa|pä)?"
)


class LocalListError(ValueError):
    """A line of the list cannot be read; the text names the line."""


@dataclass(frozen=True, slots=True)
class LocalList:
    """The authority's words. `exact`: form → terms. `endings`: beginning of a word → terms."""

    exact: dict[str, Lexemes] = field(default_factory=dict)
    endings: dict[str, Lexemes] = field(default_factory=dict)

    @classmethod
    def parse(cls, lines: Iterable[str]) -> LocalList:
        """Read the lines of a list. Raises LocalListError."""
        exact: dict[str, Lexemes] = {}
        endings: dict[str, Lexemes] = {}
        for number, line in enumerate(lines, start=1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            form, _, lexeme = (part.strip() for part in line.partition("\t"))
            found = combine([Reading(tuple(normal(lexeme).split("=")))])
            if not form.strip("*") or found is None:
                message = f"line {number}: expected a form, a tab and a lexeme, got {line.strip()[:80]!r}"
                raise LocalListError(message)
            (endings if form.endswith("*") else exact)[normal(form.rstrip("*"))] = found
        return cls(exact, endings)

    @classmethod
    def load(cls, path: Path) -> LocalList:
        """Read a file in UTF-8. Raises OSError or LocalListError."""
        return cls.parse(path.read_text(encoding="utf-8").splitlines())

    def get(self, form: str) -> Lexemes | None:
        """Return the terms of a normalised form, or None when the list does not have it."""
        found = self.exact.get(form)
        if found is not None or not self.endings:
            return found
        for length in range(len(form), 0, -1):
            found = self.endings.get(form[:length])
            if found is not None and _ENDING.fullmatch(form, length):
                return found
        return None
