"""The draft: what a page was understood to say, with the lines it came from. Frozen, and plain JSON both ways."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

EntityKind = Literal["body", "unit", "system", "register", "resource", "dataset", "class_code", "contact", "request_example"]
LineStatus = Literal["placed", "heading", "blank", "left_over"]


@dataclass(frozen=True)
class Field:
    """One thing said of an entity. ``value`` is the text as published, ``items`` its single parts where it is a list."""

    name: str
    value: str
    lines: tuple[int, ...]
    label: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entity:
    """One thing the page names. ``key`` is stable over line moves: kind, normalised name, parent where needed.

    ``name`` is ready to be shown, ``verbatim`` is how it stood, ``group`` the headings above it, outermost first.
    """

    key: str
    kind: EntityKind
    name: str
    verbatim: str
    lines: tuple[int, ...]
    fields: tuple[Field, ...] = ()
    names: tuple[str, ...] = ()
    parent: str = ""
    group: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """The first field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    def value(self, name: str) -> str:
        """Text of the field, or an empty string."""
        field = self.field(name)
        return field.value if field else ""

    def items(self, name: str) -> tuple[str, ...]:
        """Single parts of every field of that name, in order."""
        return tuple(item for field in self.fields if field.name == name for item in field.items)


@dataclass(frozen=True)
class Relation:
    """``source`` and ``target`` are keys; ``target`` is empty when the page only names the other end."""

    kind: str
    source: str
    target: str
    target_name: str
    lines: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True)
class Accounted:
    """What became of one line, and the keys of the entities that it went to."""

    line: int
    status: LineStatus
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Something a person should look at. The sentences are ready to be shown; ``params`` are what is in them."""

    code: str
    lines: tuple[int, ...]
    params: dict[str, str]
    fi: str
    sv: str
    en: str


@dataclass(frozen=True)
class Draft:
    """A page read: entities, relations, one accounting row for each line, and findings."""

    page: str
    form: str
    encoding: str
    digest: str
    language: str
    title: str
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    accounting: tuple[Accounted, ...]
    findings: tuple[Finding, ...]

    def of_kind(self, kind: EntityKind) -> tuple[Entity, ...]:
        """Entities of one kind, in the order of the page."""
        return tuple(entity for entity in self.entities if entity.kind == kind)

    def entity(self, key: str) -> Entity | None:
        """The entity with that key, or None."""
        return next((entity for entity in self.entities if entity.key == key), None)

    def related(self, kind: str, source: str = "") -> tuple[Relation, ...]:
        """Relations of one kind, of one source when given."""
        return tuple(row for row in self.relations if row.kind == kind and (not source or row.source == source))

    def counts(self) -> dict[str, int]:
        """How many entities of each kind."""
        return dict(Counter(entity.kind for entity in self.entities))

    def line_counts(self) -> dict[str, int]:
        """How many lines of each status; the sum is the number of lines of the page."""
        counted = Counter(row.status for row in self.accounting)
        return {status: counted[status] for status in ("placed", "heading", "blank", "left_over")}

    def left_over(self) -> tuple[int, ...]:
        """Numbers of the lines that were not placed."""
        return tuple(row.line for row in self.accounting if row.status == "left_over")

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), ensure_ascii=False))
        return plain

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Draft:
        """The draft that ``to_dict`` gave."""
        return cls(
            **{name: data[name] for name in ("page", "form", "encoding", "digest", "language", "title")},
            entities=tuple(_entity(row) for row in data["entities"]),
            relations=tuple(Relation(**{**row, "lines": tuple(row["lines"])}) for row in data["relations"]),
            accounting=tuple(Accounted(row["line"], row["status"], tuple(row["by"])) for row in data["accounting"]),
            findings=tuple(Finding(**{**row, "lines": tuple(row["lines"])}) for row in data["findings"]),
        )


def _entity(row: dict[str, Any]) -> Entity:
    fields = tuple(Field(**{**field, "lines": tuple(field["lines"]), "items": tuple(field["items"])}) for field in row["fields"])
    tuples = {name: tuple(row[name]) for name in ("lines", "names", "group")}
    return Entity(**{**row, **tuples, "fields": fields})
