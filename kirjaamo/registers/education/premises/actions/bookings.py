"""Bookings: asked for, made, answered, served."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import CaseState
from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.retention import destruction_date
from kirjaamo.documents.models import Way
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action as kernel_action
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.actions.casework import TITLES, Received, end_case, open_case, people_of
from kirjaamo.registers.education.premises.checks import (
    account_of,
    confirmed_of,
    in_notice,
    is_let,
    may_use,
    set_price,
    slot_told,
    still_waiting,
    stored,
)
from kirjaamo.registers.education.premises.choices import (
    BookingState,
)
from kirjaamo.registers.education.premises.models import (
    Booking,
    Room,
)
from kirjaamo.registers.education.premises.sent_in import Asked

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


def waits(booking: Booking) -> bool:
    """A request that nobody has answered."""
    return bool(booking.state == BookingState.REQUESTED)


def may_be_served(booking: Booking) -> bool:
    """Answered, and its case is open; the case of a standing turn ends with its application."""
    is_open = booking.case is not None and booking.case.state != CaseState.CLOSED
    return is_open and booking.state != BookingState.REQUESTED and booking.agreement_id is None


def judge(asked: Asked) -> None:
    """Refuse a request that the terms, the room or an earlier booking forbid, as of the moment at which it came."""
    may_use(asked.room, asked.slot, asked.headcount)
    in_notice(asked.slot.day, timezone.localdate(asked.arrived_at))


@kernel_action(_("Pyydä tilaa"), needs=PUBLIC)
def ask(asked: Asked, *, actor: Actor) -> str:
    """Take a request of the public form as a case; return its identifier. It was judged when it was sent, and takes no room yet."""
    before = submissions.claim(asked.key)
    if before is not None:
        return before
    person, customer = people_of(asked, actor=actor)
    received = Received("booking_request", asked.who, asked.letter(), asked.arrived_at)
    case = open_case(TITLES["booking"], customer, asked.language, actor=actor, received=received)
    booking = Booking(
        case=case,
        room=asked.room,
        starts_at=reading.moment(asked.slot.day, asked.slot.start),
        ends_at=reading.moment(asked.slot.day, asked.slot.end),
        customer=customer,
        contact=person,
        told_number=asked.customer_number,
        purpose=asked.purpose,
        headcount=asked.headcount,
        self_supervised=asked.self_supervised,
    )
    create(booking, actor=actor)
    submissions.settle(asked.key, case.identifier)
    return case.identifier


@action(_("Varaa tila"), needs="decide", measure="decision", makes="booking_answer", stage="decision", when=is_let, done=_("Tila varattu"))
def book(  # noqa: PLR0913, PLR0917 - these are its facts
    room: Room,
    customer_number: Annotated[str, Ask(_("Asiakasnumero"))],
    day: Annotated[dt.date, Ask(_("Päivä"))],
    start: Annotated[str, Ask(_("Alkaa"), hint=_("Esimerkiksi 18 tai 18.30"))],
    end: Annotated[str, Ask(_("Päättyy"))],
    purpose: Annotated[str, Ask(_("Käyttötarkoitus"))],
    headcount: Annotated[int, Ask(_("Osallistujia"), least=1)],
    self_supervised: Annotated[bool, Ask(_("Omatoiminen käyttö"))] = False,  # noqa: FBT002 - a box of the form
    deviation: Annotated[str, Ask(_("Syy poiketa määräajasta"))] = "",
    *,
    actor: Actor,
) -> Booking:
    """Book a room for a registered customer at once, as on the telephone. A nearer day than the terms allow needs its reason."""
    account = account_of(customer_number)
    slot = slot_told(day, start, end)
    may_use(room, slot, headcount)
    in_notice(day, timezone.localdate(), deviation)
    booking = confirmed_of(account, room, slot)
    booking.purpose, booking.headcount, booking.self_supervised, booking.reason = purpose, headcount, self_supervised, deviation
    booking.case = open_case(TITLES["booking"], account.holder, account.holder.language, actor=actor)
    set_price(booking, account, slot)
    booking.retention_due = destruction_date(booking, day)
    return stored(partial(create, booking, actor=actor), room, slot)


@action(
    _("Vahvista varaus"),
    needs="decide",
    measure="decision",
    makes="booking_answer",
    stage="decision",
    when=waits,
    done=_("Varaus vahvistettu"),
)
def confirm(
    booking: Booking,
    customer_number: Annotated[str, Ask(_("Asiakasnumero"), hint=_("Tyhjänä käytetään pyynnössä kerrottua numeroa."))] = "",
    *,
    actor: Actor,
) -> Booking:
    """Confirm a request for a registered customer: the fee is computed and the room is taken, or the database says that it is."""
    still_waiting(booking)
    account = account_of(customer_number or booking.told_number)
    slot = reading.slot_of(booking)
    may_use(booking.room, slot, booking.headcount)
    set_price(booking, account, slot)
    values = {
        "state": BookingState.CONFIRMED,
        "account": account,
        "customer": account.holder,
        "contact": account.contact,
        "fee": booking.fee,
        "worked": booking.worked,
        "charged": True,
        "retention_due": destruction_date(booking, slot.day),
    }
    return stored(partial(change, booking, values, version=booking.version, actor=actor), booking.room, slot)


@action(
    _("Hylkää pyyntö"), needs="decide", measure="decision", makes="booking_answer", stage="decision", when=waits, done=_("Pyyntö hylätty")
)
def refuse(booking: Booking, reason: Annotated[str, Ask(_("Perustelut"), long=True)], *, actor: Actor) -> Booking:
    """Refuse a request with its reason (hallintolaki 434/2003 § 45)."""
    still_waiting(booking)
    due = destruction_date(booking, timezone.localdate())
    return change(booking, {"state": BookingState.REFUSED, "reason": reason, "retention_due": due}, version=booking.version, actor=actor)


@action(_("Anna tiedoksi ja päätä asia"), needs="write", when=may_be_served)
def serve(booking: Booking, way: Annotated[Way, Ask(_("Tiedoksiantotapa"))], *, actor: Actor) -> Booking:
    """The answer was given to the customer: the case ends with the time of its decision."""
    if booking.state == BookingState.REQUESTED:
        raise OutOfOrder(_("Pyyntöön ei ole vastattu. Vahvista tai hylkää pyyntö ensin."), code="premises.not_decided")
    end_case(booking, way, actor=actor)
    return booking
