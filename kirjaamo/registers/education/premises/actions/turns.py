"""Use agreements of standing turns: made of a granted turn or outside of a round, delivered, ended."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import CaseState
from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.retention import destruction_date
from kirjaamo.documents.models import Way
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.actions.casework import TITLES, end_case, open_case
from kirjaamo.registers.education.premises.actions.changing import cancel_booking
from kirjaamo.registers.education.premises.checks import (
    account_of,
    clock_of,
    confirmed_of,
    days_told,
    is_let,
    may_use,
    net_of,
    next_key,
    ruled,
    set_fee,
    stored,
)
from kirjaamo.registers.education.premises.choices import (
    AgreementState,
    BookingState,
    Outcome,
    Weekday,
)
from kirjaamo.registers.education.premises.models import (
    Agreement,
    Customer,
    Room,
    TurnApplication,
)
from kirjaamo.registers.education.premises.rules import fees, times
from kirjaamo.registers.education.premises.rules.times import Slot
from kirjaamo.ui import wording
from kirjaamo.values.language import Text3
from kirjaamo.values.period import Period

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

_DAY = dt.timedelta(days=1)


def lacks_agreement(application: TurnApplication) -> bool:
    """Granted a turn that has no agreement."""
    return application.outcome == Outcome.GRANTED and not application.agreements.filter(voided_at=None).exists()


def in_force(agreement: Agreement) -> bool:
    """Whether the agreement is in force."""
    return bool(agreement.state == AgreementState.IN_FORCE)


@action(
    _("Tee käyttösopimus"),
    needs="decide",
    measure="agreement",
    makes="use_agreement",
    stage="decision",
    when=lacks_agreement,
    done=_("Käyttösopimus tehty"),
)
def make_agreement(application: TurnApplication, *, actor: Actor) -> Agreement:
    """Make the agreement of a granted turn: days of use, those that are skipped with their reason, and the fee."""
    wish = application.wishes.filter(outcome=Outcome.GRANTED).select_related("room").first()
    if wish is None or application.agreements.filter(voided_at=None).exists():
        raise OutOfOrder(_("Hakemuksella ei ole myönnettyä vuoroa, josta sopimus puuttuu."), code="premises.no_turn")
    agreement = Agreement(
        case=application.case,
        account=application.account,
        application=application,
        room=wish.room,
        weekday=wish.weekday,
        starts=wish.starts,
        ends=wish.ends,
        valid=application.season.days,
        purpose=application.purpose,
        headcount=application.headcount,
        self_supervised=application.self_supervised,
    )
    assert application.account is not None  # noqa: S101 - only a registered applicant is granted a turn
    return _agree(agreement, application.account, actor=actor)


@action(
    _("Sovi vakiovuorosta"),
    needs="decide",
    measure="agreement",
    makes="use_agreement",
    stage="decision",
    when=is_let,
    done=_("Käyttösopimus tehty"),
)
def agree(  # noqa: PLR0913, PLR0917 - these are its facts
    room: Room,
    customer_number: Annotated[str, Ask(_("Asiakasnumero"))],
    weekday: Annotated[Weekday, Ask(_("Viikonpäivä"))],
    start: Annotated[str, Ask(_("Alkaa"), hint=_("Esimerkiksi 18 tai 18.30"))],
    end: Annotated[str, Ask(_("Päättyy"))],
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    purpose: Annotated[str, Ask(_("Käyttötarkoitus"))],
    headcount: Annotated[int, Ask(_("Osallistujia"), least=1)],
    self_supervised: Annotated[bool, Ask(_("Omatoiminen käyttö"))] = False,  # noqa: FBT002 - a box of the form
    *,
    actor: Actor,
) -> Agreement:
    """Agree on a standing turn outside of a season's round."""
    account = account_of(customer_number)
    agreement = Agreement(
        case=open_case(TITLES["turn"], account.holder, account.holder.language, actor=actor),
        account=account,
        room=room,
        weekday=weekday,
        starts=clock_of(start, "start"),
        ends=clock_of(end, "end"),
        valid=days_told(first, last),
        purpose=purpose,
        headcount=headcount,
        self_supervised=self_supervised,
    )
    return _agree(agreement, account, actor=actor)


