"""Finding in the description: word forms of three languages, ranking, and how many there are of each kind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from kirjaamo.catalog.indexing import SOURCE
from kirjaamo.catalog.kinds import KINDS, Kind
from kirjaamo.kernel.models import SearchRow
from kirjaamo.kernel.search_text import highlight, query, query_terms, quoted

PAGE = 20
LONGEST = 200
COMPOUND, STEM = 9, 5
"""Letters of a word that may be a compound of others, and of the shortest word that is looked for in its beginning."""
FACETS = ("kind", "unit", "heading", "publicity", "connection", "class", "state")
KIND_ORDER = {facts.kind.value: place for place, facts in enumerate(KINDS.values())}

MATCHES = """
SELECT key, kind, facets, ts_rank('{0.1, 0.2, 0.4, 1.0}', vector, %s::tsquery, 1) * weight AS rank
FROM kernel_searchrow WHERE source = %s AND language = %s AND open AND vector @@ %s::tsquery
ORDER BY key = %s DESC, rank DESC, key
"""
ALL = "SELECT key, kind, facets, 0 FROM kernel_searchrow WHERE source = %s AND language = %s AND open"


@dataclass(frozen=True)
class Asked:
    """What was asked: the words, how loosely, the choices that narrow, and the page.

    `wide`: also inside compounds. `prefix`: the last word is unfinished. `loose`: some of the words are enough.
    """

    text: str = ""
    language: str = "fi"
    wide: bool = False
    prefix: bool = False
    loose: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    page: int = 1


@dataclass(frozen=True)
class Hit:
    """One result: its page, and its title and text as segments with a mark on those that answer the words."""

    kind: str
    slug: str
    url: str
    title: Sequence[tuple[str, bool]]
    text: Sequence[tuple[str, bool]]
    facets: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """The results of a page, how many there are, and for each facet its values with counts."""

    hits: Sequence[Hit]
    total: int
    page: int
    pages: int
    counts: Mapping[str, Counter[str]]
    empty_query: bool


@dataclass(frozen=True)
class _Match:
    key: str
    kind: str
    facets: Mapping[str, Any]

    def values(self, facet: str) -> Sequence[str]:
        if facet == "kind":
            return (self.kind,)
        found = self.facets.get(facet) or ()
        return (found,) if isinstance(found, str) else tuple(found)


def search(asked: Asked) -> Answer:
    """Answer a question in two statements: the matches with their facts, then the page that is shown."""
    words = (_loosely(asked) or None) if asked.loose else query(asked.text[:LONGEST], asked.language, asked.wide, prefix=asked.prefix)
    nothing = words is None and bool(asked.text.strip())
    matches = [] if nothing else _matches(words, asked)
    chosen = {facet: value for facet, value in asked.chosen.items() if value and facet in FACETS}
    kept = [match for match in matches if _keeps(match, chosen)]
    pages = max(1, -(-len(kept) // PAGE))
    page = min(max(asked.page, 1), pages)
    counts = {facet: _counts(matches, chosen, facet) for facet in FACETS}
    return Answer(_hits(kept[(page - 1) * PAGE : page * PAGE], asked), len(kept), page, pages, counts, empty_query=words is None)


def _loosely(asked: Asked) -> str:
    """Any of the words, also inside compounds; of a long word also the words that it begins with (`dagvård` of `dagvårdsplats`)."""
    found: dict[str, None] = {}
    for term in query_terms(asked.text[:LONGEST], asked.language):
        found |= dict.fromkeys([query(f'"{term.text}"', asked.language, wide=True) or ""])
        if len(term.text) >= COMPOUND and not term.names:
            beginnings = (term.text[:end] for end in range(STEM, len(term.text) - 2))
            found |= dict.fromkeys(f"{quoted(one)}:AB" for one in beginnings)
    return " | ".join(part for part in found if part)


def _matches(words: str | None, asked: Asked) -> list[_Match]:
    """A class that is asked for by its code comes first."""
    language, exact = asked.language, f"{Kind.CLASS}:{asked.text}"
    with connection.cursor() as cursor:
        if words is None:
            cursor.execute(ALL, [SOURCE, language])
        else:
            cursor.execute(MATCHES, [words, SOURCE, language, words, exact])
        found = [_Match(key, kind, _plain(facts)) for key, kind, facts, _rank in cursor.fetchall()]
    if words is None:
        found.sort(key=lambda match: (KIND_ORDER.get(match.kind, 99), match.facets.get("order", 0)))
    return found


def _plain(facts: str | Mapping[str, Any]) -> Mapping[str, Any]:
    """Django's cursors give JSON as text."""
    return dict(json.loads(facts) if isinstance(facts, str) else facts)


def _keeps(match: _Match, chosen: Mapping[str, str], but: str = "") -> bool:
    return all(value in match.values(facet) for facet, value in chosen.items() if facet != but)


def _counts(matches: Sequence[_Match], chosen: Mapping[str, str], facet: str) -> Counter[str]:
    """Count the values of a facet among what the other choices leave."""
    return Counter(value for match in matches if _keeps(match, chosen, but=facet) for value in match.values(facet))


def _hits(matches: Sequence[_Match], asked: Asked) -> list[Hit]:
    rows = SearchRow.objects.filter(source=SOURCE, language=asked.language, key__in=[match.key for match in matches])
    shown: dict[str, Mapping[str, Any]] = {row["key"]: row for row in rows.values("key", "title", "text", "url")}
    return [_hit(match, shown[match.key], asked) for match in matches if match.key in shown]


def _hit(match: _Match, row: Mapping[str, Any], asked: Asked) -> Hit:
    def marked(text: str, window: int) -> list[tuple[str, bool]]:
        return highlight(text, asked.text[:LONGEST], asked.language, wide=asked.wide, prefix=asked.prefix, window=window)

    return Hit(match.kind, match.key.partition(":")[2], row["url"], marked(row["title"], 0), marked(row["text"], 200), match.facets)
