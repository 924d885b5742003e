"""The one search: words over everything that a person may find, whatever room holds it.

A room that writes search rows tells here under which name it writes them, what its kinds are called, and the one condition that
says which of its rows an actor may find at a moment. A row that the condition leaves out is neither found nor counted.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import BooleanField, F, FloatField, Q, QuerySet
from django.db.models.expressions import RawSQL

from kirjaamo.kernel.models import SearchRow
from kirjaamo.kernel.search_text import highlight, query
from kirjaamo.kernel.sight import saw

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

PAGE = 20
MOST = 2_000
"""How many of the matches are ranked and counted; beyond, the count says "over"."""
LONGEST = 200
LANGUAGES = ("fi", "sv", "en")
FACETS = ("kind", "class", "year")
WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"


class Searched(Protocol):
    """What a room tells of the search rows that it writes."""

    source: str

    @property
    def kinds(self) -> Mapping[str, object]:
        """The kinds of its rows, each with what many of them are called."""

    translated: bool
    """Whether a thing has a row in each language; then only those of the reader's language are looked at."""

    everyones: bool
    """Whether its rows hold only what everyone may see; what does not comes into sight (`kernel.sight`) when it is found."""

    of_people: bool
    """Whether the row's thing (`SearchRow.ref`) is a party, whose data is then in sight."""

    def addresses(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Where the things of these keys are opened, for rows that hold no address of their own. Asked for the shown page only."""

    def findable(self, actor: Actor, at: dt.datetime) -> Q | None:
        """The condition on `SearchRow` by which the actor finds rows of the source at a moment; None when they may find none."""


SEARCHED: dict[str, Searched] = {}


def searched(source: Searched) -> Searched:
    """Add a source at start-up."""
    SEARCHED[source.source] = source
    return source


@dataclass(frozen=True)
class Question:
    """What was asked: words, the reader's language, the choices that narrow, the order (`best` or `new`) and the page."""

    text: str
    language: str = "fi"
    wide: bool = False
    prefix: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = "best"
    page: int = 1


@dataclass(frozen=True)
class Hit:
    """One result: where it leads, and its title and text as segments with a mark on what answers the words."""

    source: str
    kind: str
    key: str
    url: str
    title: Sequence[tuple[str, bool]]
    text: Sequence[tuple[str, bool]]
    at: dt.datetime | None
    facets: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """The results of a page, how many there are (`capped`: at least), and for each facet its values with counts."""

    hits: Sequence[Hit]
    total: int
    page: int
    pages: int
    counts: Mapping[str, Counter[str]]
    capped: bool = False


def ask(question: Question, actor: Actor, at: dt.datetime) -> Answer:
    """Answer in two statements, what matches with its facts and the page that is shown; one more for each room that tells addresses."""
    words = {language: told for language in LANGUAGES if (told := _words(question, language))}
    findable = _findable(question, actor, at)
    if not words or findable is None:
        return Answer((), 0, 1, 1, {name: Counter() for name in FACETS})
    found = list(_matches(words, question.sort).filter(findable)[: MOST + 1])
    capped, found = len(found) > MOST, found[:MOST]
    chosen = {name: value for name, value in question.chosen.items() if value and name in FACETS}
    kept = [row for row in found if _keeps(row, chosen)]
    pages = max(1, -(-len(kept) // PAGE))
    page = min(max(question.page, 1), pages)
    counts = {name: Counter(value for row in found if _keeps(row, chosen, but=name) for value in _values(row, name)) for name in FACETS}
    shown = [row["pk"] for row in kept[(page - 1) * PAGE : page * PAGE]]
    return Answer(_hits(shown, question), len(kept), page, pages, counts, capped)


def _words(question: Question, language: str) -> str | None:
    return query(question.text[:LONGEST], language, question.wide, prefix=question.prefix)


def _findable(question: Question, actor: Actor, at: dt.datetime) -> Q | None:
    """The rows that the actor may find, of all sources together."""
    told: Q | None = None
    for source in SEARCHED.values():
        condition = source.findable(actor, at)
        if condition is None:
            continue
        own = Q(source=source.source) & condition
        own &= Q(language=question.language) if source.translated else Q()
        told = own if told is None else told | own
    return told


def _matches(words: Mapping[str, str], sort: str) -> QuerySet[Any, Any]:
    """Rows that the words of their own language answer, the best or the newest first."""
    row = '"kernel_searchrow"'
    here = " OR ".join(f"({row}.language = %s AND {row}.vector @@ %s::tsquery)" for _ in words)
    told = [value for pair in words.items() for value in pair]
    ranks = " ".join(f"WHEN %s THEN ts_rank('{WEIGHTS}', {row}.vector, %s::tsquery, 1)" for _ in words)
    rank = RawSQL(f"CASE {row}.language {ranks} END * {row}.weight", told, output_field=FloatField())  # noqa: S611 - placeholders only
    rows = SearchRow.objects.filter(RawSQL(here, told, output_field=BooleanField())).annotate(rank=rank)  # noqa: S611 - as above
    newest = F("at").desc(nulls_last=True)
    order = (newest, "-rank", "pk") if sort == "new" else ("-rank", newest, "pk")
    return rows.order_by(*order).values("pk", "kind", "facets")


def _values(row: Mapping[str, Any], name: str) -> Sequence[str]:
    """What a row says of a facet: one value, several (an entry of several classes), or none."""
    told = row["kind"] if name == "kind" else row["facets"].get(name)
    return tuple(told) if isinstance(told, list) else (told,) if told else ()


def _keeps(row: Mapping[str, Any], chosen: Mapping[str, str], but: str = "") -> bool:
    return all(value in _values(row, name) for name, value in chosen.items() if name != but)


def _hits(keys: Sequence[int], question: Question) -> list[Hit]:
    found = {row["id"]: row for row in SearchRow.objects.filter(pk__in=keys).values()} if keys else {}
    rows = [found[key] for key in keys if key in found]
    _come_into_sight(rows)
    return [_hit(row, url, question) for row, url in zip(rows, _addresses(rows), strict=True)]


def _come_into_sight(rows: Sequence[Mapping[str, Any]]) -> None:
    kept = [row for row in rows if not SEARCHED[row["source"]].everyones]
    saw({f"{row['source']} {row['key']}" for row in kept}, {row["ref"] for row in kept if SEARCHED[row["source"]].of_people})


def _addresses(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The address of each row: its own, or the one that its room tells now."""
    wanted: dict[str, list[str]] = {}
    for row in rows:
        if not row["url"]:
            wanted.setdefault(row["source"], []).append(row["key"])
    told = {source: SEARCHED[source].addresses(keys) for source, keys in wanted.items()}
    return [row["url"] or told[row["source"]].get(row["key"], "") for row in rows]


def _hit(row: Mapping[str, Any], url: str, question: Question) -> Hit:
    def marked(text: str, window: int) -> list[tuple[str, bool]]:
        return highlight(text, question.text[:LONGEST], row["language"], wide=question.wide, prefix=question.prefix, window=window)

    title, text = marked(row["title"], 0), marked(row["text"], 200)
    return Hit(row["source"], row["kind"], row["key"], url, title, text, row["at"], row["facets"])
