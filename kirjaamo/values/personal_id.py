"""The Finnish personal identity code (henkilötunnus), a value that never prints itself.

The separator is a part of the identity: two persons may share the birth date, the three
digits and the check character and differ in the separator only, so all eleven characters
are stored, indexed and compared. # 690/2022
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kirjaamo.values.problems import ValueProblem

_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
# Separator -> century; the letters came into use in 2023. # 690/2022
_CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
_LENGTH = 11
_LOWEST_NUMBER = 2
_LOWEST_ARTIFICIAL = 900
_SHAPE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})(.)([0-9]{3})([0-9A-Z])", re.DOTALL)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_IN_TEXT = re.compile(
    r"(?<![0-9A-Za-z])[0-9]{6}\s?[-+\u2010-\u2014\u2212A-FU-Ya-fu-y]\s?[0-9]{3}"
    r"[0-9A-FHJ-NPR-Ya-fhj-npr-y](?![0-9A-Za-z])"
)


class PersonalIdProblem(StrEnum):
    """Which part of the code is wrong."""

    MISSING = "missing"
    LENGTH = "length"
    SHAPE = "shape"
    SEPARATOR = "separator"
    DATE = "date"
    FUTURE = "future"
    NUMBER = "number"
    CHECK = "check"


class PersonalIdError(ValueProblem):
    """Refuses a text as an identity code; never holds the text itself."""

    def __init__(self, kind: PersonalIdProblem) -> None:
        super().__init__(f"personal_id.{kind.value}")
        self.kind = kind


@dataclass(frozen=True, slots=True, repr=False)
class PersonalId:
    """A valid identity code; only `reveal()` gives it out."""

    _code: str = field()

    def __post_init__(self) -> None:
        _check(self._code)

    @classmethod
    def parse(cls, text: str, *, today: date | None = None) -> PersonalId:
        """Read a code in any case and with any spaces or dashes of a text processor.

        With `today` a code of somebody not yet born is refused too.
        Raises PersonalIdError, whose `kind` tells the part that is wrong.
        """
        found = cls("".join(text.split()).translate(_DASHES).upper())
        if today is not None and found.birth_date > today:
            raise PersonalIdError(PersonalIdProblem.FUTURE)
        return found

    def reveal(self) -> str:
        """Give all eleven characters: for storing encrypted, comparing and lawful showing."""
        return self._code

    def masked(self) -> str:
        """Give the form for pages of those who may see a birth date: '010100-****'."""
        return f"{self._code[:7]}****"

    @property
    def birth_date(self) -> date:
        """Day of birth as the code tells it."""
        return _birth_date(self._code)

    @property
    def artificial(self) -> bool:
        """Whether the individual number is of the range 900-999, given to no real person."""
        return int(self._code[7:10]) >= _LOWEST_ARTIFICIAL

    def __repr__(self) -> str:
        return "PersonalId(***)"

    def __str__(self) -> str:
        return "***"


@dataclass(frozen=True, slots=True)
class FoundPersonalId:
    """Where in a text a code stands; `certain` when its check character is right too."""

    start: int
    end: int
    certain: bool


def find_personal_ids(text: str) -> tuple[FoundPersonalId, ...]:
    """Find identity codes in free text, to warn of one in a title (JulkL 22 §, 1050/2018 29 §).

    A code with a real date and a wrong check character is found as uncertain: a mistyped
    code still points to a person.
    """
    found = []
    for match in _IN_TEXT.finditer(text):
        try:
            PersonalId.parse(match.group())
        except PersonalIdError as problem:
            if problem.kind is PersonalIdProblem.CHECK:
                found.append(FoundPersonalId(*match.span(), certain=False))
        else:
            found.append(FoundPersonalId(*match.span(), certain=True))
    return tuple(found)


def hide_personal_ids(text: str) -> str:
    """Replace every identity code of a text, certain or not, with eleven asterisks."""
    for place in reversed(find_personal_ids(text)):
        text = text[: place.start] + "*" * _LENGTH + text[place.end :]
    return text


def _birth_date(code: str) -> date:
    return date(_CENTURIES[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))


def _check(code: str) -> None:
    """Go through the code part by part; the first wrong part names the problem."""
    if not code:
        raise PersonalIdError(PersonalIdProblem.MISSING)
    if len(code) != _LENGTH:
        raise PersonalIdError(PersonalIdProblem.LENGTH)
    shape = _SHAPE.fullmatch(code)
    if shape is None:
        raise PersonalIdError(PersonalIdProblem.SHAPE)
    if shape[4] not in _CENTURIES:
        raise PersonalIdError(PersonalIdProblem.SEPARATOR)
    if not _is_date(code):
        raise PersonalIdError(PersonalIdProblem.DATE)
    if int(shape[5]) < _LOWEST_NUMBER:
        raise PersonalIdError(PersonalIdProblem.NUMBER)
    if _CHECK_CHARACTERS[int(code[:6] + shape[5]) % 31] != shape[6]:
        raise PersonalIdError(PersonalIdProblem.CHECK)


def _is_date(code: str) -> bool:
    try:
        _birth_date(code)
    except ValueError:
        return False
    return True
