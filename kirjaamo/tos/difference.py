"""What differs between two revisions of a class: nodes meet by their constant key, not by place or name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kirjaamo.tos.outline import content_of, node_content
from kirjaamo.tos.rules import FIELDS

if TYPE_CHECKING:
    from kirjaamo.tos.outline import Outline, Place

CLASS_FIELDS = ("code", "title", "description", "internal", "parent", "note", "rules", "template", "sources", "proposed")
NODE_FIELDS = ("code", "title", "type_code", "specifier", "terminal", "required", "deadline", "note", "source")


@dataclass(frozen=True, slots=True)
class Change:
    """One changed fact: its name, before and after."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node that is in both: what of it changed, and whether it moved under another node or among its brothers."""

    before: Place
    after: Place
    facts: tuple[Change, ...]
    rules: tuple[Change, ...]
    moved: bool

    @property
    def longer(self) -> bool:
        """Whether retention became longer or permanent: what applies to all that is not disposed of yet (records.md § 7.3)."""
        return self.after.is_document and _length(self.after.rule) > _length(self.before.rule)

    @property
    def archived(self) -> bool:
        """Whether archiving was decided on, which binds what exists likewise."""
        return any(change.name == "archiving" and change.after == "archive" for change in self.rules)

    @property
    def publicity(self) -> bool:
        """Whether publicity or its grounds changed."""
        return any(change.name in {"publicity", "grounds"} or change.name.startswith("secrecy") for change in self.rules)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two revisions compared."""

    facts: tuple[Change, ...]
    added: tuple[Place, ...]
    removed: tuple[Place, ...]
    changed: tuple[NodeChange, ...]

    def __bool__(self) -> bool:
        return bool(self.facts or self.added or self.removed or self.changed)


def difference(before: Outline, after: Outline) -> Difference:
    """Compare two outlines; the order of the answer is that of the process."""
    old, new = {place.node.key: place for place in before}, {place.node.key: place for place in after}
    here, there = content_of(before), content_of(after)
    above_old, above_new = _above(before), _above(after)
    both = [key for key in new if key in old]
    moved = _moved([key for key in old if key in new], both)
    changed = []
    for key in both:
        place = old[key], new[key]
        facts = tuple(_changes(node_content(place[0]), node_content(place[1]), NODE_FIELDS))
        rules = tuple(_changes(place[0].rule, place[1].rule, FIELDS)) if place[1].is_document else ()
        elsewhere = above_old[key] != above_new[key] or key in moved
        if facts or rules or elsewhere:
            changed.append(NodeChange(place[0], place[1], facts, rules, elsewhere))
    return Difference(
        facts=tuple(_changes(here, there, CLASS_FIELDS)),
        added=tuple(place for key, place in new.items() if key not in old),
        removed=tuple(place for key, place in old.items() if key not in new),
        changed=tuple(changed),
    )


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], names: Sequence[str]) -> Iterator[Change]:
    for name in names:
        if before[name] != after[name]:
            yield Change(name, before[name], after[name])


def _above(tree: Outline) -> dict[Any, Any]:
    found: dict[Any, Any] = {place.node.key: None for place in tree.roots}
    for place in tree:
        found |= {child.node.key: place.node.key for child in place.children}
    return found


def _moved(before: Sequence[Any], after: Sequence[Any]) -> set[Any]:
    """The keys that stand elsewhere among those in both: what is left when the longest run that kept its order is taken away."""
    places = {key: number for number, key in enumerate(before)}
    best: list[tuple[int, list[Any]]] = []
    for key in after:
        runs = [run for last, run in best if last < places[key]]
        best.append((places[key], [*_longest(runs), key]))
    kept = set(_longest([run for _last, run in best]))
    return set(after) - kept


def _longest(runs: Sequence[list[Any]]) -> list[Any]:
    return max(runs, key=lambda run: len(run), default=[])  # noqa: PLW0108 - the type of len is too wide for max


def _length(rule: Mapping[str, Any]) -> int:
    return 1_000_000 if rule["retention_mode"] == "permanent" else rule["retention_years"] or 0
