"""Is this something we know already, perhaps under another name? A proposal with its reason; a person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from kirjaamo.catalog.importing.checks import finding
from kirjaamo.catalog.importing.draft import Draft, Entity, Finding
from kirjaamo.catalog.importing.likeness import LIKE, Analyse, Form, equal, form_of, likeness

Verdict = Literal["same", "probably_same", "new"]

_MATCHED: Final = ("system", "register", "resource", "unit", "body", "class_code")
_NEAR: Final[dict[str, frozenset[str]]] = {
    "system": frozenset({"system", "register"}),
    "register": frozenset({"register", "system"}),
    "unit": frozenset({"unit", "body"}),
    "body": frozenset({"unit", "body"}),
}
_REASONS: Final[dict[str, tuple[str, str, str]]] = {
    "code": ("sama koodi", "samma kod", "the same code"),
    "equal_name": ("sama nimi", "samma namn", "the same name"),
    "other_name": (
        "sama nimi kuin tunnetun toinen nimi {other}",
        "samma namn som det andra namnet {other}",
        "the same as the other name {other}",
    ),
    "other_kind": (
        "sama nimi, mutta toinen on {one} ja toinen {other}",
        "samma namn, men det ena är {one} och det andra {other}",
        "the same name, but one is {one} and the other {other}",
    ),
    "like_name": (
        "nimissä on samat sanat ({share} %)",
        "namnen har samma ord ({share} %)",
        "the names share their words ({share} %)",
    ),
    "nothing_like_it": ("ei muistuta mitään tunnettua", "liknar inget känt", "like nothing known"),
}


_DESCRIBED_FIRST: Final = 0.25
_AT_MOST: Final = 100
"""Names of one beginning that are compared; a page with more of them is not a description of systems."""
_KIND_NAMES: Final[dict[str, tuple[str, str, str]]] = {
    "system": ("tietojärjestelmä", "ett informationssystem", "an information system"),
    "register": ("henkilörekisteri", "ett personregister", "a personal data register"),
    "resource": ("tietovaranto", "ett informationslager", "an information resource"),
    "unit": ("yksikkö", "en enhet", "a unit"),
    "body": ("viranomainen", "en myndighet", "an authority"),
    "class_code": ("tehtäväluokka", "en uppgiftsklass", "a function class"),
}


@dataclass(frozen=True)
class KnownEntry:
    """An entry of the catalog: kind as in ``Entity.kind``, its slug, all its names, its codes."""

    kind: str
    slug: str
    names: Sequence[str]
    codes: Sequence[str] = ()


@dataclass(frozen=True)
class Match:
    """What one entity of a page is held to be. ``target`` is a slug, or ``page#key`` of an entity of a page."""

    page: str
    key: str
    kind: str
    name: str
    verdict: Verdict
    target: str
    target_name: str
    known: bool
    score: float
    reason: str
    fi: str
    sv: str
    en: str
    others: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True)
class Matching:
    """A row for each entity, and the systems that are described nowhere: on no page given and not in the catalog."""

    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]

    def of(self, page: str, key: str) -> Match | None:
        """The row of one entity."""
        return next((match for match in self.matches if match.page == page and match.key == key), None)

    def with_verdict(self, verdict: Verdict) -> tuple[Match, ...]:
        """Rows of one verdict."""
        return tuple(match for match in self.matches if match.verdict == verdict)


@dataclass
class _Candidate:
    kind: str
    target: str
    name: str
    forms: list[Form]
    known: bool = False
    page: str = ""
    lines: frozenset[int] = frozenset()
    own_entry: bool = False


@dataclass
class _Pool:
    """Everything that may be meant, found by first letters of the words that matter, by whole name and by code."""

    analyse: Analyse | None
    by_prefix: dict[str, list[_Candidate]] = field(default_factory=lambda: defaultdict(list))
    by_whole: dict[str, list[_Candidate]] = field(default_factory=lambda: defaultdict(list))
    by_code: dict[str, _Candidate] = field(default_factory=dict)

    def add(self, candidate: _Candidate, codes: Sequence[str] = ()) -> None:
        for whole in {form.whole for form in candidate.forms}:
            self.by_whole[whole].append(candidate)
        for prefix in {prefix for form in candidate.forms for prefix in form.prefixes}:
            self.by_prefix[prefix].append(candidate)
        for code in codes:
            self.by_code[code] = candidate

    def near(self, form: Form) -> list[_Candidate]:
        found: dict[int, _Candidate] = {id(one): one for one in self.by_whole.get(form.whole, ())}
        for prefix in form.prefixes:
            found.update({id(one): one for one in self.by_prefix.get(prefix, ())[:_AT_MOST]})
        return list(found.values())


