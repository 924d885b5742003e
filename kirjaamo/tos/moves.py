"""Whether a case may move to a newer revision of its class, and what would change for it. Reads nothing: rows are given.

records.md § 7.3: a move is an explicit act, possible when every node that the case has used exists in the new revision, or when a
person names another of the same kind for each that does not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.errors import Refused
from kirjaamo.tos.rules import FIELDS

if TYPE_CHECKING:
    from kirjaamo.tos.models import ClassRevision, Node


@dataclass(frozen=True, slots=True)
class Move:
    """The answer: the used nodes that are missing (none: the move may be made) and those whose rule would change, old and new."""

    missing: tuple[Node, ...]
    unknown: tuple[UUID, ...]
    changed: tuple[tuple[Node, Node], ...]
    mapping: dict[UUID, Node]
    new: tuple[Node, ...] = ()
    """All nodes of the new revision."""
    replaced: tuple[tuple[Node, Node], ...] = ()
    """Used nodes that are gone, each with the one that a person named in its place."""

    @property
    def possible(self) -> bool:
        """Whether every used node exists in the new revision."""
        return not self.missing and not self.unknown

    def instead_of(self, node: Node) -> Sequence[Node]:
        """The nodes of the new revision that a used node may be mapped to: those of its kind."""
        return [one for one in self.new if one.kind == node.kind]

    def mapped(self, chosen: Mapping[UUID, UUID]) -> Move:
        """The move when a person has said by which nodes of the new revision missing ones are replaced (records.md § 7.3).

        `Refused` for one that is not missing, and for a replacement that the new revision does not have or that is of another kind.
        """
        gone = {node.key: node for node in self.missing}
        pairs = []
        for key, other in chosen.items():
            node = gone.get(key)
            found = next((one for one in self.instead_of(node) if one.key == other), None) if node else None
            if node is None or found is None:
                raise Refused(_("Valitse kohdalle vastine, joka on uudessa versiossa ja samanlainen kohta."), code="tos.no_such_mapping")
            pairs.append((node, found))
        return replace(
            self,
            missing=tuple(node for node in self.missing if node.key not in chosen),
            changed=(*self.changed, *(pair for pair in pairs if _rule(pair[0]) != _rule(pair[1]))),
            mapping=self.mapping | {old.key: new for old, new in pairs},
            replaced=tuple(pairs),
        )


def check(old: ClassRevision, new: ClassRevision, used_keys: Collection[UUID]) -> Move:
    """Compare two revisions of one class for a case that has used nodes (two statements). `Refused` for another class or a draft."""
    may_lead(old, new)
    return compare(list(old.nodes.all()), list(new.nodes.all()), used_keys)


def may_lead(old: ClassRevision, new: ClassRevision) -> None:
    """Refuse a move that leads to another class, to a draft or to an older revision."""
    if old.function_class_id != new.function_class_id:
        raise Refused(_("Asian voi siirtää vain saman tehtäväluokan uudempaan suunnitelmaan."), code="tos.another_class")
    if not new.is_fixed or new.number <= old.number:
        raise Refused(_("Asian voi siirtää vain hyväksyttyyn, uudempaan suunnitelmaan."), code="tos.not_a_newer_revision")


def compare(old: Sequence[Node], new: Sequence[Node], used_keys: Collection[UUID]) -> Move:
    """The same over given nodes: nodes meet by their constant key."""
    before = {node.key: node for node in old}
    after = {node.key: node for node in new}
    used = [before[key] for key in dict.fromkeys(used_keys) if key in before]
    return Move(
        missing=tuple(node for node in used if node.key not in after),
        unknown=tuple(key for key in dict.fromkeys(used_keys) if key not in before),
        changed=tuple((node, after[node.key]) for node in used if node.key in after and _rule(node) != _rule(after[node.key])),
        mapping={node.key: after[node.key] for node in used if node.key in after},
        new=tuple(new),
    )


def _rule(node: Node) -> tuple[object, ...]:
    return tuple(getattr(node, name) for name in FIELDS)
