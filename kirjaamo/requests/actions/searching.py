"""The proof of a search: which keys were used where, when, by whom and with how many hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import TaskState
from kirjaamo.kernel.actions import running
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.requests.models import SearchTask


def searched(task: SearchTask, keys: Sequence[Mapping[str, Any]], hits: int, note: str, *, actor: Actor) -> None:
    """Write down the proof of a search, and end its task. Called only within an action."""
    task.keys, task.hits, task.note = [dict(key) for key in keys], hits, note
    task.searched_at, task.searched_by = running().at, actor.actor_ref
    task.save(update_fields=["keys", "hits", "note", "searched_at", "searched_by"])
    revision = task.request.case.revision
    cases.record(
        task.request.case,
        actor=actor,
        kind="searched",
        label={"fi": "Tiedot haettiin", "sv": "Uppgifterna söktes", "en": "The data was searched"},
        stage=node(revision, NodeKind.STAGE, "preparation"),
        note=task.system_title.get("fi", ""),
    )
    if task.task.state != TaskState.DONE:
        cases.finish(task.task, actor=actor, outcome=f"hits: {hits}")
