"""When premises may be used: hours, notice, the days of a season, and what a late cancellation costs.

Source of the present terms: decision HEL 2017-012070 and the terms published with it: weekdays 17–21, weekends 9–21, bookings
and changes at the latest two weeks before the use. Rows are dated; a day before the first known row is not judged.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kirjaamo.registers.education.premises.rules.problems import Problem, RuleError
from kirjaamo.values.calendar import FinnishCalendar
from kirjaamo.values.holiday_names import HOLIDAY_NAMES
from kirjaamo.values.language import Text3, format_day
from kirjaamo.values.period import Period

_DAY = dt.timedelta(days=1)
_SATURDAY = 5
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])(?:[.:]([0-5][0-9]))?")
QUARTER = 15
CALENDAR = FinnishCalendar()


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a time: hours on weekdays and at weekends, days of notice, a supervisor's minutes before and after, source."""

    valid: Period
    weekday: tuple[dt.time, dt.time]
    weekend: tuple[dt.time, dt.time]
    notice_days: int
    margin: int
    source: str


TERMS = (Terms(Period(dt.date(2018, 1, 1), None), (dt.time(17), dt.time(21)), (dt.time(9), dt.time(21)), 14, 15, "HEL 2017-012070"),)


@dataclass(frozen=True, slots=True)
class Slot:
    """A use on one day, from a time to a time (local)."""

    day: dt.date
    start: dt.time
    end: dt.time

    @property
    def minutes(self) -> int:
        """How long it lasts; zero or less when the end is not after the start."""
        return minutes_of(self.end) - minutes_of(self.start)


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which premises are not let: a school break, a renovation."""

    days: Period
    title: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day of a standing turn; `skipped` says why it is not used."""

    day: dt.date
    skipped: Text3 | None = None


@dataclass(frozen=True, slots=True)
class Cancellation:
    """Whether a cancelled use is charged, how many days before it was told, and the sentence that says so."""

    charged: bool
    days: int
    sentence: Text3


def terms_of(day: dt.date) -> Terms:
    """The terms in force on a day; LookupError for a day of unknown terms."""
    for terms in TERMS:
        if day in terms.valid:
            return terms
    message = f"No terms of use are known for {day.isoformat()}"
    raise LookupError(message)


