"""What the rules are given: rows of the register become frozen facts here, and queries end here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Avg, Count, Exists, F, OuterRef, Sum
from django.db.models.functions import TruncQuarter
from django.utils.timezone import localdate

from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    AreaPrice,
    CalculationState,
    HitasKind,
    HousingCompany,
    Improvement,
    IndexValue,
    MaximumPriceCalculation,
    Ownership,
    PriceRequest,
    RegulationStatus,
    Sale,
)
from kirjaamo.registers.urban.hitas.rules import flats, release
from kirjaamo.registers.urban.hitas.rules.ceiling import CompanyPrice
from kirjaamo.registers.urban.hitas.rules.conditions import Owned
from kirjaamo.registers.urban.hitas.rules.depreciation import DepreciationTable
from kirjaamo.registers.urban.hitas.rules.figures import half_up
from kirjaamo.registers.urban.hitas.rules.indices import Indices, month_of
from kirjaamo.registers.urban.hitas.rules.types import Case, Company, HitasType, Home, Loan, Work, WorkIndex
from kirjaamo.registers.urban.hitas.rules.validity import hitas_quarter
from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case as RegisteredCase
    from kirjaamo.subjects.models import Subject

DAY_SECONDS = 86_400
NAMED = 10
"""A refusal names at most so many flats."""
DATA = Path(__file__).parent / "data"
TABLE_SOURCE = "City-of-Helsinki/hitas, depreciation_percentage.py (MIT)"


@cache
def depreciation() -> DepreciationTable:
    """The hand-kept table of the rules before 2011, read once."""
    text = (DATA / "depreciation-multipliers.csv").read_text(encoding="utf-8")
    return DepreciationTable.of_csv(text.splitlines(), TABLE_SOURCE)


def indices(months: Iterable[date | None]) -> Indices:
    """Every series at the months of some days."""
    wanted = {month_of(day) for day in months if day is not None}
    return Indices.of(value.as_row() for value in IndexValue.objects.filter(month__in=wanted, voided_at=None))


def money(value: Decimal | None) -> Money | None:
    """A column as money; None stays None."""
    return None if value is None else Money(value)


def first_sales(company: HousingCompany) -> dict[int, Sale]:
    """The first sale of each flat of a company."""
    rows = (
        Sale.objects.filter(apartment__company=company, voided_at=None).order_by("apartment_id", "sold_on", "id").distinct("apartment_id")
    )
    return {sale.apartment_id: sale for sale in rows}


def flats_of(apartments: Sequence[Apartment], firsts: dict[int, Sale]) -> list[flats.Flat]:
    """The flats of a company as the sums over them need."""
    return [_flat(apartment, firsts.get(apartment.pk)) for apartment in apartments]


def _flat(apartment: Apartment, first: Sale | None) -> flats.Flat:
    catalogue = money(apartment.catalogue_price)
    if catalogue is not None:
        catalogue += Money(apartment.catalogue_loan or 0)
    return flats.Flat(str(apartment.pk), apartment.completed_on, first.total if first else None, catalogue)


def case_of(apartment: Apartment, loan: Loan, on: date) -> Case:
    """Everything that the maximum price of a flat on a day is computed from."""
    company = apartment.company
    apartments = list(Apartment.objects.filter(company=company, voided_at=None))
    firsts = first_sales(company)
    home = home_of(apartment, firsts.get(apartment.pk))
    whole = company_of(company, apartments, firsts, home.completed_on, on)
    own, shared = works_of(apartment)
    days = [on, home.completed_on, home.first_sold_on, whole.completed_on, *(work.completed_on for work in (*own, *shared))]
    return Case(home, whole, loan, on, indices(days), depreciation(), own, shared)


def home_of(apartment: Apartment, first: Sale | None) -> Home:
    """A flat and its first sale."""
    return Home(
        name=apartment.door,
        area=apartment.area,
        completed_on=apartment.completed_on,
        first_sold_on=first.sold_on if first else None,
        first_price=Money(first.price) if first else None,
        first_loan=Money(first.loan) if first else Money(0),
        updated_acquisition=money(apartment.updated_acquisition),
        extra_work=Money(apartment.extra_work),
        interest_construction=Money(apartment.interest_construction),
        interest_market=Money(apartment.interest_market),
        shares=apartment.shares,
    )


def company_of(
    company: HousingCompany, apartments: Sequence[Apartment], firsts: dict[int, Sale], completed_on: date | None, on: date
) -> Company:
    """A company with the sums over its flats; `completed_on` is the completion of the flat in question."""
    told = flats_of(apartments, firsts)
    kind = HitasType(company.kind)
    return Company(
        name=company.name,
        type=kind,
        completed_on=flats.company_completion(told, kind, on),
        area=sum((one.area for one in apartments if one.area), Decimal(0)),
        shares=sum(one.shares or 0 for one in apartments),
        regulated=company.status == RegulationStatus.REGULATED,
        released_on=company.released_on,
        unfinished=tuple(sorted(one.door for one in apartments if one.completed_on is None)[:NAMED]),
        acquisition=flats.acquisition(told),
        same_day_acquisition=flats.same_day_acquisition(told, completed_on),
    )


def works_of(apartment: Apartment) -> tuple[tuple[Work, ...], tuple[Work, ...]]:
    """The improvements of a flat and those of its company, oldest first."""
    rows = Improvement.objects.filter(voided_at=None).order_by("completed_on", "id")
    return _works(rows.filter(apartment=apartment)), _works(rows.filter(company=apartment.company))


def _works(rows: Iterable[Improvement]) -> tuple[Work, ...]:
    return tuple(
        Work(f"w{row.pk}", row.name, Money(row.value), row.completed_on, WorkIndex(row.run), row.yearly_percent, row.no_deductions)
        for row in rows
    )


# Over companies ----------------------------------------------------------------------------------------------------------


def company_prices(on: date) -> dict[HousingCompany, CompanyPrice]:
    """The regulated companies that are completed, as they count in the ceiling and in the 30-year run. Three statements in all."""
    companies = list(HousingCompany.objects.filter(status=RegulationStatus.REGULATED, voided_at=None).order_by("name"))
    homes = _homes_of_all()
    priced = {company: _company_price(company, homes[company.pk], on) for company in companies}
    return {company: price for company, price in priced.items() if price is not None}


def _homes_of_all() -> dict[int, list[tuple[flats.Flat, Decimal]]]:
    """The flats of every regulated company with their areas, by company; as plain values, since there are many."""
    within = {"company__status": RegulationStatus.REGULATED, "company__voided_at": None}
    sold = Sale.objects.filter(voided_at=None, **{f"apartment__{name}": value for name, value in within.items()})
    first = sold.order_by("apartment_id", "sold_on", "id").distinct("apartment_id").values_list("apartment_id", "price", "loan")
    firsts = {key: Money(price + loan) for key, price, loan in first.iterator()}
    homes: dict[int, list[tuple[flats.Flat, Decimal]]] = defaultdict(list)
    rows = Apartment.objects.filter(voided_at=None, **within).values_list("pk", "company_id", "completed_on", "area")
    for key, company, completed, area in rows.iterator():
        homes[company].append((flats.Flat(str(key), completed, firsts.get(key)), area or Decimal(0)))
    return homes


def _company_price(company: HousingCompany, homes: Sequence[tuple[flats.Flat, Decimal]], on: date) -> CompanyPrice | None:
    kind = HitasType(company.kind)
    told = [flat for flat, _area in homes]
    completed = flats.company_completion(told, kind, on)
    if kind is HitasType.NON_HITAS or completed is None or completed > on:
        return None
    area = sum((area for _flat, area in homes), Decimal(0))
    return CompanyPrice(f"c{company.pk}", company.name, kind, completed, flats.realised(told), area, company.excluded)


def price_indices(prices: Iterable[CompanyPrice], quarter: date) -> Indices:
    """The index rows that companies and a quarter need."""
    return indices([quarter, *(price.completed_on for price in prices)])


def sold_in(on: date) -> list[release.SoldIn]:
    """Sales of the four quarters before a day: resales of Hitas flats one by one, and those of the areas as they were loaded.

    Half-Hitas flats are left out: they are sold without a price control after two years.
    """
    first, end = release.sales_period(on)
    earlier = Sale.objects.filter(apartment=OuterRef("apartment"), sold_on__lt=OuterRef("sold_on"), voided_at=None)
    resales = Sale.objects.filter(Exists(earlier), sold_on__gte=first, sold_on__lt=end, excluded=False, voided_at=None)
    counted = resales.filter(apartment__company__excluded=False, apartment__area__gt=0).exclude(
        apartment__company__kind=HitasKind.HALF_HITAS
    )
    counted = counted.select_related("apartment__company")
    areas = AreaPrice.objects.filter(quarter__gte=first, quarter__lt=end, voided_at=None)
    return [
        *(release.SoldIn(s.apartment.company.postal_code, s.total.amount / s.apartment.area, 1, str(s)) for s in counted),
        *(release.SoldIn(area.postal_code, area.price, area.sales, area.source) for area in areas),
    ]


@dataclass(frozen=True)
class ResoldIn:
    """The resales of a postal code in a calendar quarter: how many, the debt-free price of a square metre on the average, the total."""

    quarter: date
    postal_code: str
    sales: int
    square: Decimal
    total: Decimal


def statistics(first: date) -> list[ResoldIn]:
    """Resales since a day by quarter and postal code; what is left out of statistics is not counted."""
    earlier = Sale.objects.filter(apartment=OuterRef("apartment"), sold_on__lt=OuterRef("sold_on"), voided_at=None)
    rows = Sale.objects.filter(Exists(earlier), sold_on__gte=first, excluded=False, voided_at=None)
    rows = rows.filter(apartment__company__excluded=False, apartment__area__gt=0)
    price = F("price") + F("loan")
    grouped = rows.annotate(quarter=TruncQuarter("sold_on"), code=F("apartment__company__postal_code")).values("quarter", "code")
    told = grouped.annotate(sales=Count("pk"), square=Avg(price / F("apartment__area")), paid=Sum(price)).order_by("-quarter", "code")
    return [ResoldIn(row["quarter"], row["code"], row["sales"], half_up(Fraction(row["square"])), row["paid"]) for row in told]


@dataclass(frozen=True)
class HandledIn:
    """The prices that were confirmed in a calendar quarter: how many, and how many days they took from the case on the average."""

    quarter: date
    prices: int
    days: Decimal


def handled(first: date) -> list[HandledIn]:
    """Prices confirmed since a day by quarter, with the average time from the beginning of the case to the confirmation."""
    rows = MaximumPriceCalculation.objects.filter(confirmed_at__date__gte=first, state=CalculationState.CONFIRMED, voided_at=None)
    grouped = rows.annotate(quarter=TruncQuarter("confirmed_at"), took=F("confirmed_at") - F("case__initiated_at")).values("quarter")
    told = grouped.annotate(prices=Count("pk"), mean=Avg("took")).order_by("-quarter")
    return [HandledIn(localdate(row["quarter"]), row["prices"], half_up(_days(row["mean"]), Decimal("0.1"))) for row in told]


def _days(took: timedelta) -> Fraction:
    return Fraction(took // timedelta(seconds=1), DAY_SECONDS)


def verdicts(on: date, instead: Mapping[str, Sequence[str]]) -> tuple[dict[str, HousingCompany], tuple[release.Verdict, ...]]:
    """What the 30-year rule says on a day, and the companies by the keys of their prices."""
    quarter = hitas_quarter(on)
    prices = company_prices(on)
    candidates = [release.Candidate(price, company.postal_code) for company, price in prices.items()]
    due = [one for one in candidates if release.due(one, quarter)]
    known = price_indices([one.company for one in due], quarter)
    return {price.key: company for company, price in prices.items()}, release.regulation_run(due, sold_in(on), known, on, instead)


# Owners ------------------------------------------------------------------------------------------------------------------


def current_owners(apartment: Apartment) -> list[Subject]:
    """Who owns a flat now, as far as they are known."""
    rows = Ownership.objects.filter(apartment=apartment, ended_on=None, voided_at=None, owner__isnull=False).select_related("owner")
    return [row.owner for row in rows.order_by("id")]


def owned(apartment: Apartment) -> Owned:
    """A flat as the rule of two flats sees it."""
    company = apartment.company
    return Owned(HitasType(company.kind), apartment.completed_on, company.status == RegulationStatus.REGULATED)


def first_sale(apartment: Apartment) -> date | None:
    """The day of the flat's first sale."""
    sold = Sale.objects.filter(apartment=apartment, voided_at=None).order_by("sold_on", "id")
    return sold.values_list("sold_on", flat=True).first()


