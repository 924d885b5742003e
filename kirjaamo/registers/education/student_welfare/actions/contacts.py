"""Contacts: taken with their clock, an appointment given, the talk recorded. Each register takes its own."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create, void
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.actions.relations import open_relation
from kirjaamo.registers.education.student_welfare.bases import ClientBase, ContactBase
from kirjaamo.registers.education.student_welfare.calendar import refuse, refuse_moved, talk_by
from kirjaamo.registers.education.student_welfare.choices import Channel, ClientState, ContactBy, Holding, Level, MeetingState, Profession
from kirjaamo.registers.education.student_welfare.models import (
    PsychologyClient,
    PsychologyContact,
    SocialClient,
    SocialContact,
)
from kirjaamo.registers.education.student_welfare.rules import clock
from kirjaamo.registers.education.student_welfare.rules.problems import future_problem
from kirjaamo.subjects.actions import add_subject
from kirjaamo.ui import wording
from kirjaamo.values.clock import local_day
from kirjaamo.values.language import Text3
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from collections.abc import Callable

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject

CAME = Text3("Yhteydenoton päivä", "Kontaktens dag", "The day of the contact")
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
        sentence = _("Huoltajan henkilötunnus on annettu, mutta nimi puuttuu. Kirjoita myös huoltajan nimi.")
        raise BadInput(sentence, code="student_welfare.guardian_name", field="guardian_name")
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
    refuse(future_problem(CAME, on, now.date(), field="came_on", law=clock.LAW))
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
    return contact.met_on is None and contact.voided_at is None


@action(_("Kirjaa keskustelu pidetyksi"), needs=access.WORK, when=_waits)
def record_talk(contact: ContactBase, met_on: Annotated[dt.date, Ask(_("Keskustelun päivä"))], *, actor: Actor) -> ContactBase:
    """The talk was held: the clock stops, and an appointment that was agreed for that day is held."""
    in_reach(contact, actor)
    _must_wait(contact)
    refuse(clock.met_problem(local_day(contact.came_at), met_on, timezone.localdate()))
    for one in contact.appointments.filter(state=MeetingState.AGREED):  # type: ignore[attr-defined]
        state = MeetingState.HELD if local_day(one.at) == met_on else MeetingState.CANCELLED
        change(one, {"state": state}, version=one.version, actor=actor)
    return change(contact, {"met_on": met_on}, version=contact.version, actor=actor)


@action(_("Peru yhteydenotto"), needs=access.WORK, when=_waits)
def drop_contact(
    contact: ContactBase,
    reason: Annotated[str, Ask(_("Syy"), hint=_("Esimerkiksi: opiskelija ei halunnut keskustelua, tai kirjattu väärälle asiakkaalle."))],
    *,
    actor: Actor,
) -> ContactBase:
    """A contact that leads to no talk is voided with its reason; it stays in sight and its clock no longer runs."""
    in_reach(contact, actor)
    _must_wait(contact)
    return void(contact, reason, actor=actor)


def _must_wait(contact: ContactBase) -> None:
    if _waits(contact):
        return
    if contact.met_on is not None:
        sentence = _("Keskustelu on kirjattu pidetyksi %(day)s.") % {"day": wording.day(contact.met_on)}
    else:
        sentence = _("Yhteydenotto on peruttu: %(reason)s.") % {"reason": contact.void_reason}
    raise OutOfOrder(sentence, code="student_welfare.contact_done")


def in_reach(contact: ContactBase, actor: Actor) -> None:
    """The actor works in the contact's register and has a relation to its client."""
    access.must_work(contact, actor)
    access.must_relate(contact.client, actor)  # type: ignore[attr-defined]
