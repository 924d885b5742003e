"""What an import brings that was not accepted before: new things, changed values, things that are gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kirjaamo.catalog.importing.draft import Draft, Entity, Relation
from kirjaamo.catalog.importing.lines import clean
from kirjaamo.catalog.importing.names import norm


@dataclass(frozen=True)
class FieldChange:
    """One value of an entity, before and now; an empty string where there was or is none."""

    key: str
    kind: str
    name: str
    field: str
    old: str
    new: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Changes:
    """The difference of two readings. Nothing depends on line numbers."""

    new: tuple[Entity, ...]
    gone: tuple[Entity, ...]
    changed: tuple[FieldChange, ...]
    relations_new: tuple[Relation, ...]
    relations_gone: tuple[Relation, ...]

    @property
    def empty(self) -> bool:
        """True when the page says what was accepted, and nothing else."""
        return not (self.new or self.gone or self.changed or self.relations_new or self.relations_gone)


def difference(draft: Draft, accepted: Draft) -> Changes:
    """The page as read now (``draft``) against what was accepted of it. Keys tell what is the same thing."""
    before = {entity.key: entity for entity in accepted.entities}
    now = {entity.key: entity for entity in draft.entities}
    changed = tuple(change for key, entity in now.items() if key in before for change in _fields(before[key], entity))
    told_before = {_ident(row): row for row in accepted.relations}
    told_now = {_ident(row): row for row in draft.relations}
    return Changes(
        tuple(entity for key, entity in now.items() if key not in before),
        tuple(entity for key, entity in before.items() if key not in now),
        changed,
        tuple(row for ident, row in told_now.items() if ident not in told_before),
        tuple(row for ident, row in told_before.items() if ident not in told_now),
    )


def _ident(row: Relation) -> tuple[str, str, str, str]:
    return (row.kind, row.source, row.target or norm(row.target_name), row.note)


def _fields(old: Entity, new: Entity) -> Iterable[FieldChange]:
    before, now = _values(old), _values(new)
    for name in dict.fromkeys((*before, *now)):
        was, lines_was = before.get(name, ("", ()))
        value, lines = now.get(name, ("", ()))
        if was != value:
            yield FieldChange(new.key, new.kind, new.name, name, was, value, lines or lines_was)


def _values(entity: Entity) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Fields as text, several of one name joined; the name, the parent and the headings above count as fields."""
    found: dict[str, tuple[str, tuple[int, ...]]] = {"name": (clean(entity.verbatim), entity.lines)}
    if entity.parent:
        found["parent"] = (entity.parent, entity.lines)
    if entity.group:
        found["group"] = (" / ".join(entity.group), entity.lines)
    for field in entity.fields:
        value, lines = found.get(field.name, ("", ()))
        found[field.name] = (clean(f"{value} {field.value}"), (*lines, *field.lines))
    return found
