"""Relations: a waiting client taken, a relation given with its reason, ended; a client relation closed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.actions import because
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.organisation.models import User
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.bases import ClientBase, RelationBase
from kirjaamo.registers.education.student_welfare.calendar import refuse
from kirjaamo.registers.education.student_welfare.choices import ClientState, ClosingReason, MeetingState, Profession, Purpose
from kirjaamo.registers.education.student_welfare.retention import last_day
from kirjaamo.registers.education.student_welfare.rules import will
from kirjaamo.registers.education.student_welfare.rules.problems import Problem, days3, future_problem, order_problem
from kirjaamo.subjects.actions import add_subject
from kirjaamo.ui import wording
from kirjaamo.values.clock import local_day
from kirjaamo.values.language import Text3
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from kirjaamo.contract.record import Record
    from kirjaamo.kernel.actors import Actor

SEPARATE_LAW = "1287/2013 20–22 §"
LAST, BEGAN = (
    Text3("Viimeinen päivä", "Sista dagen", "The last day"),
    Text3("asiakassuhteen alku", "klientrelationens början", "the start of the relation"),
)
CLOSED, OPENED = (
    Text3("Päättymispäivä", "Slutdagen", "The end day"),
    Text3("asiakkuuden alku", "klientrelationens början", "the start of the client relation"),
)
MOST_DAYS = 30
"""The longest time for which another purpose than the client's matter opens the narrative; a longer one is given anew."""


def table_of(client: ClientBase, name: str) -> Any:
    """The register's own table of rows of a kind (`relations`, `notes`, …)."""
    return type(client)._meta.get_field(name).related_model


def open_relation(client: ClientBase, profession: Profession, *, actor: Actor, since: dt.date | None = None) -> RelationBase:
    """Begin the actor's own relation to a client, who then is in hand."""
    user = actor if isinstance(actor, User) else None
    name = getattr(actor, "name", "")
    relation = table_of(client, "relations")(
        client=client, worker=user, member_name=name, profession=profession, valid_from=since or timezone.localdate()
    )
    made: RelationBase = create(relation, actor=actor)
    change(client, {"state": ClientState.OPEN, "worker_name": name}, version=client.version, actor=actor)
    return made


def _waiting(client: ClientBase) -> bool:
    return bool(client.state == ClientState.WAITING)


def _open(client: ClientBase) -> bool:
    return bool(client.state == ClientState.OPEN)


@action(_("Ota asiakkaaksi"), needs=access.WORK, when=_waiting)
def take(client: ClientBase, profession: Annotated[Profession, Ask(_("Ammattisi"))], *, actor: Actor) -> ClientBase:
    """Take a waiting client: the relation begins today."""
    access.must_work(client, actor)
    held: ClientBase = type(client)._default_manager.select_for_update().get(pk=client.pk)  # of two who take at once the second is told
    if not _waiting(held):
        sentence = _("Asiakas %(client)s ei enää odota ottajaa: tilanne on %(state)s. Toinen työntekijä ehti ottaa asiakkaan.")
        told = {"client": held.number, "state": held.get_state_display().lower()}
        raise OutOfOrder(sentence % told, code="student_welfare.taken")
    open_relation(held, profession, actor=actor)
    client.refresh_from_db()
    return client


@action(_("Anna lukuoikeus"), needs=access.LEAD)
def give_relation(
    client: ClientBase,
    username: Annotated[str, Ask(_("Työntekijän käyttäjätunnus"))],
    profession: Annotated[Profession, Ask(_("Ammatti"))],
    purpose: Annotated[Purpose, Ask(_("Tarkoitus"))],
    until: Annotated[dt.date | None, Ask(_("Päättyy"))],
    basis: Annotated[str, Ask(_("Peruste"), hint=_("Tietopyynnön asiatunnus, sijaisuus tai muu syy. Älä kirjoita asiakkaasta."))],
    *,
    actor: Actor,
) -> ClientBase:
    """Give a worker of this register a relation: for the client's matter, or for a time and a reason to answer a request or oversee."""
    access.must_work(client, actor)
    worker = worker_of(username, client)
    today = timezone.localdate()
    refuse(_too_long(purpose, until, today))
    because(basis)
    row = table_of(client, "relations")(
        client=client,
        worker=worker,
        member_name=worker.name,
        profession=profession,
        purpose=purpose,
        basis=basis,
        valid_from=today,
        valid_to=until,
    )
    create(row, actor=actor)
    if purpose == Purpose.CARE and client.state == ClientState.WAITING:
        change(client, {"state": ClientState.OPEN, "worker_name": worker.name}, version=client.version, actor=actor)
        client.refresh_from_db()
    return client


