"""Appointments: agreed with a time and a place, and told what became of them; one that was held stops the clock of its contact."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.actions.contacts import in_reach
from kirjaamo.registers.education.student_welfare.actions.relations import table_of
from kirjaamo.registers.education.student_welfare.appointments import AppointmentBase
from kirjaamo.registers.education.student_welfare.bases import ClientBase, ContactBase
from kirjaamo.registers.education.student_welfare.calendar import refuse, usable
from kirjaamo.registers.education.student_welfare.choices import ClientState, MeetingKind, MeetingState
from kirjaamo.registers.education.student_welfare.rules import appointments, clock
from kirjaamo.registers.education.student_welfare.rules.problems import future_problem, order_problem
from kirjaamo.ui import wording
from kirjaamo.values.clock import HELSINKI, local_day
from kirjaamo.values.language import Text3

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

TIME = Text3("Aika", "Tiden", "The appointment")
CAME = Text3("yhteydenoton päivä", "kontaktens dag", "the day of the contact")
HELD = Text3("Tapaamisen aika", "Mötets tid", "The time of the meeting")


def moment(day: dt.date, text: str) -> dt.datetime:
    """A day and a time as it was typed; `BadInput` when it is no time."""
    return dt.datetime.combine(day, usable(appointments.read_clock(text)), tzinfo=HELSINKI)


def _waits(contact: ContactBase) -> bool:
    return contact.met_on is None and contact.voided_at is None


@action(_("Sovi aika"), needs=access.WORK, when=_waits)
def give_appointment(
    contact: ContactBase,
    appointment_on: Annotated[dt.date, Ask(_("Päivä"))],
    at: Annotated[str, Ask(_("Kellonaika"), hint=_("Esimerkiksi 9.30"))],
    place: Annotated[str, Ask(_("Paikka"))] = "",
    *,
    actor: Actor,
) -> ContactBase:
    """Give an appointment; one after the last day is recorded all the same, and the contact shows that it is late."""
    in_reach(contact, actor)
    client: ClientBase = contact.client  # type: ignore[attr-defined]
    refuse(order_problem(TIME, appointment_on, CAME, local_day(contact.came_at), field="appointment_on", law=clock.LAW))
    when = moment(appointment_on, at)
    for earlier in contact.appointments.filter(state=MeetingState.AGREED):  # type: ignore[attr-defined]
        change(earlier, {"state": MeetingState.CANCELLED}, version=earlier.version, actor=actor)
    _agreed(client, when, MeetingKind.FIRST_TALK, place, actor=actor, contact=contact)
    return change(contact, {"appointment_on": appointment_on}, version=contact.version, actor=actor)


def _agreed(client: ClientBase, at: dt.datetime, kind: MeetingKind, place: str, *, actor: Actor, **more: Any) -> AppointmentBase:
    name = getattr(actor, "name", actor.actor_ref)
    made: AppointmentBase = create(
        table_of(client, "appointments")(client=client, at=at, kind=kind, place=place.strip(), worker_name=name, **more), actor=actor
    )
    return made


def _open(client: ClientBase) -> bool:
    return bool(client.state == ClientState.OPEN)


@action(_("Varaa aika"), needs=access.WORK, when=_open)
def plan_meeting(
    client: ClientBase,
    on: Annotated[dt.date, Ask(_("Päivä"))],
    at: Annotated[str, Ask(_("Kellonaika"), hint=_("Esimerkiksi 9.30"))],
    kind: Annotated[MeetingKind, Ask(_("Mitä varten"))],
    place: Annotated[str, Ask(_("Paikka"))] = "",
    *,
    actor: Actor,
) -> AppointmentBase:
    """Agree on a further talk or meeting: the follow-up of the client stands on the start page until it is told what became of it."""
    access.must_work(client, actor)
    access.must_relate(client, actor)
    return _agreed(client, moment(on, at), kind, place, actor=actor)


def _agreed_still(appointment: AppointmentBase) -> bool:
    return bool(appointment.state == MeetingState.AGREED)


@action(_("Kirjaa, mitä ajasta tuli"), needs=access.WORK, when=_agreed_still)
def settle_meeting(appointment: AppointmentBase, state: Annotated[MeetingState, Ask(_("Tilanne"))], *, actor: Actor) -> AppointmentBase:
    """Tell what became of an appointment. A first talk that was held stops the clock of its contact."""
    access.must_work(appointment, actor)
    access.must_relate(appointment.client, actor)  # type: ignore[attr-defined]
    if not _agreed_still(appointment):
        told = {"state": appointment.get_state_display().lower(), "at": wording.moment(timezone.localtime(appointment.at))}
        raise OutOfOrder(_("Aika %(at)s on jo kirjattu: %(state)s. Varaa tarvittaessa uusi aika.") % told, code="student_welfare.settled")
    day = local_day(appointment.at)
    if state == MeetingState.HELD:
        refuse(future_problem(HELD, day, timezone.localdate(), field="state", law=clock.LAW))
        contact: ContactBase | None = getattr(appointment, "contact", None)
        if contact is not None and contact.met_on is None:
            change(contact, {"met_on": day}, version=contact.version, actor=actor)
    return change(appointment, {"state": state}, version=appointment.version, actor=actor)
