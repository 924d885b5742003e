"""The Finnish calendar: deadline holidays, working days and school days.

Holidays come from the `holidays` package (checked in the tests against the statutory
list for every year from 2000 to 2100); what a later statute changes is given as
overrides, so that no release is needed for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

import holidays

from kirjaamo.values.holiday_names import HOLIDAY_NAMES
from kirjaamo.values.language import Text3
from kirjaamo.values.period import Period
from kirjaamo.values.problems import ValueProblem

_DAY = timedelta(days=1)
_SATURDAY = 5
_SUNDAY = 6
# Saturday joined the days of 150/1930 § 5 on 1.7.1966 (358/1966); the holidays are known to 2100.
_YEARS = range(1967, 2101)
_KEYS = {name.fi.capitalize(): key for key, name in HOLIDAY_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Override:
    """A day that differs from the computed calendar; None leaves that side as computed.

    `deadline_holiday` says whether a deadline may not end on it, `working` whether the
    authority works: an office closed by its own choice moves no statutory deadline.
    """

    day: date
    source: str
    name: Text3
    deadline_holiday: bool | None = None
    working: bool | None = None


class WorkingDays(Protocol):
    """Anything that knows the days on which something is open."""

    def is_open(self, day: date) -> bool:
        """Whether the day counts."""


@dataclass(frozen=True, slots=True)
class FinnishCalendar:
    """Holidays, deadline holidays and working days of Finland, with overrides as data."""

    overrides: Mapping[date, Override] = field(default_factory=dict)

    @classmethod
    def with_overrides(cls, rows: Iterable[Override]) -> FinnishCalendar:
        """Make a calendar of override rows; of two for one day the later wins."""
        return cls(MappingProxyType({row.day: row for row in rows}))

    def holiday_key(self, day: date) -> str | None:
        """Name the public holiday or eve of the day by its key in HOLIDAY_NAMES."""
        if day.year not in _YEARS:
            raise ValueProblem("calendar.year", first=_YEARS[0], last=_YEARS[-1])
        return _holidays(day.year).get(day)

    def is_deadline_holiday(self, day: date) -> bool:
        """Whether a deadline that would end on the day moves on.

        Sunday or church holiday, Independence Day, May Day, Christmas Eve, Midsummer Eve
        or Saturday. # 150/1930 § 5
        """
        override = self.overrides.get(day)
        if override is not None and override.deadline_holiday is not None:
            return override.deadline_holiday
        return self.holiday_key(day) is not None or day.weekday() >= _SATURDAY

    def reason(self, day: date) -> Text3 | None:
        """Name why the day is a deadline holiday; None when it is not."""
        if not self.is_deadline_holiday(day):
            return None
        override = self.overrides.get(day)
        if override is not None and override.deadline_holiday:
            return override.name
        key = self.holiday_key(day)
        return HOLIDAY_NAMES[key or ("sunday" if day.weekday() == _SUNDAY else "saturday")]

    def is_working_day(self, day: date) -> bool:
        """Whether the authority works: Monday to Friday that is no holiday and no eve."""
        override = self.overrides.get(day)
        if override is not None and override.working is not None:
            return override.working
        return not self.is_deadline_holiday(day)

    is_open = is_working_day

    def next_weekday(self, day: date) -> date:
        """Give the day itself or the first one after it on which a deadline may end."""
        while self.is_deadline_holiday(day):
            day += _DAY
        return day


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """School working days of one school: its terms and holidays as dated data.

    `extra_days` are Saturdays or other days worked by a decision of the school's owner.
    The calendar answers only for days from its first term to its last.
    """

    terms: tuple[Period, ...]
    breaks: tuple[Period, ...] = ()
    extra_days: frozenset[date] = frozenset()
    base: FinnishCalendar = field(default_factory=FinnishCalendar)

    def __post_init__(self) -> None:
        if not self.terms or any(term.days() is None for term in self.terms):
            raise ValueProblem("calendar.terms")

    @property
    def known(self) -> Period:
        """From the first day of the first term to the last day of the last."""
        return Period(
            min(term.start for term in self.terms if term.start),
            max(term.end for term in self.terms if term.end),
        )

    def is_school_day(self, day: date) -> bool:
        """Whether the school works. Raises `calendar.school_unknown` outside its data."""
        if day not in self.known:
            raise ValueProblem("calendar.school_unknown")
        if day in self.extra_days:
            return True
        in_term = any(day in term for term in self.terms)
        on_break = any(day in pause for pause in self.breaks)
        return in_term and not on_break and self.base.is_working_day(day)

    is_open = is_school_day


@lru_cache(maxsize=256)
def _holidays(year: int) -> Mapping[date, str]:
    """Give the holidays and eves of a year as keys of HOLIDAY_NAMES."""
    found = holidays.country_holidays("FI", years=year, language="fi")
    # Two holidays on one day come as one name: "Helatorstai; Vappu" on 1.5.2008.
    first_names = {day: names.split("; ")[0] for day, names in found.items()}
    return MappingProxyType({day: _KEYS.get(name, "public_holiday") for day, name in first_names.items()})
