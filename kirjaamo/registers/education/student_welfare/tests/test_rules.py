"""Worked examples and properties of the rules: the seventh school day, who is given data, the staffing ratio."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kirjaamo.registers.education.student_welfare.rules import clock, staffing, will
from kirjaamo.values.calculation import RowUsed
from kirjaamo.values.calendar import FinnishCalendar, SchoolCalendar
from kirjaamo.values.deadlines import ClosingTime, DeadlineRule, Unit
from kirjaamo.values.language import Text3
from kirjaamo.values.period import Period
from kirjaamo.values.problems import ValueProblem

SLOW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
"""The calendar of a year is reckoned on its first use, which a busy machine does slowly."""
RULE = DeadlineRule(clock.ORDINARY, 7, Unit.SCHOOL_DAYS, clock.LAW, rolls=False, closes_at=ClosingTime.AUTHORITY_DUTY)
URGENT = DeadlineRule(clock.URGENT, 1, Unit.SCHOOL_DAYS, clock.LAW, rolls=False, closes_at=ClosingTime.AUTHORITY_DUTY)
SCHOOL = SchoolCalendar(
    terms=(Period.through(dt.date(2026, 8, 12), dt.date(2026, 12, 22)), Period.through(dt.date(2027, 1, 7), dt.date(2027, 6, 5))),
    breaks=(Period.through(dt.date(2026, 10, 12), dt.date(2026, 10, 16)), Period.through(dt.date(2027, 2, 22), dt.date(2027, 2, 26))),
    base=FinnishCalendar(),
)


@pytest.mark.parametrize(
    ("came", "last", "why"),
    [
        (dt.date(2026, 10, 9), dt.date(2026, 10, 27), "Friday before the autumn break: the break does not count"),
        (dt.date(2026, 9, 1), dt.date(2026, 9, 10), "an ordinary Tuesday"),
        (dt.date(2026, 8, 8), dt.date(2026, 8, 20), "contact in the summer holiday is not known"),
        (dt.date(2026, 12, 18), dt.date(2027, 1, 13), "the winter holiday and Epiphany do not count"),
        (dt.date(2026, 12, 1), dt.date(2026, 12, 10), "Independence Day is a Sunday"),
        (dt.date(2026, 10, 14), dt.date(2026, 10, 27), "contact in the break: the first school day after it is the first"),
    ],
)
def test_a_talk_is_possible_on_the_seventh_school_day(came: dt.date, last: dt.date, why: str) -> None:
    """§ 15: the day of contact is not counted, and school holidays are no school working days."""
    if came < dt.date(2026, 8, 12):
        early = SchoolCalendar((Period.through(dt.date(2026, 1, 7), dt.date(2026, 5, 30)), *SCHOOL.terms), SCHOOL.breaks)
        assert clock.talk_by(RULE, came, early).strict_due == last, why
    else:
        assert clock.talk_by(RULE, came, SCHOOL).strict_due == last, why


@pytest.mark.parametrize(
    ("came", "last"),
    [
        (dt.date(2026, 9, 1), dt.date(2026, 9, 2)),
        (dt.date(2026, 9, 4), dt.date(2026, 9, 7)),
        (dt.date(2026, 10, 9), dt.date(2026, 10, 19)),
    ],
)
def test_an_urgent_talk_is_possible_on_the_same_or_next_school_day(came: dt.date, last: dt.date) -> None:
    assert clock.talk_by(URGENT, came, SCHOOL).strict_due == last


def test_days_that_are_not_known_are_never_guessed() -> None:
    with pytest.raises(ValueProblem, match="school_unknown"):
        clock.talk_by(RULE, dt.date(2027, 6, 3), SCHOOL)


def test_every_step_of_the_clock_has_its_section() -> None:
    steps = clock.talk_by(RULE, dt.date(2026, 10, 9), SCHOOL).steps
    assert any(clock.LAW in step.law for step in steps)


DAYS = st.dates(dt.date(2026, 8, 12), dt.date(2027, 5, 10))


@SLOW
@given(DAYS)
def test_seven_school_days_lie_between_and_the_last_is_one(came: dt.date) -> None:
    last = clock.talk_by(RULE, came, SCHOOL).strict_due
    between = [came + dt.timedelta(days=number) for number in range(1, (last - came).days + 1)]
    assert SCHOOL.is_school_day(last)
    assert sum(SCHOOL.is_school_day(day) for day in between) == 7


@SLOW
@given(DAYS, DAYS)
def test_a_later_contact_never_has_an_earlier_last_day(first: dt.date, second: dt.date) -> None:
    early, late = sorted((first, second))
    assert clock.talk_by(RULE, early, SCHOOL).strict_due <= clock.talk_by(RULE, late, SCHOOL).strict_due
    assert clock.talk_by(URGENT, early, SCHOOL).strict_due <= clock.talk_by(RULE, early, SCHOOL).strict_due


# Who is given data --------------------------------------------------------------------------------------------------------

DAY = dt.date(2026, 11, 2)
MINOR, GROWN = dt.date(2010, 6, 1), dt.date(2008, 11, 2)


@pytest.mark.parametrize(
    ("asked", "given", "code"),
    [
        (will.Asked("student", MINOR, DAY), True, "self"),
        (will.Asked("student", MINOR, DAY, barred=True), True, "self"),
        (will.Asked("guardian", MINOR, DAY), True, "guardian"),
        (will.Asked("guardian", MINOR, DAY, barred=True), False, "barred"),
        (will.Asked("guardian", MINOR, DAY, barred=True, consented=True), False, "barred"),
        (will.Asked("guardian", GROWN, DAY), False, "grown"),
        (will.Asked("guardian", GROWN, DAY, consented=True), True, "consent"),
        (will.Asked("guardian", MINOR, DAY, name="Helena  huoltaja", guardians=("Helena Huoltaja",)), True, "guardian"),
        (will.Asked("guardian", MINOR, DAY, name="Sakari Setä", guardians=("Helena Huoltaja",)), False, "not_guardian"),
        (will.Asked("guardian", MINOR, DAY, name="Helena Huoltaja", guardians=()), False, "not_guardian"),
        (will.Asked("guardian", None, DAY), False, "unknown_age"),
        (will.Asked("school", MINOR, DAY), False, "no_ground"),
        (will.Asked("authority", MINOR, DAY, consented=True), True, "consent"),
        (will.Asked("authority", MINOR, DAY, ground="417/2007 25 §"), True, "law"),
    ],
)
def test_to_whom_data_is_given(asked: will.Asked, *, given: bool, code: str) -> None:
    """The minor's bar goes before everything that the guardian could lean on; others need a consent or a section."""
    judged = will.judge(asked)
    assert (judged.given, judged.code) == (given, code)
    assert judged.law
    assert all((judged.sentence.fi, judged.sentence.sv, judged.sentence.en))


