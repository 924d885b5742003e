"""Statutory times out of the dated rows, counted by the deadline engine of `values`."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from kirjaamo.norms.models import DeadlineTerm
from kirjaamo.values.calendar import FinnishCalendar
from kirjaamo.values.clock import local_day
from kirjaamo.values.deadlines import ClosingTime, Deadline, DeadlineRule, Extension, Unit, count, extend


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


def due(code: str, start: dt.datetime) -> Deadline:
    """Count the term of a code from an arrival."""
    return count(rule(code, local_day(start)), start, FinnishCalendar())


def lengthen(code: str, longer: str, start: dt.datetime, reason: str, at: dt.datetime, reasons: tuple[str, ...]) -> Deadline:
    """Count the longer term that follows the term of a code, keeping both and the trail."""
    day = local_day(start)
    return extend(due(code, start), Extension(code, rule(longer, day), reasons), reason, at, FinnishCalendar())
