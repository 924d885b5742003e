"""What every run begins and ends with: the acquisition value, the debt-free price, the loan."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from kirjaamo.registers.urban.hitas.rules.figures import exact, show
from kirjaamo.registers.urban.hitas.rules.lines import Lines
from kirjaamo.registers.urban.hitas.rules.types import Basis, Case, Home, Run
from kirjaamo.registers.urban.hitas.rules.validity import index_price_until, rows_of


def acquisition_of(lines: Lines, home: Home, *, updated: bool) -> Fraction:
    """The acquisition value of the first sale; by the rules of 2011 an updated one takes its place."""
    if updated and home.updated_acquisition is not None:
        return lines.given("updated_acquisition", home.updated_acquisition)
    first = home.first_acquisition
    assert first is not None  # noqa: S101 - checked before any run
    return lines.amount("acquisition", exact(first), f"{show(home.first_price or 0)} + {show(home.first_loan)}")


def index_run(lines: Lines, case: Case, basis: Basis, debt_free: Fraction, formula: str) -> Run:
    """Close a run by an index: the debt-free price, also per square metre, less the loan; it holds for three months."""
    lines.amount("debt_free", debt_free, formula)
    area = case.home.area or 1
    lines.amount("per_square", debt_free / exact(area), f"{show(debt_free)} / {show(area)}", unit="/ m²")
    return finish(lines, case, basis, debt_free, index_price_until(case.on))


def finish(lines: Lines, case: Case, basis: Basis, debt_free: Fraction, valid_until: date) -> Run:
    """Take the loan off and close the run."""
    loan = lines.given("loan", case.loan.share)
    price = lines.amount("price", debt_free - loan, f"{show(debt_free)} − {show(loan)}")
    lines.plain("valid_until", valid_until, rows=rows_of(basis, case.on))
    return Run(basis, lines.close(price), price, valid_until)
