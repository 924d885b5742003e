"""Invented companies, flats, owners and indices, so that the register looks like one in use. No figure of it is official."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from kirjaamo.kernel.actors import Machine
from kirjaamo.registers.urban.hitas import actions
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    HitasKind,
    HousingCompany,
    ImprovementRun,
    IndexSeries,
    MaximumPriceCalculation,
    Sale,
)
from kirjaamo.registers.urban.hitas.rules.validity import hitas_quarter
from kirjaamo.subjects.actions import add_subject
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.money import Money
from kirjaamo.values.personal_id import PersonalId

SOURCE = "keksitty (demo)"
CLERK = Machine("demo")
FIRST = ("Aino", "Eino", "Helmi", "Onni", "Eevi", "Väinö", "Lyyli", "Toivo", "Siiri", "Oiva", "Alma", "Urho")
LAST = ["Esimerkki", "Keksitty", "Mallikas", "Testinen", "Tarunen", "Satunen", "Kuvitelma", "Harjoitus", "Näyte", "Luomanen"]
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
MANAGER = "Isännöinti Esimerkki Oy"
GROWTH = {
    IndexSeries.MARKET: (dt.date(1993, 1, 1), Decimal("118.0"), Decimal("1.1")),
    IndexSeries.CONSTRUCTION: (dt.date(1993, 1, 1), Decimal("172.0"), Decimal("0.5")),
    IndexSeries.MARKET_2005: (dt.date(2011, 1, 1), Decimal("128.0"), Decimal("0.4")),
    IndexSeries.CONSTRUCTION_2005: (dt.date(2011, 1, 1), Decimal("114.0"), Decimal("0.2")),
}
"""The first month of each invented series, its figure, and by how much it grows a month."""
CEILING = Decimal(4300)


@dataclass(frozen=True)
class Plan:
    """An invented company: how many flats, when they were completed, what a square metre cost at first."""

    name: str
    kind: HitasKind
    street: str
    postal_code: str
    completed: dt.date
    square: int
    flats: int = 12


PLANS = (
    Plan("As Oy Helsingin Tuulimylly", HitasKind.HITAS_1, "Keksitynkuja 3", "00550", dt.date(1995, 5, 18), 1150),
    Plan("As Oy Helsingin Saarnilehto", HitasKind.HITAS_2, "Tarinatie 12", "00940", dt.date(1996, 9, 2), 1210),
    Plan("As Oy Helsingin Merikotka", HitasKind.HITAS_1, "Mallirinne 7", "00980", dt.date(2003, 5, 9), 1890),
    Plan("As Oy Helsingin Kanervikko", HitasKind.HITAS_2_NO_INTEREST, "Satukatu 1", "00720", dt.date(2008, 11, 27), 2350),
    Plan("As Oy Helsingin Majakanloiste", HitasKind.NEW_HITAS_1, "Esimerkinranta 4", "00590", dt.date(2014, 8, 27), 3900),
    Plan("As Oy Helsingin Puotitori", HitasKind.NEW_HITAS_2, "Kuvitelmankatu 9", "00900", dt.date(2019, 11, 27), 4350, 16),
    Plan("As Oy Helsingin Rakentajat", HitasKind.RR_NEW_HITAS, "Ryhmäpolku 2", "00960", dt.date(2017, 3, 14), 3650, 8),
    Plan("As Oy Helsingin Puolikuu", HitasKind.HALF_HITAS, "Puolitie 5", "00870", dt.date(2025, 2, 20), 5200, 8),
)


def make(report: Callable[[int, int, str], None]) -> None:
    """Indices, eight companies with their flats, owners and resales, and maximum prices in every state."""
    chance = random.Random(20_110_101)  # noqa: S311 - invented data, the same each time
    _indices()
    for number, plan in enumerate(PLANS, 1):
        flats = _company(plan, chance)
        _works(flats[0], plan)
        _prices(flats, chance)
        report(number, len(PLANS), "Hitas companies")


def _indices() -> None:
    """Every month from the first to the running one, each growing evenly, and the ceiling of the last two years."""
    last = timezone.localdate().replace(day=1)
    for series, (first, value, growth) in GROWTH.items():
        months = (last.year - first.year) * 12 + last.month - first.month
        _load(series, first, [value + growth * number for number in range(months + 1)])
    start = shift(hitas_quarter(last), -24, Unit.MONTHS)
    months = (last.year - start.year) * 12 + last.month - start.month + 3
    _load(IndexSeries.CEILING, start, [CEILING + 15 * (number // 3) for number in range(months)])
    quarter = dt.date(last.year, (last.month - 1) // 3 * 3 + 1, 1)
    for back in range(1, 5):
        lines = "\n".join(
            f"{plan.postal_code};{4100 + 130 * number - 20 * back};{5 + number};{SOURCE}" for number, plan in enumerate(PLANS)
        )
        actions.load_area_prices(shift(quarter, -3 * back, Unit.MONTHS), lines, actor=CLERK)


def _load(series: IndexSeries, first: dt.date, values: list[Decimal]) -> None:
    lines = [f"{shift(first, number, Unit.MONTHS):%Y-%m};{value};{SOURCE}" for number, value in enumerate(values)]
    actions.load_indices(series, "\n".join(lines), actor=CLERK)


def _company(plan: Plan, chance: random.Random) -> list[Apartment]:
    company = actions.add_company(plan.name, plan.kind, plan.street, plan.postal_code, manager=MANAGER, actor=CLERK)
    flats, share = [], 1
    for number in range(1, plan.flats + 1):
        area = Decimal(chance.choice([34, 42, 48, 54, 61, 73, 85])) + Decimal("0.5")
        flats.append(_flat(company, plan, number, share, area))
        share += int(area * 2)
    for flat in flats:
        _sold(flat, shift(plan.completed, chance.randrange(40), Unit.DAYS), Money(int((flat.area or 0) * plan.square)), chance)
    return flats


def _flat(company: HousingCompany, plan: Plan, number: int, share: int, area: Decimal) -> Apartment:
    """One flat; those of the rules before 2011 carry interest during construction."""
    price = int(area * plan.square)
    old = plan.completed.year < 2011 and plan.kind is not HitasKind.HITAS_2_NO_INTEREST  # noqa: PLR2004 - the year of the rules
    return actions.add_apartment(
        company,
        f"{plan.street} {'AB'[number > plan.flats // 2]} {number}",
        share,
        share + int(area * 2) - 1,
        area,
        plan.completed,
        floor=str((number + 1) // 2),
        catalogue_price=price,
        extra_work=1500 if number % 3 == 0 else 0,
        interest_construction=price * 3 // 100 if old else 0,
        interest_market=price * 2 // 100 if old else 0,
        actor=CLERK,
    )


def _works(flat: Apartment, plan: Plan) -> None:
    """A large improvement of the company and one of a flat, where there has been time for them."""
    if plan.completed.year < 2016:  # noqa: PLR2004 - invented
        actions.improve_company(flat.company, "Julkisivujen kunnostus", Decimal(240_000), dt.date(2021, 6, 15), actor=CLERK)
    if plan.completed.year < 2011:  # noqa: PLR2004 - the year of the rules
        actions.improve_apartment(
            flat, "Parvekkeen lasitus", Decimal(9_500), dt.date(2022, 9, 1), ImprovementRun.BOTH, Decimal(10), actor=CLERK
        )


def _prices(flats: list[Apartment], chance: random.Random) -> None:
    """Of a company's flats: two sold again below the maximum, one confirmed and not sent, one draft."""
    today = timezone.localdate()
    for flat in flats[1:3]:
        confirmed = _confirmed(flat, today)
        actions.send(confirmed, actor=CLERK)
        _sold(flat, today, Money(int(confirmed.price) - chance.randrange(9_000)), chance)
    _confirmed(flats[3], today)
    actions.calculate(flats[4], today, Decimal(2_500), today, actor=CLERK)


def _confirmed(flat: Apartment, today: dt.date) -> MaximumPriceCalculation:
    return actions.confirm(actions.calculate(flat, today, Decimal(0), today, actor=CLERK), actor=CLERK)


def _sold(flat: Apartment, day: dt.date, price: Money, chance: random.Random) -> Sale:
    """A sale to one owner or to two."""
    people = chance.choice([1, 2])
    owners = [
        (add_subject(f"{chance.choice(FIRST)} {chance.choice(LAST)}", actor=CLERK, personal_id=_code(chance)), Fraction(1, people))
        for _one in range(people)
    ]
    return actions.sell(flat, actions.NewSale(day, day, price, Money(0), owners), actor=CLERK)


def _code(chance: random.Random) -> PersonalId:
    """An identity code of the artificial range 900–999."""
    born = dt.date(1940, 1, 1) + dt.timedelta(days=chance.randrange(22_000))
    number = chance.randrange(900, 1000)
    return PersonalId.parse(f"{born:%d%m%y}-{number}{CHECK[int(f'{born:%d%m%y}{number}') % 31]}")
