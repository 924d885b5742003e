"""Relations: a waiting client taken, a relation given with its reason, ended; a client relation closed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.actions import because
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.models import User
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.bases import ClientBase, RelationBase
from kirjaamo.registers.education.student_welfare.choices import ClientState, ClosingReason, Profession, Purpose
from kirjaamo.registers.education.student_welfare.retention import last_day

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

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
    if not _waiting(client):
        raise Refused(_("Asiakkaan on jo ottanut toinen työntekijä."), code="student_welfare.taken", section=access.RELATION_LAW)
    open_relation(client, profession, actor=actor)
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
    worker = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if worker is None or not worker.may(client.register.read, client):
        raise Refused(
            _("Työntekijällä ei ole oikeutta tähän rekisteriin. Rekisterit ovat erilliset, eikä toisen rekisterin oikeus riitä."),
            code="student_welfare.not_of_this_register",
            section="1287/2013 20–22 §",
            field="username",
        )
    today = timezone.localdate()
    if purpose != Purpose.CARE and (until is None or (until - today).days > MOST_DAYS):
        raise Refused(
            _("Muuhun kuin asiakastyöhön lukuoikeus annetaan enintään %(days)d päiväksi kerrallaan.") % {"days": MOST_DAYS},
            code="student_welfare.too_long",
            section=access.RELATION_LAW,
            field="until",
        )
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
    return client


@action(_("Päätä asiakassuhde"), needs=access.WORK, when=lambda relation: relation.valid_to is None)
def end_relation(relation: RelationBase, last: Annotated[dt.date, Ask(_("Viimeinen päivä"))], *, actor: Actor) -> RelationBase:
    """End a relation: the narrative closes for its worker the day after."""
    access.must_work(relation, actor)
    if not actor.may(access.LEAD):
        access.must_relate(relation.client, actor)  # type: ignore[attr-defined]
    return change(relation, {"valid_to": last}, version=relation.version, actor=actor)


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
    if client.contacts.filter(met_on=None, voided_at=None).exists() if hasattr(client, "contacts") else False:
        raise Refused(
            _("Yhteydenotto odottaa vielä keskustelua. Kirjaa keskustelu pidetyksi tai mitätöi yhteydenotto ennen päättämistä."),
            code="student_welfare.talk_waits",
            section="1287/2013 15 §",
        )
    values = {"state": ClientState.CLOSED, "closed_on": closed_on, "closing_reason": reason}
    closed = change(client, {**values, "retention_due": last_day(client, closed_on)}, version=client.version, actor=actor)
    for relation in client.relations.filter(valid_to=None, purpose=Purpose.CARE):  # type: ignore[attr-defined]
        change(relation, {"valid_to": max(closed_on, relation.valid_from)}, version=relation.version, actor=actor)
    for name in ("notes", "statements", "disclosures", "uses", "contacts", "relations"):
        if hasattr(closed, name):
            getattr(closed, name).update(retention_due=closed.retention_due)
    return closed