def _agree(agreement: Agreement, account: Customer, *, actor: Actor) -> Agreement:
    """Price and store an agreement and a confirmed booking for each day of its use."""
    room, season = agreement.room, reading.period_of(agreement.valid)
    days = _days_of_use(agreement, season)
    used = [one for one in days if one.skipped is None]
    if not used:
        told = {"span": season.format(get_language() or "fi"), "turn": agreement.turn}
        raise BadInput(
            _("Kaudella %(span)s ei ole yhtään päivää, jona vuoroa (%(turn)s) voisi käyttää.") % told,
            code="premises.no_days",
            field="first",
        )
    terms = reading.terms_rows()
    for one in used:
        may_use(room, Slot(one.day, agreement.starts, agreement.ends), agreement.headcount, terms)
    rows: dict[str, Any] = {"rows": reading.price_rows(), "taxes": reading.tax_rows(), "self_supervised": agreement.self_supervised}
    worked = ruled(lambda: fees.season_fee(days, agreement.starts, agreement.ends, room.kind, account.group, **rows))
    agreement.pk = next_key(Agreement)
    agreement.number = f"S-{agreement.pk:06}"
    agreement.customer, agreement.contact = account.holder, account.contact
    agreement.worked, agreement.total = worked.as_data(), net_of(worked)
    agreement.retention_due = destruction_date(agreement, season.last_day)
    create(agreement, actor=actor)
    for one in used:
        slot = Slot(one.day, agreement.starts, agreement.ends)
        booking = confirmed_of(account, room, slot)
        booking.case, booking.agreement, booking.retention_due = agreement.case, agreement, agreement.retention_due
        booking.purpose, booking.headcount, booking.self_supervised = agreement.purpose, agreement.headcount, agreement.self_supervised
        set_fee(booking, fees.fee(slot, room.kind, account.group, **rows))
        stored(partial(create, booking, actor=actor), room, slot)
    return agreement


def _days_of_use(agreement: Agreement, season: Period) -> list[times.Occurrence]:
    """The days of a turn; those on which the room is already booked are told as skipped."""
    days = []
    for one in times.occurrences(int(agreement.weekday), season, reading.closures(agreement.room)):
        first, last = reading.moment(one.day, agreement.starts), reading.moment(one.day, agreement.ends)
        if one.skipped is None and reading.confirmed(agreement.room, first, last).exists():
            days.append(
                times.Occurrence(one.day, Text3("Ei käytössä: tila on jo varattu", "Används inte: redan bokad", "Not used: already booked"))
            )
        else:
            days.append(one)
    return days


@action(_("Päätä sopimus"), needs="decide", measure="termination", when=in_force, done=_("Käyttösopimus päätetty"))
def terminate(
    agreement: Agreement,
    last: Annotated[dt.date, Ask(_("Viimeinen käyttöpäivä"))],
    reason: Annotated[str, Ask(_("Syy"))],
    *,
    actor: Actor,
) -> Agreement:
    """End an agreement: uses after the last day are cancelled today, by the same rule as single ones."""
    if agreement.state != AgreementState.IN_FORCE:
        told = {"number": agreement.number, "last": wording.day(agreement.valid.upper - _DAY)}
        raise OutOfOrder(_("Sopimus %(number)s on jo päätetty. Sen viimeinen päivä on %(last)s.") % told, code="premises.ended")
    if not agreement.valid.lower <= last < agreement.valid.upper:
        told = {"span": reading.period_of(agreement.valid).format(get_language() or "fi"), "last": wording.day(last)}
        raise BadInput(
            _("Viimeisen käyttöpäivän on oltava sopimuksen aikana (%(span)s). Annoit päivän %(last)s.") % told,
            code="premises.last_day",
            field="last",
        )
    after = reading.moment(last + _DAY, dt.time(0))
    for booking in agreement.bookings.filter(starts_at__gte=after, state=BookingState.CONFIRMED, bill=None, voided_at=None).select_related(
        "case"
    ):
        cancel_booking(booking, timezone.localdate(), reason, actor=actor)
    values = {"state": AgreementState.ENDED, "valid": days_told(agreement.valid.lower, last), "end_reason": reason}
    return change(agreement, values, version=agreement.version, actor=actor)


def may_be_delivered(agreement: Agreement) -> bool:
    """Made outside of a season's round, and its case is open; the case of a season's turn ends with its application."""
    return agreement.application_id is None and agreement.case is not None and agreement.case.state != CaseState.CLOSED


@action(_("Toimita sopimus ja päätä asia"), needs="write", when=may_be_delivered)
def deliver(agreement: Agreement, way: Annotated[Way, Ask(_("Tiedoksiantotapa"))], *, actor: Actor) -> Agreement:
    """An agreement outside of a round was given to the customer: its case ends with the time at which it was made."""
    end_case(agreement, way, actor=actor)
    return agreement
