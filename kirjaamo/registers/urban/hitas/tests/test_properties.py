"""What holds for every flat, index and loan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kirjaamo.registers.urban.hitas.rules import HitasProblem, maximum_price
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind, IndexRow, Indices
from kirjaamo.registers.urban.hitas.rules.interest import Instalment, construction_interest
from kirjaamo.registers.urban.hitas.rules.types import Case, Loan, Work, WorkIndex
from kirjaamo.registers.urban.hitas.rules.validity import ceiling_price_until, hitas_quarter, index_price_until
from kirjaamo.registers.urban.hitas.tests.examples import NEW, OLD, TABLE
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.money import Money

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault of a rule."""
amounts = st.decimals(min_value=1, max_value=2_000_000, places=2)
levels = st.decimals(min_value=50, max_value=900, places=1)
days = st.dates(min_value=date(1980, 1, 1), max_value=date(2090, 12, 31))
cases = st.sampled_from([NEW, OLD])
NOW = {IndexKind.MARKET, IndexKind.CONSTRUCTION, IndexKind.MARKET_2005, IndexKind.CONSTRUCTION_2005, IndexKind.CEILING}


@st.composite
def homes(draw: st.DrawFn) -> Case:
    """A case of either family with any price, extra work and area."""
    case = draw(cases)
    home = replace(
        case.home,
        first_price=Money(draw(amounts)),
        extra_work=Money(draw(amounts)),
        area=draw(st.decimals(min_value=15, max_value=200, places=1)),
    )
    return replace(case, home=home)


def now(case: Case, factor: Decimal) -> Case:
    """The same case with every index of the month of calculation multiplied."""
    rows = [replace(row, value=row.value * factor) if row.month == case.on.replace(day=1) else row for row in case.indices.rows.values()]
    return replace(case, indices=Indices.of(rows))


def price(case: Case) -> Money:
    return maximum_price(case).price


@calm
@given(homes(), st.decimals(min_value=1, max_value=3, places=3))
def test_the_price_grows_with_the_indices(case: Case, factor: Decimal) -> None:
    assert price(now(case, factor)) >= price(case)


@calm
@given(case=homes(), value=amounts, day=days, index=st.sampled_from(WorkIndex), own=st.booleans(), whole=st.booleans())
def test_the_price_never_falls_when_an_improvement_is_added(
    case: Case, value: Decimal, day: date, index: WorkIndex, *, own: bool, whole: bool
) -> None:
    assume(day <= case.on)
    rows = [
        IndexRow(kind, day.replace(day=1), Decimal(100), "invented", "x")
        for kind in NOW
        if (kind, day.replace(day=1)) not in case.indices.rows
    ]
    known = replace(case, indices=Indices.of([*case.indices.rows.values(), *rows]))
    work = Work("w", "Parannus", Money(value), day, index, Decimal(10), whole)
    richer = replace(known, home_works=(work,)) if own else replace(known, company_works=(work,))
    assert price(richer) >= price(known)


@calm
@given(homes(), st.integers(min_value=0, max_value=50_000))
def test_the_loan_lowers_the_price_euro_for_euro(case: Case, loan: int) -> None:
    free = replace(case, loan=Loan(Money(0), case.on))
    assume(price(free) > Money(loan))
    assert price(replace(case, loan=Loan(Money(loan), case.on))) == price(free) - Money(loan)


@calm
@given(homes())
def test_the_same_input_gives_the_same_result(case: Case) -> None:
    assert maximum_price(case) == maximum_price(case)


@calm
@given(homes(), levels)
def test_the_price_is_the_highest_of_the_three_to_the_cent(case: Case, level: Decimal) -> None:
    result = maximum_price(now(case, level / 300))
    assert result.price == max(run.calculation.result for run in result.runs if isinstance(run.calculation.result, Money))
    assert abs(Decimal(result.price.cents) / 100 - result.price.amount) == 0


@calm
@given(homes(), amounts)
def test_a_price_is_above_zero_or_refused_by_name(case: Case, loan: Decimal) -> None:
    left = price(replace(case, loan=Loan(Money(0), case.on))) - Money(loan)
    indebted = replace(case, loan=Loan(Money(loan), case.on))
    if left > Money(0):
        assert price(indebted) == left
    else:
        with pytest.raises(HitasProblem, match="price_not_positive"):
            maximum_price(indebted)


@calm
@given(days)
def test_validity_runs_from_the_day_and_ends_with_a_month(on: date) -> None:
    assert shift(index_price_until(on), -3, Unit.MONTHS) <= on < index_price_until(on)
    until = ceiling_price_until(on)
    assert shift(until, 1, Unit.DAYS).day == 1
    assert until.month in {2, 5, 8, 11}
    assert 27 <= (until - on).days <= 122
    assert hitas_quarter(hitas_quarter(on)) == hitas_quarter(on) <= on


@calm
@given(st.integers(min_value=0, max_value=2500))
def test_a_flat_never_grows_younger(months: int) -> None:
    assert Decimal(0) <= TABLE.multiplier(months + 1) <= TABLE.multiplier(months) <= 1


@calm
@given(st.lists(st.tuples(days, st.integers(min_value=1, max_value=20)), min_size=1, max_size=5), days, amounts)
def test_interest_is_whole_euros_and_never_below_zero(parts: list[tuple[date, int]], completed: date, value: Decimal) -> None:
    instalments = [Instalment(paid, Decimal(percent)) for paid, percent in parts]
    told = construction_interest(Money(value), Money(0), Decimal(6), completed, instalments)
    assert isinstance(told.result, Money)
    assert told.result >= Money(0)
    assert told.result.cents % 100 == 0