def match(drafts: Sequence[Draft], known: Sequence[KnownEntry], *, analyse: Analyse | None = None) -> Matching:
    """Hold every named thing of the drafts against the catalog and against the things of the pages before it.

    ``analyse`` gives the base forms of a word; without it inflection is judged by stems. Entities with an entry of their
    own on some page go first, so that a name in a list is found to be the one described, whatever the order of pages.
    """
    pool = _Pool(analyse)
    for entry in known:
        forms = [form_of(name, analyse) for name in entry.names]
        pool.add(_Candidate(entry.kind, entry.slug, entry.names[0] if entry.names else entry.slug, forms, known=True), entry.codes)
    rows: dict[tuple[str, str], Match] = {}
    described: set[str] = {entry.slug for entry in known}
    entities = [(draft, entity) for draft in drafts for entity in draft.entities if entity.kind in _MATCHED]
    entities.sort(key=lambda pair: not _own_entry(pair[1]))
    for draft, entity in entities:
        row = _judge(draft, entity, pool)
        rows[draft.page, entity.key] = row
        if row.verdict != "same":
            codes = (entity.name,) if entity.kind == "class_code" else ()
            pool.add(_candidate(draft, entity, analyse), codes)
        own = f"{draft.page}#{entity.key}"
        if entity.value("description") or row.target in described:
            described.add(own)
    ordered = tuple(rows[draft.page, entity.key] for draft in drafts for entity in draft.entities if entity.kind in _MATCHED)
    return Matching(ordered, _undescribed(drafts, rows, described))


def _candidate(draft: Draft, entity: Entity, analyse: Analyse | None) -> _Candidate:
    forms = [form_of(name, analyse) for name in entity.names or (entity.name,)]
    lines, own = frozenset(entity.lines), _own_entry(entity)
    return _Candidate(entity.kind, f"{draft.page}#{entity.key}", entity.name, forms, page=draft.page, lines=lines, own_entry=own)


def _told_apart(draft: Draft, entity: Entity, candidate: _Candidate) -> bool:
    """Whether the page itself tells the two apart: an entry for each, one list naming both, or one list of registers."""
    if candidate.page != draft.page:
        return False
    both_entries = candidate.own_entry and _own_entry(entity)
    both_registers = candidate.kind == entity.kind == "register"
    return both_entries or both_registers or bool(candidate.lines & set(entity.lines))


def _own_entry(entity: Entity) -> bool:
    return bool(entity.value("description") or entity.field("owner"))


def _judge(draft: Draft, entity: Entity, pool: _Pool) -> Match:
    if entity.kind == "class_code":
        return _row(draft, entity, pool.by_code.get(entity.name), 1.0, "code")
    forms = [form_of(name, pool.analyse) for name in entity.names or (entity.name,)]
    ranked: list[tuple[float, bool, _Candidate, str, str]] = []
    seen: set[int] = set()
    for form in forms:
        for candidate in pool.near(form):
            if id(candidate) in seen or candidate.kind not in _NEAR.get(entity.kind, frozenset({entity.kind})):
                continue
            seen.add(id(candidate))
            if _told_apart(draft, entity, candidate):
                continue
            score, reason, other = _compare(forms, candidate)
            if score >= LIKE:
                ranked.append((score, candidate.kind == entity.kind, candidate, reason, other))
    ranked.sort(key=lambda row: (row[0] < 1.0, -_rank(row[0], row[2]), not row[1], row[2].target))
    if not ranked:
        return _row(draft, entity, None, 0.0, "nothing_like_it")
    score, same_kind, best, reason, other = ranked[0]
    if score == 1.0 and not same_kind:
        reason = "other_kind"
    others = tuple((row[2].target, row[2].name, row[0]) for row in ranked[1:4])
    return _row(draft, entity, best, score, reason, other=other, others=others)


def _rank(score: float, candidate: _Candidate) -> float:
    """What is described is a better answer than what is only named, unless the name is very much closer."""
    return score + (_DESCRIBED_FIRST if candidate.known or candidate.own_entry else 0.0)


def _compare(forms: list[Form], candidate: _Candidate) -> tuple[float, str, str]:
    """The best score of any name against any name. Only equal names reach 1."""
    best = 0.0
    for form in forms:
        for against in candidate.forms:
            if equal(form, against):
                first = against.name == candidate.name and form is forms[0]
                return 1.0, "equal_name" if first else "other_name", against.name
            best = max(best, min(0.99, likeness(form, against)))
    return best, "like_name", candidate.name


def _row(
    draft: Draft,
    entity: Entity,
    target: _Candidate | None,
    score: float,
    reason: str,
    *,
    other: str = "",
    others: tuple[tuple[str, str, float], ...] = (),
) -> Match:
    reason = reason if target else "nothing_like_it"
    verdict: Verdict = "new"
    if target:
        verdict = "same" if reason in {"code", "equal_name", "other_name"} else "probably_same"
    fi, sv, en = (
        text.format(
            other=_KIND_NAMES[target.kind][place] if target and reason == "other_kind" else other,
            one=_KIND_NAMES[entity.kind][place],
            share=f"{score * 100:.0f}",
        )
        for place, text in enumerate(_REASONS[reason])
    )
    return Match(
        draft.page, entity.key, entity.kind, entity.name, verdict, target.target if target else "", target.name if target else "",
        target.known if target else False, score if target else 0.0, reason, fi, sv, en, others,
    )  # fmt: skip


def _undescribed(drafts: Sequence[Draft], rows: dict[tuple[str, str], Match], described: set[str]) -> tuple[Finding, ...]:
    """Systems that are only named: neither the entity itself nor what it is held to be has a description."""
    found: list[Finding] = []
    told: set[str] = set()
    for draft in drafts:
        for entity in draft.of_kind("system"):
            row = rows[draft.page, entity.key]
            own = f"{draft.page}#{entity.key}"
            if own in described or (row.verdict == "same" and row.target in told):
                continue
            told.add(own)
            found.append(finding("system_described_nowhere", entity.lines, name=entity.name, page=draft.page))
    return tuple(found)
