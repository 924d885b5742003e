"""The plan of a data pack: classes, processes and shared templates of TOML files as unsaved rows.

A process may name a template: its nodes come first, and a node of the process with the same kind and code is laid over it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kirjaamo.kernel.packs import Item
from kirjaamo.tos.models import ClassRevision, Node, NodeKind

if TYPE_CHECKING:
    from kirjaamo.kernel.packs import Pack
    from kirjaamo.tos.models import FunctionClass

NAMESPACE = uuid.UUID("5f0d1d0e-7c7b-4d0b-9a54-3d1c52b3a0a1")
"""Node keys of a pack are derived from class and node codes, so they stay constant over loads."""

ABOVE = (("document", NodeKind.DOCUMENT), ("measure", NodeKind.MEASURE), ("stage", NodeKind.STAGE))
"""The words by which a node of a pack names what it stands under, the nearest first."""


@dataclass(frozen=True)
class Templates:
    """The shared templates of a pack by their names."""

    nodes: Mapping[str, Sequence[Item]]
    rules: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, pack: Pack) -> Templates:
        """Read the templates; two of one name are an error that names the second."""
        nodes: dict[str, Sequence[Item]] = {}
        rules: dict[str, Mapping[str, Any]] = {}
        for item in pack.items("template"):
            name = item.need("code")
            if name in nodes:
                raise item.problem("two templates have this code")
            nodes[name] = tuple(item.items("node"))
            rules[name] = item.get("rules", {})
        return cls(nodes, rules)


def key_of(class_code: str, kind: str, code: str) -> uuid.UUID:
    """The constant key of a node of a pack."""
    return uuid.uuid5(NAMESPACE, f"{class_code}|{kind}|{code}")


def revision_of(
    item: Item, process: Item | None, function_class: FunctionClass, parent: FunctionClass | None, templates: Templates
) -> ClassRevision:
    """The revision that a class of a pack asks for, not stored; its drafter is the pack."""
    name = process.get("template", "") if process else ""
    if process is not None and name and name not in templates.nodes:
        raise process.problem(f"its template '{name}' is not in the pack")
    return ClassRevision(
        function_class=function_class,
        code=item.need("code"),
        title=item.text("title"),
        description=process.text("description") if process else item.text("description"),
        internal=process.get("internal", "") if process else "",
        parent=parent,
        origin=item.get("source", "added"),
        note=item.text("scheme_note"),
        rules={**templates.rules.get(name, {}), **process.get("rules", {})} if process else {},
        template=name,
        sources=list(process.get("sources", [])) if process else [],
        proposed=bool(process.get("proposed", True)) if process else False,
        drafted_by="pack",
        edited_by=["pack"],
    )


def nodes_of(revision: ClassRevision, process: Item, templates: Templates) -> list[Node]:
    """The nodes of a process in the order of the tree, not stored; what is wrong is named with its place in the file."""
    made: dict[tuple[str, str], Node] = {}
    for item in _laid(process, templates):
        kind = _kind(item)
        node = Node(
            revision=revision,
            key=key_of(revision.code, kind, item.need("code")),
            parent=_above(item, kind, made),
            kind=kind,
            code=item.need("code"),
            title=item.text("title"),
            type_code=item.get("type", ""),
            specifier=item.text("specifier"),
            terminal=item.get("terminal", False),
            required=item.get("required", False),
            deadline=item.get("deadline", ""),
            note=item.text("note"),
            source=item.get("source", ""),
            said=dict(item.get("rules", {})),
        )
        if (kind.value, node.code) in made:
            raise item.problem(f"two nodes of class {revision.code} are {kind.value} '{node.code}'")
        made[kind.value, node.code] = node
    return in_order(list(made.values()))


def in_order(nodes: Sequence[Node]) -> list[Node]:
    """Number nodes from the top: each before what stands below it, brothers as given."""
    ordered: list[Node] = []

    def walk(parent: Node | None) -> None:
        for node in nodes:
            if node.parent is parent:
                node.order = len(ordered)
                ordered.append(node)
                walk(node)

    walk(None)
    return ordered


def _laid(process: Item, templates: Templates) -> list[Item]:
    """The template's nodes with the process's own laid over or added, each remembering the file that it comes from."""
    laid: dict[tuple[str, str], Item] = {}
    for item in templates.nodes.get(process.get("template", ""), ()):
        laid[item.need("kind"), item.need("code")] = item
    own: set[tuple[str, str]] = set()
    for item in process.items("node"):
        place = (item.need("kind"), item.need("code"))
        if place in own:
            raise item.problem(f"two nodes of class {process.need('class')} are {place[0]} '{place[1]}'")
        own.add(place)
        below = laid.get(place)
        laid[place] = Item(item.file, _merged(below.values, item.values)) if below else item
    return [item for item in laid.values() if not item.get("omitted", False)]


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    return {**below, **above, "rules": {**below.get("rules", {}), **above.get("rules", {})}}


def _kind(item: Item) -> NodeKind:
    try:
        return NodeKind(item.need("kind"))
    except ValueError:
        raise item.problem(f"unknown kind '{item.get('kind')}'") from None


def _above(item: Item, kind: NodeKind, made: Mapping[tuple[str, str], Node]) -> Node | None:
    for word, above in ABOVE:
        code = item.get(word)
        if code is None or word == kind:
            continue
        if (above.value, code) not in made:
            raise item.problem(f"its {word} '{code}' does not stand before it")
        return made[above.value, code]
    if kind != NodeKind.STAGE:
        raise item.problem("it stands under nothing: name its stage, measure or document")
    return None
