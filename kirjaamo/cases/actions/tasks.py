"""Tasks of a case: given and done."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.steps import may_work, record, still_open
from kirjaamo.cases.models import Case, EnquiryKind, Task, TaskState
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.notices.actions import tell
from kirjaamo.notices.models import NoticeKind

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import Unit, User

HANDLING = "handling"
"""The kind of a task that is a handling of the case in another division, with a handler, a due day and a state of its own."""
DIVIDED = {"fi": "Osakäsittely aloitettiin", "sv": "En delbehandling inleddes", "en": "A handling in another division was begun"}
JOINED = {"fi": "Osakäsittely päättyi", "sv": "Delbehandlingen avslutades", "en": "The handling in another division ended"}


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
    still_open(case)
    may_work(case, actor)
    if key is not None and submissions.claim(key) is not None:
        return None
    given = Task.of(case=case, kind=kind, title=dict(title), unit=unit, user=user, due_on=due_on, detail=dict(detail or {}))
    if user is not None:
        tell([user], NoticeKind.TASK, about=case.identifier, url=case.get_absolute_url(), actor=actor)
    return given


@action("Merkitse tehtävä tehdyksi", needs="cases.handle")
def finish(task: Task, *, actor: Actor, outcome: str) -> Task:
    """Mark a task done, with its outcome in words."""
    may_work(task.case, actor)
    if task.state == TaskState.DONE:
        raise Refused(_("Tehtävä on jo merkitty tehdyksi."), code="cases.task_done")
    if task.kind in EnquiryKind.values:
        raise Refused(_("Tehtävä odottaa vastausta pyyntöön. Kirjaa, miten pyyntö päättyi."), code="cases.task_is_enquiry")
    task.state, task.outcome, task.done_at, task.done_by = TaskState.DONE, outcome, running().at, actor.actor_ref
    task.save(update_fields=["state", "outcome", "done_at", "done_by"])
    if task.kind == HANDLING:
        record(task.case, actor=actor, kind="joined", label=JOINED, note=outcome)
    return task


@action("Ota työn alle", needs="cases.handle")
def start(task: Task, *, actor: User) -> Task:
    """Take a task, or a handling of one's division, into one's own hands; two people at once do not both get it."""
    held = Task.objects.select_for_update(of=("self",)).select_related("case").get(pk=task.pk)
    may_work(held.case, actor)
    if held.state == TaskState.DONE:
        raise Refused(_("Tehtävä on jo merkitty tehdyksi."), code="cases.task_done")
    if held.state == TaskState.IN_HAND and held.user_id not in {None, actor.pk}:
        raise Refused(_("%(name)s on jo ottanut tehtävän.") % {"name": held.user}, code="cases.task_taken")
    held.state, held.user = TaskState.IN_HAND, actor
    held.save(update_fields=["state", "user"])
    return held


@action("Aloita osakäsittely", needs="cases.handle")
def divide(
    case: Case, *, unit: Unit, what: str, due_on: dt.date | None, actor: Actor, key: uuid.UUID, user: User | None = None
) -> Task | None:
    """Let another division handle its part of the case at the same time; the case does not end while a part is open."""
    task = assign(case, kind=HANDLING, title={case.language: what}, unit=unit, user=user, due_on=due_on, key=key, actor=actor)
    if task is not None:
        name = unit.title.get(case.language) or unit.title.get("fi", "")
        record(case, actor=actor, kind="divided", label=DIVIDED, note=f"{name}\n{what}")
    return task
