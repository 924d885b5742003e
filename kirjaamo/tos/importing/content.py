"""What a file brings of classes as plain data, and the same as unsaved rows, so that the rules can be tried before anything is stored."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.tos.importing.findings import Read
from kirjaamo.tos.models import ClassRevision, FunctionClass, Node, NodeKind
from kirjaamo.tos.norms import Known
from kirjaamo.tos.outline import Outline, findings, outline

CLASS_FACTS = ("code", "title", "description", "internal", "note", "rules", "template", "sources", "proposed")
NODE_FACTS = ("code", "title", "type_code", "specifier", "terminal", "required", "deadline", "note", "source", "said")
ABOVE: Mapping[str, frozenset[str]] = {
    "stage": frozenset({""}),
    "measure": frozenset({"stage", "measure"}),
    "document": frozenset({"stage", "measure"}),
    "attachment": frozenset({"document"}),
}


def unsaved(content: Mapping[str, Any], function_class: FunctionClass | None = None) -> tuple[ClassRevision, list[Node]]:
    """One class of an import as rows that are not stored; nodes know their parents as objects, by key."""
    revision = ClassRevision(
        function_class=function_class or FunctionClass(), **{name: content[name] for name in CLASS_FACTS if name in content}
    )
    made: dict[str, Node] = {}
    for order, told in enumerate(content["nodes"]):
        node = Node(
            revision=revision,
            key=uuid.UUID(told["key"]),
            parent=made.get(told.get("parent") or ""),
            kind=told["kind"],
            order=order,
            **{name: told[name] for name in NODE_FACTS if name in told},
        )
        made[told["key"]] = node
    return revision, list(made.values())


def check(read: Read, content: Mapping[str, Any], known: Known) -> Outline:
    """Try the rules of a class; each problem is named with the row that the node came from."""
    revision, nodes = unsaved(content)
    rows = {told["key"]: told.get("row", 0) for told in content["nodes"]}
    tree = outline(revision, known, nodes)
    for finding in findings(tree, known):
        row = rows[str(finding.place.node.key)] if finding.place else content.get("row", 0)
        name = finding.place.node.title if finding.place else content["code"]
        read.error(row, _("%(name)s: %(finding)s"), finding.problem.field, name=name, finding=finding.problem.text.as_dict())
    return tree


def check_places(read: Read, nodes: Sequence[Mapping[str, Any]]) -> bool:
    """Name nodes that stand under what they may not, under something later, or in a circle; return whether all stand well."""
    seen: dict[str, str] = {}
    every = {told["key"]: told["kind"] for told in nodes}
    well = True
    for told in nodes:
        above = told.get("parent") or ""
        if above and above not in seen:
            late = _("Kohdan ”%(name)s” yläkohta on vasta myöhemmällä rivillä tai kohta on itsensä alla.")
            missing = _("Kohdan ”%(name)s” yläkohta ei ole tiedostossa.")
            read.error(told["row"], late if above in every else missing, "parent", name=told["title"])
            well = False
        elif seen.get(above, "") not in ABOVE[told["kind"]]:
            label = NodeKind(told["kind"]).label
            read.error(told["row"], _("%(label)s ”%(name)s” on väärän kohdan alla."), "parent", label=label, name=told["title"])
            well = False
        seen[told["key"]] = told["kind"]
    return well
