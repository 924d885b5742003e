"""The week of a room, as the rows and pieces of a table: one row for each day, one piece for each free, taken or closed time.

Visitors learn only whether a time is free; names are given when `named`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.choices import Weekday
from kirjaamo.registers.education.premises.models import Booking, Room
from kirjaamo.registers.education.premises.rules import times
from kirjaamo.registers.education.premises.rules.times import clock_text, minutes_of
from kirjaamo.ui import wording

FIRST, LAST = 9, 21
QUARTERS = 4
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a day: from, to, what it is, its words, where it leads, and how many quarter hours it takes."""

    start: dt.time
    end: dt.time
    kind: Literal["free", "taken", "closed"]
    text: str
    note: str = ""
    url: str = ""

    @property
    def quarters(self) -> int:
        """Its width in quarter hours."""
        return (minutes_of(self.end) - minutes_of(self.start)) // times.QUARTER

    @property
    def span(self) -> str:
        """Its times."""
        return f"{clock_text(self.start)}–{clock_text(self.end)}"


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the week with its pieces."""

    day: dt.date
    title: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a room from its first day, with the addresses of the weeks beside it."""

    title: str
    first: dt.date
    hours: Sequence[int]
    days: Sequence[DayRow]
    previous_url: str
    next_url: str


def monday_of(told: str) -> dt.date:
    """The Monday of a week told as `2026-W41` or as a day; of this week when it is neither."""
    try:
        day = dt.datetime.strptime(f"{told}-1", "%G-W%V-%u").date() if "W" in told else dt.date.fromisoformat(told)  # noqa: DTZ007 - a day has no zone
    except ValueError:
        day = timezone.localdate()
    if not times.TERMS[0].valid.contains(day) or day.year >= 2099:  # noqa: PLR2004 - told beside it
        day = timezone.localdate()
    return day - day.weekday() * _DAY


def week_of(room: Room, monday: dt.date, *, named: bool = False) -> Week:
    """The week of a room from a Monday."""
    first, last = reading.moment(monday, dt.time(0)), reading.moment(monday + 7 * _DAY, dt.time(0))
    rows = reading.confirmed(room, first, last)
    rows = rows.select_related("customer") if named else rows
    by_day: dict[dt.date, list[Booking]] = {}
    for row in rows:
        by_day.setdefault(timezone.localtime(row.starts_at).date(), []).append(row)
    closed = reading.closures(room)
    days = [monday + number * _DAY for number in range(7)]
    title = _("Viikko %(week)s: %(first)s–%(last)s") % {
        "week": monday.isocalendar().week,
        "first": wording.day(monday),
        "last": wording.day(monday + 6 * _DAY),
    }
    return Week(
        title,
        monday,
        range(FIRST, LAST),
        [DayRow(day, _day_title(day), list(_pieces(room, day, by_day.get(day, []), _closed(closed, day), named=named))) for day in days],
        f"?viikko={_iso(monday - 7 * _DAY)}",
        f"?viikko={_iso(monday + 7 * _DAY)}",
    )


def _iso(monday: dt.date) -> str:
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def _day_title(day: dt.date) -> str:
    return f"{Weekday(str(day.weekday())).label} {wording.day(day)}"


def _closed(closures: Sequence[times.Closure], day: dt.date) -> str:
    return next((one.title for one in closures if day in one.days), "")


def _pieces(room: Room, day: dt.date, bookings: Sequence[Booking], closed: str, *, named: bool) -> Iterator[Piece]:
    """The stretches of a day from the first hour of the table to its last."""
    opens, ends = times.hours_of(day)
    now, stop = dt.time(FIRST), dt.time(LAST)
    if closed and not bookings:
        yield Piece(now, stop, "closed", _("Ei käytössä"), closed)
        return
    if now < opens:
        yield Piece(now, opens, "closed", _("Koulun käytössä"))
    now = opens
    for row in bookings:
        slot = reading.slot_of(row)
        yield from _free(room, day, now, slot.start, closed, named=named)
        yield Piece(
            max(slot.start, now),
            slot.end,
            "taken",
            _("Varattu"),
            row.customer.name if named else "",
            row.get_absolute_url() if named else "",
        )
        now = max(now, slot.end)
    yield from _free(room, day, now, min(ends, stop), closed, named=named)


def _free(room: Room, day: dt.date, start: dt.time, end: dt.time, closed: str, *, named: bool) -> Iterator[Piece]:
    """A free stretch; one that can still be had leads to its form, filled with day and times: the visitor's or the worker's."""
    if start >= end:
        return
    if closed:
        yield Piece(start, end, "closed", _("Ei käytössä"), closed)
        return
    today, url = timezone.localdate(), ""
    if named and day >= today:
        told = {"day": f"{day.day}.{day.month}.{day.year}", "start": clock_text(start), "end": clock_text(end)}
        url = f"{reverse('record-act', args=[room.register.slug, 'book', room.pk])}?{urlencode(told)}"
    elif room.let and times.notice_problem(day, today) is None:
        asked = {"paiva": day.isoformat(), "alkaa": clock_text(start), "paattyy": clock_text(end)}
        url = f"{reverse('premises-ask', args=[room.pk])}?{urlencode(asked)}"
    yield Piece(start, end, "free", _("Vapaa"), "", url)
