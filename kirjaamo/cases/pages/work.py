"""The start page of people who work here: what is mine, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.cases.pages.shown import due_badge, state_badge
from kirjaamo.cases.reading import Work, work_of
from kirjaamo.ui.access import STAFF, page
from kirjaamo.ui.parts import Action, Figure, ListRow
from kirjaamo.ui.wording import day

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case, Task
    from kirjaamo.organisation.models import User

SHOWN, COUNTED, MOST = 6, 20, 100
"""Rows of a list at first, how far its figure counts, and rows of a list that was asked for whole (`?kaikki=`)."""


@page(needs=STAFF)
def work(request: HttpRequest) -> HttpResponse:
    """Show own tasks, the unit's tasks, due cases and cases that wait for a handler; a person who reads no cases gets a word of it."""
    user = cast("User", request.user)
    reads = user.may("cases.read")
    whole = request.GET.get("kaikki", "")
    found = work_of(user, MOST if whole else COUNTED + 1) if reads else None
    values = {
        "person": user.name,
        "lists": _lists(found, whole) if found else [],
        "figures": _figures(found) if found else [],
        "actions": _actions(user),
        "reads": reads,
    }
    return render(request, "cases/work.html", values)


def _lists(found: Work, whole: str) -> list[dict[str, object]]:
    cases = reverse("cases")
    due, waiting = f"{cases}?yksikko=mine&tila=open&sort=due", f"{cases}?yksikko=mine&tila=open&kasittelija=none"
    my_tasks, unit_tasks = [_task_row(task) for task in found.my_tasks], [_task_row(task) for task in found.unit_tasks]
    due_cases, waiting_cases = [_case_row(case) for case in found.due], [_case_row(case) for case in found.waiting]
    made = [
        _list("omat", _("Omat tehtävät"), my_tasks, _("Sinulla ei ole avoimia tehtäviä."), "?kaikki=omat#omat"),
        _list("yksikon", _("Yksikön tehtävät"), unit_tasks, _("Yksikössäsi ei ole tehtäviä ilman tekijää."), "?kaikki=yksikon#yksikon"),
        _list("maarapaivat", _("Lähimmät määräpäivät"), due_cases, _("Avoimilla asioilla ei ole määräpäiviä."), due),
        _list("odottavat", _("Odottaa käsittelijää"), waiting_cases, _("Kaikilla asioilla on käsittelijä."), waiting),
    ]
    return [told if told["id"] == whole else _shortened(told) for told in made]


def _list(name: str, title: str, rows: list[ListRow], empty: str, more: str) -> dict[str, object]:
    return {"id": name, "title": title, "rows": rows, "empty": empty, "more": more}


def _shortened(told: dict[str, object]) -> dict[str, object]:
    """The first rows of a list; the way to the others only when there are some."""
    rows = cast("list[ListRow]", told["rows"])
    return told | {"rows": rows[:SHOWN], "more": told["more"] if len(rows) > SHOWN else ""}


def _figures(found: Work) -> list[Figure]:
    def most(rows: Sequence[object]) -> str:
        return f"{COUNTED}+" if len(rows) > COUNTED else str(len(rows))

    return [
        Figure(most(found.my_tasks), _("omaa tehtävää"), url="#omat"),
        Figure(most(found.unit_tasks), _("yksikön tehtävää"), url="#yksikon"),
        Figure(most(found.due), _("määräpäivää"), url="#maarapaivat"),
        Figure(most(found.waiting), _("odottaa käsittelijää"), url="#odottavat"),
    ]


def _actions(user: User) -> list[Action]:
    made = []
    if user.may("cases.register"):
        made.append(Action(_("Kirjaa saapunut asia"), reverse("case_new"), kind="primary", icon="plus"))
    if user.may("cases.read"):
        made.append(Action(_("Hae asioista"), reverse("cases")))
    return made


def _task_row(task: Task) -> ListRow:
    meta = [task.case.identifier, task.unit.short or task.unit.title]
    if task.due_on:
        meta.append(_("viimeistään %(day)s") % {"day": day(task.due_on)})
    return ListRow(task.title, f"{task.case.get_absolute_url()}#tehtavat", text=task.case.title, meta=meta, badge=due_badge(task.due_on))


def _case_row(case: Case) -> ListRow:
    meta = [case.identifier, case.revision.title]
    if case.due_on:
        meta.append(_("viimeistään %(day)s") % {"day": day(case.due_on)})
    if case.handler:
        meta.append(case.handler.name)
    return ListRow(case.title, case.get_absolute_url(), meta=meta, badge=due_badge(case.due_on) or state_badge(case.state))
