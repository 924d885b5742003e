"""When a document's retention ends: a clock that is a function of stored inputs (records.md § 7.4). Imports no Django.

trigger date → start by the rule's rounding → due after the years. Nothing is guessed: without its trigger date a clock waits.
Who stores clocks keeps the old values; `History.with_` shows how.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kirjaamo.values.deadlines import Unit, shift

DECEMBER = 12


class Mode(StrEnum):
    """How long a thing is kept."""

    YEARS = "years"
    EVENT = "event"
    PERMANENT = "permanent"


class Rounding(StrEnum):
    """From which day the years count: the trigger itself, the end of its calendar year, or the end of the fiscal year."""

    DATE = "date"
    YEAR_END = "year_end"
    FISCAL_YEAR_END = "fiscal_year_end"


class ClockState(StrEnum):
    """What a clock says on a day. `waiting`: its trigger has not come; `due`: from the day after the last day of retention."""

    WAITING = "waiting"
    RUNNING = "running"
    DUE = "due"
    PERMANENT = "permanent"


ORDER = {ClockState.DUE: 0, ClockState.RUNNING: 0, ClockState.WAITING: 1, ClockState.PERMANENT: 2}
"""A case lasts as its longest document: permanent over waiting over the latest last day."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """The rule of one document, as its plan revision stores it. Years are whole years."""

    mode: Mode
    years: int | None = None
    trigger: str = ""
    rounding: Rounding = Rounding.DATE
    fiscal_year_end: tuple[int, int] = (DECEMBER, 31)
    """Month and day on which the fiscal year of the authority ends."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A reckoned clock: the trigger's date, the day the years count from, the last day of retention, and the state on a day."""

    state: ClockState
    trigger_on: dt.date | None = None
    start_on: dt.date | None = None
    last_day: dt.date | None = None

    @property
    def may_go_from(self) -> dt.date | None:
        """The first day on which the document may be destroyed or transferred: the day after the last one."""
        return self.last_day + dt.timedelta(days=1) if self.last_day else None


def reckon(rule: RetentionRule, dates: Mapping[str, dt.date], *, on: dt.date) -> Clock:
    """Reckon a clock from the dates known by their triggers, as it stands on a day."""
    if rule.mode is Mode.PERMANENT:
        return Clock(ClockState.PERMANENT)
    trigger_on = dates.get(rule.trigger)
    if trigger_on is None:
        return Clock(ClockState.WAITING)
    start = rounded(trigger_on, rule)
    last = start if rule.mode is Mode.EVENT else shift(start, rule.years or 0, Unit.YEARS)
    return Clock(ClockState.DUE if on > last else ClockState.RUNNING, trigger_on, start, last)


def rounded(day: dt.date, rule: RetentionRule) -> dt.date:
    """The day from which the years count."""
    if rule.rounding is Rounding.YEAR_END:
        return dt.date(day.year, DECEMBER, 31)
    if rule.rounding is Rounding.FISCAL_YEAR_END:
        end = _fiscal_end(day.year, rule.fiscal_year_end)
        return end if day <= end else _fiscal_end(day.year + 1, rule.fiscal_year_end)
    return day


def _fiscal_end(year: int, end: tuple[int, int]) -> dt.date:
    month, day = end
    try:
        return dt.date(year, month, day)
    except ValueError:  # a fiscal year that ends on 29 February
        return dt.date(year, month, 28)


def of_case(clocks: Iterable[Clock]) -> Clock:
    """The clock of a case: the longest of its documents; without documents it waits."""
    found = list(clocks)
    if not found:
        return Clock(ClockState.WAITING)
    return max(found, key=lambda clock: (ORDER[clock.state], clock.last_day or dt.date.min))


@dataclass(frozen=True, slots=True)
class History:
    """A clock with the values that it had before, the oldest first."""

    now: Clock
    before: tuple[tuple[Clock, str], ...] = field(default=())

    def with_(self, clock: Clock, why: str) -> History:
        """Take a reckoned clock: the same value changes nothing, another keeps the old one with the reason of the change."""
        if clock == self.now:
            return self
        return History(clock, (*self.before, (self.now, why)))
