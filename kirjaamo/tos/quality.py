"""What the plan itself and its use tell of its quality: copies, classes of nothing of their own, overrides, retired revisions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.tos.models import ClassRevision, Node, NodeKind
from kirjaamo.tos.usage import USAGES

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Copies:
    """The processes of the plan: how many, on how many shared templates, and which say the same without saying so."""

    processes: int
    on_templates: int
    unnamed: Sequence[Sequence[str]]
    """Groups of class codes whose nodes are equal though they name no shared template."""
    without_own: Sequence[str]
    """Classes without a measure or document type of their own that names its source."""
    leaves_without_process: Sequence[str]


def copies(on: dt.date) -> Copies:
    """Look over the plan in force on a day (two statements)."""
    rows = list(ClassRevision.objects.in_force(on).order_by("code").values_list("pk", "code", "template", "function_class", "parent"))
    nodes: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    own: set[int] = set()
    for revision, kind, code, title, source in (
        Node.objects.filter(revision__in=[row[0] for row in rows])
        .order_by("revision", "order")
        .values_list("revision", "kind", "code", "title", "source")
    ):
        nodes[revision].append((kind, code, title.get("fi", "")))
        if source and kind in {NodeKind.MEASURE, NodeKind.DOCUMENT, NodeKind.ATTACHMENT}:
            own.add(revision)
    groups: dict[tuple[tuple[str, str, str], ...], list[tuple[str, str]]] = defaultdict(list)
    for pk, code, template, _class, _parent in rows:
        if pk in nodes:
            groups[tuple(nodes[pk])].append((code, template))
    parents = {row[4] for row in rows}
    return Copies(
        processes=len(nodes),
        on_templates=sum(1 for row in rows if row[0] in nodes and row[2]),
        unnamed=[
            [code for code, _t in group]
            for group in groups.values()
            if len(group) > 1 and len({template for _c, template in group} - {""}) != 1
        ],
        without_own=[row[1] for row in rows if row[0] in nodes and row[0] not in own],
        leaves_without_process=[row[1] for row in rows if row[0] not in nodes and row[3] not in parents],
    )


@dataclass(frozen=True, slots=True)
class Override:
    """A document type and a rule of it that people decide otherwise than the plan says."""

    code: str
    title: dict[str, str]
    rule: str
    documents: int
    overridden: int


@dataclass(frozen=True, slots=True)
class FromUse:
    """What use tells."""

    documents: int
    outside_plan: int
    overrides: Sequence[Override]
    never_used: Sequence[tuple[str, dict[str, str]]]
    """Classes with a process and no case."""
    on_retired: Sequence[tuple[str, int, int, bool]]
    """Class code, revision number, open cases that follow it, and whether a newer revision is in force that they may move to."""


def from_use(on: dt.date) -> FromUse:
    """Ask the rooms that use the plan (a fixed number of statements)."""
    told = [usage.quality() for usage in USAGES]
    keys = {found.key for one in told for found in one.overrides}
    nodes: dict[UUID, tuple[str, dict[str, str]]] = {
        key: (code, title)
        for key, code, title in Node.objects.filter(key__in=keys).order_by("revision__number").values_list("key", "revision__code", "title")
    }
    used = frozenset[int]().union(*(one.used_classes for one in told))
    with_process = list(
        ClassRevision.objects.in_force(on)
        .filter(nodes__isnull=False)
        .distinct()
        .order_by("code")
        .values_list("function_class", "code", "title")
    )
    retired = {revision: count for one in told for revision, count in one.on_retired}
    held = {key for key, _code, _title in with_process}
    rows = ClassRevision.objects.filter(pk__in=retired).values_list("pk", "code", "number", "function_class")
    names = {pk: (code, number, function_class in held) for pk, code, number, function_class in rows}
    return FromUse(
        documents=sum(one.documents for one in told),
        outside_plan=sum(one.outside_plan for one in told),
        overrides=sorted(
            (
                Override(*nodes.get(found.key, (str(found.key), {})), found.rule, found.documents, found.changed)
                for one in told
                for found in one.overrides
            ),
            key=lambda one: -one.overridden,
        ),
        never_used=[(code, title) for key, code, title in with_process if key not in used],
        on_retired=[(code, number, retired[revision], newer) for revision, (code, number, newer) in sorted(names.items())],
    )
