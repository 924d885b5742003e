"""The rules before 2011: the market price run of the flat, and the construction price run through the company's assets.

Source of the rules: the city's Hitas calculation as it runs (City-of-Helsinki/hitas, rules_pre_2011).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from kirjaamo.registers.urban.hitas.rules import improvements
from kirjaamo.registers.urban.hitas.rules.depreciation import months_between
from kirjaamo.registers.urban.hitas.rules.ending import acquisition_of, index_run
from kirjaamo.registers.urban.hitas.rules.figures import exact, show
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind, IndexPair
from kirjaamo.registers.urban.hitas.rules.lines import Lines, over
from kirjaamo.registers.urban.hitas.rules.terms import term
from kirjaamo.registers.urban.hitas.rules.types import Basis, Case, Home, Run, Work, WorkIndex


def index_price(case: Case, basis: Basis) -> Run:
    """The price by one of the two indices."""
    return _market(case) if basis is Basis.MARKET else _construction(case)


def _completed(home: Home) -> date:
    assert home.completed_on is not None  # noqa: S101 - checked before any run
    return home.completed_on


def _works(case: Case, index: WorkIndex, of: tuple[Work, ...]) -> tuple[Work, ...]:
    del case
    return tuple(work for work in of if work.index in {WorkIndex.BOTH, index})


def _market(case: Case) -> Run:
    """Acquisition, interest and additional work with the market price index, and what is left of improvements."""
    lines, home = Lines.titled("title_market"), case.home
    pair = case.indices.pair(IndexKind.MARKET, case.on, _completed(home))
    acquisition = acquisition_of(lines, home, updated=False)
    interest = lines.given("interest", home.interest_market)
    extra = lines.given("extra_work", home.extra_work)
    basic = lines.amount("basic", acquisition + interest + extra, f"{show(acquisition)} + {show(interest)} + {show(extra)}")
    lines.indices(pair)
    lines.amount("adjustment", basic * pair.ratio - basic, f"{show(basic)} × {over(pair)} − {show(basic)}")
    adjusted = lines.amount("adjusted", basic * pair.ratio, f"{show(basic)} × {over(pair)}", rows=pair.rows)
    own = improvements.total(
        lines, "home_works", case, _works(case, WorkIndex.MARKET, tuple(case.home_works)), improvements.home_market_before_2011
    )
    shared = improvements.total(
        lines, "company_works", case, _works(case, WorkIndex.MARKET, tuple(case.company_works)), improvements.company_market_before_2011
    )
    return index_run(lines, case, Basis.MARKET, adjusted + own + shared, f"{show(adjusted)} + {show(own)} + {show(shared)}")


def _construction(case: Case) -> Run:
    """The flat's share of the company's assets, and what is its own: interest, improvements, additional work."""
    lines, home = Lines.titled("title_construction"), case.home
    done = _completed(home)
    start = max(done, home.first_sold_on or done)
    pair = case.indices.pair(IndexKind.CONSTRUCTION, case.on, start)
    acquisition = acquisition_of(lines, home, updated=False)
    share = _share_of_assets(lines, case, pair, acquisition)
    rate = term("interest-rate", done)
    lines.plain("interest_percent", rate.whole, unit="%", rows=[rate.used()])
    interest = lines.given("interest", home.interest_construction)
    own = improvements.total(
        lines, "home_works", case, _works(case, WorkIndex.CONSTRUCTION, tuple(case.home_works)), improvements.home_construction_before_2011
    )
    extra = lines.given("extra_work", home.extra_work)
    extra = lines.amount("extra_work_adjusted", extra * pair.ratio, f"{show(extra)} × {over(pair)}", rows=pair.rows)
    formula = " + ".join(map(show, (share, interest, own, extra)))
    return index_run(lines, case, Basis.CONSTRUCTION, share + interest + own + extra, formula)


def _share_of_assets(lines: Lines, case: Case, pair: IndexPair, acquisition: Fraction) -> Fraction:
    """The company's acquisition value with the index and the depreciation of its age, and its improvements, shared to the flat."""
    company = case.company
    same, whole = lines.given("same_day", company.same_day_acquisition), lines.given("all_flats", company.acquisition)
    lines.indices(pair)
    months = months_between(_completed(case.home), case.on)
    lines.plain("months", months)
    multiplier = case.depreciation.multiplier(months)
    lines.plain("multiplier", multiplier, rows=[case.depreciation.row(months)])
    formula = f"{show(same)} × {show(pair.now.value)} × {show(multiplier)} / {show(pair.then.value)}"
    adjusted = lines.amount("company_adjusted", same * pair.ratio * exact(multiplier), formula, rows=pair.rows)
    works = improvements.total(
        lines,
        "company_works",
        case,
        _works(case, WorkIndex.CONSTRUCTION, tuple(case.company_works)),
        improvements.company_construction_before_2011,
    )
    del whole
    assets = lines.amount("company_assets", adjusted + works, f"{show(adjusted)} + {show(works)}")
    return lines.amount("assets_share", assets * acquisition / same, f"{show(assets)} × {show(acquisition)} / {show(same)}")
