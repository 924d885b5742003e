"""Invented companies, flats, owners and indices, so that the register looks like one in use. No figure of it is official."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from kirjaamo.contract.actions import create
from kirjaamo.kernel.actors import VISITOR, Machine
from kirjaamo.registers.urban.hitas import actions, facts
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    AskerRole,
    Building,
    ConditionOfSale,
    Grace,
    HitasKind,
    HousingCompany,
    ImprovementRun,
    IndexSeries,
    MaximumPriceCalculation,
    Sale,
)
from kirjaamo.registers.urban.hitas.rules.validity import hitas_quarter
from kirjaamo.subjects.actions import add_subject, set_non_disclosure
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
    IndexSeries.MAXIMUM: (dt.date(2011, 1, 1), Decimal("100.0"), Decimal("0.3")),
}
"""The first month of each invented series, its figure, and by how much it grows a month."""
CEILING = Decimal(4300)


@dataclass(frozen=True)
class Plan:
    """An invented company: how many flats, when completed, what a square metre cost at first, and what one costs in the area now."""

    name: str
    kind: HitasKind
    street: str
    postal_code: str
    completed: dt.date
    square: int
    flats: int = 12
    area: int = 4300


PLANS = (
    Plan("As Oy Helsingin Tuulimylly", HitasKind.HITAS_1, "Keksitynkuja 3", "00550", dt.date(1995, 5, 18), 1150, area=5900),
    Plan("As Oy Helsingin Saarnilehto", HitasKind.HITAS_2, "Tarinatie 12", "00940", dt.date(1996, 9, 2), 1210, area=4100),
    Plan("As Oy Helsingin Merikotka", HitasKind.HITAS_1, "Mallirinne 7", "00980", dt.date(2003, 5, 9), 1890),
    Plan("As Oy Helsingin Kanervikko", HitasKind.HITAS_2_NO_INTEREST, "Satukatu 1", "00720", dt.date(2008, 11, 27), 2350),
    Plan("As Oy Helsingin Majakanloiste", HitasKind.NEW_HITAS_1, "Esimerkinranta 4", "00590", dt.date(2014, 8, 27), 3900),
    Plan("As Oy Helsingin Puotitori", HitasKind.NEW_HITAS_2, "Kuvitelmankatu 9", "00900", dt.date(2019, 11, 27), 4350, 16),
    Plan("As Oy Helsingin Rakentajat", HitasKind.RR_NEW_HITAS, "Ryhmäpolku 2", "00960", dt.date(2017, 3, 14), 3650, 8),
    Plan("As Oy Helsingin Puolikuu", HitasKind.HALF_HITAS, "Puolitie 5", "00870", dt.date(2025, 2, 20), 5200, 8),
)
"""Companies whose flats are sold again and priced."""

QUIET = (
    Plan("As Oy Helsingin Vanhakulma", HitasKind.HITAS_1, "Kulmakuja 8", "00610", dt.date(1994, 3, 22), 1180, 6, 3700),
    Plan("As Oy Helsingin Hämärämaja", HitasKind.HITAS_2, "Hämärätie 6", "00710", dt.date(1999, 10, 4), 1420, 9),
    Plan("As Oy Helsingin Sillanpieli", HitasKind.HITAS_1, "Siltakuja 11", "00840", dt.date(2001, 6, 15), 1710, 9),
    Plan("As Oy Helsingin Kivimuuri", HitasKind.HITAS_1_NO_INTEREST, "Muuritie 2", "00370", dt.date(2002, 12, 2), 1760, 9),
    Plan("As Oy Helsingin Lumipallo", HitasKind.HITAS_2, "Pallokuja 4", "00790", dt.date(2006, 4, 28), 2140, 9),
    Plan("As Oy Helsingin Ruosteruusu", HitasKind.RENTAL_HITAS_1, "Ruusurinne 15", "00430", dt.date(2007, 9, 30), 2200, 9),
    Plan("As Oy Helsingin Purjevene", HitasKind.NEW_HITAS_1, "Purjelaituri 1", "00150", dt.date(2013, 1, 31), 3700, 9),
    Plan("As Oy Helsingin Valohuone", HitasKind.NEW_HITAS_2, "Valokuja 10", "00560", dt.date(2016, 5, 16), 3950, 9),
    Plan("As Oy Helsingin Kuunari", HitasKind.NEW_HITAS_1, "Kuunarintie 3", "00990", dt.date(2018, 2, 27), 4100, 9),
    Plan("As Oy Helsingin Viimeinen Ranta", HitasKind.NEW_HITAS_1, "Viimeranta 7", "00590", dt.date(2022, 10, 12), 4800, 9),
)
"""Companies in which little happens."""


def make(report: Callable[[int, int, str], None]) -> None:
    """Indices, eighteen companies with their flats and owners, prices in every state, requests, conditions, letters of a quarter."""
    chance = random.Random(20_110_101)  # noqa: S311 - invented data, the same each time
    _indices()
    quiet = [_company(plan, chance) for plan in QUIET]
    busy = [(plan, _company(plan, chance)) for plan in PLANS]
    _earlier_quarter()
    for number, (plan, flats) in enumerate(busy, 1):
        _works(flats[0], plan)
        _prices(flats, chance)
        report(number, len(PLANS), "Hitas companies")
    _second_homes(quiet[-1], quiet[-2])
    _protected(quiet[-2][2])
    _asked()


def _indices() -> None:
    """Every month from the first to the running one, each growing evenly, the ceiling of the last two years, prices of areas."""
    last = timezone.localdate().replace(day=1)
    for series, (first, value, growth) in GROWTH.items():
        months = (last.year - first.year) * 12 + last.month - first.month
        _load(series, first, [value + growth * number for number in range(months + 1)])
    start = shift(hitas_quarter(last), -24, Unit.MONTHS)
    months = (last.year - start.year) * 12 + last.month - start.month + 3
    _load(IndexSeries.CEILING, start, [CEILING + 15 * (number // 3) for number in range(months)])
    quarter = dt.date(last.year, (last.month - 1) // 3 * 3 + 1, 1)
    areas = {plan.postal_code: plan.area for plan in (*QUIET, *PLANS)}
    for back in range(1, 7):
        lines = "\n".join(f"{code};{price - 20 * back};{5 + number % 9};{SOURCE}" for number, (code, price) in enumerate(areas.items()))
        actions.load_area_prices(shift(quarter, -3 * back, Unit.MONTHS), lines, actor=CLERK)


def _earlier_quarter() -> None:
    """The 30-year run of the quarter before is confirmed, and its letters are written; one of them is not sent."""
    on = shift(hitas_quarter(timezone.localdate()), -1, Unit.DAYS)
    run = actions.confirm_run(actions.prepare_run(on, actor=CLERK), actor=CLERK)
    actions.write_letters(run, actor=CLERK)


def _second_homes(newer: list[Apartment], older: list[Apartment]) -> None:
    """Owners of a newer company who bought a second flat there: each is to sell one, one of them with time of grace."""
    today = timezone.localdate()
    for number, (flat, home) in enumerate(zip(newer[-2:], older[-2:], strict=True)):
        owner = facts.current_owners(home)[0]
        confirmed = _confirmed(flat, today)
        actions.send(confirmed, actor=CLERK)
        actions.sell(flat, actions.NewSale(today, today, Money(confirmed.price), Money(0), [(owner, Fraction(1))]), actor=CLERK)
        if number:
            actions.give_grace(ConditionOfSale.objects.get(new__apartment=flat), Grace.SIX, actor=CLERK)


def _protected(flat: Apartment) -> None:
    """One owner is under non-disclosure for personal safety, and the price of the flat waits for confirmation."""
    for owner in facts.current_owners(flat):
        set_non_disclosure(owner, on=True, reason="keksitty (demo)", actor=CLERK)
    today = timezone.localdate()
    actions.calculate(flat, today, Decimal(0), today, actor=CLERK)


def _asked() -> None:
    """Requests that wait: two with their flat, one whose flat is to be chosen."""
    told = (
        ("As Oy Helsingin Purjevene", "A 1", "Aino Esimerkki", AskerRole.OWNER, Decimal("12500.00")),
        ("As Oy Helsingin Lumipallo", "A 2", "Oiva Mallikas", AskerRole.MANAGER, Decimal(0)),
        ("As Oy Helsingin Valohuone", "toisen kerroksen kulma", "Siiri Näyte", AskerRole.AGENT, None),
    )
    day = timezone.localdate()
    for number, (name, door, person, role, loan) in enumerate(told):
        company = HousingCompany.objects.get(name=name)
        asked = actions.Asked(
            company, door, person, f"pyytaja{number}@example.fi", role, loan=loan, loan_on=day if loan is not None else None
        )
        actions.ask_price(asked, actor=VISITOR)


def _load(series: IndexSeries, first: dt.date, values: list[Decimal]) -> None:
    lines = [f"{shift(first, number, Unit.MONTHS):%Y-%m};{value};{SOURCE}" for number, value in enumerate(values)]
    actions.load_indices(series, "\n".join(lines), actor=CLERK)


def _company(plan: Plan, chance: random.Random) -> list[Apartment]:
    told = {"manager": MANAGER, "display_name": plan.name.removeprefix("As Oy Helsingin ")}
    company = actions.add_company(plan.name, plan.kind, plan.street, plan.postal_code, actor=CLERK, **told)  # type: ignore[arg-type]
    house = create(Building(company=company, name="Talo 1", completed_on=plan.completed), actor=CLERK)
    flats, share = [], 1
    for number in range(1, plan.flats + 1):
        area = Decimal(chance.choice([34, 42, 48, 54, 61, 73, 85])) + Decimal("0.5")
        flats.append(_flat(company, plan, number, share, area, building=house))
        share += int(area * 2)
    for flat in flats:
        _sold(flat, shift(plan.completed, chance.randrange(40), Unit.DAYS), Money(int((flat.area or 0) * plan.square)), chance)
    return flats


def _flat(company: HousingCompany, plan: Plan, number: int, share: int, area: Decimal, *, building: Building) -> Apartment:
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
        building=building,
        rooms=f"{max(1, int(area) // 22)}h+k",
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
    for number, flat in enumerate(flats[1:3]):
        confirmed = _confirmed(flat, today)
        actions.send(confirmed, actor=CLERK)
        sale = _sold(flat, today, Money(int(confirmed.price) - chance.randrange(9_000)), chance)
        if number:
            actions.decide_redemption(actions.record_deed(sale, today, actor=CLERK), today, actor=CLERK)
    _confirmed(flats[3], today)
    actions.calculate(flats[4], today, Decimal(2_500), today, actor=CLERK)


def _confirmed(flat: Apartment, today: dt.date) -> MaximumPriceCalculation:
    return actions.confirm(actions.calculate(flat, today, Decimal(0), today, actor=CLERK), actor=CLERK)


def _sold(flat: Apartment, day: dt.date, price: Money, chance: random.Random) -> Sale:
    """A sale to one owner, or to two with the same shares or with others."""
    parts: list[Fraction] = chance.choice([[Fraction(1)], [Fraction(1, 2), Fraction(1, 2)], [Fraction(3, 4), Fraction(1, 4)]])
    owners = [
        (add_subject(f"{chance.choice(FIRST)} {chance.choice(LAST)}", actor=CLERK, personal_id=_code(chance)), Fraction(part))
        for part in parts
    ]
    return actions.sell(flat, actions.NewSale(day, day, price, Money(0), owners), actor=CLERK)


def _code(chance: random.Random) -> PersonalId:
    """An identity code of the artificial range 900–999."""
    born = dt.date(1940, 1, 1) + dt.timedelta(days=chance.randrange(22_000))
    number = chance.randrange(900, 1000)
    return PersonalId.parse(f"{born:%d%m%y}-{number}{CHECK[int(f'{born:%d%m%y}{number}') % 31]}")
