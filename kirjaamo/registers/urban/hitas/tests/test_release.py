"""The price ceiling and the 30-year run by tables; all figures are our own, done by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kirjaamo.registers.urban.hitas.rules.ceiling import CompanyPrice, price_ceiling
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind, Indices
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.registers.urban.hitas.rules.release import Candidate, ReleaseOutcome, SoldIn, averages, due, regulation_run, sales_period
from kirjaamo.registers.urban.hitas.rules.types import HitasType
from kirjaamo.registers.urban.hitas.tests.examples import row
from kirjaamo.values.money import Money

ON = date(2026, 3, 10)
INDICES = Indices.of(
    [
        row(IndexKind.MARKET, 1996, 2, "140"),
        row(IndexKind.MARKET, 2004, 6, "280"),
        row(IndexKind.MARKET, 2026, 2, "560"),
        row(IndexKind.MARKET_2005, 2015, 6, "150"),
        row(IndexKind.MARKET_2005, 2026, 2, "200"),
        row(IndexKind.CEILING, 2026, 2, "4500"),
    ]
)
THIRTY = CompanyPrice("c1", "As Oy Kolmikymppinen", HitasType.HITAS_1, date(1996, 2, 1), Money(1000000), Decimal(1000))
OLD = Candidate(THIRTY, "00550")


def company(**facts: object) -> CompanyPrice:
    return replace(THIRTY, **facts)  # type: ignore[arg-type]


def sold(price: str, count: int = 1, code: str = "00550") -> SoldIn:
    return SoldIn(code, Decimal(price), count, "invented")


def test_the_ceiling_is_the_mean_of_index_adjusted_prices_in_whole_euros() -> None:
    """By hand. 1,000,000 / 1,000 × 560 / 140 = 4,000.00; 2,000,000 / 900 × 560 / 280 = 4,444.44; 3,000,000 / 700 × 200 / 150 = 5,714.29.

    Sum 14,158.73; / 3 = 4,719.576… → 4,720.
    """
    told = price_ceiling(
        [
            THIRTY,
            company(key="c2", completed_on=date(2004, 6, 15), acquisition=Money(2000000), area=Decimal(900)),
            company(key="c3", type=HitasType.NEW_HITAS_1, completed_on=date(2015, 6, 30), acquisition=Money(3000000), area=Decimal(700)),
        ],
        INDICES,
        ON,
    )
    assert told.step("c2.adjusted_square").value == Money("4444.44")
    assert told.step("c3.adjusted_square").value == Money("5714.29")
    assert told.step("sum").value == Money("14158.73")
    assert told.result == Money(4720)


@pytest.mark.parametrize(
    "facts",
    [
        {"type": HitasType.HALF_HITAS},
        {"type": HitasType.RENTAL_HITAS_1},
        {"type": HitasType.RENTAL_HITAS_2},
        {"excluded": True},
        {"completed_on": date(2026, 2, 2)},
    ],
)
def test_some_companies_are_left_out_of_the_ceiling(facts: dict[str, object]) -> None:
    with_it = price_ceiling([THIRTY, company(key="c2", acquisition=Money(9000000), **facts)], INDICES, ON)
    assert with_it == price_ceiling([THIRTY], INDICES, ON)


def test_without_companies_there_is_no_ceiling() -> None:
    with pytest.raises(HitasProblem) as caught:
        price_ceiling([company(excluded=True)], INDICES, ON)
    assert caught.value.code == "no_companies"


@pytest.mark.parametrize(
    ("facts", "code"), [({"area": Decimal(0)}, "company_area_missing"), ({"acquisition": Money(0)}, "acquisition_missing")]
)
def test_a_company_without_area_or_value_is_named(facts: dict[str, object], code: str) -> None:
    with pytest.raises(HitasProblem) as caught:
        price_ceiling([company(**facts)], INDICES, ON)
    assert (caught.value.code, caught.value.params["company"]) == (code, "As Oy Kolmikymppinen")


def test_sales_of_the_four_quarters_before_the_running_one_count() -> None:
    assert sales_period(date(2026, 3, 10)) == (date(2025, 1, 1), date(2026, 1, 1))
    assert sales_period(date(2026, 4, 1)) == (date(2025, 4, 1), date(2026, 4, 1))


def test_the_average_is_weighted_by_the_number_of_sales() -> None:
    """By hand. (4,000 × 1 + 5,000 × 2) / 3 = 4,666.67. A code of zero sales has no average."""
    assert averages([sold("4000"), sold("5000", 2), sold("9999", 0, "00990")]) == {"00550": Decimal("4666.67")}


@pytest.mark.parametrize(
    ("completed", "kind", "expected"),
    [
        (date(1996, 2, 1), HitasType.HITAS_1, True),
        (date(1996, 2, 2), HitasType.HITAS_1, False),
        (date(2024, 2, 1), HitasType.HALF_HITAS, True),
        (date(2024, 2, 2), HitasType.HALF_HITAS, False),
    ],
)
def test_a_company_is_due_after_thirty_years_and_half_hitas_after_two(completed: date, kind: HitasType, *, expected: bool) -> None:
    assert due(Candidate(company(completed_on=completed, type=kind), "00550"), date(2026, 2, 1)) is expected


@pytest.mark.parametrize(
    ("average", "outcome"),
    [("4499.99", ReleaseOutcome.RELEASED), ("4500.00", ReleaseOutcome.RELEASED), ("4500.01", ReleaseOutcome.STAYS)],
)
def test_a_company_is_released_when_its_price_is_at_least_the_average(average: str, outcome: ReleaseOutcome) -> None:
    """By hand. Its own price is 4,000.00, the ceiling 4,500 is higher: 4,500 is compared."""
    (verdict,) = regulation_run([OLD], [sold(average)], INDICES, ON)
    assert verdict.outcome is outcome
    assert verdict.calculation is not None
    assert verdict.calculation.result == Money(4500)
    assert verdict.calculation.step("c1.adjusted_square").value == Money(4000)


def test_newer_rules_and_half_hitas_are_released_without_comparison() -> None:
    newer = Candidate(company(type=HitasType.NEW_HITAS_1), "00550")
    half = Candidate(company(type=HitasType.HALF_HITAS, completed_on=date(2024, 1, 1)), "00550")
    assert [verdict.outcome for verdict in regulation_run([newer, half], [], INDICES, ON)] == [ReleaseOutcome.AUTOMATIC] * 2


def test_a_company_without_sales_in_its_area_is_skipped_until_other_areas_stand_in() -> None:
    """By hand. (4,400 + 4,700) / 2 = 4,550.00: a plain mean, whatever the numbers of sales. 4,500 is below it."""
    sales = [sold("4400", 9, "00510"), sold("4700", 1, "00520")]
    assert regulation_run([OLD], sales, INDICES, ON)[0].outcome is ReleaseOutcome.SKIPPED
    assert regulation_run([OLD], sales, INDICES, ON, {"00550": ["00510", "00999"]})[0].outcome is ReleaseOutcome.SKIPPED
    (verdict,) = regulation_run([OLD], sales, INDICES, ON, {"00550": ["00510", "00520"]})
    assert verdict.outcome is ReleaseOutcome.STAYS
    assert verdict.calculation is not None
    assert verdict.calculation.step("replacement_average").value == Money(4550)


def test_those_not_due_are_not_judged() -> None:
    assert regulation_run([Candidate(company(completed_on=date(1996, 2, 2)), "00550")], [sold("1")], INDICES, ON) == ()
