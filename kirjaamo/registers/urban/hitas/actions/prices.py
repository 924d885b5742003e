"""Verbs of the maximum price: calculate, confirm, send, void."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, CaseState, PartyRole
from kirjaamo.contract.actions import action, create, void
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.place import home_of
from kirjaamo.contract.retention import destruction_date
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.registers.urban.hitas import facts, rules
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    CalculationState,
    MaximumPriceCalculation,
    RegulationStatus,
)
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.registers.urban.hitas.rules.types import Loan, MaximumPrice
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node
from kirjaamo.ui import wording
from kirjaamo.values.money import Money
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject


from kirjaamo.registers.urban.hitas.actions.refusing import AlreadyConfirmed, told

TITLE = "Hitas-huoneiston enimmäishinta"


def is_calculable(apartment: Apartment) -> bool:
    """Whether prices of the flat are regulated."""
    return apartment.voided_at is None and apartment.company.status == RegulationStatus.REGULATED


def is_draft(calculation: MaximumPriceCalculation) -> bool:
    """Whether it waits for confirmation."""
    return calculation.state == CalculationState.DRAFT and calculation.voided_at is None


def _to_send(calculation: MaximumPriceCalculation) -> bool:
    confirmed = calculation.state == CalculationState.CONFIRMED and calculation.voided_at is None
    return confirmed and calculation.case is not None and calculation.case.state != CaseState.CLOSED


def _holds(calculation: MaximumPriceCalculation) -> bool:
    return calculation.voided_at is None


@action(
    _("Laske enimmäishinta"),
    needs="write",
    measure="calculation",
    stage="preparation",
    when=is_calculable,
    done=_("Enimmäishinta laskettu"),
)
def calculate(
    apartment: Apartment,
    on: Annotated[dt.date, Ask(_("Laskentapäivä"))],
    loan: Annotated[Decimal, Ask(_("Osuus yhtiölainoista"), least=0)],
    loan_on: Annotated[dt.date, Ask(_("Lainaosuuden päivä"))],
    information: Annotated[str, Ask(_("Lisätieto"), long=True)] = "",
    *,
    actor: Actor,
) -> MaximumPriceCalculation:
    """Compute the maximum price on a day and store it whole as a draft; drafts of one flat share a case until one is confirmed."""
    flat = Apartment.objects.select_related("company").get(pk=apartment.pk)
    with told():
        result = rules.maximum_price(facts.case_of(flat, Loan(Money(loan), loan_on), on))
    calculation = MaximumPriceCalculation(
        case=_case_of(flat, actor=actor),
        number=_number(),
        apartment=flat,
        calculated_on=on,
        price=result.price.amount,
        valid_until=result.valid_until,
        basis=result.basis.value,
        family=result.family.value,
        loan=loan,
        loan_on=loan_on,
        information=information,
        told=_stored(result),
    )
    return create(calculation, actor=actor)


def _stored(result: MaximumPrice) -> Mapping[str, object]:
    """The summary and the three runs, as they are kept."""
    return {"calculations": [result.summary.as_data(), *(run.calculation.as_data() for run in result.runs)]}


def _number() -> str:
    """The next number: the series only grows; a number of a calculation that was undone is not given again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('hitas_calculation_number')")
        return f"HL-{cursor.fetchone()[0]:06}"


def _case_of(apartment: Apartment, *, actor: Actor) -> Case:
    """The open case of the flat's drafts, that of a request which waits, or a new one that its owners brought up."""
    drafts = MaximumPriceCalculation.objects.filter(apartment=apartment, state=CalculationState.DRAFT, voided_at=None)
    draft = drafts.exclude(case__state=CaseState.CLOSED).select_related("case").order_by("-id").first()
    if draft is not None and draft.case is not None:
        return draft.case
    if (asked := facts.case_of_request(apartment)) is not None:
        return asked
    place = home_of("hitas", "max_price_letter")
    owners = facts.current_owners(apartment)
    new = cases.NewCase(
        revision=place.revision,
        unit=place.unit,
        management_unit=place.management_unit,
        title=f"{TITLE}: {apartment.door}",
        public_title=TITLE,
        publicity=Publicity.PARTLY_SECRET,
        initiated_at=running().at,
        parties=_initiators(owners),
        stage=node(place.revision, NodeKind.STAGE, "initiation"),
    )
    return cases.open_case(new, actor=actor)


def _initiators(owners: Sequence[Subject]) -> Sequence[cases.NewParty]:
    """The owners, or someone nameless: the title of the case tells the flat, so who lives there under non-disclosure is not named."""
    named = [] if any(owner.safety_non_disclosure for owner in owners) else owners
    return [cases.NewParty(PartyRole.INITIATOR, owner) for owner in named] or [cases.NewParty(PartyRole.INITIATOR)]


