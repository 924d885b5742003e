"""The collector behind a draft: entities by key, relations without repeats, one accounting row for each line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kirjaamo.catalog.importing.draft import Accounted, Entity, EntityKind, Field, LineStatus, Relation
from kirjaamo.catalog.importing.names import norm, other_names, tidy
from kirjaamo.catalog.importing.page import Page

_WITHIN_PARENT = frozenset({"dataset"})


@dataclass
class _Said:
    """A field or a relation while it grows; joined once at the end so that long pages stay linear."""

    values: dict[str, None] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)
    items: dict[str, None] = field(default_factory=dict)


@dataclass
class _Collected:
    key: str
    kind: EntityKind
    name: str
    verbatim: str
    parent: str
    group: tuple[str, ...]
    lines: set[int] = field(default_factory=set)
    fields: dict[tuple[str, str], _Said] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)


def key_of(kind: EntityKind, name: str, parent: str = "") -> str:
    """The stable key: kind and normalised name, and the parent's key for things that exist only inside it."""
    return f"{kind}:{norm(name)}@{parent}" if kind in _WITHIN_PARENT and parent else f"{kind}:{norm(name)}"


class Builder:
    """Collects what the parser understood. Nothing is ever taken away."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.collected: dict[str, _Collected] = {}
        self.relations: dict[tuple[str, str, str], Relation] = {}
        self.told: dict[tuple[str, str, str], set[int]] = {}
        self.repeats: Counter[str] = Counter()
        self.by: dict[int, dict[str, None]] = {}
        self.headings: set[int] = set()
        self.repeated: list[tuple[str, tuple[int, ...]]] = []

    def entity(
        self,
        kind: EntityKind,
        name: str,
        lines: Iterable[int],
        *,
        verbatim: str = "",
        parent: str = "",
        group: tuple[str, ...] = (),
        own_entry: bool = False,
    ) -> str:
        """The key of the entity of that name, made when it is new.

        ``own_entry``: the page has an entry for it, so a second one of the same name is another entity and is told apart
        by a number.
        """
        numbers = tuple(lines)
        key = key_of(kind, name, parent)
        if own_entry and key in self.collected and self.collected[key].fields:
            self.repeated.append((name, (*sorted(self.collected[key].lines)[:1], *numbers)))
            self.repeats[key] += 1
            key = f"{key}#{1 + self.repeats[key]}"
        one = self.collected.get(key)
        if one is None:
            one = _Collected(key, kind, tidy(name) or name, verbatim or name, parent, group)
            self.collected[key] = one
        if group and not one.group:
            one.group = group
        one.lines.update(numbers)
        one.names.update(dict.fromkeys(other_names(one.name)))
        self.place(numbers, key)
        return key

    def add(self, key: str, name: str, value: str, lines: Iterable[int], *, label: str = "", items: Iterable[str] = ()) -> None:
        """Say one thing of an entity; the same field under the same label goes on where it was left."""
        numbers = tuple(lines)
        said = self.collected[key].fields.setdefault((name, label), _Said())
        said.values.update({value: None} if value else {})
        said.lines.update(numbers)
        self.collected[key].lines.update(numbers)
        said.items.update(dict.fromkeys(items))
        self.place(numbers, key)

    def relate(self, kind: str, source: str, target: str, target_name: str, lines: Iterable[int], note: str = "") -> None:
        """One relation; told again it only gets more lines."""
        numbers = tuple(lines)
        ident = (kind, source, target or norm(target_name))
        if ident not in self.relations:
            self.relations[ident] = Relation(kind, source, target, target_name, (), note)
        self.told.setdefault(ident, set()).update(numbers)
        self.place(numbers, source)
        if target:
            self.collected[target].lines.update(numbers)
            self.place(numbers, target)

    def place(self, lines: Iterable[int], key: str) -> None:
        """These lines went to that entity."""
        for number in lines:
            self.by.setdefault(number, {})[key] = None

    def heading(self, lines: Iterable[int]) -> None:
        """These lines are headings."""
        self.headings.update(lines)

    def kind_of(self, key: str) -> EntityKind:
        """Kind of a collected entity."""
        return self.collected[key].kind

    def name_of(self, key: str) -> str:
        """Name of a collected entity."""
        return self.collected[key].name

    def has(self, key: str, name: str) -> bool:
        """Whether anything was said under that field."""
        return any(field_name == name for field_name, _ in self.collected[key].fields)

    def entities(self) -> tuple[Entity, ...]:
        """Frozen entities, in the order in which the page came to them."""
        return tuple(
            Entity(
                one.key,
                one.kind,
                one.name,
                one.verbatim,
                tuple(sorted(one.lines)),
                tuple(
                    Field(name, " ".join(said.values), tuple(sorted(said.lines)), label, tuple(said.items))
                    for (name, label), said in one.fields.items()
                ),
                tuple(one.names),
                one.parent,
                one.group,
            )
            for one in self.collected.values()
        )

    def related(self) -> tuple[Relation, ...]:
        """Frozen relations with every line that told of them."""
        return tuple(replace(row, lines=tuple(sorted(self.told[ident]))) for ident, row in self.relations.items())

    def accounting(self) -> tuple[Accounted, ...]:
        """Every line of the page once, with what became of it."""
        rows: list[Accounted] = []
        for line in self.page.lines:
            by = tuple(self.by.get(line.number, ()))
            status: LineStatus = "left_over"
            if line.blank:
                status, by = "blank", ()
            elif line.number in self.headings:
                status = "heading"
            elif by:
                status = "placed"
            rows.append(Accounted(line.number, status, by))
        return tuple(rows)
