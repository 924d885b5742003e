"""Tasks of a case: given and done."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.steps import still_open
from kirjaamo.cases.models import Case, Task, TaskState
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import Refused

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import Unit, User


@action("Anna tehtävä", needs="cases.handle")
def assign(  # noqa: PLR0913 - a task is these facts
    case: Case,
    *,
    actor: Actor,
    kind: str,
    title: Mapping[str, str],
    unit: Unit,
    user: User | None = None,
    due_on: dt.date | None = None,
    detail: Mapping[str, object] | None = None,
    key: uuid.UUID | None = None,
) -> Task | None:
    """Give a unit, or a person of it, a task in a case. With the `key` of a form a second send does nothing."""
    del actor
    still_open(case)
    if key is not None and submissions.claim(key) is not None:
        return None
    return Task.of(case=case, kind=kind, title=dict(title), unit=unit, user=user, due_on=due_on, detail=dict(detail or {}))


@action("Merkitse tehtävä tehdyksi", needs="cases.handle")
def finish(task: Task, *, actor: Actor, outcome: str) -> Task:
    """Mark a task done, with its outcome in words."""
    if task.state == TaskState.DONE:
        raise Refused(_("Tehtävä on jo merkitty tehdyksi."), code="cases.task_done")
    task.state, task.outcome, task.done_at, task.done_by = TaskState.DONE, outcome, running().at, actor.actor_ref
    task.save(update_fields=["state", "outcome", "done_at", "done_by"])
    return task
