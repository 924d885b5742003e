"""Worked examples of the city's own calculations, to the cent and line by line: both families of rules, the ceiling, the interest.

The figures are those of City-of-Helsinki/hitas (MIT): its examples of maximum prices and its test of the interest during construction.
Nothing here was computed by the code under test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from kirjaamo.registers.urban.hitas.rules import maximum_price
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind, Indices
from kirjaamo.registers.urban.hitas.rules.interest import Instalment, construction_interest, interest_days
from kirjaamo.registers.urban.hitas.rules.types import Basis, Case, Company, HitasType, Home, Loan, RuleFamily, Work, WorkIndex
from kirjaamo.registers.urban.hitas.tests.examples import TABLE, figures, row
from kirjaamo.values.money import Money

CPI, MPI, CEILING = IndexKind.CONSTRUCTION, IndexKind.MARKET, IndexKind.CEILING
CPI_2005, MPI_2005 = IndexKind.CONSTRUCTION_2005, IndexKind.MARKET_2005


@dataclass(frozen=True)
class Example:
    """A case, and what the city's calculation says of it: the price, its basis and last day, the lines of each run."""

    case: Case
    price: str
    basis: Basis
    until: date
    family: RuleFamily
    market: Mapping[str, str]
    construction: Mapping[str, str]
    ceiling: Mapping[str, str]


def case(
    home: Home, company: Company, loan: str, on: date, rows: Indices, own: tuple[Work, ...] = (), shared: tuple[Work, ...] = ()
) -> Case:
    return Case(home, company, Loan(Money(loan), on), on, rows, TABLE, own, shared)


def new(area: str, completed: date, price: str, loan: str, shares: int) -> Home:
    return Home("A 1", Decimal(area), completed, completed, Money(price), Money(loan), shares=shares)


def company(completed: date, area: str) -> Company:
    return Company("As Oy Esimerkki", HitasType.NEW_HITAS_1, completed, Decimal(area))


SUMMER_2022 = Indices.of(
    [
        row(MPI_2005, 2019, 11, "167.9"),
        row(CPI_2005, 2019, 11, "129.29"),
        row(MPI_2005, 2014, 8, "150.6"),
        row(CPI_2005, 2014, 8, "123.5"),
        row(MPI_2005, 2020, 5, "171.0"),
        row(CPI_2005, 2020, 5, "129.20"),
        row(MPI_2005, 2022, 7, "189.1"),
        row(CPI_2005, 2022, 7, "146.4"),
        row(CEILING, 2022, 7, "4869"),
    ]
)
WORK_2020 = Work("w", "Parannus", Money(150_000), date(2020, 5, 21))
OLD_2003 = Home(
    "A 1",
    Decimal("54.5"),
    date(2003, 5, 9),
    date(2003, 5, 9),
    Money(104_693),
    Money(18_480),
    extra_work=Money(4307),
    interest_construction=Money(4000),
    interest_market=Money(3455),
    shares=160,
)
OLD_2012 = Home(
    "A 1",
    Decimal("45.5"),
    date(2012, 6, 28),
    date(2012, 6, 28),
    Money(52_738),
    Money(123_192),
    extra_work=Money(2500),
    interest_construction=Money(2703),
    interest_market=Money(2703),
    shares=472,
)

