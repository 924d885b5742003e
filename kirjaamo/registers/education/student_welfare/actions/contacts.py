"""Contacts: taken with their clock, an appointment given, the talk recorded. Each register takes its own."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import Refused
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.actions.relations import open_relation
from kirjaamo.registers.education.student_welfare.bases import ClientBase, ContactBase
from kirjaamo.registers.education.student_welfare.calendar import refuse, refuse_moved, talk_by
from kirjaamo.registers.education.student_welfare.choices import Channel, ClientState, ContactBy, Holding, Level, Profession
from kirjaamo.registers.education.student_welfare.models import (
    PsychologyClient,
    PsychologyContact,
    SocialClient,
    SocialContact,
)
from kirjaamo.registers.education.student_welfare.rules import clock
from kirjaamo.subjects.actions import add_subject
from kirjaamo.values.clock import local_day
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from collections.abc import Callable

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject

SOCIAL, PSYCHOLOGY, GROUP = "student_welfare.social_work", "student_welfare.psychology", "student_welfare.group"


@dataclass(frozen=True)
class NewClient:
    """Whom a contact concerns."""

    personal_id: PersonalId
    name: str
    school: str
    level: Level
    class_name: str = ""
    guardian_id: PersonalId | None = None
    guardian_name: str = ""


def client_of(model: Any, prefix: str, new: NewClient, opened_on: dt.date, *, actor: Actor) -> ClientBase:
    """The client of a register: the open one of the student, or a new one that waits for someone."""
    student = add_subject(new.name, actor=actor, personal_id=new.personal_id)
    known: ClientBase | None = model._default_manager.filter(student=student, voided_at=None).exclude(state=ClientState.CLOSED).first()
    if known is not None:
        return known
    client = model(
        number=f"{prefix}-{secrets.token_hex(4).upper()}",
        student=student,
        guardian=_guardian(new, actor=actor),
        school=new.school.strip(),
        class_name=new.class_name.strip(),
        level=new.level,
        opened_on=opened_on,
    )
    made: ClientBase = create(client, actor=actor)
    return made


def _guardian(new: NewClient, *, actor: Actor) -> Subject | None:
    if new.guardian_id is None:
        return None
    if not new.guardian_name.strip():
        raise Refused(_("Kirjoita myös huoltajan nimi."), code="student_welfare.guardian_name", field="guardian_name")
    return add_subject(new.guardian_name, actor=actor, personal_id=new.guardian_id)


@dataclass(frozen=True)
class NewContact:
    """How a contact came."""

    came_at: dt.datetime
    made_by: ContactBy
    channel: Channel
    urgent: bool = False
    guardian_told: bool = False


def add_contact(model: Any, client: ClientBase, new: NewContact, *, actor: Actor) -> ContactBase:
    """Store a contact with the reckoned last day of its talk."""
    deadline = talk_by(new.came_at, client.school, urgent=new.urgent)
    contact = model(
        client=client,
        came_at=new.came_at,
        made_by=new.made_by,
        channel=new.channel,
        urgent=new.urgent,
        guardian_told=new.guardian_told,
        due_on=deadline.strict_due,
        steps=[step.as_data() for step in deadline.steps],
    )
    made: ContactBase = create(contact, actor=actor)
    return made


def came(on: dt.date) -> dt.datetime:
    """The moment of a contact of a day: now when it is today, otherwise noon of the day."""
    now = timezone.localtime()
    if on > now.date():
        raise Refused(
            _("Yhteydenoton päivä ei voi olla tulevaisuudessa."), code="student_welfare.future", section=clock.LAW, field="came_on"
        )
    return now if on == now.date() else timezone.make_aware(dt.datetime.combine(on, dt.time(12)))


def _take(holding: Holding, models: tuple[Any, Any, str], new: NewClient, contact: NewContact, *, take: bool, actor: Actor) -> ClientBase:
    client_model, contact_model, prefix = models
    refuse_moved(holding, local_day(contact.came_at))
    client = client_of(client_model, prefix, new, local_day(contact.came_at), actor=actor)
    add_contact(contact_model, client, contact, actor=actor)
    if take and access.relation_of(client, actor) is None:
        profession = Profession.SOCIAL_WORKER if holding == Holding.SOCIAL_WORK else Profession.PSYCHOLOGIST
        open_relation(client, profession, actor=actor)
    return client


def taking(name: str, label: object, *, right: str, holding: Holding, models: tuple[Any, Any, str]) -> Callable[..., Any]:
    """The verb by which one of the two registers takes a contact; the last day of the talk is reckoned from the school days (§ 15)."""

    def take_contact(  # noqa: PLR0913, PLR0917 - these are its facts
        came_on: Annotated[dt.date, Ask(_("Yhteydenoton päivä"))],
        personal_id: Annotated[PersonalId, Ask(_("Opiskelijan henkilötunnus"))],
        name: Annotated[str, Ask(_("Opiskelijan nimi"))],
        school: Annotated[str, Ask(_("Koulu"))],
        level: Annotated[Level, Ask(_("Koulutusmuoto"))],
        made_by: Annotated[ContactBy, Ask(_("Kuka otti yhteyttä"))],
        channel: Annotated[Channel, Ask(_("Tapa"))],
        urgent: Annotated[bool, Ask(_("Kiireellinen"))] = False,  # noqa: FBT002 - a box of the form
        class_name: Annotated[str, Ask(_("Luokka tai ryhmä"))] = "",
        guardian_id: Annotated[PersonalId | None, Ask(_("Huoltajan henkilötunnus"))] = None,
        guardian_name: Annotated[str, Ask(_("Huoltajan nimi"))] = "",
        guardian_told: Annotated[bool, Ask(_("Huoltajalle on kerrottu"))] = False,  # noqa: FBT002 - as above
        take: Annotated[bool, Ask(_("Otan asiakkaaksi heti"))] = False,  # noqa: FBT002 - as above
        *,
        actor: Actor,
    ) -> ClientBase:
        """Take a contact; the last day of the talk is reckoned from the school days (§ 15)."""
        new = NewClient(personal_id, name, school, level, class_name, guardian_id, guardian_name)
        contact = NewContact(came(came_on), made_by, channel, urgent, guardian_told)
        return _take(holding, models, new, contact, take=take, actor=actor)

    take_contact.__name__ = name
    return action(label, needs=right)(take_contact)


take_social_contact = taking(
    "take_social_contact",
    _("Kirjaa yhteydenotto kuraattorille"),
    right=SOCIAL,
    holding=Holding.SOCIAL_WORK,
    models=(SocialClient, SocialContact, "K"),
)
take_psychology_contact = taking(
    "take_psychology_contact",
    _("Kirjaa yhteydenotto psykologille"),
    right=PSYCHOLOGY,
    holding=Holding.PSYCHOLOGY,
    models=(PsychologyClient, PsychologyContact, "P"),
)


def _waits(contact: ContactBase) -> bool:
    return contact.met_on is None


@action(_("Sovi aika"), needs=access.WORK, when=_waits)
def give_appointment(contact: ContactBase, appointment_on: Annotated[dt.date, Ask(_("Aika"))], *, actor: Actor) -> ContactBase:
    """Give an appointment; one after the last day is recorded all the same, and the contact shows that it is late."""
    _must(contact, actor)
    return change(contact, {"appointment_on": appointment_on}, version=contact.version, actor=actor)


@action(_("Kirjaa keskustelu pidetyksi"), needs=access.WORK, when=_waits)
def record_talk(contact: ContactBase, met_on: Annotated[dt.date, Ask(_("Keskustelun päivä"))], *, actor: Actor) -> ContactBase:
    """The talk was held: the clock stops."""
    _must(contact, actor)
    refuse(clock.met_problem(local_day(contact.came_at), met_on, timezone.localdate()))
    return change(contact, {"met_on": met_on}, version=contact.version, actor=actor)


def _must(contact: ContactBase, actor: Actor) -> None:
    access.must_work(contact, actor)
    access.must_relate(contact.client, actor)  # type: ignore[attr-defined]
