"""Whether a case may move to a newer revision of its class, and what would change for it. Reads nothing: rows are given.

records.md § 7.3: a move is an explicit act, possible when every node that the case has used exists in the new revision.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
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

    @property
    def possible(self) -> bool:
        """Whether every used node exists in the new revision."""
        return not self.missing and not self.unknown


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
    )


def _rule(node: Node) -> tuple[object, ...]:
    return tuple(getattr(node, name) for name in FIELDS)
