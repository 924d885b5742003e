"""The deadline engine: the only place of the program that counts days.

Every deadline has two dates. The *strict due date* is the counted one and drives the
work of the authority; the *legal last day* is it after the roll over holidays. Whether
the roll extends an authority's own duty is doubtful, so staff are shown the strict one.

Counting is that of the act on statutory deadlines (150/1930): the day of the event is
not counted (2 §), weeks, months and years end on the corresponding day or the last of
the month (3 §), time before a day is counted back alike (4 §), and a last day on a
holiday moves to the next weekday (5 §). Amounts and presumptions are dated data.
"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from kirjaamo.values.calendar import FinnishCalendar, SchoolCalendar, WorkingDays
from kirjaamo.values.clock import HELSINKI, local_day
from kirjaamo.values.dated_step import DatedStep
from kirjaamo.values.deadline_rules import (
    ClosingTime,
    DeadlineRule,
    Direction,
    Extension,
    ServicePresumption,
    StartEvent,
    Unit,
)
from kirjaamo.values.language import Text3
from kirjaamo.values.problems import ValueProblem
from kirjaamo.values.step_texts import counted_key

# The rules are a part of the engine's face, so that a caller needs one import.
__all__ = [
    "ClosingTime",
    "Deadline",
    "DeadlineRule",
    "Direction",
    "Extension",
    "PresumedService",
    "ServicePresumption",
    "StartEvent",
    "Unit",
    "count",
    "extend",
    "presumed_service",
    "shift",
]

_DAY = timedelta(days=1)
_MONTHS_IN_YEAR = 12
_CLOSING_LAW = {
    ClosingTime.OFFICE_CLOSE: "150/1930 6 §",
    ClosingTime.END_OF_DAY: "13/2003 11 §",
    ClosingTime.AUTHORITY_DUTY: "",
}


@dataclass(frozen=True, slots=True)
class PresumedService:
    """The day of knowledge and how it came."""

    day: date
    steps: tuple[DatedStep, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A counted deadline: both dates, how they came, and the deadline that it extends."""

    rule: DeadlineRule
    starts_on: date
    strict_due: date
    legal_last_day: date
    steps: tuple[DatedStep, ...]
    extends: Deadline | None = None
    extension_reason: str = ""

    def closing_moment(self, office_closes: time) -> datetime:
        """Give the moment before which the act is in time; office hours are the tenant's."""
        if self.rule.closes_at is ClosingTime.OFFICE_CLOSE:
            return datetime.combine(self.legal_last_day, office_closes, HELSINKI)
        return datetime.combine(self.legal_last_day + _DAY, time(0), HELSINKI)

    def in_time(self, moment: datetime, office_closes: time) -> bool:
        """Whether an act at the moment is in time; moments are compared as moments."""
        local_day(moment)  # refuses a moment without a time zone
        closing = self.closing_moment(office_closes)
        return moment.astimezone(UTC) < closing.astimezone(UTC)

    def days_left(self, today: date) -> int:
        """Give the days to the strict due date; below zero when it has passed."""
        return (self.strict_due - today).days


def count(
    rule: DeadlineRule,
    start_event: datetime | date,
    calendar: FinnishCalendar,
    *,
    school: SchoolCalendar | None = None,
    service: ServicePresumption | None = None,
    shown_on: date | None = None,
) -> Deadline:
    """Count a deadline from an event and tell how it came.

    With `service` the event is the sending or publishing, and the time runs from the
    presumed day of knowledge, or from `shown_on` when another day has been shown.
    Raises ValueProblem `deadline.…` when the rule was not in force on the starting day.
    """
    served = presumed_service(service, start_event, shown_on) if service else None
    start = served.day if served else local_day(start_event)
    if start not in rule.valid:
        raise ValueProblem("deadline.not_in_force")
    strict = _strict_due(rule, start, calendar, school)
    legal = calendar.next_weekday(strict) if rule.rolls else strict
    steps = served.steps if served else (_event_step(rule.starts_from, start, "150/1930 2 §"),)
    counted = _counted_step(rule, start, strict)
    rolled = _roll_steps(calendar, strict, legal)
    return Deadline(rule, start, strict, legal, (*steps, counted, *rolled, _last_step(rule, legal)))


def presumed_service(presumption: ServicePresumption, event: datetime | date, shown_on: date | None = None) -> PresumedService:
    """Tell the day on which a person is held to have got to know of what was sent or published.

    `shown_on` is the real day when it has been shown; the presumption then gives way.
    """
    sent = local_day(event)
    if sent not in presumption.valid:
        raise ValueProblem("deadline.not_in_force")
    first = _event_step(presumption.starts_from, sent, "")
    if shown_on is not None:
        if shown_on < sent:
            raise ValueProblem("deadline.shown_before_sent")
        return PresumedService(shown_on, (first, DatedStep(shown_on, "knowledge_shown")))
    day = shift(sent, presumption.days, Unit.DAYS)
    params = (("days", presumption.days), ("name", presumption.name))
    step = DatedStep(day, "knowledge_presumed", params, presumption.legal_basis)
    return PresumedService(day, (first, step))