def minutes_of(clock: dt.time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


def parse_clock(text: str) -> dt.time:
    """Read a time as a Finn types it: `18`, `18.00`, `18:30`. RuleError when it is no time."""
    shape = _CLOCK.fullmatch(text.strip().lower().removeprefix("klo").strip())
    if shape is None:
        raise RuleError(
            Problem(
                "clock",
                Text3(
                    "Kirjoita kellonaika muodossa 18 tai 18.30.", "Skriv klockslaget som 18 eller 18.30.", "Write the time as 18 or 18.30."
                ),
            )
        )
    return dt.time(int(shape[1]), int(shape[2] or 0))


def clock_text(clock: dt.time) -> str:
    """Write a time: `18.00`."""
    return f"{clock.hour}.{clock.minute:02}"


def is_weekend(day: dt.date) -> bool:
    """Whether the hours and prices of weekends hold: Saturday, Sunday or a public holiday."""
    return day.weekday() >= _SATURDAY or CALENDAR.holiday_key(day) is not None


def hours_of(day: dt.date) -> tuple[dt.time, dt.time]:
    """The hours in which premises are let on a day."""
    terms = terms_of(day)
    return terms.weekend if is_weekend(day) else terms.weekday


def shift_of(slots: Sequence[Slot]) -> tuple[dt.time, dt.time]:
    """When a supervisor opens and closes for the uses of one school and day: the margin of the terms before the first, after the last."""
    margin = terms_of(slots[0].day).margin
    opens = min(minutes_of(slot.start) for slot in slots) - margin
    closes = max(minutes_of(slot.end) for slot in slots) + margin
    return dt.time(opens // 60, opens % 60), dt.time(closes // 60, closes % 60)


def slot_problem(slot: Slot) -> Problem | None:
    """Why a slot cannot be used: order of times, quarter hours, the hours of the day. None when it can."""
    if slot.minutes <= 0:
        return Problem(
            "order",
            Text3(
                "Päättymisajan on oltava alkamisajan jälkeen.", "Sluttiden måste vara efter starttiden.", "The end must be after the start."
            ),
            "end",
        )
    if minutes_of(slot.start) % QUARTER or minutes_of(slot.end) % QUARTER:
        return Problem(
            "quarter",
            Text3(
                "Varaa tasan vartin välein, esimerkiksi 18.15.",
                "Boka med jämna kvartar, till exempel 18.15.",
                "Book by quarter hours, for example 18.15.",
            ),
            "start",
        )
    first, last = hours_of(slot.day)
    if slot.start < first or slot.end > last:
        day = slot.day
        span = f"{clock_text(first)}–{clock_text(last)}"
        asked = f"{clock_text(slot.start)}–{clock_text(slot.end)}"
        return Problem(
            "hours",
            Text3(
                f"Tiloja annetaan {format_day(day, 'fi')} käyttöön klo {span}. Pyydetty aika on {asked}.",
                f"Den {format_day(day, 'sv')} upplåts lokaler kl. {span}. Den begärda tiden är {asked}.",
                f"On {format_day(day, 'en')} premises are let {span}. The time asked for is {asked}.",
            ),
            "start" if slot.start < first else "end",
            terms_of(day).source,
        )
    return None


def first_day(on: dt.date) -> dt.date:
    """The first day whose use can be booked on a day."""
    return on + terms_of(on).notice_days * _DAY


def notice_problem(day: dt.date, on: dt.date) -> Problem | None:
    """Why a use on `day` cannot be booked on `on`: it is over, or nearer than the notice of the terms."""
    terms = terms_of(day)
    earliest = on + terms.notice_days * _DAY
    if day >= earliest:
        return None
    days = terms.notice_days
    return Problem(
        "notice",
        Text3(
            f"Varaus tehdään viimeistään {days} päivää ennen käyttöä. Nyt ensimmäinen varattava päivä on {format_day(earliest, 'fi')}.",
            f"Bokningen görs senast {days} dagar före användningen. Den första dagen som kan bokas nu är {format_day(earliest, 'sv')}.",
            f"Bookings are made at least {days} days before the use. The first day that can be booked now is {format_day(earliest, 'en')}.",
        ),
        "day",
        terms.source,
    )


def cancellation(day: dt.date, on: dt.date) -> Cancellation:
    """What cancelling on `on` the use of `day` costs: nothing when told in the time of notice, otherwise its whole fee."""
    terms = terms_of(day)
    days, law = (day - on).days, terms.source
    need = terms.notice_days
    if days >= need:
        return Cancellation(
            charged=False,
            days=days,
            sentence=Text3(
                f"Peruttu {days} päivää ennen käyttöä: maksua ei peritä (raja {need} päivää, {law}).",
                f"Avbokad {days} dagar före användningen: ingen avgift tas ut (gräns {need} dagar, {law}).",
                f"Cancelled {days} days before the use: no fee (limit {need} days, {law}).",
            ),
        )
    return Cancellation(
        charged=True,
        days=days,
        sentence=Text3(
            f"Peruttu {days} päivää ennen käyttöä: maksu peritään, koska peruutus on tehtävä viimeistään {need} päivää ennen ({law}).",
            f"Avbokad {days} dagar före användningen: avgiften tas ut, eftersom avbokningen ska göras senast {need} dagar före ({law}).",
            f"Cancelled {days} days before the use: the fee is charged, as cancelling is due at least {need} days before ({law}).",
        ),
    )


def occurrences(weekday: int, season: Period, closures: Sequence[Closure]) -> tuple[Occurrence, ...]:
    """The days of a standing turn (Monday is 0) in a season; public holidays and closures are told as skipped."""
    if season.start is None or season.end is None:
        message = "A season has a first and a last day"
        raise ValueError(message)
    day = season.start + ((weekday - season.start.weekday()) % 7) * _DAY
    found = []
    while day < season.end:
        found.append(Occurrence(day, _skipped(day, closures)))
        day += 7 * _DAY
    return tuple(found)


def _skipped(day: dt.date, closures: Sequence[Closure]) -> Text3 | None:
    if (key := CALENDAR.holiday_key(day)) is not None:
        name = HOLIDAY_NAMES[key]
        return Text3(f"Ei käytössä: {name.fi}", f"Används inte: {name.sv}", f"Not used: {name.en}")
    closure = next((one for one in closures if day in one.days), None)
    if closure is None:
        return None
    return Text3(f"Ei käytössä: {closure.title}", f"Används inte: {closure.title}", f"Not used: {closure.title}")
