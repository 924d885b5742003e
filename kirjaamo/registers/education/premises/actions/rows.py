"""Dated rows: price lists and their prices, rates of value added tax, the order of ranks."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.registers.education.premises.checks import alone, days_told, said
from kirjaamo.registers.education.premises.choices import Activity, Group, RoomKind
from kirjaamo.registers.education.premises.models import Price, PriceList, RankOrder, TaxRate
from kirjaamo.registers.education.premises.rules import price_lines

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

TAXES = Path(__file__).parents[1] / "data" / "taxes.toml"


@action(_("Lisää hinnasto"), needs="decide")
def add_price_list(
    title: Annotated[str, Ask(_("Hinnaston nimi"))],
    source: Annotated[str, Ask(_("Päätös"), hint=_("Toimielin ja asiatunnus"))],
    first: Annotated[dt.date, Ask(_("Voimassa alkaen"))],
    last: Annotated[dt.date | None, Ask(_("Voimassa viimeistään"))],
    rows: Annotated[
        str,
        Ask(
            _("Hinnat riveittäin"), hint=_("tilan laji;maksuryhmä;arki tai viikonloppu;valvottu tai omatoiminen;hinta tunnilta"), long=True
        ),
    ],
    *,
    actor: Actor,
) -> PriceList:
    """Take a price list into use. Every line that cannot be read is named and nothing is stored."""
    read = price_lines.read_prices(rows)
    if read.problems:
        raise BadInput(" ".join(said(problem) for problem in read.problems[:20]), code="premises.price_lines", field="rows")
    if not read.prices:
        raise BadInput(_("Kirjoita hinnat riveittäin."), code="premises.no_prices", field="rows")
    price_list = create(PriceList(title=title, source=source, valid=alone(PriceList, first, last)), actor=actor)
    for cell, hourly in read.prices:
        create(
            Price(
                price_list=price_list,
                kind=cell.kind,
                group=cell.group,
                weekend=cell.weekend,
                self_supervised=cell.self_supervised,
                hourly=hourly.amount,
            ),
            actor=actor,
        )
    return price_list


@action(_("Päätä hinnaston voimassaolo"), needs="decide")
def end_price_list(price_list: PriceList, last: Annotated[dt.date, Ask(_("Viimeinen voimassaolopäivä"))], *, actor: Actor) -> PriceList:
    """End a list on a day, so that the next one may begin."""
    return change(price_list, {"valid": days_told(price_list.valid.lower, last)}, version=price_list.version, actor=actor)


@action(_("Lisää jakojärjestys"), needs="decide")
def add_rank_order(
    order: Annotated[str, Ask(_("Toiminnat järjestyksessä"), hint=_("Tunnukset välilyönnein: youth special education association other"))],
    source: Annotated[str, Ask(_("Päätös"))],
    first: Annotated[dt.date, Ask(_("Voimassa alkaen"))],
    last: Annotated[dt.date | None, Ask(_("Voimassa viimeistään"))] = None,
    *,
    actor: Actor,
) -> RankOrder:
    """Take an order of activities into use: each one once."""
    words = order.split()
    if sorted(words) != sorted(Activity.values):
        told = {"all": " ".join(Activity.values), "given": order.strip()}
        raise BadInput(
            _("Luettele jokainen toiminta kerran: %(all)s. Annoit: %(given)s.") % told, code="premises.rank_order", field="order"
        )
    return create(RankOrder(order=" ".join(words), source=source, valid=alone(RankOrder, first, last)), actor=actor)


@action(_("Lisää hinta hinnastoon"), needs="decide")
def add_price(
    price_list: PriceList,
    kind: Annotated[RoomKind, Ask(_("Tilan laji"))],
    group: Annotated[Group, Ask(_("Maksuryhmä"))],
    hourly: Annotated[Decimal, Ask(_("Hinta tunnilta ilman arvonlisäveroa"), least=0)],
    weekend: Annotated[bool, Ask(_("Viikonloppu"))] = False,  # noqa: FBT002 - a box of the form
    self_supervised: Annotated[bool, Ask(_("Omatoiminen käyttö"))] = False,  # noqa: FBT002 - as above
    *,
    actor: Actor,
) -> Price:
    """Add a price that the list lacks; what it has already is not changed, since uses may have been priced by it."""
    cell = {"kind": kind, "group": group, "weekend": weekend, "self_supervised": self_supervised}
    return create(Price(price_list=price_list, hourly=hourly, **cell), actor=actor)


# Value added tax -----------------------------------------------------------------------------------------------------------


@action(_("Lisää arvonlisäverokanta"), needs="decide")
def add_tax_rate(
    percent: Annotated[Decimal, Ask(_("Verokanta prosentteina"), least=0, most=100)],
    source: Annotated[str, Ask(_("Lähde"), hint=_("Säädös ja pykälä tai päätös"))],
    known: Annotated[RowKnown, Ask(_("Miten tiedetään"))],
    first: Annotated[dt.date, Ask(_("Voimassa alkaen"))],
    last: Annotated[dt.date | None, Ask(_("Voimassa viimeistään"))] = None,
    *,
    actor: Actor,
) -> TaxRate:
    """Take a rate into use; the one before it is ended first."""
    return create(TaxRate(percent=percent, source=source, known=known, valid=alone(TaxRate, first, last)), actor=actor)


@action(_("Päätä verokannan voimassaolo"), needs="decide")
def end_tax_rate(tax_rate: TaxRate, last: Annotated[dt.date, Ask(_("Viimeinen voimassaolopäivä"))], *, actor: Actor) -> TaxRate:
    """End a rate on a day, so that the next one may begin."""
    return change(tax_rate, {"valid": days_told(tax_rate.valid.lower, last)}, version=tax_rate.version, actor=actor)


@action(_("Lataa ohjelman mukana tulevat verokannat"), needs="decide")
def load_tax_rates(*, actor: Actor) -> TaxRate:
    """Add the rates that come with the program, when the register has none of its own."""
    held = list(TaxRate.objects.filter(voided_at=None))
    if held:
        told = {"rates": ", ".join(map(str, held))}
        raise OutOfOrder(_("Verokannat on jo lisätty: %(rates)s. Lisää uusi rivi, kun kanta muuttuu.") % told, code="premises.taxes_loaded")
    return [create(_tax_rate(row), actor=actor) for row in tomllib.loads(TAXES.read_text("utf-8"))["rate"]][-1]


def _tax_rate(row: dict[str, Any]) -> TaxRate:
    valid = days_told(row["from"], row.get("to"))
    return TaxRate(percent=Decimal(row["percent"]), source=row["source"], known=row["known"], valid=valid)
