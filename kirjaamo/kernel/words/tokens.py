"""Cuts running text into words and identifiers; identity codes are left out before anything else is looked at.

Identifiers (case numbers, class codes, business ids, property ids, dates, plain numbers) get a normalised form of their own,
so that `HEL 2026-000123` and `hel 2026-123` meet. A personal identity code never becomes a search term, valid or not:
a search index must not be a door to it.  # TSL 1050/2018 § 29
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from re import Match

LONGEST_WORD = 100  # characters; what is longer is not a word, and is indexed by its beginning
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"
_QUOTES = "\u2018\u2019\u201b\u02bc\u00b4\u0060"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

# One character for one character, so that places in the text stay the same.
_PLAIN = (
    dict.fromkeys(map(ord, _DASHES), "-")
    | dict.fromkeys(map(ord, _QUOTES), "'")
    | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
)
_HIDDEN = dict.fromkeys(map(ord, _INVISIBLE))

_H = f"[{_INVISIBLE}]*"
_GAP = rf"[\s{_INVISIBLE}]{{0,3}}"
_IDENTITY = re.compile(
    rf"(?<!\d)((?:\d{_H}){{6}}){_GAP}([-+A-FU-Y]?){_GAP}((?:\d{_H}){{3}})([0-9A-FHJ-NPR-Y])(?!\d)",
    re.IGNORECASE,
)
_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"

_JOINT = f"[-':·&{_INVISIBLE}]"
_TOKEN = re.compile(
    rf"""
      (?P<slashed>(?<![\w/])(?:[^\W\d_]{{2,10}}[:/])?\d{{1,7}}(?:/\d\d(?:\.\d\d){{1,5}})?(?:/\d{{1,7}}){{1,2}}(?![\w/]))
    | (?P<case>(?<![\w-])(?:[^\W\d_]{{2,10}}-)?(?:19|20)\d\d-\d{{3,7}}(?![\w-]))
    | (?P<property>(?<![\w-])\d{{1,3}}-\d{{1,3}}-\d{{1,4}}-\d{{1,4}}(?:-[MmPp]\d{{1,4}})?(?![\w-]))
    | (?P<business>(?<![\w-])\d{{6,7}}-\d(?![\w-])|(?<!\w)[Ff][Ii]\d{{8}}(?!\w))
    | (?P<isodate>(?<![\w-])\d{{4}}-\d\d-\d\d(?![\w-]))
    | (?P<date>(?<![\w.])\d{{1,2}}\.\d{{1,2}}\.\d{{4}}(?![\w]))
    | (?P<class>(?<![\w.-])\d\d(?:[ \u00a0]\d\d){{1,5}}(?![\w-])(?![.,]\d)|(?<![\w.-])\d\d(?:\.\d\d){{1,5}}(?![\w-])(?!\.\d))
    | (?P<decimal>(?<![\w.,-])\d+[.,]\d+(?![\w])(?![.,]\d))
    | (?P<number>\d++(?!{_JOINT}*[^\W\d_]))
    | (?P<word>[^\W_]+(?:{_JOINT}+[^\W_]+)*)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or identifier: its place in the text and its normalised form.

    A word has no `names`. An identifier's first name is what a query asks for; documents carry all of them.
    """

    start: int
    end: int
    text: str
    names: tuple[str, ...] = ()


def nfc(text: str) -> str:
    """Return the text composed (a + ring = å); places of tokens refer to this form."""
    return unicodedata.normalize("NFC", text)


def normal(word: str) -> str:
    """Return the form a word is analysed and compared in: composed, lower case, no hidden characters, bounded length."""
    plain = nfc(word).translate(_PLAIN).translate(_HIDDEN)
    return nfc(plain.lower())[:LONGEST_WORD]


def tokens(text: str) -> Iterator[Token]:
    """Yield the words and identifiers of a text in order. `text` should have passed `nfc` if the places matter."""
    plain = _IDENTITY.sub(_blank, text.translate(_PLAIN))
    for match in _TOKEN.finditer(plain):
        form = normal(match.group())
        if not form or has_identity_code(form):
            continue
        kind = match.lastgroup or "word"
        names = _NAMES[kind](form) if kind in _NAMES else ()
        yield Token(match.start(), match.end(), form, names)


def has_identity_code(text: str) -> bool:
    """Say whether the text contains something in the shape of a personal identity code."""
    return any(_is_identity(match) for match in _IDENTITY.finditer(text.translate(_PLAIN)))


def _is_identity(match: Match[str]) -> bool:
    """A sign of the century and a possible day are enough; without the sign the check character must be right."""
    date, serial = match[1].translate(_HIDDEN), match[3].translate(_HIDDEN)
    day, month = int(date[:2]), int(date[2:4])
    if not (1 <= day <= 31 and 1 <= month <= 12):  # noqa: PLR2004 - parts of the written form
        return False
    return bool(match[2]) or _CHECK_CHARACTERS[int(date + serial) % 31] == match[4].upper()


def _blank(match: Match[str]) -> str:
    return " " * len(match.group()) if _is_identity(match) else match.group()


def _number(form: str) -> tuple[str, ...]:
    digits = form[:64]
    names = [digits, digits.lstrip("0") or "0"]
    if len(digits) == 14 and digits.isascii():  # noqa: PLR2004 - parts of the written form
        names.insert(0, _property_name([digits[:3], digits[3:6], digits[6:10], digits[10:]]))
    return tuple(dict.fromkeys(names))


def _slashed(form: str) -> tuple[str, ...]:
    """`TRE:6623/07.01.00/2025`, `VN/12345/2026` and `621/1999`: the whole, without the body, number and year, the class."""
    bare = re.sub(r"^[^\d]+[:/]", "", form)
    parts = bare.split("/")
    names = [form, bare, f"{parts[0]}/{parts[-1]}", parts[-1]]
    if len(parts) > 2 and "." in parts[1]:  # noqa: PLR2004 - parts of the written form
        names.extend(_class(parts[1]))
    return tuple(dict.fromkeys(names))


def _case(form: str) -> tuple[str, ...]:
    """`2026-000123`: without leading zeros; the body before a space is a word of its own. Years apart: `2020-2024` is a range."""
    *body, year, serial = form.split("-")
    short = f"{year}-{int(serial)}"
    return tuple(dict.fromkeys([short, *(f"{name}-{short}" for name in body), year, serial]))


def _property_name(parts: list[str]) -> str:
    return "-".join(str(int(part)) for part in parts)


def _property(form: str) -> tuple[str, ...]:
    parts = form.split("-")
    plain = _property_name(parts[:4])
    return (f"{plain}-{parts[4]}", plain) if len(parts) > 4 else (plain,)  # noqa: PLR2004 - parts of the written form


def _business(form: str) -> tuple[str, ...]:
    digits = form.removeprefix("fi").replace("-", "").zfill(8)
    return (f"{digits[:7]}-{digits[7]}",)


def _date(form: str) -> tuple[str, ...]:
    day, month, year = form.split(".")
    return (f"{year}-{int(month):02}-{int(day):02}", year)


def _iso_date(form: str) -> tuple[str, ...]:
    return (form, form[:4])


def _class(form: str) -> tuple[str, ...]:
    """`07 01 04` and `07.01.04`; a document is found by the classes above as well."""
    parts = re.split(r"[ \u00a0.]", form)
    above = [".".join(parts[:length]) for length in range(len(parts), 1, -1)]
    return tuple(dict.fromkeys(above if "." in form else above + parts))


def _decimal(form: str) -> tuple[str, ...]:
    return (form.replace(",", "."),)


_NAMES: dict[str, Callable[[str], tuple[str, ...]]] = {
    "slashed": _slashed,
    "case": _case,
    "property": _property,
    "business": _business,
    "isodate": _iso_date,
    "date": _date,
    "class": _class,
    "decimal": _decimal,
    "number": _number,
}