def worker_of(username: str, row: Record) -> User:
    """The active account of a name that works in the register of a row; `Refused` when there is none: a right to another is not enough."""
    worker = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if worker is None or not worker.may(row.register.read, row):
        sentence = _(
            "Tunnuksella %(username)s ei ole oikeutta rekisteriin %(register)s. Rekisterit ovat erilliset, eikä toisen oikeus riitä."
        )
        told = {"username": username.strip(), "register": row.register.title}
        raise Refused(sentence % told, code="student_welfare.not_of_this_register", section=SEPARATE_LAW, field="username")
    return worker


def _too_long(purpose: str, until: dt.date | None, today: dt.date) -> Problem | None:
    """Why a right to read for another purpose than the client's matter cannot be given: it has no end, or one too far."""
    latest = today + dt.timedelta(days=MOST_DAYS)
    if purpose == Purpose.CARE or (until is not None and until <= latest):
        return None
    given, last = (days3(until) if until else ("–", "–", "–")), days3(latest)
    return Problem(
        "too_long",
        Text3(
            f"Muuhun kuin asiakastyöhön lukuoikeus annetaan enintään {MOST_DAYS} päiväksi kerrallaan, nyt viimeistään {last[0]} "
            f"(annettu: {given[0]}).",
            f"För annat än klientarbete ges läsrätten för högst {MOST_DAYS} dagar åt gången, nu till {last[1]} (angett: {given[1]}).",
            f"For other than the client's matter the right to read is given for {MOST_DAYS} days at most, now until {last[2]} "
            f"(given: {given[2]}).",
        ),
        access.RELATION_LAW,
        "until",
    )


@action(_("Päätä asiakassuhde"), needs=access.WORK, when=lambda relation: relation.valid_to is None)
def end_relation(relation: RelationBase, last: Annotated[dt.date, Ask(_("Viimeinen päivä"))], *, actor: Actor) -> RelationBase:
    """End a relation: the narrative closes for its worker the day after."""
    access.must_work(relation, actor)
    if not actor.may(access.LEAD):
        access.must_relate(relation.client, actor)  # type: ignore[attr-defined]
    refuse(order_problem(LAST, last, BEGAN, relation.valid_from, field="last", law=access.RELATION_LAW))
    ended = change(relation, {"valid_to": last}, version=relation.version, actor=actor)
    _leave_to_wait(ended.client, last, actor=actor)  # type: ignore[attr-defined]
    return ended


def _leave_to_wait(client: ClientBase, last: dt.date, *, actor: Actor) -> None:
    """An open client whose last worker has left waits for another, so that somebody sees it."""
    today = timezone.localdate()
    others = client.relations.filter(Q(valid_to=None) | Q(valid_to__gt=today), purpose=Purpose.CARE, voided_at=None)  # type: ignore[attr-defined]
    if last <= today and client.state == ClientState.OPEN and not others.exists():
        change(client, {"state": ClientState.WAITING, "worker_name": ""}, version=client.version, actor=actor)


@action(_("Päätä asiakkuus"), needs=access.WORK, when=_open)
def close_client(
    client: ClientBase,
    closed_on: Annotated[dt.date, Ask(_("Päättymispäivä"))],
    reason: Annotated[ClosingReason, Ask(_("Päättymisen syy"))],
    *,
    actor: Actor,
) -> ClientBase:
    """End the client relation: relations end with it and the day of destruction is counted from the plan."""
    access.must_work(client, actor)
    access.must_relate(client, actor)
    _nothing_waits(client)
    refuse(order_problem(CLOSED, closed_on, OPENED, client.opened_on, field="closed_on"))
    refuse(future_problem(CLOSED, closed_on, timezone.localdate(), field="closed_on"))
    values = {"state": ClientState.CLOSED, "closed_on": closed_on, "closing_reason": reason}
    closed = change(client, {**values, "retention_due": last_day(client, closed_on)}, version=client.version, actor=actor)
    for relation in client.relations.filter(valid_to=None, purpose=Purpose.CARE):  # type: ignore[attr-defined]
        change(relation, {"valid_to": max(closed_on, relation.valid_from)}, version=relation.version, actor=actor)
    for name in ("notes", "statements", "disclosures", "contacts", "relations", "appointments"):
        if hasattr(closed, name):
            getattr(closed, name).update(retention_due=closed.retention_due)
    closed.uses.filter(retention_due=None).update(retention_due=closed.retention_due)  # type: ignore[attr-defined] # of before logs had a time
    return closed


