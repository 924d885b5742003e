"""The writers of the API: tokens, counters, and the events of other systems."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kirjaamo.api.models import EventKind, Scope, SystemEvent, Token
from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, CaseState, PartyRole
from kirjaamo.catalog.actions import note_event
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Way
from kirjaamo.kernel import submissions, vault
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.organisation.models import ManagementUnit
from kirjaamo.subjects.actions import add_subject
from kirjaamo.tos.models import NodeKind
from kirjaamo.ui.access import STAFF
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.catalog.models import InformationSystem
    from kirjaamo.contract.record import Record
    from kirjaamo.documents.policy import Upload
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import User

LONGEST_DAYS = 366
FED_DOCUMENT = {"fi": "Asiakirja järjestelmästä", "sv": "En handling från systemet", "en": "A document from the system"}


@action(gettext_lazy("Luo avain"), needs=STAFF)
def create_token(
    user: User, name: str, *, scope: Scope, valid_to: dt.date, actor: Actor, registers: list[str] | None = None
) -> tuple[Token, str]:
    """Make a token of one's own account; its text is given once and only its keyed hash is kept."""
    today = timezone.localdate()
    if user.actor_ref != actor.actor_ref:
        raise Refused(_("Avaimen voi luoda vain omalle käyttäjätilille."), code="api.not_own")
    if not today < valid_to <= today + dt.timedelta(days=LONGEST_DAYS):
        raise Refused(_("Avain päättyy viimeistään vuoden kuluttua: valitse päivä siltä väliltä."), code="api.valid_to", field="valid_to")
    text = f"kirjaamo_{secrets.token_urlsafe(32)}"
    token = Token.of(
        user=user, name=name, start=text[:12], hash=vault.fingerprint(text), scope=scope, valid_to=valid_to, registers=registers or []
    )
    return token, text


@action(gettext_lazy("Mitätöi avain"), needs=STAFF)
def revoke_token(token: Token, *, actor: Actor) -> Token:
    """End a token at once: its owner, or who manages accounts."""
    if token.user.actor_ref != actor.actor_ref and not actor.may("organisation.manage"):
        raise Refused(_("Avaimen voi mitätöidä sen omistaja tai pääkäyttäjä."), code="api.not_own")
    token.revoked_at = running().at
    token.save(update_fields=["revoked_at"])
    return token


