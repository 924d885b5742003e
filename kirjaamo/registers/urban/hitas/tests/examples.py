"""Flats and companies that the tests compute with. Index figures are round and invented, so that sums can be done by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from kirjaamo.registers.urban.hitas.rules.depreciation import DepreciationTable
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind, IndexRow, Indices
from kirjaamo.registers.urban.hitas.rules.types import Basis, Case, Company, HitasType, Home, Loan, MaximumPrice, Work
from kirjaamo.values.calculation import Value
from kirjaamo.values.money import Money

SOURCE = "invented (demo)"
DATA = Path(__file__).parents[1] / "data" / "depreciation-multipliers.csv"
TABLE = DepreciationTable.of_csv(DATA.read_text(encoding="utf-8").splitlines(), "depreciation table")
ON = date(2026, 3, 10)


def row(kind: IndexKind, year: int, month: int, value: str) -> IndexRow:
    """One invented index row."""
    return IndexRow(kind, date(year, month, 1), Decimal(value), SOURCE, f"{kind}-{year}-{month}")


NEW_INDICES = Indices.of(
    [
        row(IndexKind.MARKET_2005, 2015, 6, "150"),
        row(IndexKind.MARKET_2005, 2020, 5, "160"),
        row(IndexKind.MARKET_2005, 2026, 3, "200"),
        row(IndexKind.CONSTRUCTION_2005, 2015, 6, "120"),
        row(IndexKind.CONSTRUCTION_2005, 2020, 5, "125"),
        row(IndexKind.CONSTRUCTION_2005, 2026, 3, "150"),
        row(IndexKind.CEILING, 2026, 3, "4500"),
    ]
)
OLD_INDICES = Indices.of(
    [
        row(IndexKind.MARKET, 2004, 6, "280"),
        row(IndexKind.MARKET, 2020, 3, "500"),
        row(IndexKind.MARKET, 2026, 3, "560"),
        row(IndexKind.CONSTRUCTION, 2004, 6, "250"),
        row(IndexKind.CONSTRUCTION, 2004, 9, "260"),
        row(IndexKind.CONSTRUCTION, 2024, 3, "360"),
        row(IndexKind.CONSTRUCTION, 2026, 3, "400"),
        row(IndexKind.CEILING, 2026, 3, "4500"),
    ]
)

NEW = Case(
    home=Home("A 1", Decimal(50), date(2015, 6, 30), date(2015, 7, 1), Money(120000), Money(80000), extra_work=Money(5000), shares=50),
    company=Company("As Oy Esimerkki", HitasType.NEW_HITAS_1, date(2015, 6, 30), Decimal(1000), 1000),
    loan=Loan(Money(2500), date(2026, 3, 1)),
    on=ON,
    indices=NEW_INDICES,
    depreciation=TABLE,
)
"""By the rules of 2011."""

OLD = Case(
    home=Home(
        "B 2",
        Decimal(40),
        date(2004, 6, 15),
        date(2004, 6, 20),
        Money(80000),
        Money(20000),
        extra_work=Money(1000),
        interest_construction=Money(4000),
        interest_market=Money(2000),
        shares=40,
    ),
    company=Company(
        "As Oy Vanha",
        HitasType.HITAS_1,
        date(2004, 6, 15),
        Decimal(800),
        800,
        acquisition=Money(2000000),
        same_day_acquisition=Money(1000000),
    ),
    loan=Loan(Money(0), date(2026, 3, 1)),
    on=ON,
    indices=OLD_INDICES,
    depreciation=TABLE,
)
"""By the rules before 2011."""


def figures(result: MaximumPrice, basis: Basis) -> dict[str, Value]:
    """The figures of one run by the keys of their lines."""
    run = next(run for run in result.runs if run.basis is basis)
    return {step.key: step.value for step in run.calculation.steps}


def with_company_works(case: Case, works: Sequence[Work]) -> Case:
    """The same case with improvements of the company."""
    return replace(case, company_works=tuple(works))


def with_home_works(case: Case, works: Sequence[Work]) -> Case:
    """The same case with improvements of the flat."""
    return replace(case, home_works=tuple(works))


def with_loan(case: Case, share: Money) -> Case:
    """The same case with another share of loans."""
    return replace(case, loan=Loan(share, case.loan.on))
