"""The Finnish calendar against the statutory list, overrides, and school days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kirjaamo.values import (
    HOLIDAY_NAMES,
    FinnishCalendar,
    Override,
    Period,
    SchoolCalendar,
    Text3,
    ValueProblem,
)

CALENDAR = FinnishCalendar()
DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday by the rule of Gauss in its Gregorian form (Anonymous, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    month, day = divmod(d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114, 31)
    return date(year, month, day + 1)


def saturday_from(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


def statutory_list(year: int) -> dict[date, str]:
    """Holidays and eves of 150/1930 § 5 that are known by a date of their own."""
    sunday = easter(year)
    midsummer = saturday_from(date(year, 6, 20))
    return {
        date(year, 1, 1): "new_year",
        date(year, 1, 6): "epiphany",
        sunday - 2 * DAY: "good_friday",
        sunday: "easter_sunday",
        sunday + DAY: "easter_monday",
        date(year, 5, 1): "may_day",
        sunday + 39 * DAY: "ascension",
        sunday + 49 * DAY: "pentecost",
        midsummer - DAY: "midsummer_eve",
        midsummer: "midsummer_day",
        saturday_from(date(year, 10, 31)): "all_saints",
        date(year, 12, 6): "independence_day",
        date(year, 12, 24): "christmas_eve",
        date(year, 12, 25): "christmas_day",
        date(year, 12, 26): "boxing_day",
    }


@pytest.mark.parametrize("year", range(2000, 2101))
def test_calendar_is_the_statutory_list(year: int) -> None:
    listed = statutory_list(year)
    first = date(year, 1, 1)
    days = [first + n * DAY for n in range((date(year, 12, 31) - first).days + 1)]
    computed = {day: key for day in days if (key := CALENDAR.holiday_key(day))}
    assert computed.keys() == listed.keys()
    two_on_one_day = {day for day in listed if computed[day] != listed[day]}
    assert two_on_one_day <= {date(2008, 5, 1)}
    for day in days:
        assert CALENDAR.is_deadline_holiday(day) == (day in listed or day.weekday() >= 5)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 6, 19), "juhannusaatto"),
        (date(2025, 12, 24), "jouluaatto"),
        (date(2026, 12, 6), "itsenäisyyspäivä"),
        (date(2026, 5, 1), "vappu"),
        (date(2026, 4, 4), "lauantai"),
        (date(2026, 4, 12), "sunnuntai"),
        (date(2026, 4, 13), None),
    ],
)
def test_reason_is_named(day: date, reason: str | None) -> None:
    named = CALENDAR.reason(day)
    assert (named.fi if named else None) == reason
    assert CALENDAR.is_deadline_holiday(day) is (reason is not None)
    assert CALENDAR.is_working_day(day) is (reason is None)


def test_two_holidays_on_one_day() -> None:
    assert CALENDAR.holiday_key(date(2008, 5, 1)) == "ascension"


def test_every_name_speaks_three_languages() -> None:
    assert all(name.fi and name.sv and name.en for name in HOLIDAY_NAMES.values())


def test_next_weekday() -> None:
    assert CALENDAR.next_weekday(date(2026, 4, 3)) == date(2026, 4, 7)
    assert CALENDAR.next_weekday(date(2026, 4, 7)) == date(2026, 4, 7)


@pytest.mark.parametrize("year", [1966, 2101])
def test_unknown_year_is_refused_and_not_guessed(year: int) -> None:
    with pytest.raises(ValueProblem) as caught:
        CALENDAR.is_deadline_holiday(date(year, 12, 24))
    assert caught.value.code == "calendar.year"


def test_overrides_change_the_one_side_that_they_name() -> None:
    monday, epiphany, friday = date(2026, 3, 2), date(2026, 1, 6), date(2026, 12, 18)
    mourning = Text3("surupäivä", "sorgedag", "day of mourning")
    calendar = FinnishCalendar.with_overrides(
        [
            Override(monday, "statute", mourning, deadline_holiday=True),
            Override(epiphany, "statute", Text3("loppiainen"), deadline_holiday=False),
            Override(friday, "own decision", Text3("virasto suljettu"), working=False),
        ]
    )
    assert calendar.is_deadline_holiday(monday)
    assert not calendar.is_working_day(monday)
    assert calendar.reason(monday) == mourning
    assert not calendar.is_deadline_holiday(epiphany)
    assert calendar.is_working_day(epiphany)
    assert calendar.reason(epiphany) is None
    assert not calendar.is_deadline_holiday(friday)
    assert not calendar.is_working_day(friday)


def test_override_of_work_leaves_the_reason_of_a_holiday() -> None:
    eve = date(2026, 12, 24)
    calendar = FinnishCalendar.with_overrides([Override(eve, "own decision", Text3("päivystys"), working=True)])
    reason = calendar.reason(eve)
    assert reason is not None
    assert reason.fi == "jouluaatto"
    assert calendar.is_working_day(eve)


SCHOOL = SchoolCalendar(
    terms=(
        Period.through(date(2026, 8, 11), date(2026, 12, 19)),
        Period.through(date(2027, 1, 7), date(2027, 6, 5)),
    ),
    breaks=(Period.through(date(2026, 10, 12), date(2026, 10, 16)),),
    extra_days=frozenset({date(2026, 8, 29), date(2026, 10, 14)}),
)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 8, 11), True),
        (date(2026, 8, 15), False),
        (date(2026, 8, 29), True),
        (date(2026, 10, 12), False),
        (date(2026, 10, 14), True),
        (date(2026, 12, 28), False),
        (date(2027, 5, 6), False),
        (date(2027, 6, 4), True),
    ],
)
def test_school_days(day: date, worked: bool) -> None:
    assert SCHOOL.is_school_day(day) is worked


@pytest.mark.parametrize("day", [date(2026, 8, 10), date(2027, 6, 6)])
def test_school_days_outside_the_data_are_not_guessed(day: date) -> None:
    with pytest.raises(ValueProblem) as caught:
        SCHOOL.is_school_day(day)
    assert caught.value.code == "calendar.school_unknown"


@pytest.mark.parametrize("terms", [(), (Period(date(2026, 8, 11)),)])
def test_school_calendar_needs_whole_terms(terms: tuple[Period, ...]) -> None:
    with pytest.raises(ValueProblem) as caught:
        SchoolCalendar(terms=terms)
    assert caught.value.code == "calendar.terms"
