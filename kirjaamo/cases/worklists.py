"""Worklists: what is mine, my unit's, awaited from others, due, and without a handler; each a keyset-paged list of narrow rows.

What is mine includes what belongs to those whom I deputise for today. A request to a party waits in a list of its own until its
day has passed; then it is work again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone

from kirjaamo.cases.models import Case, CaseState, EnquiryKind, Task, TaskState
from kirjaamo.cases.models.dues import due_or_never
from kirjaamo.cases.models.standing_in import absent_for
from kirjaamo.cases.uses import saw_rows
from kirjaamo.cases.visibility import visible_to

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User

MINE, UNIT, AWAITED, DUE, FREE = "omat", "yksikon", "vastaukset", "maarapaivat", "odottavat"
OF_TASKS, OF_CASES = (MINE, UNIT, AWAITED), (DUE, FREE)
LISTS = (*OF_TASKS, *OF_CASES)
PAGE = 30
TASK_ROW = (
    "id",
    "title",
    "due",
    "unit__short",
    "unit__title",
    "user__name",
    "case__identifier",
    "case__title",
    "case__publicity",
    "case__confidential",
    "list",
)
CASE_ROW = (
    "id",
    "title",
    "due",
    "identifier",
    "state",
    "revision__title",
    "handler__name",
    "unit__short",
    "publicity",
    "confidential",
    "list",
)
Row = Mapping[str, Any]
Rows = Any
"""A queryset of narrow rows, whose annotated columns no type names."""


@dataclass(frozen=True)
class ListPage:
    """A page of a worklist: its rows and the keys of its ends when there is more."""

    rows: Sequence[Row]
    before: str = ""
    after: str = ""


def first_rows(user: User, on: dt.date, most: int) -> dict[str, list[Row]]:
    """The first rows of every list, in two statements."""
    told: dict[str, list[Row]] = {name: [] for name in LISTS}
    for names in (OF_TASKS, OF_CASES):
        first, *others = (_ordered(_rows(name, user, on))[:most] for name in names)
        for row in first.union(*others, all=True).order_by("due", "id"):
            told[row["list"]].append(row)
        saw_rows([row for name in names for row in told[name]], "case__" if names is OF_TASKS else "")
    return told


def page_of(name: str, user: User, on: dt.date, after: str, before: str) -> ListPage:
    """One page of a list, in one statement; a key that is none is as if not given."""
    rows = _rows(name, user, on)
    key = _key_in(before or after)
    if key is None:
        found, back = list(_ordered(rows)[: PAGE + 1]), False
    else:
        back = bool(before)
        due, pk = key
        beyond = "lt" if back else "gt"
        rows = rows.filter(Q(**{f"due__{beyond}": due}) | Q(due=due, **{f"pk__{beyond}": pk}))
        found = list(rows.order_by("-due", "-id")[: PAGE + 1] if back else _ordered(rows)[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    if back:
        found.reverse()
    saw_rows(found, "" if name in OF_CASES else "case__")
    if not found:
        return ListPage([])
    earlier, later = (more, True) if back else (key is not None, more)
    return ListPage(found, _key(found[0]) if earlier else "", _key(found[-1]) if later else "")


def _ordered(rows: Rows) -> Rows:
    return rows.order_by("due", "id")


def _key(row: Row) -> str:
    return f"{row['due'].isoformat()}~{row['id']}"


def _key_in(told: str) -> tuple[dt.date, int] | None:
    day, _, key = told.rpartition("~")
    if not key.isdecimal() or len(key) > 18:  # noqa: PLR2004 - digits of a key
        return None
    try:
        return dt.date.fromisoformat(day), int(key)
    except ValueError:
        return None


def _rows(name: str, user: User, on: dt.date) -> Rows:
    """The rows of a list with the day by which they are ordered."""
    of_cases = name in OF_CASES
    rows: Rows = _cases(name, user, on) if of_cases else _tasks(name, user, on)
    rows = rows.filter(visible_to(user, timezone.now(), "" if of_cases else "case__"))
    due = F("due_on") if name == DUE else due_or_never()
    return rows.annotate(due=due, list=Value(name)).values(*(CASE_ROW if of_cases else TASK_ROW))


def people(user: User, on: dt.date, path: str) -> Q:
    """The condition that a person is the user, or one for whom the user stands in on the day."""
    return Q(**{path: user}) | Q(**{f"{path}__in": absent_for(user, on)})


def _tasks(name: str, user: User, on: dt.date) -> QuerySet[Task]:
    """Open tasks of a list; what nobody of the handling unit has been given is the handler's of the case."""
    open_ = Task.objects.exclude(state=TaskState.DONE)
    awaited = Q(kind__in=EnquiryKind.values) & (Q(due_on=None) | Q(due_on__gte=on))
    if name == MINE:
        return Task.objects.filter(pk__in=_mine(user, on)).exclude(awaited)
    handled = Q(user=None, unit=F("case__unit")) & people(user, on, "case__handler")
    if name == AWAITED:
        return open_.filter(awaited).filter(people(user, on, "user") | handled | Q(unit__in=user.units()))
    return open_.filter(unit__in=user.units(), user=None).exclude(awaited).exclude(handled)


def _mine(user: User, on: dt.date) -> QuerySet[Task, Any]:
    """The keys of the open tasks that are the user's to do: each way to them by an index of its own, joined.

    A closed case has no open tasks, which spares reading all that one has ever handled.
    """
    open_, absent = Task.objects.exclude(state=TaskState.DONE), absent_for(user, on)
    handled = open_.filter(user=None, unit=F("case__unit")).exclude(case__state=CaseState.CLOSED)
    ways = (open_.filter(user__in=absent), handled.filter(case__handler=user), handled.filter(case__handler__in=absent))
    return open_.filter(user=user).values("pk").union(*(way.values("pk") for way in ways))


def _cases(name: str, user: User, on: dt.date) -> QuerySet[Case]:
    open_ = Case.objects.exclude(state=CaseState.CLOSED)
    if name == FREE:
        return open_.filter(unit__in=user.units(), handler=None)
    return open_.filter(Q(unit__in=user.units()) | people(user, on, "handler")).exclude(due_on=None)
