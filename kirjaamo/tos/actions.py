"""What may be changed of the plan."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import TYPE_CHECKING

from django.utils import timezone

from kirjaamo.kernel.actions import action
from kirjaamo.organisation.models import Unit
from kirjaamo.tos.models import ClassRevision, FunctionClass, Node, NodeKind, Responsible, RevisionState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.packs import Item, Pack

NAMESPACE = uuid.UUID("5f0d1d0e-7c7b-4d0b-9a54-3d1c52b3a0a1")
"""Node keys of a pack are derived from class and node codes, so they stay constant over loads."""


@action("Lataa tiedonohjaussuunnitelma", needs="tos.edit")
def load_plan(pack: Pack, *, actor: Actor, on: dt.date) -> int:
    """Bring the classes and processes of a pack in force from a day, as approved by who runs the load; return how many were new.

    A class whose content is as before is left alone; a changed one gets a new revision and the old one retires.
    """
    processes = {item.need("class"): item for item in pack.items("process")}
    classes: dict[str, FunctionClass] = {}
    made = 0
    for item in pack.items("class"):
        process = processes.get(item.need("code"))
        known = ClassRevision.objects.filter(code=item.need("code"), state=RevisionState.APPROVED).select_related("function_class").first()
        digest = _digest(item, process)
        classes[item.need("code")] = known.function_class if known else FunctionClass.of()
        if known is None or known.content_hash != digest:
            _revise(item, process, classes, known, digest, actor=actor, on=on)
            made += 1
        _responsible(classes[item.need("code")], item)
    return made


def _digest(item: Item, process: Item | None) -> str:
    content = json.dumps([item.values, process.values if process else None], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def _revise(  # noqa: PLR0913 - all of it is one revision
    item: Item, process: Item | None, classes: Mapping[str, FunctionClass], known: ClassRevision | None, digest: str, *, actor: Actor, on: dt.date
) -> None:
    parent_code = item.get("parent")
    if parent_code is not None and parent_code not in classes:
        raise item.problem(f"its parent {parent_code} does not stand before it")
    if known is not None:
        known.state, known.valid_to = RevisionState.RETIRED, on
        known.save(update_fields=["state", "valid_to"])
    code = item.need("code")
    revision = ClassRevision.of(
        function_class=classes[code],
        number=known.number + 1 if known else 1,
        code=code,
        title=item.text("title"),
        description=process.text("description") if process else {},
        parent=classes.get(parent_code) if parent_code else None,
        origin=item.get("source", "added"),
        note=item.text("scheme_note"),
        drafted_by="pack",
    )
    if process is not None:
        _nodes(revision, process)
    revision.state, revision.valid_from, revision.content_hash = RevisionState.APPROVED, on, digest
    revision.approved_by, revision.approved_at = actor.actor_ref, timezone.now()
    revision.save(update_fields=["state", "valid_from", "content_hash", "approved_by", "approved_at"])


def _nodes(revision: ClassRevision, process: Item) -> None:
    """Write stages, measures and document types; a node inherits what it does not say from its process."""
    stages: dict[str, Node] = {}
    for order, item in enumerate(process.items("node")):
        rules = {**process.get("rules", {}), **item.get("rules", {})}
        kind = NodeKind(item.need("kind"))
        stage = item.get("stage")
        if stage is not None and stage not in stages:
            raise item.problem(f"its stage '{stage}' does not stand before it")
        node = Node.of(
            revision=revision,
            key=uuid.uuid5(NAMESPACE, f"{revision.code}|{kind}|{item.need('code')}"),
            parent=stages.get(stage) if stage else None,
            kind=kind,
            order=order,
            code=item.need("code"),
            title=item.text("title"),
            terminal=item.get("terminal", False),
            publicity=rules.get("publicity", ""),
            grounds=rules.get("grounds", []),
            personal=rules.get("personal", ""),
            retention_mode=rules.get("retention_mode", ""),
            retention_years=rules.get("retention_years"),
            retention_trigger=rules.get("retention_trigger", ""),
            retention_basis=rules.get("retention_basis", ""),
            archiving=rules.get("archiving", "undecided"),
        )
        if kind == NodeKind.STAGE:
            stages[node.code] = node


def _responsible(function_class: FunctionClass, item: Item) -> None:
    function_class.responsible.all().delete()
    units = {unit.slug: unit for unit in Unit.objects.filter(slug__in=item.get("units", []))}
    missing = set(item.get("units", [])) - set(units)
    if missing:
        raise item.problem(f"units that are not in the pack: {', '.join(sorted(missing))}")
    Responsible.objects.bulk_create([Responsible(function_class=function_class, unit=unit) for unit in units.values()])
