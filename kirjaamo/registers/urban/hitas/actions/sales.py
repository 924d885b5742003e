"""Verbs of sales."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create, void
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.norms.clocks import rule
from kirjaamo.registers.urban.hitas import facts
from kirjaamo.registers.urban.hitas.actions import buying, conditions, sale_cases
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    ConditionOfSale,
    Fulfilment,
    MaximumPriceCalculation,
    Ownership,
    Redemption,
    RegulationStatus,
    Sale,
)
from kirjaamo.registers.urban.hitas.rules.figures import show
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.registers.urban.hitas.rules.sales import check_sale
from kirjaamo.ui import wording
from kirjaamo.values.calendar import FinnishCalendar
from kirjaamo.values.deadlines import count
from kirjaamo.values.money import Money
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject


from kirjaamo.registers.urban.hitas.actions.refusing import refusal, told


@dataclass(frozen=True)
class NewSale:
    """What is told of a sale, and its owners with their shares."""

    sold_on: dt.date
    notified_on: dt.date
    price: Money
    loan: Money
    owners: Sequence[tuple[Subject, Fraction]]
    excluded: bool = False


@action(_("Kirjaa kauppa"), needs="write", measure="sale", done=_("Kauppa kirjattu"))
def record_sale(  # noqa: PLR0913, PLR0917 - a sale is these facts
    apartment: Apartment,
    sold_on: Annotated[dt.date, Ask(_("Kauppapäivä"))],
    notified_on: Annotated[dt.date, Ask(_("Ilmoitettu"))],
    price: Annotated[Decimal, Ask(_("Kauppahinta"), least=0)],
    loan: Annotated[Decimal, Ask(_("Osuus yhtiölainoista"), least=0)],
    buyer_id: Annotated[PersonalId | None, Ask(_("Ostajan henkilötunnus"))] = None,
    buyer: Annotated[str, Ask(_("Ostajan nimi"))] = "",
    share: Annotated[Decimal | None, Ask(_("Ostajan osuus, %"), hint=_("Tyhjä: kaikilla yhtä suuri osuus."), least=0, most=100)] = None,
    second_id: Annotated[PersonalId | None, Ask(_("Toisen ostajan henkilötunnus"))] = None,
    second: Annotated[str, Ask(_("Toisen ostajan nimi"))] = "",
    second_share: Annotated[Decimal | None, Ask(_("Toisen ostajan osuus, %"), least=0, most=100)] = None,
    more: Annotated[
        str, Ask(_("Muut ostajat"), hint=_("Rivi kutakin: henkilötunnus tai Y-tunnus;nimi;osuus prosentteina"), long=True)
    ] = "",
    excluded: Annotated[bool, Ask(_("Ei mukana tilastoissa"))] = False,  # noqa: FBT002 - a box of a form
    *,
    actor: Actor,
) -> Sale:
    """Record a sale to its buyers with their shares. A resale may not be above the confirmed maximum price."""
    typed = [
        buying.typed(buyer_id, buyer, share, ("buyer_id", "buyer")),
        buying.typed(second_id, second, second_share, ("second_id", "second")),
    ]
    owners = buying.owners([one for one in typed if one is not None], more, actor=actor)
    return sell(apartment, NewSale(sold_on, notified_on, Money(price), Money(loan), owners, excluded), actor=actor)


@action(_("Kirjaa kauppa"), needs="write")
def sell(apartment: Apartment, new: NewSale, *, actor: Actor) -> Sale:
    """Check a sale against the maximum price, record it with its owners, and end the ownerships before it."""
    total = sum((share for _owner, share in new.owners), Fraction(0))
    if total != 1:
        raise refusal(HitasProblem("shares_not_whole", sum=f"{show(total * 100)} %"), "share")
    held = Apartment.objects.select_for_update().select_related("company").get(pk=apartment.pk)
    checked = _checked_against(held, new)
    _ask_made(new.sold_on, "sold_on")
    case = sale_cases.case_of(held, checked, [owner for owner, _share in new.owners], actor=actor)
    resale = {} if checked is None else _terms(new.notified_on)
    sale = Sale(
        case=case,
        apartment=held,
        sold_on=new.sold_on,
        notified_on=new.notified_on,
        price=new.price.amount,
        loan=new.loan.amount,
        checked_against=checked,
        excluded=new.excluded,
        **resale,
    )
    create(sale, actor=actor)
    Ownership.objects.filter(apartment=held, ended_on=None, voided_at=None).update(ended_on=new.sold_on)
    conditions.fulfil(conditions.of_flat(held), new.sold_on, Fulfilment.SOLD)
    rows = [Ownership(sale=sale, apartment=held, owner=owner, part=share.numerator, whole=share.denominator) for owner, share in new.owners]
    conditions.bind([create(row, actor=actor) for row in rows], actor=actor)
    return sale


def _ask_made(day: dt.date, field: str) -> None:
    """Refuse a day that has not come: nothing has been sold, brought or decided on it yet."""
    today = timezone.localdate()
    if day > today:
        text = _("Päivä %(day)s on tulevaisuudessa: tänään on %(today)s. Tarkista päivä.")
        raise BadInput(text % {"day": wording.day(day), "today": wording.day(today)}, code="hitas.day_ahead", field=field)


def _terms(notified_on: dt.date) -> Mapping[str, Any]:
    """By when the deed of a resale is to come and the city may redeem: the dated terms in force on the day of the notice."""
    deed, redeem = (count(rule(code, notified_on), notified_on, FinnishCalendar()) for code in ("hitas-deed", "hitas-redemption"))
    return {"deed_due": deed.legal_last_day, "redeem_until": redeem.legal_last_day, "redemption": Redemption.OPEN}


def _lacks_deed(sale: Sale) -> bool:
    return sale.voided_at is None and sale.deed_on is None and sale.deed_due is not None


def _may_redeem(sale: Sale) -> bool:
    return sale.voided_at is None and sale.redemption == Redemption.OPEN


def _no_deed(sale: Sale) -> object:
    """Why no deed is awaited of a sale."""
    if sale.voided_at is not None:
        return _("Kauppa on mitätöity. Siltä ei odoteta kauppakirjaa.")
    if sale.deed_on is not None:
        return _("Kauppakirja saapui jo %(day)s.") % {"day": wording.day(sale.deed_on)}
    return _("Ensimmäiseltä kaupalta ja vapautuneen yhtiön kaupalta ei odoteta kauppakirjaa.")


def _no_redemption(sale: Sale) -> object:
    """Why there is no redemption to decide of a sale."""
    if sale.voided_at is not None:
        return _("Kauppa on mitätöity. Lunastuksesta ei ole ratkaistavaa.")
    if sale.redemption_on is not None:
        told = {"day": wording.day(sale.redemption_on), "how": sale.get_redemption_display()}
        return _("Lunastus ratkaistiin jo %(day)s: %(how)s.") % told
    return _("Ensimmäistä kauppaa ja vapautuneen yhtiön kauppaa kaupunki ei voi lunastaa.")


@action(_("Kirjaa kauppakirja"), needs="write", measure="deed", when=_lacks_deed, done=_("Kauppakirja saapunut"))
def record_deed(sale: Sale, on: Annotated[dt.date, Ask(_("Kauppakirja saapunut"))], *, actor: Actor) -> Sale:
    """Record the day on which the deed of a resale came."""
    if not _lacks_deed(sale):
        raise OutOfOrder(_no_deed(sale), code="hitas.no_deed_awaited")
    _ask_made(on, "on")
    done = change(sale, {"deed_on": on}, version=sale.version, actor=actor)
    sale_cases.end_when_done(done, actor=actor)
    return done


@action(_("Ratkaise lunastus"), needs="decide", measure="redemption", when=_may_redeem, done=_("Lunastus ratkaistu"))
def decide_redemption(
    sale: Sale,
    on: Annotated[dt.date, Ask(_("Ratkaisun päivä"))],
    redeemed: Annotated[bool, Ask(_("Kaupunki lunastaa huoneiston"))] = False,  # noqa: FBT002 - a box of a form
    *,
    actor: Actor,
) -> Sale:
    """Decide whether the city redeems the flat: within its time, or not at all."""
    if not _may_redeem(sale):
        raise OutOfOrder(_no_redemption(sale), code="hitas.no_redemption")
    if redeemed and sale.redeem_until is not None and on > sale.redeem_until:
        term = rule("hitas-redemption", sale.notified_on)
        text = _("Lunastusoikeus päättyi %(until)s. Ratkaisun päivä %(on)s on sen jälkeen.")
        days = {"until": wording.day(sale.redeem_until), "on": wording.day(on)}
        raise Refused(text % days, code="hitas.redemption_late", section=term.legal_basis, field="on")
    chosen = Redemption.USED if redeemed else Redemption.WAIVED
    done = change(sale, {"redemption": chosen, "redemption_on": on}, version=sale.version, actor=actor)
    sale_cases.end_when_done(done, actor=actor)
    return done


def _checked_against(apartment: Apartment, new: NewSale) -> MaximumPriceCalculation | None:
    """The confirmed price of a resale that keeps it; None for the first sale and for a company that was released."""
    last = Sale.objects.filter(apartment=apartment, voided_at=None).order_by("-sold_on").first()
    if last is not None and new.sold_on <= last.sold_on:
        text = _("Kauppapäivä on %(given)s, mutta huoneistosta on jo kirjattu kauppa %(last)s. Anna myöhempi päivä tai mitätöi se kauppa.")
        days = {"given": wording.day(new.sold_on), "last": wording.day(last.sold_on)}
        raise BadInput(text % days, code="hitas.sale_out_of_order", field="sold_on")
    if last is None or apartment.company.status != RegulationStatus.REGULATED:
        return None
    confirmed = facts.confirmed_on(apartment, new.sold_on)
    with told("price"):
        check_sale(apartment.door, new.sold_on, new.price, new.loan, confirmed.confirmed_price if confirmed else None)
    return confirmed


def _holds(sale: Sale) -> bool:
    return sale.voided_at is None


@action(_("Mitätöi kauppa"), needs="decide", when=_holds)
def void_sale(sale: Sale, reason: Annotated[str, Ask(_("Syy"), long=True)], *, actor: Actor) -> Sale:
    """Void the last sale of a flat with its ownerships; those before it hold again."""
    apartment = Apartment.objects.select_for_update().get(pk=sale.apartment_id)
    last = Sale.objects.filter(apartment=apartment, voided_at=None).order_by("-sold_on").first()
    if last != sale:
        raise OutOfOrder(_not_last(sale, last), code="hitas.not_last_sale")
    Ownership.objects.filter(sale=sale, voided_at=None).update(voided_at=running().at, void_reason=reason)
    _reopen_conditions(sale, reason)
    done = void(sale, reason, actor=actor)
    sale_cases.end_when_done(done, actor=actor)
    before = Sale.objects.filter(apartment=apartment, voided_at=None).order_by("-sold_on").first()
    if before is not None:
        Ownership.objects.filter(sale=before, voided_at=None).update(ended_on=None)
    return done


def _not_last(sale: Sale, last: Sale | None) -> object:
    """Why a sale cannot be voided: it is void, or another came after it."""
    if sale.voided_at is not None or last is None:
        return _("Kauppa on jo mitätöity.")
    text = _("Kauppaa %(sold)s ei voi mitätöidä ennen myöhempää kauppaa %(last)s. Mitätöi se ensin.")
    return text % {"sold": wording.day(sale.sold_on), "last": wording.day(last.sold_on)}


def _is_counted(sale: Sale) -> bool:
    return sale.voided_at is None and not sale.excluded


def _is_excluded(sale: Sale) -> bool:
    return sale.voided_at is None and sale.excluded


@action(_("Jätä pois tilastoista"), needs="write", when=_is_counted)
def exclude_sale(sale: Sale, *, actor: Actor) -> Sale:
    """Leave a sale out of statistics and of the averages of the 30-year run."""
    return change(sale, {"excluded": True}, version=sale.version, actor=actor)


@action(_("Ota mukaan tilastoihin"), needs="write", when=_is_excluded)
def include_sale(sale: Sale, *, actor: Actor) -> Sale:
    """Count a sale in statistics again."""
    return change(sale, {"excluded": False}, version=sale.version, actor=actor)


def _reopen_conditions(sale: Sale, reason: str) -> None:
    """Conditions that the sale made are void with it; those that it fulfilled hold again."""
    rows = ConditionOfSale.objects.filter(voided_at=None)
    rows.filter(new__sale=sale).update(voided_at=running().at, void_reason=reason)
    by_sale = rows.filter(conditions.of_flat(sale.apartment), fulfilled_on=sale.sold_on, fulfilment=Fulfilment.SOLD)
    by_sale.update(fulfilled_on=None, fulfilment="")
