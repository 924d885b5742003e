"""What improvements of the flat and of the company add to a price, by the rules of their time.

Source of the rules: the city's Hitas calculation as it runs (City-of-Helsinki/hitas, calculations/improvements).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kirjaamo.registers.urban.hitas.rules.depreciation import YEAR, months_between
from kirjaamo.registers.urban.hitas.rules.figures import exact, show
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind, IndexPair
from kirjaamo.registers.urban.hitas.rules.lines import Lines, over
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.registers.urban.hitas.rules.terms import Term, term
from kirjaamo.registers.urban.hitas.rules.types import Case, Work

COMPANY_RULE_FROM = date(2010, 1, 1)
"""From when an improvement of a company is indexed above a small own share, where earlier ones are written off."""
HUNDRED = 100

Adder = Callable[[Lines, Case, Work], Fraction]


def total(lines: Lines, key: str, case: Case, works: Iterable[Work], add: Adder) -> Fraction:
    """Write each improvement's lines and their sum; an improvement of the future is refused."""
    values = [add(lines, case, _done(case, work)) for work in works]
    return lines.amount(key, sum(values, Fraction(0)), " + ".join(map(show, values)))


def _done(case: Case, work: Work) -> Work:
    if work.completed_on > case.on:
        raise HitasProblem("work_in_future", work=work.name, day=work.completed_on, on=case.on)
    return work


def _share_by_area(lines: Lines, case: Case, work: Work, value: Fraction) -> Fraction:
    area, whole = exact(case.home.area or 0), exact(case.company.area)
    formula = f"{show(value)} / {show(case.company.area)} × {show(case.home.area or 0)}"
    return lines.work(work.key, work.name, "work_home", value / whole * area, formula)


def _after_own_share(lines: Lines, work: Work, own: Term, area: Decimal) -> Fraction:
    """The value above the owner's own share of so much for a square metre, never below zero."""
    value = max(exact(work.value) - exact(own.value) * exact(area), Fraction(0))
    formula = f"max({show(work.value)} − {show(own.value)} × {show(area)}; 0)"
    return lines.work(work.key, work.name, "work_own", value, formula, rows=[own.used()])


def _adjusted(lines: Lines, work: Work, value: Fraction, pair: IndexPair, part: str) -> Fraction:
    return lines.work(work.key, work.name, part, value * pair.ratio, f"{show(value)} × {over(pair)}", rows=pair.rows)


def company_from_2010(kind: IndexKind) -> Adder:
    """A company's improvement by the 30 €/m² rule: above the own share, indexed, shared by area; without deductions, the full value."""

    def add(lines: Lines, case: Case, work: Work) -> Fraction:
        pair = case.indices.pair(kind, case.on, work.completed_on)
        value = lines.work(work.key, work.name, "work_value", work.value)
        if not work.no_deductions:
            own = term("company-own-share", max(work.completed_on, COMPANY_RULE_FROM))
            value = _after_own_share(lines, work, own, case.company.area)
        return _share_by_area(lines, case, work, _adjusted(lines, work, value, pair, "work_company"))

    return add


def company_market_before_2011(lines: Lines, case: Case, work: Work) -> Fraction:
    """A company's improvement in the market price run before 2011.

    Without deductions: with the index, shared by the number of shares. Completed from 2010: the 30 €/m² rule. Earlier:
    above 150 €/m², depreciated evenly over 180 months, shared by area.
    """
    if work.no_deductions:
        return _shared_by_shares(lines, case, work)
    if work.completed_on >= COMPANY_RULE_FROM:
        return company_from_2010(IndexKind.MARKET)(lines, case, work)
    lines.work(work.key, work.name, "work_value", work.value)
    value = _after_own_share(lines, work, term("company-own-share", work.completed_on), case.company.area)
    left = lines.work(work.key, work.name, "work_company", *_left(lines, case, work, value, term("company-life", work.completed_on)))
    return _share_by_area(lines, case, work, left)


def _shared_by_shares(lines: Lines, case: Case, work: Work) -> Fraction:
    if not case.home.shares or not case.company.shares:
        raise HitasProblem("shares_missing", home=case.home.name)
    pair = case.indices.pair(IndexKind.MARKET, case.on, work.completed_on)
    value = _adjusted(lines, work, lines.work(work.key, work.name, "work_value", work.value), pair, "work_company")
    formula = f"{show(value)} / {case.company.shares} × {case.home.shares}"
    return lines.work(work.key, work.name, "work_home", value * case.home.shares / case.company.shares, formula)


def _left(lines: Lines, case: Case, work: Work, value: Fraction, row: Term) -> tuple[Fraction, str]:
    """What is left of a value that falls evenly to zero over the months of a row."""
    life = row.whole
    months = min(months_between(work.completed_on, case.on), life)
    gone = value * months / life
    lines.work(work.key, work.name, "work_depreciation", gone, f"{show(value)} × {months} / {life}", rows=[row.used()])
    return value - gone, f"{show(value)} − {show(gone)}"


def home_market_before_2011(lines: Lines, case: Case, work: Work) -> Fraction:
    """A flat's improvement in the market price run: above 100 €/m², evenly over 120 months, not indexed; without deductions, indexed."""
    value = lines.work(work.key, work.name, "work_value", work.value)
    if work.no_deductions:
        pair = case.indices.pair(IndexKind.MARKET, case.on, work.completed_on)
        return _adjusted(lines, work, value, pair, "work_home")
    value = _after_own_share(lines, work, term("home-own-share", work.completed_on), case.home.area or Decimal(0))
    return lines.work(work.key, work.name, "work_home", *_left(lines, case, work, value, term("home-life", work.completed_on)))


def company_construction_before_2011(lines: Lines, case: Case, work: Work) -> Fraction:
    """A company's improvement in the construction price run: by the share that the flats of the same completion day have, not indexed."""
    same, whole = case.company.same_day_acquisition, case.company.acquisition
    lines.work(work.key, work.name, "work_value", work.value)
    formula = f"{show(work.value)} × {show(same)} / {show(whole)}"
    return lines.work(work.key, work.name, "work_company", exact(work.value) * exact(same) / exact(whole), formula)


def home_construction_before_2011(lines: Lines, case: Case, work: Work) -> Fraction:
    """A flat's improvement in the construction price run: indexed, less its yearly percentage for each month, never below zero."""
    lines.work(work.key, work.name, "work_value", work.value)
    pair = case.indices.pair(IndexKind.CONSTRUCTION, case.on, work.completed_on)
    value = _adjusted(lines, work, exact(work.value), pair, "work_adjusted")
    if work.no_deductions:
        return lines.work(work.key, work.name, "work_home", value, show(value))
    if work.yearly_percent is None:
        raise HitasProblem("depreciation_missing", work=work.name)
    months = months_between(work.completed_on, case.on)
    gone = min(value * months * exact(work.yearly_percent) / HUNDRED / YEAR, value)
    lines.work(
        work.key,
        work.name,
        "work_depreciation",
        gone,
        f"min({show(value)} × {months} × {show(work.yearly_percent)} / 100 / 12; {show(value)})",
    )
    return lines.work(work.key, work.name, "work_home", value - gone, f"{show(value)} − {show(gone)}")