def extend(
    deadline: Deadline,
    extension: Extension,
    reason: str,
    decided_at: datetime | date,
    calendar: FinnishCalendar,
) -> Deadline:
    """Move a deadline to the longer rule, counted from the same start; both stay in sight.

    The trail tells when and why, and when it was decided only after the first strict due
    date. Raises ValueProblem for a reason or a deadline that the extension does not know.
    # JulkL 621/1999 § 14
    """
    if deadline.rule.code != extension.extends:
        raise ValueProblem("deadline.extends_other")
    if reason not in extension.reasons:
        raise ValueProblem("deadline.extension_reason")
    decided_on = local_day(decided_at)
    if decided_on < deadline.starts_on:
        raise ValueProblem("deadline.extension_early")
    longer = count(extension.longer, deadline.starts_on, calendar)
    if longer.strict_due <= deadline.strict_due:
        raise ValueProblem("deadline.extension_shorter")
    key = "extended_late" if decided_on > deadline.strict_due else "extended"
    params = (("strict_due", deadline.strict_due),)
    step = DatedStep(decided_on, key, params, extension.longer.legal_basis)
    steps = (*deadline.steps, step, *longer.steps[1:])
    return replace(longer, steps=steps, extends=deadline, extension_reason=reason)


def shift(day: date, amount: int, unit: Unit) -> date:
    """Move a day by calendar units, forward or (below zero) back.

    Weeks, months and years end on the corresponding day. # 150/1930 §§ 2-4
    Raises ValueProblem `deadline.unit` for working and school days, which need a
    calendar, and `deadline.out_of_range` past the years that a date can hold.
    """
    try:
        if unit is Unit.DAYS:
            return day + timedelta(days=amount)
        if unit is Unit.WEEKS:
            return day + timedelta(weeks=amount)
        if unit is Unit.MONTHS:
            return _shift_months(day, amount)
        if unit is Unit.YEARS:
            return _shift_months(day, amount * _MONTHS_IN_YEAR)
    except (OverflowError, ValueError):
        raise ValueProblem("deadline.out_of_range") from None
    raise ValueProblem("deadline.unit")


def _shift_months(day: date, amount: int) -> date:
    """Give the same number in another month, or its last day when it has no such number."""
    year, month = divmod(day.year * _MONTHS_IN_YEAR + day.month - 1 + amount, _MONTHS_IN_YEAR)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _strict_due(rule: DeadlineRule, start: date, calendar: FinnishCalendar, school: SchoolCalendar | None) -> date:
    sign = -1 if rule.direction is Direction.BACKWARD else 1
    if rule.unit is Unit.WORKING_DAYS:
        return _nth_open_day(start, rule.amount, sign, calendar)
    if rule.unit is Unit.SCHOOL_DAYS:
        if school is None:
            raise ValueProblem("deadline.school_missing")
        return _nth_open_day(start, rule.amount, sign, school)
    return shift(start, sign * rule.amount, rule.unit)


def _nth_open_day(start: date, amount: int, sign: int, open_days: WorkingDays) -> date:
    day = start
    for _ in range(amount):
        day += sign * _DAY
        while not open_days.is_open(day):
            day += sign * _DAY
    return day


def _event_step(event: StartEvent, day: date, law: str) -> DatedStep:
    return DatedStep(day, f"event_{event.value}", (), law)


def _counted_step(rule: DeadlineRule, start: date, strict: date) -> DatedStep:
    """Tell the counting; a month without the day says that its last day took the place."""
    in_months = rule.unit in {Unit.MONTHS, Unit.YEARS}
    month_end = in_months and strict.day != start.day
    key = counted_key(rule.direction.value, rule.unit.value, rule.amount, month_end=month_end)
    law = f"{rule.legal_basis}; 150/1930 {_counting_section(rule)}"
    return DatedStep(strict, key, (("amount", rule.amount),), law)


def _counting_section(rule: DeadlineRule) -> str:
    if rule.direction is Direction.BACKWARD:
        return "4 §"
    return "3 §" if rule.unit in {Unit.WEEKS, Unit.MONTHS, Unit.YEARS} else "2 §"


def _roll_steps(calendar: FinnishCalendar, strict: date, legal: date) -> list[DatedStep]:
    """One step for each day that the last day passes over, with the reason of each."""
    passed = (strict + _DAY * number for number in range((legal - strict).days))
    return [_rolled_step(day, calendar.reason(day)) for day in passed]


def _rolled_step(day: date, reason: Text3 | None) -> DatedStep:
    return DatedStep(day, "rolled", (("reason", reason or Text3("")),), "150/1930 5 §")


def _last_step(rule: DeadlineRule, legal: date) -> DatedStep:
    key = f"last_day_{rule.closes_at.value}"
    return DatedStep(legal, key, (), _CLOSING_LAW[rule.closes_at])
