"""Periods and money: boundaries, cents and what is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.values import ALWAYS, Money, Period, Rounding, ValueProblem

JANUARY = Period(date(2026, 1, 1), date(2026, 2, 1))
FEBRUARY = Period(date(2026, 2, 1), date(2026, 3, 1))
days = st.dates(date(2000, 1, 1), date(2002, 12, 31))
bounds = st.none() | days


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, end = draw(bounds), draw(bounds)
    if start is not None and end is not None and start >= end:
        start, end = end, start + timedelta(days=1)
    return Period(start, end)


def code_of(wrong: object) -> str:
    """Give the code of the problem that a call raises."""
    with pytest.raises(ValueProblem) as caught:
        wrong()  # type: ignore[operator]
    return caught.value.code


def test_end_day_is_out_and_last_day_in() -> None:
    assert date(2026, 1, 31) in JANUARY
    assert date(2026, 2, 1) not in JANUARY
    assert JANUARY.last_day == date(2026, 1, 31)
    assert Period.through(date(2026, 1, 1), date(2026, 1, 31)) == JANUARY
    assert JANUARY.days() == 31


def test_neighbours_do_not_overlap() -> None:
    assert not JANUARY.overlaps(FEBRUARY)
    assert JANUARY.intersection(FEBRUARY) is None
    assert JANUARY.overlaps(ALWAYS)
    assert JANUARY.intersection(Period(date(2026, 1, 31))) == Period.through(date(2026, 1, 31), date(2026, 1, 31))


def test_unbounded_period() -> None:
    assert date.max in ALWAYS
    assert ALWAYS.days() is None
    assert ALWAYS.last_day is None
    assert Period(date(2026, 1, 1)).days() is None
    assert Period.through(date(2026, 1, 1), date.max) == Period(date(2026, 1, 1))
    assert Period.through(None, None) == ALWAYS


def test_period_is_written_with_its_last_day() -> None:
    assert str(JANUARY) == "1.1.2026–31.1.2026"
    assert JANUARY.format("en") == "1 January 2026 – 31 January 2026"
    assert Period(date(2026, 1, 1)).format() == "1.1.2026–"
    assert Period(None, date(2026, 1, 1)).format("sv") == "–31.12.2025"


def test_wrong_periods_are_refused() -> None:
    day = date(2026, 1, 1)
    noon = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - any moment is refused
    assert code_of(lambda: Period(day, day)) == "period.order"
    assert code_of(lambda: Period.through(day, day - timedelta(days=1))) == "period.order"
    assert code_of(lambda: Period(noon)) == "period.moment"
    assert code_of(lambda: Period(None, noon)) == "period.moment"
    assert code_of(lambda: Period.through(None, noon)) == "period.moment"


@given(periods(), periods(), days)
def test_intersection_holds_the_days_of_both(one: Period, other: Period, day: date) -> None:
    both = one.intersection(other)
    assert (both is not None and day in both) == (day in one and day in other)
    assert one.overlaps(other) == other.overlaps(one) == (both is not None)


@given(days, days)
def test_length_is_the_number_of_its_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    period = Period.through(first, last)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert period.days() == len(every)
    assert every[0] in period
    assert every[-1] in period
    assert last + timedelta(days=1) not in period


cents = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("amount", "fi", "en"),
    [
        ("1234.5", "1\u00a0234,50\u00a0€", "€1,234.50"),
        ("0", "0,00\u00a0€", "€0.00"),
        ("-1234567.89", "\u22121\u00a0234\u00a0567,89\u00a0€", "\u2212€1,234,567.89"),
    ],
)
def test_money_is_written_in_each_language(amount: str, fi: str, en: str) -> None:
    assert Money(amount).format("fi") == Money(amount).format("sv") == str(Money(amount)) == fi
    assert Money(amount).format("en") == en


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 234,50 €", "1234.50"),
        ("1\u00a0234,50\u00a0€", "1234.50"),
        ("1234.5", "1234.50"),
        ("12", "12.00"),
        ("\u221212,3 eur", "-12.30"),
        ("0,05€", "0.05"),
    ],
)
def test_typed_money_is_read(typed: str, amount: str) -> None:
    assert Money.parse(typed).amount == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "abc", "1,234.50", "1 23", "12,345", "NaN", "1e5", "٣", "--1", "€ 5"])
def test_typed_nonsense_is_refused(typed: str) -> None:
    assert code_of(lambda: Money.parse(typed)) == "money.shape"


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0.005", "part_of_cent"),
        (Decimal("NaN"), "shape"),
        ("Infinity", "shape"),
        ("viisi", "shape"),
        (10**15, "size"),
        (0.1, "float"),
    ],
)
def test_inexact_money_is_refused(amount: Decimal | int | str, code: str) -> None:
    assert code_of(lambda: Money(amount)) == f"money.{code}"


@pytest.mark.parametrize(
    ("mode", "results"),
    [
        (Rounding.HALF_UP, ["0.01", "0.02", "-0.01", "0.00"]),
        (Rounding.HALF_EVEN, ["0.00", "0.02", "0.00", "0.00"]),
        (Rounding.UP, ["0.01", "0.02", "-0.01", "0.01"]),
        (Rounding.DOWN, ["0.00", "0.01", "0.00", "0.00"]),
    ],
)
def test_rounding_is_named(mode: Rounding, results: list[str]) -> None:
    given_amounts = ["0.005", "0.015", "-0.005", "0.001"]
    assert [str(Money.rounded(a, mode).amount) for a in given_amounts] == results


def test_arithmetic_and_order() -> None:
    assert Money("1.10") + Money("2.20") == Money("3.30")
    assert Money("1.10") - Money("2.20") == -Money("1.10")
    assert abs(Money("-1.10")) == Money("1.10")
    assert Money("0.10") * 3 == Money("0.30")
    assert Money("100").times(Decimal("0.255"), Rounding.HALF_UP) == Money("25.50")
    assert max(Money("9.99"), Money("10")) == Money("10")
    assert not Money("-0.00")
    assert str(Money("-0.00").amount) == "0.00"
    assert Money(5)


@given(cents)
def test_cents_go_both_ways(number: int) -> None:
    assert Money.of_cents(number).cents == number
    assert Money.parse(Money.of_cents(number).format()) == Money.of_cents(number)


@given(cents, st.integers(1, 50))
def test_splitting_loses_no_cent(number: int, parts: int) -> None:
    shares = [share.cents for share in Money.of_cents(number).split(parts)]
    assert sum(shares) == number
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, key=abs, reverse=True)


@given(cents, st.lists(st.decimals(0, 100, places=3), min_size=1, max_size=8))
def test_dividing_by_weights_loses_no_cent(number: int, weights: list[Decimal]) -> None:
    whole = Money.of_cents(number)
    if sum(weights) == 0:
        assert code_of(lambda: whole.allocate(weights)) == "money.weights"
        return
    shares = whole.allocate(weights)
    assert sum(share.cents for share in shares) == number
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share.cents - number * weight / sum(weights)) < 1


def test_impossible_weights_are_refused() -> None:
    for weights in ([], [0, 0], [1, -1]):
        assert code_of(lambda weights=weights: Money(1).allocate(weights)) == "money.weights"
    assert code_of(lambda: Money(1).split(0)) == "money.weights"


@given(st.decimals(-(10**9), 10**9, places=6), st.sampled_from(Rounding))
def test_rounding_moves_less_than_a_cent(amount: Decimal, mode: Rounding) -> None:
    assert abs(Money.rounded(amount, mode).amount - amount) < Decimal("0.01")
