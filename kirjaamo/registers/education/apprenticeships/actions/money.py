"""Compensation and benefits: decided, reckoned, confirmed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create, void
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.registers.education.apprenticeships import reading
from kirjaamo.registers.education.apprenticeships.actions.contracts import held_row, is_in_force, needs_force
from kirjaamo.registers.education.apprenticeships.actions.telling import days_told, refuse, ruled
from kirjaamo.registers.education.apprenticeships.choices import ApprenticeshipState, PaymentState
from kirjaamo.registers.education.apprenticeships.models import (
    Apprenticeship,
    BenefitClaim,
    CompensationDecision,
    CompensationPayment,
)
from kirjaamo.registers.education.apprenticeships.rules import benefits, compensation
from kirjaamo.ui import wording
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from django.db.backends.postgresql.psycopg_any import DateRange

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.registers.education.apprenticeships.rules.rates import Rates
    from kirjaamo.values.calculation import Calculation


AGAIN = _("Laskettu uudelleen muuttuneista tiedoista")
CLAIMED = ("apprenticeship", "student", "days", "minor_children", "nights", "kilometres", "round_trip", "daily_travel")
"""What a student claims; the rest of a claim is reckoned."""


def _compensated(row: Apprenticeship) -> bool:
    return is_in_force(row) and not row.own_firm


@action(
    _("Päätä koulutuskorvaus"),
    needs="decide",
    measure="decision",
    makes="compensation_decision",
    stage="execution",
    when=_compensated,
    done=_("Koulutuskorvaus päätettiin"),
)
def decide_compensation(
    row: Apprenticeship,
    monthly: Annotated[Decimal, Ask(_("Korvaus kuukaudessa (€)"), least=0)],
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    grounds_told: Annotated[str, Ask(_("Perustelut"), hint=_("Hankittava osaaminen, opiskelijan valmiudet, ohjaus ja tuki"), long=True)],
    *,
    actor: Actor,
) -> CompensationDecision:
    """Decide the compensation of a time within the contract; none to an entrepreneur in their own firm."""
    needs_force(row)
    if row.own_firm:
        refuse([compensation.OWN_FIRM])
    days = days_told(first, last)
    refuse(compensation.decision_problems(reading.period(days), reading.in_force(row)))
    made = CompensationDecision(case=row.case, apprenticeship=row, monthly=monthly, valid=days, grounds_told=grounds_told)
    return create(made, actor=actor)


@action(_("Laske korvaus"), needs="write", when=_compensated)
def compute_payment(
    row: Apprenticeship,
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    *,
    actor: Actor,
) -> CompensationPayment:
    """Reckon the compensation of a time by day; it is paid when it is confirmed."""
    days = days_told(first, last)
    worked = ruled(lambda: compensation.accrued(reading.trained_of(row), reading.period(days), reading.rates()))
    made = CompensationPayment(apprenticeship=row, case=row.case, days=days, amount=_sum(worked), worked=worked.as_data())
    return create(made, actor=actor)


@action(_("Laske kuukauden korvaukset"), needs="decide")
def compute_month(
    month: Annotated[dt.date, Ask(_("Jokin kuukauden päivä"))],
    months: Annotated[int, Ask(_("Montako kuukautta"), hint=_("1 kuukausittain, 6 puolivuosittain"), least=1, most=12)] = 1,
    *,
    actor: Actor,
) -> CompensationPayment:
    """Reckon a month, or some from it on, that is over for every contract that has none of it yet. Those of no euros are left out."""
    first = month.replace(day=1)
    last = shift(first, months, Unit.MONTHS) - dt.timedelta(days=1)
    if last >= timezone.localdate():
        told = {"month": f"{last.month}/{last.year}", "day": wording.day(last)}
        raise OutOfOrder(
            _("Kuukausi %(month)s päättyy vasta %(day)s. Se lasketaan, kun se on päättynyt.") % told,
            code="apprenticeships.month_not_over",
            field="month",
        )
    days, rows = days_told(first, last), reading.rates()
    made = [one for row in _unpaid(days) if (one := _payment(row, days, rows, actor=actor)) is not None]
    if not made:
        told = {"month": f"{first.month}/{first.year}"}
        raise OutOfOrder(
            _("Kuukaudelta %(month)s ei ole laskettavaa: sen korvauspäätöksistä on jo maksu, tai päätöksiä ei ole.") % told,
            code="apprenticeships.nothing_to_pay",
            field="month",
        )
    return made[-1]


def _unpaid(days: DateRange) -> list[Apprenticeship]:
    """Contracts with a decision for some of the days, without a payment for any of them."""
    paid = CompensationPayment.objects.filter(voided_at=None, days__overlap=days).values("apprenticeship")
    rows = Apprenticeship.objects.filter(
        state__in=(ApprenticeshipState.IN_FORCE, ApprenticeshipState.ENDED),
        voided_at=None,
        own_firm=False,
        decisions__valid__overlap=days,
        decisions__voided_at=None,
    )
    return list(rows.exclude(pk__in=paid).select_related("student", "case").distinct().order_by("pk"))


def _payment(row: Apprenticeship, days: DateRange, rows: Rates, *, actor: Actor) -> CompensationPayment | None:
    worked = ruled(lambda: compensation.accrued(reading.trained_of(row), reading.period(days), rows))
    if not _sum(worked):
        return None
    made = CompensationPayment(apprenticeship=row, case=row.case, days=days, amount=_sum(worked), worked=worked.as_data())
    return create(made, actor=actor)


def _waits(row: CompensationPayment | BenefitClaim) -> bool:
    return bool(row.state == PaymentState.DRAFT)


@action(_("Vahvista korvaus"), needs="decide", when=_waits)
def confirm_payment(payment: CompensationPayment, *, actor: Actor) -> CompensationPayment:
    """Confirm a payment that is still as it was reckoned; a day is paid once."""
    row = held_row(payment.apprenticeship)
    held = CompensationPayment.objects.select_for_update().get(pk=payment.pk)
    _still_waits(held)
    worked = ruled(lambda: compensation.accrued(reading.trained_of(row), reading.period(held.days), reading.rates()))
    return change(held, _confirmed(held, worked), version=held.version, actor=actor)


@action(_("Laske uudelleen"), needs="write", when=_waits)
def reckon_payment_again(payment: CompensationPayment, *, actor: Actor) -> CompensationPayment:
    """Reckon a waiting payment anew: the one before stays as void, so that the two stand side by side."""
    row = held_row(payment.apprenticeship)
    held = CompensationPayment.objects.select_for_update().get(pk=payment.pk)
    _still_waits(held)
    void(held, str(AGAIN), actor=actor)
    worked = ruled(lambda: compensation.accrued(reading.trained_of(row), reading.period(held.days), reading.rates()))
    made = CompensationPayment(apprenticeship=row, case=row.case, days=held.days, amount=_sum(worked), worked=worked.as_data())
    return create(made, actor=actor)


def _still_waits(held: CompensationPayment | BenefitClaim) -> None:
    if held.state != PaymentState.DRAFT:
        told = {"days": reading.period(held.days).format(get_language() or "fi"), "amount": wording.euro(held.amount)}
        raise OutOfOrder(
            _("Jakso %(days)s on jo vahvistettu, %(amount)s. Sinun ei tarvitse tehdä mitään.") % told,
            code="apprenticeships.already_confirmed",
        )
    if held.voided_at is not None:
        told = {"day": wording.day(held.voided_at), "reason": held.void_reason}
        raise OutOfOrder(
            _("Tämä mitätöitiin %(day)s: %(reason)s. Laske jakso uudelleen ja vahvista se.") % told, code="apprenticeships.void"
        )


def _confirmed(held: CompensationPayment | BenefitClaim, worked: Calculation) -> dict[str, Any]:
    """What a confirmation stores; a sum that is no longer what the confirmer saw is not confirmed past them."""
    if _sum(worked) != held.amount:
        told = {"old": wording.euro(held.amount), "new": wording.euro(_sum(worked))}
        raise OutOfOrder(
            _("Laskelma on %(old)s, mutta tiedot ovat muuttuneet: nyt se olisi %(new)s. Laske uudelleen, katso ja vahvista sitten.") % told,
            code="apprenticeships.changed_since",
        )
    return {"state": PaymentState.CONFIRMED, "amount": _sum(worked), "worked": worked.as_data()}


def _sum(worked: Calculation) -> Decimal:
    assert isinstance(worked.result, Money)  # noqa: S101 - narrows a type
    return worked.result.amount


# Benefits -----------------------------------------------------------------------------------------------------------------


@action(_("Kirjaa etuushakemus"), needs="write", when=is_in_force)
def claim_benefits(  # noqa: PLR0913 - these are its facts
    row: Apprenticeship,
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    minor_children: Annotated[int, Ask(_("Alle 18-vuotiaita lapsia"), least=0, most=20)] = 0,
    nights: Annotated[int, Ask(_("Majoitusöitä muualla"), least=0, most=60)] = 0,
    kilometres: Annotated[Decimal, Ask(_("Matka suuntaansa (km)"), least=0)] = Decimal(0),
    round_trip: Annotated[Decimal, Ask(_("Meno-paluumatkan hinta"), hint=_("Halvimmalla kulkutavalla"), least=0)] = Decimal(0),
    daily_travel: Annotated[bool, Ask(_("Päivittäinen matka"), hint=_("Silloin majoitusta ei korvata."))] = False,  # noqa: FBT002 - a box
    *,
    actor: Actor,
) -> BenefitClaim:
    """Record a claim and reckon it from the unpaid days at the provider that stand on the contract."""
    claim = BenefitClaim(
        apprenticeship=row,
        case=row.case,
        student=row.student,
        days=days_told(first, last),
        minor_children=minor_children,
        nights=nights,
        kilometres=kilometres,
        round_trip=round_trip,
        daily_travel=daily_travel,
    )
    worked = _benefits(claim)
    claim.amount, claim.worked = _sum(worked), worked.as_data()
    return create(claim, actor=actor)


@action(
    _("Myönnä etuudet"),
    needs="decide",
    measure="decision",
    makes="benefit_decision",
    stage="execution",
    when=_waits,
    done=_("Opiskelijan etuudet myönnettiin"),
)
def decide_benefits(claim: BenefitClaim, *, actor: Actor) -> BenefitClaim:
    """Grant a claim that is still as it was reckoned; a day is granted once."""
    held_row(claim.apprenticeship)
    held = BenefitClaim.objects.select_for_update().get(pk=claim.pk)
    _still_waits(held)
    return change(held, _confirmed(held, _benefits(held)), version=held.version, actor=actor)


@action(_("Laske uudelleen"), needs="write", when=_waits)
def reckon_claim_again(claim: BenefitClaim, *, actor: Actor) -> BenefitClaim:
    """Reckon a waiting claim anew from the days that stand on the contract now: the one before stays as void beside it."""
    held_row(claim.apprenticeship)
    held = BenefitClaim.objects.select_for_update().get(pk=claim.pk)
    _still_waits(held)
    void(held, str(AGAIN), actor=actor)
    made = BenefitClaim(case=held.case, **{name: getattr(held, name) for name in CLAIMED})
    worked = _benefits(made)
    made.amount, made.worked = _sum(worked), worked.as_data()
    return create(made, actor=actor)


def _benefits(claim: BenefitClaim) -> Calculation:
    return ruled(lambda: benefits.benefits(reading.claim_of(claim), reading.rates()))
