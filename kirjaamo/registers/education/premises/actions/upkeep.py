"""Damages: recorded, claimed, settled or dropped. Supervisors' shifts: made of the uses of a week."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, CaseState, ClosingGround
from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.retention import destruction_date
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.actions.casework import TITLES, open_case
from kirjaamo.registers.education.premises.checks import terms_on
from kirjaamo.registers.education.premises.choices import BookingState, DamageState
from kirjaamo.registers.education.premises.models import Booking, Damage, Shift
from kirjaamo.registers.education.premises.rules import times
from kirjaamo.ui import wording

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.registers.education.premises.rules.terms import Terms
    from kirjaamo.registers.education.premises.rules.times import Slot

_DAY = dt.timedelta(days=1)


def was_used(booking: Booking) -> bool:
    """Confirmed, and its time has begun."""
    return bool(booking.state == BookingState.CONFIRMED and booking.starts_at <= timezone.now())


def is_reported(damage: Damage) -> bool:
    """Recorded, and nothing is claimed yet."""
    return bool(damage.state == DamageState.REPORTED)


def is_open(damage: Damage) -> bool:
    """Neither settled nor dropped."""
    return damage.state in {DamageState.REPORTED, DamageState.CLAIMED}


def is_claimed(damage: Damage) -> bool:
    """Claimed, and not settled."""
    return bool(damage.state == DamageState.CLAIMED)


@action(_("Kirjaa vahinko"), needs="write", when=was_used)
def report_damage(
    booking: Booking,
    found_on: Annotated[dt.date, Ask(_("Havaittu"))],
    description: Annotated[str, Ask(_("Mitä vahingoittui"), long=True)],
    *,
    actor: Actor,
) -> Damage:
    """Record a damage that was found after a use."""
    used_on, today = reading.slot_of(booking).day, timezone.localdate()
    if not used_on <= found_on <= today:
        span = {"first": wording.day(used_on), "last": wording.day(today), "given": wording.day(found_on)}
        raise BadInput(
            _("Vahinko on havaittu aikaisintaan käyttöpäivänä %(first)s ja viimeistään tänään %(last)s. Annoit päivän %(given)s.") % span,
            code="premises.damage_when",
            field="found_on",
        )
    damage = Damage(booking=booking, room=booking.room, customer=booking.customer, found_on=found_on, description=description)
    return create(damage, actor=actor)


@action(
    _("Vaadi korvausta"),
    needs="decide",
    measure="claim",
    makes="damage_claim",
    stage="decision",
    when=is_reported,
    done=_("Korvausta vaadittu"),
)
def claim_damage(damage: Damage, amount: Annotated[Decimal, Ask(_("Vaadittu korvaus euroina"), least=0)], *, actor: Actor) -> Damage:
    """Claim compensation of the customer: a case of its own, and the claim as a document (vahingonkorvauslaki 412/1974 2:1 §)."""
    if not is_reported(damage):
        told = {"state": DamageState(damage.state).label}
        raise OutOfOrder(_("Vahingon käsittelyn vaihe on jo ”%(state)s”.") % told, code="premises.claimed")
    case = open_case(TITLES["damage"], damage.customer, damage.customer.language, actor=actor)
    due = destruction_date(damage, damage.found_on)
    values = {"case": case, "amount": amount, "state": DamageState.CLAIMED, "retention_due": due}
    return change(damage, values, version=damage.version, actor=actor)


@action(_("Kirjaa korvatuksi"), needs="write", measure="settlement", when=is_claimed, done=_("Korvaus saatu"))
def settle_damage(damage: Damage, on: Annotated[dt.date, Ask(_("Korvaus saapui"))], *, actor: Actor) -> Damage:
    """The customer has paid: the case of the claim ends."""
    if on > timezone.localdate():
        raise BadInput(
            _("Korvaus ei voi saapua tulevaisuudessa. Annoit päivän %(day)s.") % {"day": wording.day(on)},
            code="premises.settled_when",
            field="on",
        )
    return _ended(damage, DamageState.SETTLED, on, "", actor=actor)


@action(_("Luovu korvauksesta"), needs="decide", when=is_open)
def drop_damage(damage: Damage, reason: Annotated[str, Ask(_("Peruste"), long=True)], *, actor: Actor) -> Damage:
    """Claim nothing, or no more, with the reason."""
    return _ended(damage, DamageState.DROPPED, timezone.localdate(), reason, actor=actor)


def _ended(damage: Damage, state: DamageState, on: dt.date, reason: str, *, actor: Actor) -> Damage:
    if not is_open(damage):
        told = {"day": wording.day(damage.ended_on), "state": DamageState(damage.state).label}
        raise OutOfOrder(_("Vahingon käsittely on jo päättynyt %(day)s: ”%(state)s”.") % told, code="premises.damage_ended")
    held = change(damage, {"state": state, "ended_on": on, "end_reason": reason}, version=damage.version, actor=actor)
    if held.case_id is not None:
        case = Case.objects.select_for_update().get(pk=held.case_id)
        if case.state != CaseState.CLOSED:
            ended = {"resolved_at": running().at} if state == DamageState.SETTLED else {"ground": ClosingGround.WITHDRAWN}
            cases.close(case, actor=actor, note=reason, **ended)
    return held


# Shifts --------------------------------------------------------------------------------------------------------------------


@action(_("Laadi viikon valvontavuorot"), needs="write")
def plan_shifts(day: Annotated[dt.date, Ask(_("Jokin viikon päivä"))], *, actor: Actor) -> Shift:
    """A shift for each school and day of a week with supervised uses; one that is there already follows the uses and keeps its name."""
    monday = day - day.weekday() * _DAY
    uses: dict[tuple[str, dt.date], list[Slot]] = defaultdict(list)
    for booking in reading.supervised(monday, monday + 7 * _DAY):
        slot = reading.slot_of(booking)
        uses[booking.room.school, slot.day].append(slot)
    if not uses:
        told = {"first": wording.day(monday), "last": wording.day(monday + 6 * _DAY)}
        raise OutOfOrder(_("Viikolla %(first)s–%(last)s ei ole valvottuja käyttöjä.") % told, code="premises.no_shifts", field="day")
    held = {(one.school, one.day): one for one in Shift.objects.filter(voided_at=None, day__range=(monday, monday + 6 * _DAY))}
    terms = reading.terms_rows()
    return [_shift(held.get(key), key, slots, terms_on(key[1], terms), actor=actor) for key, slots in sorted(uses.items())][-1]


def _shift(held: Shift | None, key: tuple[str, dt.date], slots: list[Slot], terms: Terms, *, actor: Actor) -> Shift:
    opens, closes = times.shift_of(terms, slots)
    values = {"opens_at": opens, "closes_at": closes, "uses": len(slots)}
    if held is None:
        school, day = key
        return create(Shift(school=school, day=day, **values), actor=actor)
    if all(getattr(held, name) == value for name, value in values.items()):
        return held
    return change(held, values, version=held.version, actor=actor)
