"""The surface-area price ceiling (rajaneliöhinta): the price by it, and how the ceiling itself is computed every three months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kirjaamo.registers.urban.hitas.rules.ending import finish
from kirjaamo.registers.urban.hitas.rules.figures import exact, show
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind, Indices
from kirjaamo.registers.urban.hitas.rules.lines import Lines, over
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.registers.urban.hitas.rules.types import Basis, Case, HitasType, Run
from kirjaamo.registers.urban.hitas.rules.validity import ceiling_price_until, hitas_quarter
from kirjaamo.registers.urban.hitas.rules.words import work_label
from kirjaamo.values.calculation import Calculation
from kirjaamo.values.money import Money

EURO = Decimal(1)
CENT = Decimal("0.01")


def ceiling_price(case: Case) -> Run:
    """The flat's area times the ceiling of the month, rounded half up to a whole euro, less the loan."""
    lines = Lines.titled("title_ceiling")
    row = case.indices.at(IndexKind.CEILING, case.on)
    area = case.home.area or Decimal(0)
    lines.plain("area", area, unit="m²")
    lines.plain("ceiling", row.value, rows=[row.used()], unit="€/m²")
    debt_free = lines.rounded("debt_free", exact(area) * exact(row.value), EURO, f"{show(area)} × {show(row.value)}")
    return finish(lines, case, Basis.CEILING, debt_free, ceiling_price_until(case.on))


@dataclass(frozen=True, slots=True)
class CompanyPrice:
    """A company as it counts in the ceiling and in the comparison of 30 years: its realised acquisition value over its area."""

    key: str
    name: str
    type: HitasType
    completed_on: date
    acquisition: Money
    area: Decimal
    excluded: bool = False

    @property
    def market_index(self) -> IndexKind:
        """The market price series of the company's rules."""
        return IndexKind.MARKET_2005 if self.type.new_rules else IndexKind.MARKET


def adjusted_square(lines: Lines, company: CompanyPrice, indices: Indices, month: date) -> Decimal:
    """A company's price per square metre with the market price index, in cents, half up; written as a line."""
    if not company.area:
        raise HitasProblem("company_area_missing", company=company.name)
    if not company.acquisition:
        raise HitasProblem("acquisition_missing", company=company.name)
    pair = indices.pair(company.market_index, month, company.completed_on)
    value = exact(company.acquisition) / exact(company.area) * pair.ratio
    formula = f"{show(company.acquisition)} / {show(company.area)} × {over(pair)}"
    key = f"{company.key}.adjusted_square"
    lines.rounded(key, value, CENT, formula, unit="/ m²", named=work_label(company.name, "adjusted_square"))
    step = lines.workings.steps[-1]
    assert isinstance(step.value, Money)  # noqa: S101 - written on the line above
    return step.value.amount


def counts(company: CompanyPrice, quarter: date) -> bool:
    """Whether a company counts: completed by the quarter, in the statistics by its type, and not excluded."""
    return company.type.in_statistics and not company.excluded and company.completed_on <= quarter


def price_ceiling(companies: Sequence[CompanyPrice], indices: Indices, on: date) -> Calculation:
    """The ceiling of the Hitas quarter of a day: the mean of the companies' adjusted prices, half up to a whole euro.

    `companies` are the regulated ones. The result holds for the three months of the quarter.
    """
    quarter = hitas_quarter(on)
    counted = [company for company in companies if counts(company, quarter)]
    if not counted:
        raise HitasProblem("no_companies", on=quarter)
    lines = Lines.titled("title_price_ceiling")
    prices = [adjusted_square(lines, company, indices, quarter) for company in counted]
    lines.plain("companies", len(counted))
    total = lines.amount("sum", exact(sum(prices, Decimal(0))), "Σ")
    mean = lines.amount("mean", total / len(counted), f"{show(total)} / {len(counted)}", unit="/ m²")
    return lines.close(lines.rounded("ceiling", mean, EURO, show(mean), unit="/ m²"), unit="/ m²")
