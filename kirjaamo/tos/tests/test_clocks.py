"""Worked examples of retention and secrecy clocks (records.md § 7.8 no. 7 and 8)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.tos.clocks import Clock, ClockState, History, Mode, RetentionRule, Rounding, of_case, reckon
from kirjaamo.values.publicity import EndKind
from kirjaamo.values.secrecy_end import EndRule, secrecy_end

TEN = RetentionRule(Mode.YEARS, 10, "case_resolved")
D = dt.date


@pytest.mark.parametrize(
    ("rounding", "trigger", "last"),
    [
        (Rounding.DATE, D(2026, 12, 31), D(2036, 12, 31)),
        (Rounding.DATE, D(2027, 1, 1), D(2037, 1, 1)),
        (Rounding.YEAR_END, D(2026, 12, 31), D(2036, 12, 31)),
        (Rounding.YEAR_END, D(2027, 1, 1), D(2037, 12, 31)),
        (Rounding.YEAR_END, D(2026, 1, 1), D(2036, 12, 31)),
        (Rounding.DATE, D(2024, 2, 29), D(2034, 2, 28)),
        (Rounding.FISCAL_YEAR_END, D(2026, 7, 1), D(2036, 12, 31)),
    ],
)
def test_years_count_from_the_rounded_trigger(rounding: Rounding, trigger: dt.date, last: dt.date) -> None:
    clock = reckon(RetentionRule(Mode.YEARS, 10, "case_resolved", rounding), {"case_resolved": trigger}, on=D(2026, 1, 1))
    assert clock.last_day == last
    assert clock.may_go_from == last + dt.timedelta(days=1)


def test_a_fiscal_year_of_its_own() -> None:
    rule = RetentionRule(Mode.YEARS, 6, "document_date", Rounding.FISCAL_YEAR_END, (6, 30))
    assert reckon(rule, {"document_date": D(2026, 6, 30)}, on=D(2026, 7, 1)).last_day == D(2032, 6, 30)
    assert reckon(rule, {"document_date": D(2026, 7, 1)}, on=D(2026, 7, 1)).last_day == D(2033, 6, 30)


def test_a_clock_without_its_trigger_waits_and_permanent_never_gets_a_date() -> None:
    assert reckon(TEN, {}, on=D(2100, 1, 1)) == Clock(ClockState.WAITING)
    assert reckon(RetentionRule(Mode.PERMANENT), {"case_resolved": D(1999, 1, 1)}, on=D(2100, 1, 1)) == Clock(ClockState.PERMANENT)


def test_due_is_the_day_after_the_last_day() -> None:
    dates = {"case_resolved": D(2016, 11, 22)}
    assert reckon(TEN, dates, on=D(2026, 11, 22)).state is ClockState.RUNNING
    assert reckon(TEN, dates, on=D(2026, 11, 23)).state is ClockState.DUE


def test_until_an_event_ends_on_the_event() -> None:
    rule = RetentionRule(Mode.EVENT, trigger="building_demolished")
    assert reckon(rule, {"building_demolished": D(2026, 5, 1)}, on=D(2026, 5, 2)).state is ClockState.DUE


def test_a_case_lasts_as_its_longest_document() -> None:
    short, long = (reckon(TEN, {"case_resolved": day}, on=D(2026, 1, 1)) for day in (D(2020, 1, 1), D(2021, 1, 1)))
    waiting, kept = Clock(ClockState.WAITING), Clock(ClockState.PERMANENT)
    assert of_case([long, short]) == long
    assert of_case([long, waiting]) == waiting
    assert of_case([kept, waiting, long]) == kept
    assert of_case([]) == waiting


def test_an_input_that_changes_is_reckoned_anew_and_the_old_value_is_kept() -> None:
    first = reckon(TEN, {"case_resolved": D(2020, 1, 1)}, on=D(2026, 1, 1))
    same = History(first).with_(reckon(TEN, {"case_resolved": D(2020, 1, 1)}, on=D(2026, 1, 1)), "again")
    assert same.before == ()
    later = same.with_(reckon(TEN, {"case_resolved": D(2021, 1, 1)}, on=D(2026, 1, 1)), "the outcome was corrected")
    assert later.now.last_day == D(2031, 1, 1)
    assert later.before == ((first, "the outcome was corrected"),)
    reopened = later.with_(reckon(TEN, {}, on=D(2026, 1, 1)), "the case was reopened")
    assert reopened.now.state is ClockState.WAITING


def test_secrecy_of_private_life_counts_from_death_or_a_hundred_years_without_it() -> None:
    rule = EndRule(EndKind.FROM_DEATH, years=50, fallback_years=100)
    assert secrecy_end(rule, document_date=D(2000, 3, 1)).last_secret_day == D(2100, 3, 1)
    assert secrecy_end(rule, document_date=D(2000, 3, 1), died_on=D(2010, 2, 28)).last_secret_day == D(2060, 2, 28)


@given(st.dates(D(1900, 1, 1), D(2200, 12, 31)), st.integers(0, 120), st.sampled_from(Rounding), st.dates(D(1900, 1, 1), D(2200, 1, 1)))
def test_a_later_trigger_never_ends_earlier(trigger: dt.date, years: int, rounding: Rounding, on: dt.date) -> None:
    rule = RetentionRule(Mode.YEARS, years, "x", rounding)
    first = reckon(rule, {"x": trigger}, on=on).last_day
    second = reckon(rule, {"x": trigger + dt.timedelta(days=1)}, on=on).last_day
    assert first is not None
    assert second is not None
    assert trigger <= first <= second
