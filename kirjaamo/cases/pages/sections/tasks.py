"""The tasks of a case as its page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.cases.models import TaskState
from kirjaamo.cases.pages.shown import due_badge
from kirjaamo.ui.wording import day, moment

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case, Task
    from kirjaamo.cases.pages.sections.seen import Seen


def section(seen: Seen) -> dict[str, object]:
    """What is to be done, and what was."""
    may = seen.actor.may("cases.handle", seen.case)
    return {
        "tasks": [task_shown(seen.case, task, may=may) for task in seen.whole.tasks if task.state == TaskState.OPEN],
        "done": [task_shown(seen.case, task, may=False) for task in seen.whole.tasks if task.state == TaskState.DONE],
    }


def task_shown(found: Case, task: Task, *, may: bool) -> dict[str, object]:
    """A task with whose it is, its days and its outcome; who `may` finds the way to mark it done."""
    meta = [task.user.name if task.user else (task.unit.short or task.unit.title)]
    if task.due_on:
        meta.append(_("viimeistään %(day)s") % {"day": day(task.due_on)})
    if task.done_at:
        meta.append(_("tehty %(when)s") % {"when": moment(task.done_at)})
    url = reverse("case_task_done", args=[found.address, task.pk]) if may and not found.is_closed else ""
    return {
        "title": task.title,
        "meta": meta,
        "badge": due_badge(task.due_on) if task.state == TaskState.OPEN else None,
        "text": task.outcome,
        "url": url,
    }
