"""The rules of companies completed from 2011: one price by either index. Improvements of the flat are not counted.

Source of the rules: the city's Hitas calculation as it runs (City-of-Helsinki/hitas, rules_2011_onwards).
"""

from __future__ import annotations

from kirjaamo.registers.urban.hitas.rules import improvements
from kirjaamo.registers.urban.hitas.rules.ending import acquisition_of, index_run
from kirjaamo.registers.urban.hitas.rules.figures import show
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind
from kirjaamo.registers.urban.hitas.rules.lines import Lines, over
from kirjaamo.registers.urban.hitas.rules.types import Basis, Case, Run

KINDS = {Basis.MARKET: IndexKind.MARKET_2005, Basis.CONSTRUCTION: IndexKind.CONSTRUCTION_2005}


def index_price(case: Case, basis: Basis) -> Run:
    """The price by an index from the month in which the company's last flat was completed."""
    done = case.company.completed_on
    assert done is not None  # noqa: S101 - checked before any run
    lines = Lines.titled(f"title_{basis}")
    pair = case.indices.pair(KINDS[basis], case.on, done)
    acquisition = acquisition_of(lines, case.home, updated=True)
    extra = lines.given("extra_work", case.home.extra_work)
    basic = lines.amount("basic", acquisition + extra, f"{show(acquisition)} + {show(extra)}")
    lines.indices(pair)
    lines.amount("adjustment", basic * pair.ratio - basic, f"{show(basic)} × {over(pair)} − {show(basic)}")
    adjusted = lines.amount("adjusted", basic * pair.ratio, f"{show(basic)} × {over(pair)}", rows=pair.rows)
    works = improvements.total(lines, "company_works", case, case.company_works, improvements.company_from_2010(KINDS[basis]))
    return index_run(lines, case, basis, adjusted + works, f"{show(adjusted)} + {show(works)}")
