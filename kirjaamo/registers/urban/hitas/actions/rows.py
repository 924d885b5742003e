"""Verbs of dated rows: indices, area prices, the price ceiling, the interest during construction."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, create, void
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.registers.urban.hitas import facts, imports
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    AreaPrice,
    ConstructionInterest,
    ImprovementRun,
    IndexSeries,
    IndexValue,
)
from kirjaamo.registers.urban.hitas.rules.ceiling import price_ceiling
from kirjaamo.registers.urban.hitas.rules.interest import construction_interest
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.registers.urban.hitas.rules.validity import hitas_quarter, quarter_months
from kirjaamo.ui import wording
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


from kirjaamo.registers.urban.hitas.actions.refusing import told

V = TypeVar("V")
NAMED = 12
"""A refusal names at most so many rows."""


@action(_("Lataa indeksilukuja"), needs="write")
def load_indices(
    series: Annotated[IndexSeries, Ask(_("Sarja"))],
    lines: Annotated[
        str, Ask(_("Rivit"), hint=_("Kuukausi, arvo ja lähde puolipisteillä erotettuina: 2026-03;146,4;Tilastokeskus"), long=True)
    ],
    *,
    actor: Actor,
) -> IndexValue:
    """Load months of a series. Any bad row stops the load; every bad row and every month already known is named."""
    del actor
    read = imports.read_indices(lines.splitlines())
    if read.faults or not read.rows:
        raise BadInput(read.told() or _("Anna ainakin yksi rivi."), code="hitas.bad_rows", field="lines")
    if twice := _twice([row.month for row in read.rows]):
        text = _("Kuukausi on riveillä kahdesti: %(months)s. Jätä kustakin yksi rivi.")
        raise BadInput(text % {"months": ", ".join(map(_month, twice))}, code="hitas.month_twice", field="lines")
    _refuse_known(series, [row.month for row in read.rows])
    rows = [IndexValue(series=series, month=row.month, value=row.value, source=row.source) for row in read.rows]
    try:
        with transaction.atomic():
            made = IndexValue.objects.bulk_create(rows)
    except IntegrityError as error:  # another load of the same months was first
        _refuse_known(series, [row.month for row in read.rows])
        raise BadInput(_("Rivejä ei voitu tallentaa. Tarkista ne."), code="hitas.bad_rows", field="lines") from error
    return made[-1]


def _twice(told: Sequence[V]) -> list[V]:
    return [one for one, count in Counter(told).items() if count > 1]


def _month(day: dt.date) -> str:
    return f"{day.month}/{day.year}"


def _refuse_known(series: IndexSeries, months: Sequence[dt.date], field: str = "lines") -> None:
    """Name the months that the series has already, each with its figure and where it came from."""
    known = IndexValue.objects.filter(series=series, month__in=months, voided_at=None).order_by("month")
    if lines := [f"{_month(one.month)}: {wording.figure(one.value)} ({one.source})" for one in known[:NAMED]]:
        text = _("Sarjassa %(series)s on jo luku kuukausille %(months)s. Mitätöi se ennen korjatun luvun lisäämistä.")
        raise OutOfOrder(text % {"series": series.label, "months": "; ".join(lines)}, code="hitas.month_known", field=field)


@action(_("Lataa alueiden hintatietoja"), needs="write")
def load_area_prices(
    quarter: Annotated[dt.date, Ask(_("Neljänneksen ensimmäinen päivä"))],
    lines: Annotated[
        str, Ask(_("Rivit"), hint=_("Postinumero, neliöhinta, kauppojen määrä ja lähde: 00550;5210,50;14;Tilastokeskus"), long=True)
    ],
    *,
    actor: Actor,
) -> AreaPrice:
    """Load the average prices of postal codes in a quarter. Any bad row stops the load and every bad one is named."""
    read = imports.read_areas(lines.splitlines())
    if read.faults or not read.rows:
        raise BadInput(read.told() or _("Anna ainakin yksi rivi."), code="hitas.bad_rows", field="lines")
    codes = [row.postal_code for row in read.rows]
    if twice := _twice(codes):
        text = _("Postinumero on riveillä kahdesti: %(codes)s. Jätä kustakin yksi rivi.")
        raise BadInput(text % {"codes": ", ".join(twice)}, code="hitas.area_twice", field="lines")
    _refuse_known_areas(quarter, codes)
    facts_of = ({"postal_code": r.postal_code, "price": r.price, "sales": r.sales, "source": r.source} for r in read.rows)
    made = [create(AreaPrice(quarter=quarter, **row), actor=actor) for row in facts_of]
    return made[-1]


def _refuse_known_areas(quarter: dt.date, codes: Sequence[str]) -> None:
    """Name the postal codes that have a price of the quarter already, each with its price, sales and source."""
    known = AreaPrice.objects.filter(quarter=quarter, postal_code__in=codes, voided_at=None).order_by("postal_code")[:NAMED]
    lines = [f"{one.postal_code}: {wording.euro(one.price)}, {one.sales} ({one.source})" for one in known]
    if lines:
        text = _("Neljänneksellä %(quarter)s on jo hintatieto: %(areas)s. Mitätöi se ennen korjatun hintatiedon lisäämistä.")
        values = {"quarter": wording.day(quarter), "areas": "; ".join(lines)}
        raise OutOfOrder(text % values, code="hitas.area_known", field="lines")


def _holds(row: IndexValue | AreaPrice) -> bool:
    return row.voided_at is None


@action(_("Mitätöi luku"), needs="write", when=_holds)
def void_index(value: IndexValue, reason: Annotated[str, Ask(_("Syy"), long=True)], *, actor: Actor) -> IndexValue:
    """Void a figure so that a corrected one may be added; calculations that used it stay as they were told."""
    return void(value, reason, actor=actor)


@action(_("Mitätöi hintatieto"), needs="write", when=_holds)
def void_area_price(price: AreaPrice, reason: Annotated[str, Ask(_("Syy"), long=True)], *, actor: Actor) -> AreaPrice:
    """Void an average price so that a corrected one may be added; verdicts that used it stay as they were given."""
    return void(price, reason, actor=actor)


@action(_("Laske rajaneliöhinta"), needs="decide")
def compute_ceiling(on: Annotated[dt.date, Ask(_("Päivä neljänneksellä"))], *, actor: Actor) -> IndexValue:
    """Compute the price ceiling of the Hitas quarter of a day and store it for its three months, with every line of it."""
    quarter = hitas_quarter(on)
    months = [shift(quarter, number, Unit.MONTHS) for number in range(quarter_months(quarter))]
    _refuse_known(IndexSeries.CEILING, months, "on")
    companies = list(facts.company_prices(quarter).values())
    with told():
        result = price_ceiling(companies, facts.price_indices(companies, quarter), quarter)
    assert isinstance(result.result, Money)  # noqa: S101 - the rule says so
    rows = [
        IndexValue(
            series=IndexSeries.CEILING,
            month=month,
            value=result.result.amount,
            source=str(_("Laskettu tässä rekisterissä")),
            calculation={"calculations": [result.as_data()]},
        )
        for month in months
    ]
    return [create(row, actor=actor) for row in rows][0]  # noqa: RUF015 - all three are stored


@action(_("Laske rakennusaikainen korko"), needs="write")
def compute_interest(
    apartment: Apartment,
    price: Annotated[Decimal, Ask(_("Luovutushinta"), least=0)],
    loan: Annotated[Decimal, Ask(_("Rakennusaikainen laina"), least=0)],
    rate: Annotated[Decimal, Ask(_("Korko, %"), least=0, most=100)],
    lines: Annotated[str, Ask(_("Maksuerät"), hint=_("Päivä ja osuus prosentteina: 15.3.2024;20"), long=True)],
    run: Annotated[ImprovementRun, Ask(_("Otetaan huomioon"))] = ImprovementRun.BOTH,
    *,
    actor: Actor,
) -> ConstructionInterest:
    """Compute the interest of the instalments and write it on the flat, for the runs that are told."""
    read = imports.read_instalments(lines.splitlines())
    if read.faults:
        raise BadInput(read.told(), code="hitas.bad_rows", field="lines")
    flat = Apartment.objects.select_for_update().get(pk=apartment.pk)
    with told(field="lines"):
        if flat.completed_on is None:
            raise HitasProblem("completion_missing", home=flat.door)
        result = construction_interest(Money(price), Money(loan), rate, flat.completed_on, read.rows)
    assert isinstance(result.result, Money)  # noqa: S101 - the rule says so
    names = [f"interest_{one}" for one in (ImprovementRun.CONSTRUCTION, ImprovementRun.MARKET) if run in {ImprovementRun.BOTH, one}]
    for name in names:
        setattr(flat, name, result.result.amount)
    flat.version += 1
    flat.save(update_fields=[*names, "version", "changed_at"])
    stored = {"calculations": [result.as_data()]}
    return create(ConstructionInterest(apartment=flat, rate=rate, interest=result.result.amount, told=stored), actor=actor)
