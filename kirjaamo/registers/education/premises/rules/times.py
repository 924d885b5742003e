"""When premises may be used: hours, notice, the days of a season, and what a late cancellation costs, by the terms of the day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kirjaamo.registers.education.premises.rules.problems import Because, Problem, RuleError
from kirjaamo.registers.education.premises.rules.terms import Hours, Terms
from kirjaamo.values.calendar import FinnishCalendar
from kirjaamo.values.holiday_names import HOLIDAY_NAMES
from kirjaamo.values.language import Text3, format_day
from kirjaamo.values.period import Period

_DAY = dt.timedelta(days=1)
_SATURDAY = 5
_LAST_MINUTE = 24 * 60 - 1
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])(?:[.:]([0-5][0-9]))?")
CALENDAR = FinnishCalendar()


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


def minutes_of(clock: dt.time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


def is_on_step(clock: dt.time, step: int) -> bool:
    """Whether a time is a whole number of steps from midnight."""
    return minutes_of(clock) % step == 0


def parse_clock(text: str) -> dt.time:
    """Read a time as a Finn types it: `18`, `18.00`, `18:30`. RuleError says what was given when it is no time."""
    shape = _CLOCK.fullmatch(text.strip().lower().removeprefix("klo").strip())
    if shape is None:
        raise RuleError(
            Problem(
                "clock",
                Text3(
                    f"”{text.strip()}” ei ole kellonaika. Kirjoita se muodossa 18 tai 18.30.",
                    f"”{text.strip()}” är inget klockslag. Skriv det som 18 eller 18.30.",
                    f"“{text.strip()}” is no time of day. Write it as 18 or 18.30.",
                ),
                because=Because.INPUT,
            )
        )
    return dt.time(int(shape[1]), int(shape[2] or 0))


def clock_text(clock: dt.time) -> str:
    """Write a time: `18.00`."""
    return f"{clock.hour}.{clock.minute:02}"


def is_weekend(day: dt.date) -> bool:
    """Whether the hours and prices of weekends hold: Saturday, Sunday or a public holiday."""
    return day.weekday() >= _SATURDAY or CALENDAR.holiday_key(day) is not None


def span_text(hours: Hours) -> str:
    """Write hours: `17.00–21.00`."""
    return f"{clock_text(hours[0])}–{clock_text(hours[1])}"


def hours_of(terms: Terms, day: dt.date) -> Hours:
    """The hours in which premises are let on a day."""
    return terms.weekend if is_weekend(day) else terms.weekday


def shift_of(terms: Terms, slots: Sequence[Slot]) -> Hours:
    """When a supervisor opens and closes for the uses of one school and day: the margin of the terms before the first, after the last."""
    opens = max(min(minutes_of(slot.start) for slot in slots) - terms.margin, 0)
    closes = min(max(minutes_of(slot.end) for slot in slots) + terms.margin, _LAST_MINUTE)
    return dt.time(opens // 60, opens % 60), dt.time(closes // 60, closes % 60)


def slot_problem(terms: Terms, slot: Slot) -> Problem | None:
    """Why a slot cannot be used: order of times, steps, the hours of the day. None when it can."""
    asked = span_text((slot.start, slot.end))
    if slot.minutes <= 0:
        return Problem(
            "order",
            Text3(
                f"Päättymisajan on oltava alkamisajan jälkeen. Annettu aika on {asked}.",
                f"Sluttiden måste vara efter starttiden. Den givna tiden är {asked}.",
                f"The end must be after the start. The time given is {asked}.",
            ),
            "end",
            because=Because.INPUT,
        )
    if not (is_on_step(slot.start, terms.step) and is_on_step(slot.end, terms.step)):
        step = terms.step
        return Problem(
            "step",
            Text3(
                f"Ajat varataan tasan {step} minuutin välein. Pyydetty aika on {asked}.",
                f"Tider bokas med jämna {step} minuter. Den begärda tiden är {asked}.",
                f"Times are booked by steps of {step} minutes. The time asked for is {asked}.",
            ),
            "start",
            terms.source,
        )
    hours = hours_of(terms, slot.day)
    if slot.start < hours[0] or slot.end > hours[1]:
        day, span = slot.day, span_text(hours)
        return Problem(
            "hours",
            Text3(
                f"Tiloja annetaan {format_day(day, 'fi')} käyttöön klo {span}. Pyydetty aika on {asked}.",
                f"Den {format_day(day, 'sv')} upplåts lokaler kl. {span}. Den begärda tiden är {asked}.",
                f"On {format_day(day, 'en')} premises are let {span}. The time asked for is {asked}.",
            ),
            "start" if slot.start < hours[0] else "end",
            terms.source,
        )
    return None


def notice_problem(terms: Terms, day: dt.date, on: dt.date) -> Problem | None:
    """Why a use on `day` cannot be booked or changed on `on`: it is over, or nearer than the notice of the terms."""
    days = terms.notice_days
    earliest = on + days * _DAY
    if day >= earliest:
        return None
    fi, sv, en = ((format_day(day, language), format_day(earliest, language)) for language in ("fi", "sv", "en"))
    return Problem(
        "notice",
        Text3(
            f"Käyttö varataan ja muutetaan viimeistään {days} päivää ennen. Päivä on {fi[0]}, ja nyt ensimmäinen mahdollinen on {fi[1]}.",
            f"Användningen bokas och ändras senast {days} dagar före. Dagen är {sv[0]}, och den första möjliga är nu {sv[1]}.",
            f"A use is booked and changed at least {days} days before. The day is {en[0]}, and the first possible one is now {en[1]}.",
        ),
        "day",
        terms.source,
    )


def cancellation(terms: Terms, day: dt.date, on: dt.date) -> Cancellation:
    """What cancelling on `on` the use of `day` costs: nothing when told in the time of notice, otherwise its whole fee."""
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
