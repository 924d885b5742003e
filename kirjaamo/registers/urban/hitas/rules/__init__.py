"""The Hitas price: the highest of two index prices and the price ceiling. Plain Python; every figure a reader would ask for is a step."""

from __future__ import annotations

from kirjaamo.registers.urban.hitas.rules import before_2011, from_2011
from kirjaamo.registers.urban.hitas.rules.ceiling import ceiling_price
from kirjaamo.registers.urban.hitas.rules.figures import HALF_UP, cents, show
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.registers.urban.hitas.rules.types import Basis, Case, HitasType, MaximumPrice, RuleFamily, Run
from kirjaamo.registers.urban.hitas.rules.words import label
from kirjaamo.values.calculation import Workings
from kirjaamo.values.money import Money

__all__ = ["HitasProblem", "maximum_price"]


def maximum_price(case: Case) -> MaximumPrice:
    """Compute the maximum price of a flat on a day.

    Of equal figures the market price comes first, then the construction price, then the ceiling, since the basis decides how
    long the price holds. Raises `HitasProblem` by name when something is missing or the result is not above zero.
    """
    check(case)
    law = from_2011 if case.family is RuleFamily.FROM_2011 else before_2011
    runs = (law.index_price(case, Basis.MARKET), law.index_price(case, Basis.CONSTRUCTION), ceiling_price(case))
    highest = max(runs, key=lambda run: run.amount)
    price = cents(highest.amount)
    if price <= Money(0):
        raise HitasProblem("price_not_positive", price=price, loan=case.loan.share)
    return _told(case, runs, highest, price)


def _told(case: Case, runs: tuple[Run, Run, Run], highest: Run, price: Money) -> MaximumPrice:
    """The summary: the three figures, the highest, and until when it holds."""
    told = Workings(label("title_maximum"))
    for key, run in zip(("market", "construction", "ceiling_price"), runs, strict=True):
        told.step(key, label(key), cents(run.amount), rounding=HALF_UP)
    formula = "; ".join(show(run.amount) for run in runs)
    told.step("highest", label("highest"), price, formula=f"max({formula})", rounding=HALF_UP)
    told.step("valid_until", label("valid_until"), highest.valid_until)
    return MaximumPrice(told.result(price), runs, price, highest.basis, highest.valid_until, case.family)


def check(case: Case) -> None:
    """Refuse by name what cannot be computed. A missing property manager, for one, is no obstacle."""
    home, company = case.home, case.company
    if company.type is HitasType.NON_HITAS:
        raise HitasProblem("not_hitas", company=company.name)
    if not company.regulated:
        raise HitasProblem("company_released", company=company.name, day=company.released_on or "")
    _check_completion(case)
    if not home.area:
        raise HitasProblem("area_missing", home=home.name)
    if not company.area:
        raise HitasProblem("company_area_missing", company=company.name)
    if company.type is HitasType.RR_NEW_HITAS and not home.shares:
        raise HitasProblem("shares_missing", home=home.name)
    if home.first_price is None:
        raise HitasProblem("first_sale_missing", home=home.name)
    if case.family is RuleFamily.BEFORE_2011 and not (company.acquisition and company.same_day_acquisition):
        raise HitasProblem("acquisition_missing", company=company.name)
    if case.loan.share < Money(0):
        raise HitasProblem("loan_negative", loan=case.loan.share)


def _check_completion(case: Case) -> None:
    """The company's completion by the rules of 2011, the flat's own by the earlier ones: known and not in the future."""
    if case.company.type.new_rules and case.company.completed_on is None:
        raise HitasProblem("company_completion_missing", company=case.company.name, homes=", ".join(case.company.unfinished) or "–")
    done = case.company.completed_on if case.family is RuleFamily.FROM_2011 else case.home.completed_on
    if done is None:
        raise HitasProblem("completion_missing", home=case.home.name)
    if done > case.on:
        raise HitasProblem("completion_in_future", day=done, on=case.on)
