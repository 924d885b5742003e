"""Finding the class of a case by its code or by words of everyday language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kirjaamo.cases.models import ClassWords
from kirjaamo.kernel.kept import Kept
from kirjaamo.kernel.words import Lexemes, default_words, normal
from kirjaamo.tos.reading import PLAN
from kirjaamo.ui.languages import LANGUAGES

if TYPE_CHECKING:
    from kirjaamo.tos.models import ClassRevision

MOST = 12
WORDS = Kept("class_words", {"cases.classwords"}, lambda: dict(ClassWords.objects.values_list("class_code", "words")))
"""The everyday words of each class that has some, by language."""
_WORD = re.compile(r"\w+")


def in_use(on: dt.date) -> list[ClassRevision]:
    """The classes in force on a day under which cases are opened: those with a process, which only the lowest have."""
    return [revision for revision in PLAN() if revision.has_process and revision.holds_on(on)]  # type: ignore[attr-defined]


def find(text: str, classes: Sequence[ClassRevision]) -> list[ClassRevision]:
    """The classes that a code or words point at, the best first; nothing typed gives nothing."""
    plain = " ".join(text.split())
    if not plain:
        return []
    if plain[0].isdigit():
        code = re.sub(r"[^0-9]+", " ", plain).strip()
        return [row for row in classes if row.code.startswith(code)][:MOST]
    asked, everyday = [normal(word) for word in _WORD.findall(plain)], WORDS()
    scored = [(score, row) for row in classes if (score := _score(asked, row, everyday.get(row.code, {})))]
    return [row for _score_, row in sorted(scored, key=lambda pair: (-pair[0], pair[1].code))][:MOST]


def _score(asked: Sequence[str], row: ClassRevision, everyday: Mapping[str, str]) -> int:
    """How many of the words the class answers; a word of the title or of everyday language counts as three, of the description one."""
    best = 0
    for language in LANGUAGES:
        title = _terms(f"{row.title.get(language, '')} {everyday.get(language, '')}", language)
        more = _terms(row.description.get(language, ""), language)
        known = default_words().lexemes(set(asked), language)
        score = sum(3 * _answers(word, known.get(word), title) or _answers(word, known.get(word), more) for word in asked)
        best = max(best, score)
    return best


def _answers(word: str, lexemes: Lexemes | None, terms: set[str]) -> int:
    own = {word} | (set(lexemes.base | lexemes.stems) if lexemes else set())
    return int(bool(own & terms) or (len(word) > 2 and any(term.startswith(word) for term in terms)))  # noqa: PLR2004 - too short a beginning says nothing


def _terms(text: str, language: str) -> set[str]:
    words = {normal(word) for word in _WORD.findall(text)}
    return words | _parts(default_words().lexemes(words, language).values())


def _parts(found: Iterable[Lexemes]) -> set[str]:
    return {part for lexemes in found for part in (*lexemes.base, *lexemes.heads, *lexemes.spans, *lexemes.stems)}