def flat_of_door(company: HousingCompany, door: str) -> Apartment | None:
    """The only flat of a company whose address or whose end of it (``A 12``) is as someone wrote it; None when none or several are."""
    wanted = "".join(door.split()).casefold()
    if not wanted:
        return None
    flats_known = list(Apartment.objects.filter(company=company, voided_at=None))
    doors = [(flat, "".join(flat.door.split()).casefold()) for flat in flats_known]
    whole = [flat for flat, known in doors if known == wanted]
    found = whole or [flat for flat, known in doors if known.removeprefix("".join(company.address.split()).casefold()) == wanted]
    return found[0] if len(found) == 1 else None


def case_of_request(apartment: Apartment) -> RegisteredCase | None:
    """The case of the oldest request about a flat that waits for its price."""
    waiting = PriceRequest.objects.filter(apartment=apartment, computed_on=None, voided_at=None).select_related("case").order_by("id")
    request = waiting.first()
    return request.case if request else None


def confirmed_on(apartment: Apartment, day: date) -> MaximumPriceCalculation | None:
    """The confirmed calculation that a sale on a day is checked against: the latest that was computed by then, else the latest of all."""
    rows = MaximumPriceCalculation.objects.filter(apartment=apartment, state=CalculationState.CONFIRMED, voided_at=None).order_by(
        "-calculated_on", "-id"
    )
    return rows.filter(calculated_on__lte=day).first() or rows.first()
