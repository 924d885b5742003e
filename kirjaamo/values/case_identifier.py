"""The case identifier (asiatunnus) and the pattern by which an authority writes it.

A pattern is literal text with tokens in braces: `HEL {year}-{number:06}`,
`TRE:{number}/{class}/{year}`, `KA/{serial}/{class}/{year}`.

- `{number}` runs from one each year and needs `{year}`; `{serial}` never restarts;
  `:06` pads with zeros to at least six digits.
- `{class}` is the code of the function class, `{prefix}` the text given with the pattern.

An identifier is unique, immutable and never reused; others' identifiers are kept as they
came. # TiHL 906/2019 § 26.1
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kirjaamo.values.problems import ValueProblem

_TOKEN = re.compile(r"\{(year|class|number(?::0[1-9])?|serial(?::0[1-9])?)\}")
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_CLASS = r"(?P<class>[0-9]{1,4}(?:[. ][0-9]{1,4}){0,7})"
_NUMBER = r"(?P<number>[0-9]{1,12})"
_ANY_SEPARATOR = r"[\s:/._\-\u2010-\u2015\u2212]{0,3}"
_YEARS = range(1900, 2100)
_LARGEST_NUMBER = 10**12 - 1


@dataclass(frozen=True, slots=True)
class CaseIdentifier:
    """An identifier in its exact written form and what its pattern told of it."""

    text: str
    number: int
    year: int | None = None
    class_code: str | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class CasePattern:
    """How one authority writes its identifiers; made by `CasePattern.parse`."""

    source: str
    parts: tuple[str, ...]
    _exact: re.Pattern[str] = field(repr=False, compare=False)
    _loose: re.Pattern[str] = field(repr=False, compare=False)

    @classmethod
    def parse(cls, pattern: str, *, prefix: str = "") -> CasePattern:
        """Read a pattern. Raises ValueProblem `case_pattern.…` that names what is wrong."""
        source = pattern.replace("{prefix}", prefix).strip()
        parts = tuple(part for part in _split(source) if part)
        _check(parts)
        exact = "".join(_exact_regex(part) for part in parts)
        loose = "".join(_loose_regex(part, named=parts[0][0] != "{") for part in parts)
        return cls(
            source,
            parts,
            re.compile(exact),
            re.compile(rf"(?<![0-9A-Za-z]){loose}(?![0-9A-Za-z])", re.IGNORECASE),
        )

    @property
    def yearly(self) -> bool:
        """Whether the running number restarts each year."""
        return any(part.startswith("{number") for part in self.parts)

    @property
    def uses_year(self) -> bool:
        """Whether an identifier shows a year."""
        return "{year}" in self.parts

    @property
    def uses_class(self) -> bool:
        """Whether an identifier shows the function class."""
        return "{class}" in self.parts

    def series_key(self, year: int) -> str:
        """Name the series in which running numbers are unique.

        Patterns that write the same prefix share a series, so two of them can never
        make one identifier twice; neither padding nor class opens a new one.
        """
        first = self.parts[0]
        prefix = "" if first[0] == "{" else " ".join(re.findall(r"\w+", first)).upper()
        return f"{prefix}|{year if self.yearly else '*'}"

    def format(self, number: int, year: int | None = None, class_code: str | None = None) -> CaseIdentifier:
        """Write the identifier of a running number.

        Raises ValueProblem `case_identifier.…` when a part that the pattern shows is
        missing or cannot be.
        """
        if not 1 <= number <= _LARGEST_NUMBER:
            raise ValueProblem("case_identifier.number")
        if self.uses_year and (year is None or year not in _YEARS):
            raise ValueProblem("case_identifier.year")
        if self.uses_class and re.fullmatch(_CLASS, class_code or "") is None:
            raise ValueProblem("case_identifier.class")
        values = {"year": str(year), "class": str(class_code)}
        text = "".join(_write(part, number, values) for part in self.parts)
        return CaseIdentifier(text, number, year if self.uses_year else None, class_code if self.uses_class else None)

    def around(self, year: int | None = None, class_code: str | None = None) -> tuple[str, int, str]:
        """Give what stands before and after the running number and its least width: for a database that numbers by itself."""
        self.format(1, year, class_code)  # raises when a part is missing
        values = {"year": str(year), "class": str(class_code)}
        place = next(at for at, part in enumerate(self.parts) if part.startswith(("{number", "{serial")))
        width = int(self.parts[place].strip("{}").partition(":")[2] or 1)
        before, after = (_written(parts, values) for parts in (self.parts[:place], self.parts[place + 1 :]))
        return before, width, after

    def match(self, text: str) -> CaseIdentifier | None:
        """Read an identifier written exactly by this pattern; None when it is not."""
        found = self._exact.fullmatch(text)
        identifier = self._from_match(found) if found else None
        return identifier if identifier and identifier.text == text else None

    def find_all(self, text: str) -> tuple[CaseIdentifier, ...]:
        """Find identifiers in free text however they are typed: 'hel-2026-123'.

        They come in the exact form, each once, for use as search tokens.
        """
        found = (self._from_match(match) for match in self._loose.finditer(text))
        return tuple(dict.fromkeys(identifier for identifier in found if identifier))

    def _from_match(self, match: re.Match[str]) -> CaseIdentifier | None:
        groups = match.groupdict()
        year, number = groups.get("year"), int(groups["number"])
        if number < 1:
            return None
        return self.format(number, int(year) if year else None, groups.get("class"))


def _split(source: str) -> list[str]:
    """Cut into tokens (with their braces) and the literal text between them."""
    pieces = []
    at = 0
    for token in _TOKEN.finditer(source):
        pieces += [source[at : token.start()], token.group()]
        at = token.end()
    return [*pieces, source[at:]]


def _check(parts: tuple[str, ...]) -> None:
    tokens = [part.strip("{}").partition(":")[0] for part in parts if part[0] == "{"]
    if any(set("{}") & set(part) for part in parts if not _TOKEN.fullmatch(part)):
        raise ValueProblem("case_pattern.unknown_token")
    if tokens.count("number") + tokens.count("serial") != 1:
        raise ValueProblem("case_pattern.one_number")
    if len(tokens) != len(set(tokens)):
        raise ValueProblem("case_pattern.repeated_token")
    if "number" in tokens and "year" not in tokens:
        raise ValueProblem("case_pattern.year_missing")
    if any(not _separated(left, right) for left, right in pairwise(parts)):
        raise ValueProblem("case_pattern.not_separated")


def _separated(left: str, right: str) -> bool:
    """Whether a token and its neighbour can be told apart when read back."""
    if left[0] == right[0] == "{":
        return False
    literal, beside = (right, right[0]) if left[0] == "{" else (left, left[-1])
    return not beside.isdigit() and bool(literal)


def _exact_regex(part: str) -> str:
    if part == "{year}":
        return _YEAR
    if part == "{class}":
        return _CLASS
    return _NUMBER if part[0] == "{" else re.escape(part)


def _loose_regex(part: str, *, named: bool) -> str:
    """Let case and separators vary when the pattern begins with a name.

    A pattern of bare numbers is found only as it is written, for '1/2026' may be anything.
    """
    if part[0] == "{" or not named:
        return _exact_regex(part)
    runs = re.findall(r"\w+|\W+", part)
    return "".join(re.escape(run) if run[0].isalnum() else _ANY_SEPARATOR for run in runs)


def _written(parts: tuple[str, ...], values: dict[str, str]) -> str:
    return "".join(_write(part, 1, values) for part in parts)


def _write(part: str, number: int, values: dict[str, str]) -> str:
    if part[0] != "{":
        return part
    name, _, width = part.strip("{}").partition(":")
    return values[name] if name in values else str(number).zfill(int(width or 1))
