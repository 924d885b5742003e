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

from kirjaamo.contract.derived import in_words
from kirjaamo.kernel.fields import Person
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.choices import Weekday
from kirjaamo.registers.education.premises.models import Booking, Room
from kirjaamo.registers.education.premises.rules import times
from kirjaamo.registers.education.premises.rules.terms import Hours, Terms
from kirjaamo.registers.education.premises.rules.times import clock_text, minutes_of
from kirjaamo.ui import wording

FIRST, LAST = 9, 21
"""The hours of a week whose days have no terms of use."""
COLUMN = 5
"""Minutes of the narrowest column: times are booked by steps that are whole columns."""
YEARS = range(2000, 2100)
_DAY = dt.timedelta(days=1)
_HOURS = 24


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a day: from, to, what it is, its words, where it leads, and how many columns it takes."""

    start: dt.time
    end: dt.time
    kind: Literal["free", "taken", "closed"]
    text: str
    note: str = ""
    url: str = ""

    @property
    def columns(self) -> int:
        """Its width in columns of the table."""
        return max((minutes_of(self.end) - minutes_of(self.start)) // COLUMN, 1)

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


PARTIES = {field.name: field for field in Booking._meta.concrete_fields if isinstance(field, Person)}


def who(booking: Booking, name: str) -> str:
    """A party of a booking in words, with the mark of non-disclosure; empty when there is none."""
    return in_words(booking, PARTIES[name])


def monday_of(told: str) -> dt.date:
    """The Monday of a week told as `2026-W41` or as a day; of this week when it is neither."""
    day = day_of(told)
    return day - day.weekday() * _DAY


def day_of(told: str) -> dt.date:
    """A day told as such or as the week that it begins; today when it is neither."""
    try:
        day = dt.datetime.strptime(f"{told}-1", "%G-W%V-%u").date() if "W" in told else dt.date.fromisoformat(told)  # noqa: DTZ007 - a day has no zone
    except ValueError:
        day = timezone.localdate()
    if day.year not in YEARS:
        day = timezone.localdate()
    return day


def week_of(room: Room, monday: dt.date, *, named: bool = False) -> Week:
    """The week of a room from a Monday."""
    first, last = reading.moment(monday, dt.time(0)), reading.moment(monday + 7 * _DAY, dt.time(0))
    rows = reading.confirmed(room, first, last)
    rows = rows.select_related("customer") if named else rows
    by_day: dict[dt.date, list[Booking]] = {}
    for row in rows:
        by_day.setdefault(timezone.localtime(row.starts_at).date(), []).append(row)
    closed, terms = reading.closures(room), reading.terms_rows()
    days = [monday + number * _DAY for number in range(7)]
    edges = _edges(terms, days)
    title = _("Viikko %(week)s: %(first)s–%(last)s") % {
        "week": monday.isocalendar().week,
        "first": wording.day(monday),
        "last": wording.day(monday + 6 * _DAY),
    }
    shown = [_Shown(room, day, edges, _terms(terms, day), _closed(closed, day), named) for day in days]
    return Week(
        title,
        monday,
        range(edges[0].hour, -(-minutes_of(edges[1]) // 60)),
        [DayRow(one.day, _day_title(one.day), list(_pieces(one, by_day.get(one.day, [])))) for one in shown],
        f"?viikko={_iso(monday - 7 * _DAY)}",
        f"?viikko={_iso(monday + 7 * _DAY)}",
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """A day to be shown: of which room, between which hours, by which terms, why it is closed, whether names are told."""

    room: Room
    day: dt.date
    edges: Hours
    terms: Terms | None
    closed: str
    named: bool


def _terms(rows: Sequence[Terms], day: dt.date) -> Terms | None:
    return next((row for row in rows if day in row.valid), None)


def _edges(rows: Sequence[Terms], days: Sequence[dt.date]) -> Hours:
    """The whole hours between which the days of a week are let."""
    hours = [times.hours_of(row, day) for day in days if (row := _terms(rows, day)) is not None]
    first = min((opens.hour for opens, _closes in hours), default=FIRST)
    last = max((-(-minutes_of(closes) // 60) for _opens, closes in hours), default=LAST)
    return dt.time(first), dt.time(last) if last < _HOURS else dt.time(23, 55)


def _iso(monday: dt.date) -> str:
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def _day_title(day: dt.date) -> str:
    return f"{Weekday(str(day.weekday())).label} {wording.day(day)}"


def _closed(closures: Sequence[times.Closure], day: dt.date) -> str:
    return next((one.title for one in closures if day in one.days), "")


def _pieces(of: _Shown, bookings: Sequence[Booking]) -> Iterator[Piece]:
    """The stretches of a day from the first hour of the table to its last."""
    now, stop = of.edges
    if (of.closed or of.terms is None) and not bookings:
        yield Piece(now, stop, "closed", _("Ei käytössä"), of.closed)
        return
    opens, ends = times.hours_of(of.terms, of.day) if of.terms else of.edges
    if now < opens:
        yield Piece(now, opens, "closed", _("Koulun käytössä"))
    now = opens
    for row in bookings:
        slot = reading.slot_of(row)
        yield from _free(of, now, slot.start)
        told = (who(row, "customer"), row.get_absolute_url()) if of.named else ("", "")
        yield Piece(max(slot.start, now), slot.end, "taken", _("Varattu"), *told)
        now = max(now, slot.end)
    yield from _free(of, now, ends)
    if max(ends, now) < stop:
        yield Piece(max(ends, now), stop, "closed", _("Koulun käytössä"))


def _free(of: _Shown, start: dt.time, end: dt.time) -> Iterator[Piece]:
    """A free stretch; one that can still be had leads to its form, filled with day and times: the visitor's or the worker's."""
    if start >= end:
        return
    if of.closed or of.terms is None:
        yield Piece(start, end, "closed", _("Ei käytössä"), of.closed)
        return
    today, url, day = timezone.localdate(), "", of.day
    if of.named and day >= today:
        told = {"day": f"{day.day}.{day.month}.{day.year}", "start": clock_text(start), "end": clock_text(end)}
        url = f"{reverse('record-act', args=[of.room.register.slug, 'book', of.room.pk])}?{urlencode(told)}"
    elif of.room.let and times.notice_problem(of.terms, day, today) is None:
        asked = {"paiva": day.isoformat(), "alkaa": clock_text(start), "paattyy": clock_text(end)}
        url = f"{reverse('premises-ask', args=[of.room.pk])}?{urlencode(asked)}"
    yield Piece(start, end, "free", _("Vapaa"), "", url)