def count_call(caller: str, minute: dt.datetime) -> int:
    """Count one call of a caller within a minute and return how many there are; the counters of earlier hours go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO api_callcount (caller, minute, calls) VALUES (%s, %s, 1)"
            " ON CONFLICT (caller, minute) DO UPDATE SET calls = api_callcount.calls + 1 RETURNING calls",
            [caller, minute],
        )
        calls: int = cursor.fetchone()[0]
        if calls == 1:
            cursor.execute("DELETE FROM api_callcount WHERE caller = %s AND minute < %s", [caller, minute - dt.timedelta(hours=1)])
    return calls


@action(gettext_lazy("Kutsu rajapintaa"), needs=STAFF)
def once(key: uuid.UUID, write: Callable[[], Record], *, actor: Actor) -> Record:
    """Write once for a caller's key: the same key again gives the record that the first call wrote.

    What `write` needs is asked by the caller before: within this action an inner one does not ask again.
    """
    del actor
    known = submissions.claim(key)
    if known:
        label, _colon, number = known.rpartition(":")
        found: Record = apps.get_model(label)._default_manager.get(pk=int(number))
        return found
    record = write()
    submissions.settle(key, f"{record._meta.label_lower}:{record.pk}")
    return record


# Events of other systems ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FedDocument:
    """A document of an event: its title, its type in the plan, who wrote it, and its file."""

    title: str
    type_code: str
    sender: str
    upload: Upload


@dataclass(frozen=True)
class Event:
    """What a system reports: its key of the event and of the case, when it happened, and of a new case what the register needs.

    `documents`: the files that came with it, each with its type in the plan of the case's class.
    """

    key: str
    kind: EventKind
    case: str
    at: dt.datetime
    title: str = ""
    class_code: str = ""
    initiator: str = ""
    label: dict[str, str] = field(default_factory=dict)
    documents: tuple[FedDocument, ...] = ()


@action(gettext_lazy("Ota vastaan järjestelmän tapahtuma"), needs=STAFF)
def take_event(system: InformationSystem, event: Event, *, token: Token, actor: Actor) -> SystemEvent:
    """Carry an event of a system into the case register, once: a case, a measure on it, or its end."""
    if token.scope != Scope.FEED:
        raise Refused(_("Avain ei ole järjestelmän tapahtumien ilmoittamista varten."), code="api.scope")
    if not actor.may("cases.register"):
        raise NotAllowed("cases.register")
    known = SystemEvent.objects.filter(system=system, key=event.key).select_related("case").first()
    if known is not None:
        return known
    if event.at > running().at:
        raise Refused(_("Tapahtuman aika on tulevaisuudessa."), code="api.future", field="at")
    case = _new_case(system, event, actor) if event.kind == EventKind.CASE else _open_case(system, event)
    for one in event.documents:
        _take_document(case, one, event.at, actor=actor)
    if event.kind != EventKind.CASE:
        _on_case(case, event, actor)
    made = SystemEvent.of(
        system=system, key=event.key, kind=event.kind, foreign_case=event.case, case=case, happened_at=event.at, token=token
    )
    note_event(system, feeder=token.user.name, at=event.at, actor=actor)
    return made


def _new_case(system: InformationSystem, event: Event, actor: Actor) -> Case:
    """The case of a system's case, of one of the classes that the system uses."""
    if SystemEvent.objects.filter(system=system, foreign_case=event.case, kind=EventKind.CASE).exists():
        raise Refused(_("Järjestelmän asia on jo kirjattu toisella tapahtumalla."), code="api.case_known", field="case")
    today = timezone.localdate()
    revisions = [r for one in system.classes.all() if (r := one.revisions.in_force(today).first()) is not None]
    revision = next((r for r in revisions if not event.class_code or r.code == event.class_code), None)
    if revision is None:
        listed = ", ".join(r.code for r in revisions) or "–"
        raise Refused(_("Järjestelmän tehtäväluokat ovat: %(listed)s.") % {"listed": listed}, code="api.class", field="class_code")
    initiator = add_subject(event.initiator, actor=actor) if event.initiator else None
    return cases.open_case(
        cases.NewCase(
            revision=revision,
            unit=system.decided_by,
            management_unit=ManagementUnit.objects.get(),
            title=event.title or system.title["fi"],
            publicity=Publicity.PARTLY_SECRET,
            initiated_at=event.at,
            parties=[cases.NewParty(PartyRole.INITIATOR, initiator)],
        ),
        actor=actor,
    )


def _open_case(system: InformationSystem, event: Event) -> Case:
    """Our case of a system's case, locked; `Refused` when it is not known or has ended."""
    first = SystemEvent.objects.filter(system=system, foreign_case=event.case, kind=EventKind.CASE).first()
    if first is None:
        raise Refused(_("Järjestelmän asiaa ei ole kirjattu. Lähetä ensin sen vireilletulo."), code="api.case_unknown", field="case")
    case = Case.objects.select_for_update().get(pk=first.case_id)
    if case.state == CaseState.CLOSED:
        raise Refused(_("Asian käsittely on jo päättynyt."), code="api.case_closed", field="case")
    return case


def _on_case(case: Case, event: Event, actor: Actor) -> None:
    if event.kind == EventKind.CLOSED:
        cases.close(case, actor=actor, resolved_at=event.at)
    else:
        cases.record(case, actor=actor, kind="measure", label=event.label or {"fi": event.title})


def _take_document(case: Case, told: FedDocument, at: dt.datetime, *, actor: Actor) -> None:
    """Register a document of the event in the case, with the metadata that the plan decides for its type (TiHL 906/2019 § 26.3)."""
    types = case.revision.nodes.filter(kind=NodeKind.DOCUMENT)
    node = types.filter(code=told.type_code).first()
    if node is None:
        listed = ", ".join(sorted(types.values_list("code", flat=True))) or "–"
        sentence = _("Tehtäväluokan asiakirjatyypit ovat: %(listed)s.") % {"listed": listed}
        raise Refused(sentence, code="api.document_type", field="documents")
    draft = documents.Draft(
        title=told.title,
        type_code=node.code,
        metadata=documents.Metadata.of(node),
        language=case.language,
        node=node,
        uploads=[told.upload],
    )
    made = documents.receive(draft, sender=told.sender, way=Way.FEED, arrived_at=at, actor=actor)
    cases.record(case, actor=actor, kind="document", label=FED_DOCUMENT, document=made)
