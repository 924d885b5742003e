"""A period of days: the first day belongs to it, the end day no longer does.

Closed-open, as PostgreSQL keeps its `daterange`: neighbours share a boundary without
overlapping and no day is lost between them. People and statutes name the last day
instead; for them there are `Period.through(first, last)` and `last_day`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kirjaamo.values.language import format_day
from kirjaamo.values.problems import ValueProblem

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` (in) to `end` (out); None is unbounded. Never empty."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            raise ValueProblem("period.moment")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueProblem("period.order")

    @classmethod
    def through(cls, first: date | None, last: date | None) -> Period:
        """Make a period of its first and last day, both of which belong to it."""
        if isinstance(last, datetime):
            raise ValueProblem("period.moment")
        if last is None or last == date.max:
            return cls(first, None)
        return cls(first, last + _DAY)

    @property
    def last_day(self) -> date | None:
        """Last day that belongs to the period; None when it has no end."""
        if self.end is None:
            return None
        return self.end - _DAY

    def contains(self, day: date) -> bool:
        """Whether the day belongs to the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    __contains__ = contains

    def overlaps(self, other: Period) -> bool:
        """Whether some day belongs to both."""
        return self.intersection(other) is not None

    def intersection(self, other: Period) -> Period | None:
        """Give the days that belong to both; None when there are none."""
        start = max((day for day in (self.start, other.start) if day), default=None)
        end = min((day for day in (self.end, other.end) if day), default=None)
        if start is not None and end is not None and start >= end:
            return None
        return Period(start, end)

    def days(self) -> int | None:
        """Give the number of days; None when the period has no start or no end."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days

    def format(self, language: str = "fi") -> str:
        """Write the first and the last day: '1.1.2026–31.12.2026'; an open end is left out."""
        dash = " – " if language == "en" else "–"
        first = format_day(self.start, language) if self.start else ""
        last = format_day(self.last_day, language) if self.last_day else ""
        return f"{first}{dash}{last}".strip()

    def __str__(self) -> str:
        return self.format()


ALWAYS = Period()
