"""The plan as rows: a class is an identity; what it is called and how its cases run is an approved revision.

Rules stand resolved on each node (inheritance happens once, at approval), so that a running case never walks the tree.
"""

from __future__ import annotations

from kirjaamo.tos.models.classes import ClassRevision, FunctionClass, Responsible, RevisionState
from kirjaamo.tos.models.codes import CodeValue
from kirjaamo.tos.models.drafts import Comment, Package, PackageState, PlanImport, RevisionStep, StepKind
from kirjaamo.tos.models.editions import EditionRow, PlanEdition
from kirjaamo.tos.models.nodes import Node, NodeKind

__all__ = [
    "ClassRevision",
    "CodeValue",
    "Comment",
    "EditionRow",
    "FunctionClass",
    "Node",
    "NodeKind",
    "Package",
    "PackageState",
    "PlanEdition",
    "PlanImport",
    "Responsible",
    "RevisionState",
    "RevisionStep",
    "StepKind",
]
