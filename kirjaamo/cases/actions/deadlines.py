"""Telling the one whose work it is that a day comes near: of a case its handler, of a task who has it, each once for a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases.models import Case, CaseState, Task, TaskState, address_of
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import Actor
from kirjaamo.notices.actions import tell
from kirjaamo.notices.models import Notice, NoticeKind
from kirjaamo.organisation.models import User

DAYS_BEFORE = 3
"""Told this many days before; not a time of the law, which the deadline itself is."""


@action("Muistuta määräajoista", needs="organisation.manage")
def remind(today: dt.date, *, actor: Actor) -> int:
    """Tell of the days that come in three days; return how many notices. A second run of the same day tells nothing again."""
    due_on = today + dt.timedelta(days=DAYS_BEFORE)
    told = 0
    for identifier, people in sorted(_whose(due_on).items()):
        wanting = people.difference(_told_today(identifier, today))
        told += len(wanting)
        url = reverse("case", args=[address_of(identifier)])
        tell(User.objects.filter(pk__in=wanting), NoticeKind.DEADLINE, about=identifier, url=url, actor=actor)
    return told


def _whose(due_on: dt.date) -> dict[str, set[int]]:
    """The people of the cases and tasks that are due on a day, by the case's identifier (two statements)."""
    found: dict[str, set[int]] = defaultdict(set)
    cases = Case.objects.exclude(state=CaseState.CLOSED).exclude(handler=None).filter(due_on=due_on)
    tasks = Task.objects.exclude(state=TaskState.DONE).exclude(user=None).filter(due_on=due_on)
    for identifier, person in [*cases.values_list("identifier", "handler"), *tasks.values_list("case__identifier", "user")]:
        found[identifier].add(person)
    return found


def _told_today(identifier: str, today: dt.date) -> set[int]:
    midnight = timezone.make_aware(dt.datetime.combine(today, dt.time.min))
    rows = Notice.objects.filter(kind=NoticeKind.DEADLINE, about=identifier, at__gte=midnight)
    return set(rows.values_list("user", flat=True))