@SLOW
@given(st.sampled_from(["student", "guardian", "school", "authority", "other"]), st.dates(dt.date(1995, 1, 1), dt.date(2019, 1, 1)),
       st.booleans(), st.booleans(), st.text(max_size=20))  # fmt: skip
def test_a_barred_guardian_is_never_given_anything_and_a_student_always(
    recipient: str, birth: dt.date, barred: bool, consented: bool, ground: str
) -> None:
    judged = will.judge(will.Asked(recipient, birth, DAY, barred, consented, ground))
    if recipient == "guardian" and barred:
        assert not judged.given
    if recipient == "student":
        assert judged.given


@pytest.mark.parametrize(("day", "minor"), [(dt.date(2026, 11, 1), True), (dt.date(2026, 11, 2), False), (dt.date(2026, 11, 3), False)])
def test_one_comes_of_age_on_the_eighteenth_birthday(day: dt.date, *, minor: bool) -> None:
    assert will.is_minor(GROWN, day) is minor


def test_born_on_a_leap_day_one_comes_of_age_on_the_last_of_february() -> None:
    assert [will.is_minor(dt.date(2008, 2, 29), dt.date(2026, 2, day)) for day in (27, 28)] == [True, False]


@pytest.mark.parametrize(
    ("birth", "assessment", "code"),
    [
        (MINOR, "", "no_assessment"),
        (MINOR, "  ", "no_assessment"),
        (GROWN, "arvio", "grown"),
        (None, "arvio", "unknown_age"),
        (MINOR, "arvio", ""),
    ],
)
def test_a_bar_needs_a_minor_and_an_assessment(birth: dt.date | None, assessment: str, code: str) -> None:
    problem = will.bar_problem(birth, DAY, assessment)
    assert (problem.code if problem else "") == code
    assert problem is None or problem.law == will.BAR_LAW


def test_a_guardian_consents_only_for_who_was_assessed_unable() -> None:
    assert will.consent_problem("student", "") is None
    assert will.consent_problem("guardian", "arvio") is None
    refused = will.consent_problem("guardian", "")
    assert refused is not None
    assert refused.law == will.CONSENT_LAW


# Staffing -----------------------------------------------------------------------------------------------------------------

TITLE = Text3("Kuraattorit")


def norm(most: int) -> staffing.Norm:
    return staffing.Norm(most, RowUsed("1", "rivi", "lähde"))


@pytest.mark.parametrize(
    ("students", "percent", "most", "each", "missing"),
    [
        (670, 100, 670, "670", "0"),
        (671, 100, 670, "671", "0.01"),
        (1340, 100, 670, "1340", "1.00"),
        (780, 100, 780, "780", "0"),
        (400, 50, 670, "800", "0.10"),
        (0, 100, 670, "0", "0"),
    ],
)
def test_the_staffing_ratio(students: int, percent: int, most: int, each: str, missing: str) -> None:
    found = staffing.ratio(TITLE, students, percent, norm(most))
    assert found.step("each").value == Decimal(each)
    assert found.result == Decimal(missing)
    assert staffing.met(found) is (Decimal(missing) == 0)


def test_without_a_worker_all_posts_are_missing_and_nothing_is_divided_by_zero() -> None:
    found = staffing.ratio(TITLE, 670, 0, norm(670))
    assert found.result == Decimal("1.00")
    assert "each" not in {step.key for step in found.steps}


@SLOW
@given(st.integers(0, 60_000), st.integers(0, 10_000), st.integers(1, 2_000))
def test_what_is_missing_fills_the_norm_and_no_more_than_a_hundredth(students: int, percent: int, most: int) -> None:
    found = staffing.ratio(TITLE, students, percent, norm(most))
    assert isinstance(found.result, Decimal)
    posts = Decimal(percent) / 100 + found.result
    assert posts * most >= students
    assert found.result == 0 or (posts - Decimal("0.01")) * most < students
