"""How alike two names of systems are, with Finnish inflection and compounds and without a dictionary.

Two steps, kept apart because they mean different things to the reviewer: *equal* names (the same words, whatever their
case, their spaces and whether the head says *system* or *information system*), and *like* names (the words that matter
share their stems). An analyser that gives base forms makes the first step surer when there is one.
"""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kirjaamo.catalog.importing.lines import clean
from kirjaamo.catalog.importing.names import base_form, norm

Analyse = Callable[[str], set[str]]

_BRACKETS = re.compile(r"\s*\([^()]*\)")
_HEAD = re.compile(
    r"(?:tieto|hallinta|hallinnan|hallinnon)?(?:järjestelm\w*|rekister\w*|ohjelm\w*|sovellu\w*|kokonaisuu\w*)$|"
    r"(?:informations|data|hanterings|förvaltnings)?(?:system|register|program|tillämpning)(?:et|en|er|s)?$|^(?:tietovaran\w+|"
    r"informationslag\w+)$"
)
_EMPTY: Final = frozenset(
    [
        "ja",
        "sekä",
        "tai",
        "eli",
        "koko",
        "oma",
        "omat",
        "eri",
        "muu",
        "muut",
        "käyttö",
        "yhteinen",
        "yhteiset",
        "kaupungin",
        "kunnan",
        "stadens",
        "kommunens",
        "och",
        "samt",
        "för",
        "av",
        "i",
        "the",
        "of",
        "and",
        "for",
        "in",
        "a",
        "an",
        "information",
        "data",
        "management",
        "system",
        "systems",
        "tieto",
        "hallinta",
        "toimialan",
    ]
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*-?")
_ENDING = re.compile(
    r"(?:iden|itten|jen|ien|ten|den|issa|issä|ista|istä|ihin|illa|illä|ille|ssa|ssä|sta|stä|lla|llä|lle|aan|ään|oon|iin|eiden|n|t|ta|tä)$"
)
LIKE: Final = 0.55
"""Names at least this alike are shown to the reviewer as probably the same."""


@dataclass(frozen=True)
class Form:
    """A name ready to be compared: as one string, as its words that matter, and their base forms when known."""

    name: str
    whole: str
    words: tuple[str, ...]
    bases: tuple[frozenset[str], ...] = ()

    @property
    def prefixes(self) -> frozenset[str]:
        """First letters of the words that matter: names without a common one are never compared."""
        spelled = {word.rstrip("-")[:4] for word in self.words}
        return frozenset(spelled | {base[:4] for bases in self.bases for base in bases})


def form_of(name: str, analyse: Analyse | None = None) -> Form:
    """The comparing form of a name."""
    bare = clean(_BRACKETS.sub("", name)).casefold()
    words = tuple(word for word in (_bare_word(word) for word in _WORD.findall(bare)) if word)
    bases = tuple(frozenset(analyse(word.rstrip("-"))) for word in words) if analyse else ()
    return Form(name, whole_of(bare), words, bases)


def whole_of(name: str) -> str:
    """The name as one string in which case, number and *information* of the head do not show."""
    text = base_form(norm(_BRACKETS.sub("", name)))
    text = re.sub(r"tietojärjestelmä", "järjestelmä", text)
    text = re.sub(r"(järjestelm)ät$", r"\1ä", text)
    text = re.sub(r"(rekisteri|palvelu|ohjelma|arkisto)t$", r"\1", text)
    return re.sub(r"(?:informations|data)system(?:et|en)?$", "system", text).replace(" ", "").replace("-", "")


def _bare_word(word: str) -> str:
    """The word without the noun for a system at its end; empty when nothing that matters is left."""
    if word in _EMPTY or len(word) < 2:
        return ""
    if word.endswith("-"):
        return word
    left = _HEAD.sub("", word)
    return left if len(left) >= 3 and left not in _EMPTY else ""


def equal(one: Form, other: Form) -> bool:
    """Whether the names are the same words."""
    if one.whole == other.whole:
        return True
    if not one.bases or len(one.bases) != len(other.bases) or _heads(one) != _heads(other):
        return False
    return all(left & right for left, right in zip(one.bases, other.bases, strict=True))


def _heads(form: Form) -> str:
    found = re.search(r"(järjestelm|rekister|ohjelm|sovellu|palvelu|arkisto|system|register|program)\w*$", form.whole)
    return found.group(1) if found else form.whole[-6:]


def likeness(one: Form, other: Form) -> float:
    """From 0 to 1: how much of the words that matter is common, the shorter name counting more."""
    if not one.words or not other.words:
        return 0.0
    left, right = _cover(one, other), _cover(other, one)
    short, long = (left, right) if _size(one) <= _size(other) else (right, left)
    return round(0.6 * short + 0.4 * long, 3)


def _size(form: Form) -> int:
    return sum(len(word) for word in form.words)


def _cover(one: Form, other: Form) -> float:
    total = matched = 0.0
    for place, word in enumerate(one.words):
        best = max((_alike(word, place, one, at, other) for at in range(len(other.words))), default=0.0)
        total += len(word)
        matched += len(word) * best
    return matched / total


def _alike(word: str, place: int, one: Form, at: int, other: Form) -> float:
    """How alike a word of the one name and a word of the other are."""
    against = other.words[at]
    if word == against or _stem(word) == _stem(against):
        return 1.0
    if one.bases and other.bases and one.bases[place] & other.bases[at]:
        return 1.0
    if word.endswith("-") or against.endswith("-"):
        return _elliptic(word, place, one, against, at, other)
    common = _common(word, against)
    shorter = min(len(_stem(word)), len(_stem(against)))
    if common >= max(5, len(word) - 3) and common >= max(5, len(against) - 3):
        return 1.0
    if common >= 6 and common >= shorter - 1:
        return 0.75
    phrase = max(_phrase(word, against, at, other), _phrase(against, word, place, one))
    return max(phrase, _letters(word, against))


def _elliptic(word: str, place: int, one: Form, against: str, at: int, other: Form) -> float:
    """*A- ja B-huolto* speaks of *A-huolto* too: the hyphen stands for the end of the next full word."""
    if word.endswith("-") and against.endswith("-"):
        return 1.0 if _common(word, against) >= min(len(word), len(against)) - 1 else 0.0
    part, whole, following = (word, against, one.words[place + 1 :]) if word.endswith("-") else (against, word, other.words[at + 1 :])
    start = part.rstrip("-")
    if not whole.startswith(start):
        return 0.0
    rest = whole[len(start) :]
    full = next((after for after in following if not after.endswith("-")), "")
    if not rest or _stem(whole) == start:
        return 1.0
    return 1.0 if len(rest) >= 3 and rest[:4] in full else 0.5


def _phrase(compound: str, first: str, at: int, form: Form) -> float:
    """A compound against a phrase of two words: the first begins alike, the second begins inside the compound."""
    second = form.words[at + 1] if at + 1 < len(form.words) else ""
    before = form.words[at - 1] if at else ""
    if _common(compound, first) >= 5 and len(second) >= 4 and second[:4] in compound[5:]:
        return 0.8
    if before and _common(compound, before) >= 5 and len(first) >= 4 and first[:4] in compound[5:]:
        return 0.8
    return 0.0


def _letters(one: str, other: str) -> float:
    """Common runs of three letters; below two fifths they mean nothing."""
    left, right = ({word[at : at + 3] for at in range(len(word) - 2)} for word in (one, other))
    if not left or not right:
        return 0.0
    value = 2 * len(left & right) / (len(left) + len(right))
    return value if value >= 0.4 else 0.0


def _common(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _stem(word: str) -> str:
    """The word without its case ending, for words long enough to have one."""
    return _ENDING.sub("", word) if len(word) > 6 else word