EXAMPLES = {
    "rules of 2011, construction price index": Example(
        case(new("30", date(2019, 11, 27), "80350", "119150", 2383), company(date(2019, 11, 27), "4332"), "2500", date(2022, 7, 5),
             SUMMER_2022, shared=(WORK_2020,)),
        "223558.72", Basis.CONSTRUCTION, date(2022, 10, 5), RuleFamily.FROM_2011,
        {"basic": "199500", "adjustment": "25189.99", "w.work_own": "20040", "w.work_company": "22161.19", "w.work_home": "153.47",
         "debt_free": "224843.46", "per_square": "7494.78", "price": "222343.46"},
        {"basic": "199500", "adjustment": "26401.46", "w.work_own": "20040", "w.work_company": "22707.86", "w.work_home": "157.26",
         "debt_free": "226058.72", "per_square": "7535.29", "price": "223558.72"},
        {"debt_free": "146070", "price": "143570"},
    ),
    "rules of 2011, market price index": Example(
        case(new("48", date(2014, 8, 27), "139706", "80955", 142), company(date(2014, 8, 27), "2703"), "2500", date(2022, 7, 5),
             SUMMER_2022, shared=(WORK_2020,)),
        "275924.91", Basis.MARKET, date(2022, 10, 5), RuleFamily.FROM_2011,
        {"basic": "220661", "adjustment": "56410.68", "w.work_own": "68910", "w.work_company": "76203.98", "w.work_home": "1353.23",
         "debt_free": "278424.91", "per_square": "5800.52", "price": "275924.91"},
        {"adjustment": "40916.09", "w.work_company": "78083.78", "w.work_home": "1386.62", "debt_free": "262963.70",
         "per_square": "5478.41", "price": "260463.70"},
        {"debt_free": "233712", "price": "231212"},
    ),
    "rules of 2011, price ceiling": Example(
        case(new("48.5", date(2012, 1, 13), "107753", "61830", 98), company(date(2012, 1, 13), "2703.5"), "0", date(2022, 9, 29),
             Indices.of([row(MPI_2005, 2012, 1, "138.1"), row(CPI_2005, 2012, 1, "115.9"), row(MPI_2005, 2022, 9, "189.1"),
                         row(CPI_2005, 2022, 9, "149.1"), row(CEILING, 2022, 9, "4872")])),
        "236292", Basis.CEILING, date(2022, 11, 30), RuleFamily.FROM_2011,
        {"adjustment": "62626.60", "debt_free": "232209.60", "per_square": "4787.83"},
        {"adjustment": "48577.70", "debt_free": "218160.70", "per_square": "4498.16"},
        {"debt_free": "236292", "price": "236292"},
    ),
    "rules before 2011, market price index": Example(
        case(OLD_2003, Company("As Oy Vanha", HitasType.HITAS_1, date(2003, 5, 9), Decimal("3390.5"), acquisition=Money(123_173),
                               same_day_acquisition=Money(123_173)), "0", date(2022, 9, 7),
             Indices.of([row(CPI, 2003, 5, "244.9"), row(MPI, 2003, 5, "263.6"), row(CPI, 2022, 9, "364.4"), row(MPI, 2022, 9, "583.3"),
                         row(CEILING, 2022, 9, "4872")]),
             shared=(Work("w", "Parannus", Money(1587), date(2004, 10, 1), WorkIndex.MARKET),)),
        "289735.91", Basis.MARKET, date(2022, 12, 7), RuleFamily.BEFORE_2011,
        {"acquisition": "123173", "w.work_own": "0", "debt_free": "289735.91", "per_square": "5316.26"},
        {"company_adjusted": "170886.35", "company_assets": "170886.35", "assets_share": "170886.35", "extra_work_adjusted": "6408.62",
         "debt_free": "181294.97", "per_square": "3326.51", "price": "181294.97"},
        {"debt_free": "265524", "price": "265524"},
    ),
    "rules before 2011, construction price index": Example(
        case(OLD_2012, Company("As Oy Vanha", HitasType.HITAS_1, date(2012, 6, 28), Decimal("10960.5"), acquisition=Money(37_272_600),
                               same_day_acquisition=Money(16_727_570)), "3000", date(2022, 11, 21),
             Indices.of([row(CPI, 2012, 6, "296.10"), row(MPI, 2012, 6, "263.60"), row(CPI, 2022, 11, "364.6"), row(MPI, 2022, 11, "567.1"),
                         row(CEILING, 2022, 11, "4733"), row(CPI, 2018, 2, "238.5"), row(CPI, 2020, 6, "316.33")]),
             own=(Work("h", "Parannus", Money(15_000), date(2020, 6, 1), WorkIndex.CONSTRUCTION, Decimal(10)),),
             shared=(Work("w", "Parannus", Money(1_000_000), date(2018, 2, 1), WorkIndex.CONSTRUCTION),)),
        "386683.32", Basis.MARKET, date(2023, 2, 21), RuleFamily.BEFORE_2011,
        {"debt_free": "389683.32", "per_square": "8564.47", "price": "386683.32"},
        {"company_adjusted": "20374887.55", "w.work_company": "448790", "company_assets": "20823677.55", "assets_share": "219010.27",
         "h.work_adjusted": "17288.91", "h.work_depreciation": "4178.15", "h.work_home": "13110.75", "extra_work_adjusted": "3078.35",
         "debt_free": "237902.37", "per_square": "5228.62", "price": "234902.37"},
        {"debt_free": "215352", "price": "212352"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_the_calculation_of_the_city_comes_out_line_by_line(example: Example) -> None:
    result = maximum_price(example.case)
    assert (result.price, result.basis, result.valid_until, result.family) == (
        Money(example.price),
        example.basis,
        example.until,
        example.family,
    )
    wanted = {Basis.MARKET: example.market, Basis.CONSTRUCTION: example.construction, Basis.CEILING: example.ceiling}
    for basis, lines in wanted.items():
        told = figures(result, basis)
        assert {key: told[key] for key in lines} == {key: Money(value) for key, value in lines.items()}, basis


@pytest.mark.parametrize(("example", "months", "rate"), [("market price index", 231, 14), ("construction price index", 124, 6)])
def test_the_age_and_the_rate_of_the_old_construction_run(example: str, months: int, rate: int) -> None:
    told = figures(maximum_price(EXAMPLES[f"rules before 2011, {example}"].case), Basis.CONSTRUCTION)
    assert (told["months"], told["interest_percent"]) == (months, rate)


@pytest.mark.parametrize(
    ("paid", "completed", "days"),
    [
        (date(2022, 1, 1), date(2022, 2, 1), 30),
        (date(2022, 1, 1), date(2022, 3, 1), 60),
        (date(2022, 1, 1), date(2023, 5, 15), 494),
        (date(2022, 3, 31), date(2022, 4, 1), 0),
        (date(2022, 3, 31), date(2022, 6, 1), 61),
        (date(1994, 4, 29), date(1995, 2, 24), 295),
    ],
)
def test_days_of_interest(paid: date, completed: date, days: int) -> None:
    assert interest_days(paid, completed) == days


def test_the_interest_of_six_instalments() -> None:
    """953 + 1,106 + 934 + 709 + 487 + 13 = 4,202 of 48,211 € at 14 %."""
    paid = [(date(1994, 3, 15), 15), (date(1994, 4, 29), 20), (date(1994, 6, 15), 20), (date(1994, 8, 15), 20), (date(1994, 10, 14), 20),
            (date(1995, 2, 10), 5)]  # fmt: skip
    told = construction_interest(
        Money(48_211), Money(0), Decimal(14), date(1995, 2, 24), [Instalment(day, Decimal(part)) for day, part in paid]
    )
    assert [told.step(f"{number}.interest").value for number in range(1, 7)] == [Money(euros) for euros in (953, 1106, 934, 709, 487, 13)]
    assert told.result == Money(4202)
