"""Statements of will: consents, a minor's bar on the guardian, their withdrawal; members of the group."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import BadInput, Refused
from kirjaamo.mechanisms.confidential.sealed import Sealed
from kirjaamo.organisation.models import User
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.actions.contacts import GROUP, NewClient, client_of
from kirjaamo.registers.education.student_welfare.actions.relations import table_of, worker_of
from kirjaamo.registers.education.student_welfare.bases import ClientBase, StatementBase
from kirjaamo.registers.education.student_welfare.calendar import refuse
from kirjaamo.registers.education.student_welfare.choices import ClientState, GivenBy, Level, Profession, StatementKind
from kirjaamo.registers.education.student_welfare.models import GroupClient, GroupMember, GroupStatement
from kirjaamo.registers.education.student_welfare.rules import will
from kirjaamo.registers.education.student_welfare.rules.problems import Problem, future_problem, order_problem
from kirjaamo.ui import wording
from kirjaamo.values.language import Text3
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

GIVEN = Text3("Antamispäivä", "Dagen då den gavs", "The day on which it was given")
WAS_GIVEN = Text3("tahdonilmauksen antamispäivä", "dagen då den gavs", "the day on which it was given")
WITHDRAWN = Text3("Perumispäivä", "Dagen då den återtogs", "The day on which it was withdrawn")
CONVENED = Text3("Ryhmän kokoamispäivä", "Dagen då gruppen samlades", "The day on which the group was convened")


def _in_hand(client: ClientBase) -> bool:
    return bool(client.state == ClientState.OPEN)


def _sealed(text: str) -> Sealed | None:
    return Sealed.of(text) if text.strip() else None


@action(_("Kirjaa kielto huoltajalle"), needs=access.WORK)
def bar_guardian(
    client: ClientBase,
    given_on: Annotated[dt.date, Ask(_("Kielto annettu"))],
    assessed_by: Annotated[str, Ask(_("Arvion tehnyt ammattihenkilö"))],
    assessment: Annotated[str, Ask(_("Arvio alaikäisen iästä, kehitystasosta ja painavasta syystä"), long=True)],
    *,
    actor: Actor,
) -> StatementBase:
    """A minor forbids giving data to the guardian. From now on nothing of this register is given to the guardian (§ 18)."""
    access.must_work(client, actor)
    access.must_relate(client, actor)
    refuse(_given_problem(given_on))
    refuse(will.bar_problem(client.student.birth_date, given_on, assessment))
    return _stored(
        client,
        kind=StatementKind.GUARDIAN_BAR,
        given_by=GivenBy.STUDENT,
        given_on=given_on,
        assessed_by=assessed_by,
        assessment=_sealed(assessment),
        actor=actor,
    )


@action(_("Kirjaa suostumus"), needs=access.WORK)
def consent(
    client: ClientBase,
    kind: Annotated[StatementKind, Ask(_("Laji"))],
    given_by: Annotated[GivenBy, Ask(_("Antaja"))],
    given_on: Annotated[dt.date, Ask(_("Annettu"))],
    scope: Annotated[str, Ask(_("Mitä tai ketä koskee"), hint=_("Esimerkiksi ryhmän jäsenen nimi ja ammatti, tai mitä tietoja kenelle."))],
    assessed_by: Annotated[str, Ask(_("Arvion tehnyt ammattihenkilö"))] = "",
    assessment: Annotated[str, Ask(_("Miksi opiskelija ei voi itse arvioida suostumusta"), long=True)] = "",
    *,
    actor: Actor,
) -> StatementBase:
    """A consent of the student; of the guardian only when the student was assessed unable to tell what it means (§ 19)."""
    access.must_work(client, actor)
    access.must_relate(client, actor)
    if kind == StatementKind.GUARDIAN_BAR:
        sentence = _("Lajiksi on valittu kielto. Kirjaa kielto omalla toiminnollaan, jotta ammattihenkilön arvio tulee mukaan.")
        raise BadInput(sentence, code="student_welfare.bar_apart", field="kind")
    refuse(_given_problem(given_on))
    refuse(will.consent_problem(given_by, assessment))
    return _stored(
        client,
        kind=kind,
        given_by=given_by,
        given_on=given_on,
        scope=scope,
        assessed_by=assessed_by,
        assessment=_sealed(assessment),
        actor=actor,
    )


def _given_problem(given_on: dt.date) -> Problem | None:
    return future_problem(GIVEN, given_on, timezone.localdate(), field="given_on")


def _stored(client: ClientBase, *, actor: Actor, **facts: Any) -> StatementBase:
    made: StatementBase = create(table_of(client, "statements")(client=client, **facts), actor=actor)
    return made


def _holds(statement: StatementBase) -> bool:
    return statement.withdrawn_on is None


@action(_("Kirjaa peruutus"), needs=access.WORK, when=_holds)
def withdraw(statement: StatementBase, withdrawn_on: Annotated[dt.date, Ask(_("Peruttu"))], *, actor: Actor) -> StatementBase:
    """A statement of will is withdrawn from a day on. A member of the group whose consent it was leaves the group that day."""
    access.must_work(statement, actor)
    access.must_relate(statement.client, actor)  # type: ignore[attr-defined]
    refuse(order_problem(WITHDRAWN, withdrawn_on, WAS_GIVEN, statement.given_on, field="withdrawn_on"))
    refuse(future_problem(WITHDRAWN, withdrawn_on, timezone.localdate(), field="withdrawn_on"))
    made = change(statement, {"withdrawn_on": withdrawn_on}, version=statement.version, actor=actor)
    if isinstance(made, GroupStatement):
        for member in made.members.filter(valid_to=None):
            change(member, {"valid_to": max(withdrawn_on, member.valid_from)}, version=member.version, actor=actor)
    return made


# The multi-professional group ---------------------------------------------------------------------------------------------


@action(_("Kokoa asiantuntijaryhmä"), needs=GROUP)
def convene(  # noqa: PLR0913, PLR0917 - these are its facts
    opened_on: Annotated[dt.date, Ask(_("Ryhmä koottiin"))],
    personal_id: Annotated[PersonalId, Ask(_("Opiskelijan henkilötunnus"))],
    name: Annotated[str, Ask(_("Opiskelijan nimi"))],
    school: Annotated[str, Ask(_("Koulu"))],
    level: Annotated[Level, Ask(_("Koulutusmuoto"))],
    profession: Annotated[Profession, Ask(_("Ammattisi"))],
    consent_on: Annotated[dt.date, Ask(_("Suostumus jäsenyyteesi annettu"))],
    class_name: Annotated[str, Ask(_("Luokka tai ryhmä"))] = "",
    given_by: Annotated[GivenBy, Ask(_("Suostumuksen antaja"))] = GivenBy.STUDENT,
    assessed_by: Annotated[str, Ask(_("Arvion tehnyt ammattihenkilö"))] = "",
    assessment: Annotated[str, Ask(_("Miksi opiskelija ei voi itse arvioida suostumusta"), long=True)] = "",
    *,
    actor: Actor,
) -> GroupClient:
    """Convene a group for a student with a consent to its convener (§ 14). Further members need a consent of their own.

    The consent is the student's, or the guardian's when the student was assessed unable to tell what it means (§ 19).
    """
    refuse(future_problem(GIVEN, consent_on, timezone.localdate(), field="consent_on", law=will.CONSENT_LAW))
    refuse(future_problem(CONVENED, opened_on, timezone.localdate(), field="opened_on"))
    refuse(will.consent_problem(given_by, assessment))
    new = NewClient(personal_id, name, school, level, class_name)
    client = client_of(GroupClient, "R", new, opened_on, actor=actor)
    assert isinstance(client, GroupClient)  # noqa: S101 - told by the model given
    if access.relation_of(client, actor) is not None:
        return client
    scope = f"{getattr(actor, 'name', actor.actor_ref)}, {profession.label}"
    facts = {"given_by": given_by, "given_on": consent_on, "scope": scope, "assessed_by": assessed_by, "assessment": _sealed(assessment)}
    given = create(GroupStatement(client=client, kind=StatementKind.GROUP_CONSENT, **facts), actor=actor)
    _join(client, given, actor if isinstance(actor, User) else None, getattr(actor, "name", ""), profession, consent_on, actor=actor)
    change(client, {"state": ClientState.OPEN, "worker_name": getattr(actor, "name", "")}, version=client.version, actor=actor)
    client.refresh_from_db()
    return client


def _consents(statement: GroupStatement) -> bool:
    return statement.kind == StatementKind.GROUP_CONSENT and _holds(statement) and not statement.members.exists()


@action(_("Ota ryhmän jäseneksi"), needs=access.WORK, when=_consents)
def add_member(
    statement: GroupStatement,
    member_name: Annotated[str, Ask(_("Jäsenen nimi"))],
    profession: Annotated[Profession, Ask(_("Ammatti"))],
    username: Annotated[str, Ask(_("Käyttäjätunnus"), hint=_("Tyhjä, jos jäsen ei käytä tätä ohjelmaa."))] = "",
    *,
    actor: Actor,
) -> GroupMember:
    """Take a member into the group on the ground of a recorded consent; one consent makes one member."""
    access.must_work(statement, actor)
    access.must_relate(statement.client, actor)
    if not _consents(statement):
        raise Refused(_no_consent(statement), code="student_welfare.no_consent", section=will.CONSENT_LAW)
    refuse(will.member_problem(statement.scope, member_name))
    worker = worker_of(username, statement) if username.strip() else None
    return _join(statement.client, statement, worker, member_name, profession, statement.given_on, actor=actor)


def _no_consent(statement: GroupStatement) -> str:
    """Why a statement makes nobody a member, by what it is."""
    if statement.kind != StatementKind.GROUP_CONSENT:
        told: object = _("Tahdonilmaus on %(kind)s, ei suostumus jäsenyyteen. Kirjaa suostumus jäsenyyteen ensin.")
    elif statement.withdrawn_on is not None:
        told = _("Suostumus (%(scope)s) on peruttu %(withdrawn)s. Kirjaa uusi suostumus.")
    else:
        told = _("Suostumuksella (%(scope)s) on jo jäsen %(member)s: yhdellä suostumuksella otetaan yksi jäsen. Kirjaa uusi suostumus.")
    member = statement.members.first()
    values = {"kind": statement.get_kind_display().lower(), "scope": statement.scope, "member": member.member_name if member else ""}
    return str(told) % {**values, "withdrawn": wording.day(statement.withdrawn_on) if statement.withdrawn_on else ""}


def _join(
    client: GroupClient, given: GroupStatement, worker: User | None, name: str, profession: Profession, since: dt.date, *, actor: Actor
) -> GroupMember:
    row = GroupMember(client=client, consent=given, worker=worker, member_name=name, profession=profession, valid_from=since)
    return create(row, actor=actor)
