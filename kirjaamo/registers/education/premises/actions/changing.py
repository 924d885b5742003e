"""A confirmed booking that changes: moved to another time or room, cancelled."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.retention import destruction_date
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.checks import in_notice, may_use, set_price, slot_told, stored, terms_on
from kirjaamo.registers.education.premises.choices import BookingState
from kirjaamo.registers.education.premises.models import Booking, Room
from kirjaamo.registers.education.premises.rules import times
from kirjaamo.ui import wording

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


def may_be_changed(booking: Booking) -> bool:
    """Confirmed and not billed."""
    return booking.state == BookingState.CONFIRMED and booking.bill_id is None


def still_open(booking: Booking) -> None:
    """Refuse to change what is not confirmed, or billed already."""
    if booking.state != BookingState.CONFIRMED:
        told = {"state": BookingState(booking.state).label}
        raise OutOfOrder(
            _("Varauksen vaihe on ”%(state)s”. Vain vahvistetun varauksen voi siirtää tai perua.") % told, code="premises.not_confirmed"
        )
    if booking.bill is not None:
        raise OutOfOrder(_("Varaus on jo laskutettu: %(bill)s. Oikaise lasku ensin.") % {"bill": booking.bill}, code="premises.billed")


@action(_("Siirrä varaus"), needs="decide", measure="change", makes="booking_answer", when=may_be_changed, done=_("Varaus siirretty"))
def move(
    booking: Booking,
    day: Annotated[dt.date, Ask(_("Päivä"))],
    start: Annotated[str, Ask(_("Alkaa"), hint=_("Esimerkiksi 18 tai 18.30"))],
    end: Annotated[str, Ask(_("Päättyy"))],
    room_code: Annotated[str, Ask(_("Tilan tunnus"), hint=_("Tyhjänä tila pysyy samana."))] = "",
    deviation: Annotated[str, Ask(_("Syy poiketa määräajasta"))] = "",
    *,
    actor: Actor,
) -> Booking:
    """Move a booking to another time or room, and reckon its fee anew. Both days keep the notice, or the reason is told."""
    still_open(booking)
    room, slot = _room_told(booking, room_code), slot_told(day, start, end)
    today = timezone.localdate()
    in_notice(min(day, reading.slot_of(booking).day), today, deviation)
    may_use(room, slot, booking.headcount, but=booking.pk)
    assert booking.account is not None  # noqa: S101 - a confirmed booking has one
    booking.room = room
    set_price(booking, booking.account, slot)
    values = {
        "room": room,
        "starts_at": reading.moment(slot.day, slot.start),
        "ends_at": reading.moment(slot.day, slot.end),
        "fee": booking.fee,
        "worked": booking.worked,
        "reason": deviation.strip() or booking.reason,
        "retention_due": destruction_date(booking, slot.day) if booking.agreement_id is None else booking.retention_due,
    }
    return stored(partial(change, booking, values, version=booking.version, actor=actor), room, slot, but=booking.pk)


def _room_told(booking: Booking, code: str) -> Room:
    room = reading.room_by_code(code) if code.strip() else booking.room
    if room is None:
        raise BadInput(_("Tunnuksella ”%(code)s” ei ole tilaa.") % {"code": code.strip()}, code="premises.no_room", field="room_code")
    return room


@action(_("Peru varaus"), needs="write", measure="cancellation", when=may_be_changed, done=_("Varaus peruttu"))
def cancel(
    booking: Booking,
    cancelled_on: Annotated[dt.date, Ask(_("Peruutus saapui"))],
    reason: Annotated[str, Ask(_("Peruutuksen syy"))] = "",
    *,
    actor: Actor,
) -> Booking:
    """Cancel a confirmed booking: free of charge in the time of notice, charged after it; the sentence that says so is kept."""
    still_open(booking)
    made_on, today = timezone.localdate(booking.made_at), timezone.localdate()
    if not made_on <= cancelled_on <= today:
        told = {"first": wording.day(made_on), "last": wording.day(today), "given": wording.day(cancelled_on)}
        raise BadInput(
            _("Peruutus on saapunut aikaisintaan %(first)s, kun varaus tehtiin, ja viimeistään tänään %(last)s. Annoit päivän %(given)s.")
            % told,
            code="premises.cancelled_when",
            field="cancelled_on",
        )
    return cancel_booking(booking, cancelled_on, reason, actor=actor)


def cancel_booking(booking: Booking, on: dt.date, reason: str, *, actor: Actor) -> Booking:
    """Cancel within an action: charged or not by the rule of notice, with the sentence that says so."""
    day = reading.slot_of(booking).day
    told = times.cancellation(terms_on(day), day, on)
    language = booking.case.language if booking.case else "fi"
    said = f"{told.sentence.pick(language)} {reason}".strip()
    values = {"state": BookingState.CANCELLED, "cancelled_on": on, "charged": told.charged, "reason": said}
    return change(booking, values, version=booking.version, actor=actor)
