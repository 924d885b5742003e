"""Statutory times out of the dated rows, counted by the deadline engine of `values`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db.models import Q

from kirjaamo.norms.models import DeadlineTerm, ServiceTerm
from kirjaamo.values.calendar import FinnishCalendar
from kirjaamo.values.clock import local_day
from kirjaamo.values.deadlines import (
    ClosingTime,
    Deadline,
    DeadlineRule,
    Extension,
    ServicePresumption,
    StartEvent,
    Unit,
    count,
    extend,
    shift,
)
from kirjaamo.values.language import Text3
from kirjaamo.values.period import ALWAYS


class TermMissing(LookupError):
    """No row of a statutory time was in force: the reference data must be loaded or corrected."""


def rule(code: str, on: dt.date) -> DeadlineRule:
    """The rule of a code in force on a day."""
    row = (
        DeadlineTerm.objects.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on), code=code)
        .order_by("-valid_from")
        .first()
    )
    if row is None:
        raise TermMissing(code)
    return DeadlineRule(row.code, row.amount, Unit(row.unit), row.legal_basis, rolls=row.rolls, closes_at=ClosingTime(row.closes))


def presumption(code: str, on: dt.date) -> ServicePresumption:
    """The presumption of service of a code in force on a day."""
    held = Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on)
    row = ServiceTerm.objects.filter(*held, code=code).order_by("-valid_from").first()
    if row is None:
        raise TermMissing(code)
    return ServicePresumption(row.code, Text3.of(row.title), row.days, StartEvent.SENDING, row.legal_basis, ALWAYS)


def after_service(code: str, sent_on: dt.date, served: str, shown_on: dt.date | None = None) -> Deadline:
    """Count the term of a code from the service of a decision: presumed by `served`, or the day that was shown.

    An empty `served` is handing over in person: the day itself.
    """
    counted = replace(rule(code, sent_on), starts_from=StartEvent.SERVICE)
    if not served:
        return count(counted, shown_on or sent_on, FinnishCalendar())
    return count(counted, sent_on, FinnishCalendar(), service=presumption(served, sent_on), shown_on=shown_on)


def kept_since(code: str, on: dt.date) -> dt.date:
    """The first day that is still kept on a day, when what happened is kept for the time of a code."""
    kept = rule(code, on)
    return shift(on, -kept.amount, kept.unit)


def due(code: str, start: dt.datetime) -> Deadline:
    """Count the term of a code from an arrival."""
    return count(rule(code, local_day(start)), start, FinnishCalendar())


def lengthen(code: str, longer: str, start: dt.datetime, reason: str, at: dt.datetime, reasons: tuple[str, ...]) -> Deadline:
    """Count the longer term that follows the term of a code, keeping both and the trail."""
    day = local_day(start)
    return extend(due(code, start), Extension(code, rule(longer, day), reasons), reason, at, FinnishCalendar())
