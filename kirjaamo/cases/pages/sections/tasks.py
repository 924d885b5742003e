"""What is to be done in a case and what is awaited: tasks, parts in other divisions, requests to parties and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.cases.actions import HANDLING
from kirjaamo.cases.models import Enquiry, EnquiryEnd, EnquiryKind, TaskState
from kirjaamo.cases.pages.shown import due_badge
from kirjaamo.ui.parts import Action, Badge
from kirjaamo.ui.wording import day, moment

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case, Task
    from kirjaamo.cases.pages.sections.seen import Seen


def section(seen: Seen) -> dict[str, object]:
    """What is to be done, and what was."""
    may = seen.may_handle and not seen.whole.barred
    open_ = [task for task in seen.whole.tasks if task.state != TaskState.DONE]
    return {
        "tasks": [task_shown(seen.case, task, may=may) for task in open_],
        "done": [task_shown(seen.case, task, may=False) for task in seen.whole.tasks if task.state == TaskState.DONE],
        "hearing_open": any(task.kind == EnquiryKind.HEARING for task in open_),
    }


def task_shown(found: Case, task: Task, *, may: bool) -> dict[str, object]:
    """A task with whose it is, its days and its outcome; who `may` finds the ways to take it and to end it."""
    enquiry = _enquiry(task)
    meta = [_("Osakäsittely")] if task.kind == HANDLING else []
    meta += [_addressee(enquiry)] if enquiry else [task.user.name if task.user else (task.unit.short or task.unit.title)]
    if task.due_on:
        meta.append(_("viimeistään %(day)s") % {"day": day(task.due_on)})
    if task.done_at:
        meta.append(_("tehty %(when)s") % {"when": moment(task.done_at)})
    return {
        "title": task.title,
        "meta": meta,
        "badge": _badge(task, enquiry),
        "text": _text(task, enquiry),
        "acts": _acts(found, task, enquiry) if may and not found.is_closed else [],
    }


def _enquiry(task: Task) -> Enquiry | None:
    return task.enquiry if task.kind in EnquiryKind.values and hasattr(task, "enquiry") else None


def _addressee(enquiry: Enquiry) -> str:
    if enquiry.recipient:
        return enquiry.recipient
    if enquiry.party is None:
        return _("Kaikki asianosaiset") if enquiry.end == EnquiryEnd.LEFT_OUT else _("Nimetön")
    return enquiry.party.subject.name if enquiry.party.subject else _("Nimetön")


def _badge(task: Task, enquiry: Enquiry | None) -> Badge | None:
    if task.state == TaskState.DONE:
        return Badge(str(EnquiryEnd(enquiry.end).label), "neutral") if enquiry and enquiry.end else None
    due = due_badge(task.due_on)
    if due is not None:
        return due
    if enquiry is not None:
        return Badge(_("Odottaa vastausta"), "info")
    return Badge(str(TaskState(task.state).label), "info") if task.state == TaskState.IN_HAND else None


def _text(task: Task, enquiry: Enquiry | None) -> str:
    if task.state == TaskState.DONE:
        return task.outcome
    return enquiry.question if enquiry else ""


def _acts(found: Case, task: Task, enquiry: Enquiry | None) -> list[Action]:
    if task.state == TaskState.DONE:
        return []
    if enquiry is not None:
        return [Action(_("Kirjaa vastaus"), reverse("case_enquiry", args=[found.address, task.pk]))]
    ending = Action(_("Merkitse tehdyksi"), reverse("case_task_done", args=[found.address, task.pk]))
    taking = Action(_("Ota työn alle"), reverse("case_task_start", args=[found.address, task.pk]))
    return [ending] if task.state == TaskState.IN_HAND else [taking, ending]
