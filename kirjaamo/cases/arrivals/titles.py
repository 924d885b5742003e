"""Titles without secrets: what in a title may tell more than a title may (JulkL 621/1999 § 22, TiHL 906/2019 § 25.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from kirjaamo.kernel.words import default_words, normal
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.tos.models import Node

SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CAPITALISED = re.compile(r"^[A-ZÅÄÖ][a-zåäöéü]{2,}(?:-[A-ZÅÄÖ][a-zåäöéü]+)?$")
_NO_NAMES = {"helsingin", "helsinki", "espoon", "vantaan", "kaupungin", "suomen", "esimerkin", "kunnan", "valtion"}
GIVEN_NAMES = frozenset(Path(__file__).with_name("given_names.txt").read_text("utf-8").splitlines())
"""Common given names, by which a name is known at the very beginning of a title too."""
SECRET = (Publicity.SECRET.value, Publicity.PARTLY_SECRET.value)


def secrecy_of(nodes: Iterable[Node], chosen: str = "") -> str:
    """How secret what comes in a class is: `secret` when the plan, or the person, makes its documents so, `partly_secret`, or empty.

    In a secret matter not even a name may stand in a title, for the class beside it tells what the person's matter is.
    """
    if chosen in SECRET:
        return chosen
    told = [node.publicity for node in nodes if node.kind == "document" and node.publicity]
    if told and all(publicity == Publicity.SECRET.value for publicity in told):
        return Publicity.SECRET.value
    return Publicity.PARTLY_SECRET.value if any(publicity in SECRET for publicity in told) else ""


def names_in(title: str, known: Sequence[str]) -> list[str]:
    """Words of a title that look like a person's name: those of a known sender in any form, or two capitalised words in a row."""
    words = _WORD.findall(title)
    parts = {normal(part) for name in known for part in _WORD.findall(name) if len(part) >= SHORTEST}
    forms = default_words().lexemes({normal(word) for word in words}, "fi") if parts else {}
    found = [word for word in words if len(word) >= SHORTEST and _is_of(normal(word), forms, parts)]
    for place, (first, second) in enumerate(pairwise(words)):
        begins = place == 0 and normal(first) not in GIVEN_NAMES  # a title begins with a capital anyway
        if not begins and _looks_named(first) and _looks_named(second) and f"{first} {second}" in title:
            found.append(f"{first} {second}")
    return list(dict.fromkeys(found))


def _is_of(word: str, forms: object, parts: set[str]) -> bool:
    if word in parts or any(len(part) > SHORTEST and word.startswith(part) for part in parts):
        return True
    found = forms.get(word) if isinstance(forms, dict) else None
    return bool(found and (found.base | found.stems) & parts)


def _looks_named(word: str) -> bool:
    return bool(_CAPITALISED.match(word)) and normal(word) not in _NO_NAMES
