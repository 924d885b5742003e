"""What the registry office must see: what waits, what waits too long, what has no unit, what is overdue, and how it develops."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from kirjaamo.cases.arrivals.masking import hidden_sender
from kirjaamo.cases.models import Arrival, ArrivalState, Case, CaseState, Mailbox

STALE = dt.timedelta(minutes=15)
"""After so long without a reading a mailbox is in trouble, whatever its last reading said."""
UNHANDLED_AFTER = dt.timedelta(days=7)
WEEKS = 12
MOST = 100


@dataclass(frozen=True)
class Waiting:
    """The queue: its first rows, and how many wait, are late, and have no unit."""

    rows: Sequence[Arrival]
    waiting: int
    late: int
    unrouted: int
    troubles: Sequence[Mailbox]


def waiting_of(shown: int) -> Waiting:
    """Read the queue in three statements."""
    queue = Arrival.objects.filter(state=ArrivalState.WAITING)
    shown_rows = queue.annotate(sender_hidden=hidden_sender())
    counted = queue.aggregate(
        waiting=Count("pk"), late=Count("pk", filter=Q(register_by__lt=timezone.localdate())), unrouted=Count("pk", filter=Q(unit=None))
    )
    troubled = Q(read_at=None) | Q(read_at__lt=timezone.now() - STALE)
    troubles = list(Mailbox.objects.filter(troubled, in_use=True).exclude(trouble="", read_at=None))
    return Waiting(list(shown_rows.select_related("unit").order_by("counts_at", "id")[:shown]), troubles=troubles, **counted)


@dataclass(frozen=True)
class Week:
    """What arrived in a week, and how much of it was registered within its time."""

    monday: dt.date
    arrived: int
    late: int


@dataclass(frozen=True)
class Reports:
    """The three lists and the weeks behind them."""

    late: Sequence[Arrival]
    unrouted: Sequence[Arrival]
    unhandled: Sequence[Case]
    overdue: Sequence[Case]
    weeks: Sequence[Week]


def reports_of(today: dt.date) -> Reports:
    """Read the reports in five statements; each list begins with what has waited longest."""
    queue = Arrival.objects.filter(state=ArrivalState.WAITING).annotate(sender_hidden=hidden_sender())
    queue = queue.select_related("unit").order_by("counts_at", "id")
    cases = Case.objects.exclude(state=CaseState.CLOSED).select_related("unit", "handler", "revision")
    unhandled = cases.filter(handler=None, registered_at__lt=timezone.now() - UNHANDLED_AFTER).order_by("registered_at", "id")
    return Reports(
        late=list(queue.filter(register_by__lt=today)[:MOST]),
        unrouted=list(queue.filter(unit=None)[:MOST]),
        unhandled=list(unhandled[:MOST]),
        overdue=list(cases.filter(due_on__lt=today).order_by("due_on", "id")[:MOST]),
        weeks=_weeks(today),
    )


def _weeks(today: dt.date) -> list[Week]:
    """The weeks up to this one: a week in which nothing arrived is there too."""
    first = today - dt.timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    start = timezone.make_aware(dt.datetime.combine(first, dt.time()))
    late = Q(ended_at__date__gt=F("register_by")) | Q(ended_at=None, register_by__lt=today)
    rows = (
        Arrival.objects.filter(counts_at__gte=start)
        .annotate(week=TruncWeek("counts_at"))
        .values("week")
        .annotate(arrived=Count("pk"), late=Count("pk", filter=late))
        .order_by("week")
    )
    found = {timezone.localtime(row["week"]).date(): (row["arrived"], row["late"]) for row in rows}
    mondays = [first + dt.timedelta(weeks=number) for number in range(WEEKS)]
    return [Week(monday, *found.get(monday, (0, 0))) for monday in mondays]
