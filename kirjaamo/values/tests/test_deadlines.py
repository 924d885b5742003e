"""The deadline engine: worked examples of the law, edges of the calendar, and what always holds."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.values import (
    HELSINKI,
    SERVICE_PRESUMPTIONS,
    ClosingTime,
    DatedStep,
    Deadline,
    DeadlineRule,
    Direction,
    Extension,
    FinnishCalendar,
    Override,
    Period,
    SchoolCalendar,
    StartEvent,
    Text3,
    Unit,
    ValueProblem,
    count,
    explain,
    explain_all,
    extend,
    presumed_service,
    service_presumption,
    shift,
)
from kirjaamo.values.step_texts import STEP_TEXTS

CALENDAR = FinnishCalendar()
LAW = "JulkL 621/1999 14 §"


def rule(amount: int, unit: Unit, **more: object) -> DeadlineRule:
    return DeadlineRule("example", amount, unit, LAW, **more)  # type: ignore[arg-type]


TWO_WEEKS = DeadlineRule("two_weeks", 2, Unit.WEEKS, LAW, closes_at=ClosingTime.AUTHORITY_DUTY)
ONE_MONTH = DeadlineRule("one_month", 1, Unit.MONTHS, LAW, closes_at=ClosingTime.AUTHORITY_DUTY)
LONGER = Extension("two_weeks", ONE_MONTH, ("many_documents", "secret_parts", "comparable"))
PERIODS = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)
days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
rules = st.builds(
    rule,
    st.integers(1, 40).map(lambda n: max(1, n // 4)),
    st.sampled_from([*PERIODS, Unit.WORKING_DAYS]),
)


def both(found: Deadline) -> tuple[str, str]:
    return found.strict_due.isoformat(), found.legal_last_day.isoformat()


@pytest.mark.parametrize(
    ("received", "weeks", "month"),
    [
        # Received; strict and legal date of two weeks; strict and legal date of one month.
        ("2026-04-02", ("2026-04-16", "2026-04-16"), ("2026-05-02", "2026-05-04")),
        ("2026-06-05", ("2026-06-19", "2026-06-22"), ("2026-07-05", "2026-07-06")),
        ("2025-12-10", ("2025-12-24", "2025-12-29"), ("2026-01-10", "2026-01-12")),
        ("2026-01-31", ("2026-02-14", "2026-02-16"), ("2026-02-28", "2026-03-02")),
        ("2026-12-11", ("2026-12-25", "2026-12-28"), ("2027-01-11", "2027-01-11")),
    ],
)
def test_answer_to_a_request(received: str, weeks: tuple[str, str], month: tuple[str, str]) -> None:
    day = date.fromisoformat(received)
    assert both(count(TWO_WEEKS, day, CALENDAR)) == weeks
    assert both(count(ONE_MONTH, day, CALENDAR)) == month


@pytest.mark.parametrize(
    ("received", "ten_days", "twenty_days"),
    [
        ("2026-04-02", "2026-04-20", "2026-05-05"),
        ("2026-06-05", "2026-06-22", "2026-07-06"),
        ("2025-12-10", "2025-12-29", "2026-01-14"),
        ("2026-01-31", "2026-02-13", "2026-02-27"),
        ("2026-12-11", "2026-12-29", "2027-01-14"),
    ],
)
def test_working_days(received: str, ten_days: str, twenty_days: str) -> None:
    day = date.fromisoformat(received)
    for amount, due in ((10, ten_days), (20, twenty_days)):
        found = count(rule(amount, Unit.WORKING_DAYS), day, CALENDAR)
        assert both(found) == (due, due)


@pytest.mark.parametrize(
    ("day", "amount", "unit", "result"),
    [
        ("2024-01-31", 1, Unit.MONTHS, "2024-02-29"),
        ("2023-01-31", 1, Unit.MONTHS, "2023-02-28"),
        ("2024-02-29", 1, Unit.YEARS, "2025-02-28"),
        ("2024-02-29", 4, Unit.YEARS, "2028-02-29"),
        ("2000-02-29", 100, Unit.YEARS, "2100-02-28"),
        ("2026-02-28", 1, Unit.MONTHS, "2026-03-28"),
        ("2026-10-31", 6, Unit.MONTHS, "2027-04-30"),
        ("2026-12-31", 2, Unit.MONTHS, "2027-02-28"),
        ("2026-11-22", 3, Unit.DAYS, "2026-11-25"),
        ("2026-11-22", 1, Unit.WEEKS, "2026-11-29"),
        ("2024-03-31", -1, Unit.MONTHS, "2024-02-29"),
        ("2026-01-15", -1, Unit.MONTHS, "2025-12-15"),
        ("2024-02-29", -1, Unit.YEARS, "2023-02-28"),
        ("2026-03-01", -4, Unit.DAYS, "2026-02-25"),
    ],
)
def test_calendar_arithmetic(day: str, amount: int, unit: Unit, result: str) -> None:
    assert shift(date.fromisoformat(day), amount, unit).isoformat() == result


@pytest.mark.parametrize("unit", PERIODS)
@pytest.mark.parametrize(("day", "sign"), [(date.max, 1), (date.min, -1)])
def test_end_of_the_calendar_is_a_named_problem(unit: Unit, day: date, sign: int) -> None:
    with pytest.raises(ValueProblem) as caught:
        shift(day, sign, unit)
    assert caught.value.code == "deadline.out_of_range"


def test_working_days_need_a_calendar() -> None:
    with pytest.raises(ValueProblem) as caught:
        shift(date(2026, 1, 1), 1, Unit.WORKING_DAYS)
    assert caught.value.code == "deadline.unit"


def test_every_passed_day_is_explained_in_three_languages() -> None:
    found = count(TWO_WEEKS, date(2025, 12, 10), CALENDAR)
    assert explain_all(found.steps, "fi") == [
        "Saapui viranomaiselle 10.12.2025. Tätä päivää ei lueta määräaikaan. (150/1930 2 §)",
        "Määräaika on 2 viikkoa, ja se päättyy 24.12.2025. (JulkL 621/1999 14 §; 150/1930 3 §)",
        "24.12.2025 on jouluaatto: määräaika siirtyy eteenpäin. (150/1930 5 §)",
        "25.12.2025 on joulupäivä: määräaika siirtyy eteenpäin. (150/1930 5 §)",
        "26.12.2025 on tapaninpäivä: määräaika siirtyy eteenpäin. (150/1930 5 §)",
        "27.12.2025 on lauantai: määräaika siirtyy eteenpäin. (150/1930 5 §)",
        "28.12.2025 on sunnuntai: määräaika siirtyy eteenpäin. (150/1930 5 §)",
        "Viimeinen päivä on 29.12.2025.",
    ]
    assert explain(found.steps[2], "sv") == ("24.12.2025 är julafton: tiden flyttas framåt. (150/1930 5 §)")
    assert explain(found.steps[1], "en") == ("The time is 2 weeks and ends on 24 December 2025. (JulkL 621/1999 14 §; 150/1930 3 §)")


def test_missing_day_of_a_month_is_told() -> None:
    found = count(ONE_MONTH, date(2026, 1, 31), CALENDAR)
    assert explain(found.steps[1]).startswith("Määräaika on 1 kuukausi, ja se päättyy 28.2.2026. Kuukaudessa ei ole vastaavaa päivää")


@pytest.mark.parametrize("key", sorted(STEP_TEXTS))
def test_every_step_speaks_three_languages(key: str) -> None:
    params = (
        ("amount", 1), ("days", 3), ("years", 25), ("strict_due", date(2026, 5, 2)),
        ("name", Text3("N")), ("reason", Text3("R")), ("event", Text3("E")),
    )  # fmt: skip
    step = DatedStep(date(2026, 5, 4), key, params, "1 §")
    said = {explain(step, language) for language in ("fi", "sv", "en")}
    assert len(said) == 3
    assert not any("{" in sentence for sentence in said)
    assert DatedStep.from_data(json.loads(json.dumps(step.as_data()))) == step


def test_step_without_a_day_is_kept_too() -> None:
    step = DatedStep(None, "secrecy_permanent", (), "703/2023 4 §")
    assert DatedStep.from_data(step.as_data()) == step
    assert explain(step) == "Salassapito ei pääty. (703/2023 4 §)"


@pytest.mark.parametrize(
    ("moment", "starts_on"),
    [
        (datetime(2026, 6, 4, 23, 59, tzinfo=HELSINKI), "2026-06-04"),
        (datetime(2026, 6, 4, 21, 0, tzinfo=UTC), "2026-06-05"),
        (datetime(2026, 6, 4, 20, 59, 59, tzinfo=UTC), "2026-06-04"),
        (datetime(2026, 1, 4, 21, 59, 59, tzinfo=UTC), "2026-01-04"),
        (datetime(2026, 1, 4, 22, 0, tzinfo=UTC), "2026-01-05"),
        (datetime(2026, 3, 28, 22, 30, tzinfo=UTC), "2026-03-29"),
        (datetime(2026, 10, 24, 21, 0, tzinfo=UTC), "2026-10-25"),
        (datetime(2026, 6, 5, 6, 0, tzinfo=timezone(timedelta(hours=10))), "2026-06-04"),
    ],
)
def test_day_of_arrival_is_the_day_in_finland(moment: datetime, starts_on: str) -> None:
    assert count(TWO_WEEKS, moment, CALENDAR).starts_on.isoformat() == starts_on


def test_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 6, 5, 12)  # noqa: DTZ001 - that is what is refused
    with pytest.raises(ValueProblem) as caught:
        count(TWO_WEEKS, naive, CALENDAR)
    assert caught.value.code == "clock.time_zone"
    with pytest.raises(ValueProblem):
        count(TWO_WEEKS, date(2026, 6, 5), CALENDAR).in_time(naive, time(16))


def test_statutory_act_is_done_before_the_office_closes() -> None:
    appeal = rule(30, Unit.DAYS, starts_from=StartEvent.SERVICE)
    found = count(appeal, date(2026, 9, 1), CALENDAR)
    assert found.legal_last_day == date(2026, 10, 1)
    closes = time(16, 15)
    assert found.in_time(datetime(2026, 10, 1, 16, 14, 59, tzinfo=HELSINKI), closes)
    assert not found.in_time(datetime(2026, 10, 1, 16, 15, tzinfo=HELSINKI), closes)
    assert found.in_time(datetime(2026, 10, 1, 13, 14, tzinfo=UTC), closes)
    assert found.steps[-1].law == "150/1930 6 §"


def test_answer_that_was_asked_for_has_the_whole_day() -> None:
    found = count(rule(7, Unit.DAYS, closes_at=ClosingTime.END_OF_DAY), date(2026, 9, 1), CALENDAR)
    assert found.in_time(datetime(2026, 9, 8, 23, 59, 59, tzinfo=HELSINKI), time(16))
    assert not found.in_time(datetime(2026, 9, 9, tzinfo=HELSINKI), time(16))
    assert found.steps[-1].law == "13/2003 11 §"


def test_closing_moment_follows_the_clock_change() -> None:
    spring = count(rule(1, Unit.WEEKS), date(2026, 3, 23), CALENDAR).closing_moment(time(16))
    winter = count(rule(1, Unit.WEEKS), date(2026, 3, 16), CALENDAR).closing_moment(time(16))
    assert spring.astimezone(UTC).hour == 13
    assert winter.astimezone(UTC).hour == 14


def test_last_day_of_a_clock_change_ends_at_local_midnight() -> None:
    sunday = rule(1, Unit.WEEKS, rolls=False, closes_at=ClosingTime.END_OF_DAY)
    found = count(sunday, date(2026, 10, 18), CALENDAR)
    assert found.legal_last_day == date(2026, 10, 25)
    assert found.closing_moment(time(16)).astimezone(UTC) == datetime(2026, 10, 25, 22, tzinfo=UTC)


def test_days_left_is_to_the_strict_date() -> None:
    found = count(TWO_WEEKS, date(2026, 6, 5), CALENDAR)
    assert found.days_left(date(2026, 6, 18)) == 1
    assert found.days_left(date(2026, 6, 20)) == -1


def test_council_summons_is_counted_back_and_does_not_roll() -> None:
    summons = DeadlineRule(
        "council_summons", 4, Unit.DAYS, "kuntalaki 410/2015 94 §",
        rolls=False, direction=Direction.BACKWARD, starts_from=StartEvent.MEETING,
    )  # fmt: skip
    found = count(summons, date(2026, 11, 18), CALENDAR)
    assert both(found) == ("2026-11-14", "2026-11-14")
    assert explain(found.steps[1]) == (
        "Määräaika on 4 päivää ennen päivää, siis viimeistään 14.11.2026. (kuntalaki 410/2015 94 §; 150/1930 4 §)"
    )


def test_working_days_are_counted_back_too() -> None:
    back = rule(2, Unit.WORKING_DAYS, rolls=False, direction=Direction.BACKWARD)
    assert count(back, date(2026, 4, 8), CALENDAR).strict_due == date(2026, 4, 2)


def test_backward_rule_that_rolls_is_refused() -> None:
    with pytest.raises(ValueProblem) as caught:
        rule(4, Unit.DAYS, direction=Direction.BACKWARD)
    assert caught.value.code == "deadline.backward_rolls"


def test_rule_without_length_is_refused() -> None:
    with pytest.raises(ValueProblem) as caught:
        rule(0, Unit.DAYS)
    assert caught.value.code == "deadline.amount"


def test_rule_counts_only_while_in_force() -> None:
    old = rule(14, Unit.DAYS, valid=Period(None, date(2026, 7, 1)))
    assert count(old, date(2026, 6, 30), CALENDAR).strict_due == date(2026, 7, 14)
    with pytest.raises(ValueProblem) as caught:
        count(old, date(2026, 7, 1), CALENDAR)
    assert caught.value.code == "deadline.not_in_force"


def test_override_moves_a_deadline() -> None:
    monday = date(2026, 3, 2)
    calendar = FinnishCalendar.with_overrides([Override(monday, "statute", Text3("surupäivä"), deadline_holiday=True)])
    found = count(ONE_MONTH, date(2026, 1, 31), calendar)
    assert found.legal_last_day == date(2026, 3, 3)
    assert "surupäivä" in explain(found.steps[-2])


SCHOOL = SchoolCalendar(
    terms=(Period.through(date(2026, 8, 11), date(2026, 12, 18)),),
    breaks=(Period.through(date(2026, 10, 12), date(2026, 10, 16)),),
)


def test_school_days_pass_over_a_break() -> None:
    seven = rule(7, Unit.SCHOOL_DAYS)
    found = count(seven, date(2026, 10, 8), CALENDAR, school=SCHOOL)
    assert found.strict_due == date(2026, 10, 26)


def test_school_days_are_never_guessed() -> None:
    seven = rule(7, Unit.SCHOOL_DAYS)
    with pytest.raises(ValueProblem) as caught:
        count(seven, date(2026, 10, 8), CALENDAR)
    assert caught.value.code == "deadline.school_missing"
    with pytest.raises(ValueProblem) as caught:
        count(seven, date(2026, 12, 15), CALENDAR, school=SCHOOL)
    assert caught.value.code == "calendar.school_unknown"


@pytest.mark.parametrize(
    ("code", "sent", "known"),
    [
        ("letter", "2026-06-01", "2026-06-08"),
        ("electronic_message", "2026-06-05", "2026-06-08"),
        ("public_notice", "2026-12-24", "2026-12-31"),
        ("substitute_service", "2026-06-01", "2026-06-04"),
        ("minutes_online", "2026-06-01", "2026-06-08"),
    ],
)
def test_presumed_day_of_knowledge(code: str, sent: str, known: str) -> None:
    day = date.fromisoformat(sent)
    served = presumed_service(service_presumption(code, day), day)
    assert served.day.isoformat() == known
    assert served.steps[1].law


def test_appeal_time_runs_from_presumed_knowledge() -> None:
    claim = DeadlineRule(
        "municipal_claim", 14, Unit.DAYS, "kuntalaki 410/2015 138 §",
        starts_from=StartEvent.SERVICE,
    )  # fmt: skip
    found = count(claim, date(2026, 6, 1), CALENDAR, service=service_presumption("letter", date(2026, 6, 1)))
    assert found.starts_on == date(2026, 6, 8)
    assert found.legal_last_day == date(2026, 6, 22)
    assert [step.key for step in found.steps] == [
        "event_sending", "knowledge_presumed", "counted_forward_days_many",
        "last_day_office_close",
    ]  # fmt: skip
    assert explain(found.steps[1]) == (
        "Tieto katsotaan saaduksi 8.6.2026: 7. päivä, tavallinen kirje. Määräaika lasketaan sen jälkeen. (hallintolaki 434/2003 59 §)"
    )


def test_presumption_gives_way_to_what_is_shown() -> None:
    letter = service_presumption("letter", date(2026, 6, 1))
    claim = rule(14, Unit.DAYS)
    shown = date(2026, 6, 15)
    found = count(claim, date(2026, 6, 1), CALENDAR, service=letter, shown_on=shown)
    assert found.starts_on == shown
    assert found.steps[1].key == "knowledge_shown"
    with pytest.raises(ValueProblem) as caught:
        presumed_service(letter, date(2026, 6, 1), date(2026, 5, 31))
    assert caught.value.code == "deadline.shown_before_sent"


def test_presumptions_are_dated() -> None:
    with pytest.raises(ValueProblem) as caught:
        service_presumption("letter", date(2003, 12, 31))
    assert caught.value.code == "deadline.not_in_force"
    with pytest.raises(ValueProblem):
        service_presumption("pigeon", date(2026, 1, 1))
    with pytest.raises(ValueProblem) as caught:
        presumed_service(SERVICE_PRESUMPTIONS[0], date(2003, 12, 31))
    assert caught.value.code == "deadline.not_in_force"


def test_extension_keeps_both_dates_and_the_trail() -> None:
    first = count(TWO_WEEKS, datetime(2026, 6, 5, 9, tzinfo=HELSINKI), CALENDAR)
    longer = extend(first, LONGER, "secret_parts", date(2026, 6, 15), CALENDAR)
    assert both(longer) == ("2026-07-05", "2026-07-06")
    assert longer.extends == first
    assert longer.extension_reason == "secret_parts"
    assert longer.starts_on == first.starts_on
    assert longer.steps[: len(first.steps)] == first.steps
    assert [step.key for step in longer.steps[len(first.steps) :]] == [
        "extended", "counted_forward_months_one", "rolled", "last_day_authority_duty",
    ]  # fmt: skip
    assert "se oli 19.6.2026" in explain(longer.steps[len(first.steps)])


def test_late_extension_is_told_as_late() -> None:
    first = count(TWO_WEEKS, date(2026, 6, 5), CALENDAR)
    longer = extend(first, LONGER, "comparable", date(2026, 6, 20), CALENDAR)
    assert "extended_late" in [step.key for step in longer.steps]


@pytest.mark.parametrize(
    ("extension", "reason", "decided", "code"),
    [
        (LONGER, "summer_holiday", date(2026, 6, 8), "extension_reason"),
        (LONGER, "secret_parts", date(2026, 6, 4), "extension_early"),
        (Extension("other", ONE_MONTH, ("a",)), "a", date(2026, 6, 8), "extends_other"),
        (
            Extension("two_weeks", rule(14, Unit.DAYS), ("a",)),
            "a",
            date(2026, 6, 8),
            "extension_shorter",
        ),
    ],
)
def test_wrong_extension_is_refused(extension: Extension, reason: str, decided: date, code: str) -> None:
    first = count(TWO_WEEKS, date(2026, 6, 5), CALENDAR)
    with pytest.raises(ValueProblem) as caught:
        extend(first, extension, reason, decided, CALENDAR)
    assert caught.value.code == f"deadline.{code}"


@given(rules, days)
def test_legal_day_is_the_first_weekday_from_the_strict_one(how: DeadlineRule, day: date) -> None:
    found = count(how, day, CALENDAR)
    assert day < found.strict_due <= found.legal_last_day
    assert not CALENDAR.is_deadline_holiday(found.legal_last_day)
    between = (found.legal_last_day - found.strict_due).days
    passed = [found.strict_due + timedelta(days=n) for n in range(between)]
    assert all(CALENDAR.is_deadline_holiday(each) for each in passed)
    assert [step.day for step in found.steps if step.key == "rolled"] == passed


@given(rules, days, st.integers(0, 400))
def test_later_start_never_ends_earlier(how: DeadlineRule, day: date, later: int) -> None:
    first = count(how, day, CALENDAR)
    second = count(how, day + timedelta(days=later), CALENDAR)
    assert first.strict_due <= second.strict_due
    assert first.legal_last_day <= second.legal_last_day


@given(days, st.integers(1, 60), st.sampled_from(PERIODS))
def test_longer_time_never_ends_earlier(day: date, amount: int, unit: Unit) -> None:
    assert shift(day, amount, unit) < shift(day, amount + 1, unit)


@given(days, st.integers(1, 200))
def test_days_and_weeks_counted_back_return(day: date, amount: int) -> None:
    for unit in (Unit.DAYS, Unit.WEEKS):
        assert shift(shift(day, amount, unit), -amount, unit) == day


@given(days, st.integers(-400, 400))
def test_month_keeps_its_number_or_is_cut_to_its_last_day(day: date, amount: int) -> None:
    moved = shift(day, amount, Unit.MONTHS)
    assert (moved.year - day.year) * 12 + moved.month - day.month == amount
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).month != moved.month)


@given(days, st.integers(1, 30))
def test_working_days_count_exactly_the_days_worked(day: date, amount: int) -> None:
    due = count(rule(amount, Unit.WORKING_DAYS), day, CALENDAR).strict_due
    span = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert sum(CALENDAR.is_working_day(each) for each in span) == amount
    assert CALENDAR.is_working_day(due)


@given(rules, days)
def test_steps_stand_in_the_order_of_time_and_are_kept(how: DeadlineRule, day: date) -> None:
    steps = count(how, day, CALENDAR).steps
    assert all(one.day <= two.day for one, two in pairwise(steps) if one.day and two.day)
    back = [DatedStep.from_data(json.loads(json.dumps(step.as_data()))) for step in steps]
    assert tuple(back) == steps
    assert all(explain(step, language) for step in steps for language in ("fi", "sv", "en"))
