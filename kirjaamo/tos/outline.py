"""A revision as a tree: each node with the rule that holds for it, and what of it is said there or inherited."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.rules import FIELDS, RuleProblem, problems, resolve, unknown

if TYPE_CHECKING:
    from kirjaamo.tos.models import ClassRevision, Node
    from kirjaamo.tos.norms import Known

DOCUMENTS = frozenset({NodeKind.DOCUMENT.value, NodeKind.ATTACHMENT.value})


@dataclass
class Place:
    """A node at its place: depth, the rule that holds, the rules above it that it inherits from, and what stands below."""

    node: Node
    depth: int
    rule: dict[str, Any]
    above: tuple[Mapping[str, Any], ...] = ()
    children: list[Place] = field(default_factory=list)

    @property
    def is_document(self) -> bool:
        """Whether the node is a document or attachment type: only these carry rules that hold."""
        return self.node.kind in DOCUMENTS

    def walk(self) -> Iterator[Place]:
        """This place and all below, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Outline:
    """A revision with its places in the order of the process."""

    revision: ClassRevision
    roots: Sequence[Place]

    def __iter__(self) -> Iterator[Place]:
        for root in self.roots:
            yield from root.walk()

    def documents(self) -> list[Place]:
        """The document and attachment types in order."""
        return [place for place in self if place.is_document]


def outline(revision: ClassRevision, known: Known, nodes: Iterable[Node] | None = None) -> Outline:
    """Arrange the nodes (one statement when not given) and resolve rules: stored ones of an approved revision, else said ones."""
    rows = list(revision.nodes.order_by("order")) if nodes is None else list(nodes)
    keys = {row.pk: row.key for row in rows}
    below: dict[uuid.UUID | None, list[Node]] = {}
    for row in rows:
        # A node that is not stored yet knows its parent as an object.
        parent = keys[row.parent_id] if row.parent_id else row.parent.key if row.parent else None
        below.setdefault(parent, []).append(row)
    return Outline(revision, tuple(_places(None, below, revision, known, (revision.rules,), 0)))


def _places(
    key: uuid.UUID | None,
    below: Mapping[uuid.UUID | None, Sequence[Node]],
    revision: ClassRevision,
    known: Known,
    above: tuple[Mapping[str, Any], ...],
    depth: int,
) -> Iterator[Place]:
    for node in below.get(key, ()):
        stored = revision.is_fixed
        rule = {name: getattr(node, name) for name in FIELDS} if stored else resolve((*above, node.said), known.ends)
        place = Place(node, depth, rule, above)
        place.children.extend(_places(node.key, below, revision, known, (*above, node.said), depth + 1))
        yield place


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a revision: at which place (none: the class itself), and what."""

    place: Place | None
    problem: RuleProblem


def findings(tree: Outline, known: Known) -> Iterator[Finding]:
    """Everything that stands in the way of approval, in the order of the process."""
    facts = {"grounds": known.ends, "triggers": known.triggers, "statutes": known.statutes}
    for problem in unknown(tree.revision.rules, **facts):
        yield Finding(None, problem)
    for place in tree:
        for problem in (*unknown(place.node.said, **facts), *problems(place.rule, document=place.is_document)):
            yield Finding(place, problem)


def content_of(tree: Outline) -> dict[str, Any]:
    """What a revision says, without anything that is only of its row: the base of its hash, of export and of comparison."""
    revision = tree.revision
    return {
        "code": revision.code,
        "title": revision.title,
        "description": revision.description,
        "internal": revision.internal,
        "parent": str(revision.parent.uid) if revision.parent else None,
        "origin": revision.origin,
        "note": revision.note,
        "rules": revision.rules,
        "template": revision.template,
        "sources": revision.sources,
        "proposed": revision.proposed,
        "nodes": [node_content(place) | {"depth": place.depth} for place in tree],
    }


def node_content(place: Place) -> dict[str, Any]:
    """What a node says and the rule that holds for it."""
    node = place.node
    return {
        "key": str(node.key),
        "kind": str(node.kind),
        "code": node.code,
        "title": node.title,
        "type_code": node.type_code,
        "specifier": node.specifier,
        "terminal": node.terminal,
        "required": node.required,
        "deadline": node.deadline,
        "note": node.note,
        "source": node.source,
        "said": node.said,
        "rule": {name: place.rule[name] for name in FIELDS} if place.is_document else {},
    }


def content_hash(tree: Outline) -> str:
    """SHA-256 of the content, the same wherever it is reckoned."""
    return hashlib.sha256(json.dumps(content_of(tree), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