@action(
    _("Vahvista enimmäishinta"),
    needs="decide",
    measure="confirmation",
    makes="max_price_letter",
    stage="decision",
    when=is_draft,
    done=_("Enimmäishinta vahvistettu"),
)
def confirm(calculation: MaximumPriceCalculation, *, actor: Actor) -> MaximumPriceCalculation:
    """Confirm a draft: it is computed again from the facts as they are now and must be the same; other drafts are voided."""
    drafts = MaximumPriceCalculation.objects.select_for_update().filter(apartment=calculation.apartment_id).order_by("id")
    held = next(one for one in drafts if one.pk == calculation.pk)
    if held.state == CalculationState.CONFIRMED:
        raise AlreadyConfirmed(_confirmed_first(held))
    _may_confirm(held)
    held.state, held.confirmed_at, held.version = CalculationState.CONFIRMED, running().at, held.version + 1
    held.retention_due = destruction_date(held, held.valid_until)
    held.save(update_fields=["state", "confirmed_at", "retention_due", "version", "changed_at"])
    for other in drafts:
        if other.pk != held.pk and other.state == CalculationState.DRAFT and other.voided_at is None:
            void(other, str(_("Toinen luonnos vahvistettiin: %(number)s") % {"number": held.number}), actor=actor)
    return held


def _confirmed_first(held: MaximumPriceCalculation) -> object:
    """That somebody was first, for whoever pressed the same button: which price stands, since when and until when."""
    values = {
        "number": held.number,
        "at": wording.moment(held.confirmed_at) if held.confirmed_at else "",
        "price": Money(held.price),
        "until": wording.day(held.valid_until),
    }
    text = _("Laskelma %(number)s vahvistettiin jo %(at)s: %(price)s, voimassa %(until)s asti. Sinun ei tarvitse tehdä mitään.")
    return text % values


def _void(held: MaximumPriceCalculation) -> OutOfOrder:
    values = {"number": held.number, "at": wording.moment(held.voided_at) if held.voided_at else "", "reason": held.void_reason}
    text = _("Laskelma %(number)s mitätöitiin %(at)s: %(reason)s. Laske tarvittaessa enimmäishinta uudelleen.")
    return OutOfOrder(text % values, code="hitas.void")


def _may_confirm(held: MaximumPriceCalculation) -> None:
    """Refuse a void or stale draft, and one whose facts have changed so that the price would be another."""
    if held.voided_at is not None:
        raise _void(held)
    today = timezone.localdate()
    with told():
        if held.valid_until < today:
            raise HitasProblem(
                "draft_expired",
                source=held.confirmed_price.source,
                number=held.number,
                first=held.calculated_on,
                last=held.valid_until,
                on=today,
            )
        now = rules.maximum_price(facts.case_of(held.apartment, Loan(Money(held.loan), held.loan_on), held.calculated_on))
    if _stored(now) != dict(held.told):
        text = _("Laskelman lähtötiedot ovat muuttuneet: hinta oli %(old)s, nyt se olisi %(new)s. Laske enimmäishinta uudelleen.")
        raise OutOfOrder(text % {"old": Money(held.price), "new": now.price}, code="hitas.facts_changed")


@action(_("Tee vahvistamattoman laskelman asiakirja"), needs="write", makes="max_price_draft", when=is_draft)
def print_draft(calculation: MaximumPriceCalculation, *, actor: Actor) -> MaximumPriceCalculation:
    """Make a document of a draft, which says on its first line that it is not confirmed; the draft stays as it was."""
    del actor
    if calculation.voided_at is not None:
        raise _void(calculation)
    if calculation.state == CalculationState.CONFIRMED:
        raise AlreadyConfirmed(_confirmed_first(calculation))
    return calculation


@action(_("Lähetä laskelma ja päätä asia"), needs="write", measure="sent", stage="service", when=_to_send, done=_("Laskelma lähetetty"))
def send(calculation: MaximumPriceCalculation, *, actor: Actor) -> MaximumPriceCalculation:
    """The letter was given to the owner: the case is closed with its resolution."""
    if calculation.state != CalculationState.CONFIRMED or calculation.case is None:
        text = _("Laskelma %(number)s on vielä luonnos. Vahvista se ennen kuin lähetät sen.")
        raise OutOfOrder(text % {"number": calculation.number}, code="hitas.not_confirmed")
    case = Case.objects.get(pk=calculation.case.pk)
    if case.state == CaseState.CLOSED:
        text = _("Asia %(case)s on jo päätetty, ja laskelma %(number)s on lähetetty.")
        raise OutOfOrder(text % {"case": case.identifier, "number": calculation.number}, code="hitas.already_sent")
    cases.close(case, actor=actor, resolved_at=calculation.confirmed_at)
    return calculation


@action(_("Mitätöi laskelma"), needs="decide", measure="voided", when=_holds, done=_("Laskelma mitätöity"))
def void_calculation(
    calculation: MaximumPriceCalculation, reason: Annotated[str, Ask(_("Syy"), long=True)], *, actor: Actor
) -> MaximumPriceCalculation:
    """Void a calculation with a reason; it stays in sight. One that a sale was checked against stays valid."""
    held = MaximumPriceCalculation.objects.select_for_update().get(pk=calculation.pk)
    if held.voided_at is not None:
        raise _void(held)
    sale = held.sales.filter(voided_at=None).order_by("-sold_on").first()
    if sale is not None:
        text = _("Kauppa %(sale)s on tarkistettu laskelmaan %(number)s. Mitätöi kauppa ensin.")
        raise OutOfOrder(text % {"sale": sale, "number": held.number}, code="hitas.sale_rests_on_it")
    return void(held, reason, actor=actor)
