"""What ends in a register tells the case from which day retention counts: a card expires, a contract ends, a person dies.

A kind of record says which of its days is which trigger of the plan (`Record.endings`). The day is told when it has come: at once when
a record is written, else by the nightly job; a day that is corrected is told anew. What a person has told is left alone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.contrib.postgres.fields import DateRangeField
from django.db.models import DateTimeField, Q
from django.utils import timezone

from kirjaamo.cases.models import Case
from kirjaamo.contract.languages import in_languages
from kirjaamo.kernel.actions import running
from kirjaamo.retention.actions import tell_event
from kirjaamo.retention.models import TriggerEvent

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor

DAY = dt.timedelta(days=1)


class Told(Protocol):
    """What is needed of a register: its title and its kinds of records, each with its `endings`."""

    title: object

    @property
    def models(self) -> Sequence[Any]:
        """All kinds of records."""


@dataclass(frozen=True)
class Ending:
    """A trigger of the plan, the path of the day on which it happens (a date, a moment, the last day of a period), and of which records."""

    trigger: str
    path: str
    when: Q = field(default_factory=Q)

    @property
    def fields(self) -> frozenset[str]:
        """The fields of the record itself that it reads."""
        return frozenset({self.path.partition("__")[0], *(str(name).partition("__")[0] for name in _names(self.when))})


def _names(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _names(child)
        elif isinstance(child, tuple):
            yield child[0]


def written(record: Any, names: Collection[str] | None) -> None:
    """Tell what a record that was just written ends, within the action that wrote it; `names`: the fields that were written, or all."""
    concerned = {"case", "case_id", "voided_at"}.union(*(ending.fields for ending in record.endings))
    if record.endings and record.case_id is not None and (names is None or concerned & set(names)):
        tell(record.register, {record.case_id}, actor=running().actor)


def tell(register: Told, cases: Collection[int], *, actor: Actor) -> int:
    """Tell the cases what has ended in a register since it was last told; return how many events. Called within an action."""
    days = _days(register, cases)
    source = in_languages(register.title)["fi"][:120]
    newest = _newest(cases, {trigger for _case, trigger in days})
    due = [(key, day) for key, day in days.items() if _is_news(newest.get(key), day, source)]
    held = Case.objects.in_bulk([case for (case, _trigger), _day in due])
    for (case, trigger), day in due:
        tell_event(held[case], trigger, day, source=source, actor=actor)
    return len(due)


def _is_news(told: TriggerEvent | None, day: dt.date | None, source: str) -> bool:
    if told is None:
        return day is not None
    return told.source == source and told.happened_on != day


def _newest(cases: Collection[int], triggers: Collection[str]) -> Mapping[tuple[int, str], TriggerEvent]:
    events = TriggerEvent.objects.filter(case__in=cases, trigger__in=triggers, document=None).order_by("case_id", "trigger", "-id")
    return {(event.case_id, event.trigger): event for event in events.distinct("case_id", "trigger")}


def _days(register: Told, cases: Collection[int]) -> Mapping[tuple[int, str], dt.date | None]:
    """By case and trigger the day on which the last of its records ended; None while one has not (one statement for each ending)."""
    found: dict[tuple[int, str], list[dt.date | None]] = defaultdict(list)
    for model in register.models:
        for ending in model.endings:
            rows = model._default_manager.filter(ending.when, case__in=cases, voided_at=None)
            for case, value in rows.values_list("case_id", ending.path):
                found[case, ending.trigger].append(_day(value))
    today = timezone.localdate()
    return {key: _last(days, today) for key, days in found.items()}


def _last(days: Sequence[dt.date | None], today: dt.date) -> dt.date | None:
    come = [day for day in days if day is not None and day <= today]
    return max(come) if len(come) == len(days) else None


def _day(value: Any) -> dt.date | None:
    """The day of a date or a moment, or the last day of a period."""
    if isinstance(value, dt.datetime):
        return timezone.localdate(value)
    if value is None or isinstance(value, dt.date):
        return value
    return value.upper - DAY if value.upper else None


def ended(model: Any, ending: Ending, since: dt.date) -> QuerySet[Any]:
    """The cases of records that ended after a day: what a nightly job looks at."""
    column = model._meta.get_field(ending.path) if "__" not in ending.path else None
    path = f"{ending.path}__endswith" if isinstance(column, DateRangeField) else ending.path
    day = timezone.make_aware(dt.datetime.combine(since, dt.time.min)) if isinstance(column, DateTimeField) else since
    rows: QuerySet[Any] = model._default_manager.filter(ending.when, **{f"{path}__gte": day}, case__isnull=False, voided_at=None)
    return rows.order_by("case_id").values_list("case_id", flat=True).distinct()