def _nothing_waits(client: ClientBase) -> None:
    """Before a client relation ends its talks have been held (or their contacts dropped) and its appointments told of."""
    waiting = client.contacts.filter(met_on=None, voided_at=None).order_by("came_at").first() if hasattr(client, "contacts") else None
    if waiting is not None:
        sentence = _(
            "Yhteydenotto %(came)s odottaa vielä keskustelua (viimeistään %(due)s). "
            "Kirjaa keskustelu pidetyksi tai peru yhteydenotto ensin."
        )
        told = {"came": wording.day(local_day(waiting.came_at)), "due": wording.day(waiting.due_on)}
        raise OutOfOrder(sentence % told, code="student_welfare.talk_waits")
    agreed = client.appointments.filter(state=MeetingState.AGREED, voided_at=None).order_by("at").first()  # type: ignore[attr-defined]
    if agreed is not None:
        sentence = _("Aika %(at)s on vielä sovittuna. Kirjaa ensin, mitä ajasta tuli.")
        raise OutOfOrder(sentence % {"at": wording.moment(timezone.localtime(agreed.at))}, code="student_welfare.appointment_waits")


# Guardians ------------------------------------------------------------------------------------------------------------------


@action(_("Kirjaa huoltaja"), needs=access.WORK)
def name_guardian(
    client: ClientBase,
    guardian_id: Annotated[PersonalId, Ask(_("Huoltajan henkilötunnus"))],
    guardian_name: Annotated[str, Ask(_("Huoltajan nimi"))],
    *,
    actor: Actor,
) -> ClientBase:
    """Record a guardian of the client; there are two at most, and one who is there already is not recorded twice."""
    access.must_work(client, actor)
    access.must_relate(client, actor)
    person = add_subject(guardian_name, actor=actor, personal_id=guardian_id)
    if person.pk in {client.guardian_id, client.second_guardian_id}:
        raise BadInput(_("%(name)s on jo kirjattu huoltajaksi.") % {"name": person.name}, code="student_welfare.same_guardian")
    place = next((name for name in ("guardian", "second_guardian") if getattr(client, name) is None), None)
    if place is None:
        sentence = _("Asiakkaalla on jo kaksi huoltajaa: %(first)s ja %(second)s. Poista ensin se, jonka huoltajuus on päättynyt.")
        told = {"first": client.guardian.name, "second": client.second_guardian.name}
        raise OutOfOrder(sentence % told, code="student_welfare.two_guardians")
    return change(client, {place: person}, version=client.version, actor=actor)


@action(
    _("Poista huoltaja"), needs=access.WORK, when=lambda client: client.guardian_id is not None or client.second_guardian_id is not None
)
def drop_guardian(client: ClientBase, guardian_name: Annotated[str, Ask(_("Huoltajan nimi"))], *, actor: Actor) -> ClientBase:
    """A guardian whose custody has ended is no longer one of the client; the journal keeps that they were."""
    access.must_work(client, actor)
    access.must_relate(client, actor)
    for name in ("guardian", "second_guardian"):
        person = getattr(client, name)
        if person is not None and will.names(guardian_name, (person.name,)):
            return change(client, {name: None}, version=client.version, actor=actor)
    known = ", ".join(one.name for one in (client.guardian, client.second_guardian) if one is not None) or "–"
    sentence = _("%(name)s ei ole asiakkaan huoltaja (kirjattu: %(known)s).") % {"name": guardian_name, "known": known}
    raise BadInput(sentence, code="student_welfare.no_such_guardian", field="guardian_name")
