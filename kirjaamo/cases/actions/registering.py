"""What arrived is registered as a case."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.arriving import ACKNOWLEDGED, Overtaken, sender_of, uploads_of
from kirjaamo.cases.actions.opening import NewCase, NewParty, open_case
from kirjaamo.cases.models import Arrival, ArrivalState, Case, PartyRole
from kirjaamo.documents import actions as documents
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.notices import actions as notices
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import SubjectKind

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document, Way
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import Unit
    from kirjaamo.subjects.models import Subject
    from kirjaamo.tos.models import ClassRevision, Node
    from kirjaamo.values.personal_id import PersonalId


@dataclass(frozen=True)
class Sender:
    """Who an arrival comes from; without a name it is anonymous."""

    name: str = ""
    kind: SubjectKind = SubjectKind.PERSON
    personal_id: PersonalId | None = None
    business_id: str = ""
    email: str = ""
    telephone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Registration:
    """What a registrar tells of something that arrived (TiHL 906/2019 § 25–26). `key` is the form's: sent twice, taken once.

    `waiting` is the arrival of the queue that becomes the case, as the registrar saw it: its files become documents too.
    """

    revision: ClassRevision
    unit: Unit
    title: str
    way: Way
    arrived_at: dt.datetime
    document: documents.Draft
    key: uuid.UUID
    sender: Sender = field(default_factory=Sender)
    public_title: str = ""
    stage: Node | None = None
    due_on: dt.date | None = None
    language: str = "fi"
    agent: Sender = field(default_factory=Sender)
    waiting: Arrival | None = None
    named: bool = True


@action("Kirjaa saapunut asia", needs="cases.register")
def register(told: Registration, *, actor: Actor) -> str:
    """Register an arrival as a new case, each file as a document of its own; return the identifier. One form makes one case.

    What came electronically is acknowledged to the sender's e-mail (13/2003 § 12).
    """
    key, first = submissions.claim_row(told.key, "cases_case")
    if not first:
        return Case.objects.values_list("identifier", flat=True).get(pk=key)
    if told.waiting is not None:
        _leave_queue(told.waiting, key, actor)
    case = open_case(
        NewCase(
            key=key,
            revision=told.revision,
            unit=told.unit,
            management_unit=told.unit.authority.management_unit,
            title=told.title,
            public_title=told.public_title,
            initiated_at=told.arrived_at,
            parties=_parties(told, actor=actor),
            language=told.language,
            stage=told.stage,
            due_on=told.due_on,
            documents=_documents(told, actor=actor),
        ),
        actor=actor,
    )
    if told.waiting is None and told.way in ACKNOWLEDGED:  # one of the queue was acknowledged when it came
        about, arrived_at = case.identifier, told.arrived_at
        notices.acknowledge(told.sender.email, about=about, arrived_at=arrived_at, language=told.language, key=told.key, actor=actor)
    return case.identifier


def _documents(told: Registration, *, actor: Actor) -> list[Document]:
    """What arrived as documents: the files of the queue's arrival and those that were dropped in, each as one."""
    files = [*(uploads_of(told.waiting) if told.waiting else ()), *told.document.uploads]
    drafts = documents.each_file(replace(told.document, uploads=files))
    return documents.receive_each(drafts, sender=_written_sender(told), way=told.way, arrived_at=told.arrived_at, actor=actor)


def _written_sender(told: Registration) -> str:
    """Who it came from, or the agent who brought it (TiHL 906/2019 § 26.3 item 3)."""
    if told.agent.name:
        return told.agent.name
    fallback = sender_of(told.waiting) if told.waiting and told.named else str(_("Nimetön lähettäjä"))
    return told.sender.name or fallback


def _parties(told: Registration, *, actor: Actor) -> list[NewParty]:
    parties = [NewParty(PartyRole.INITIATOR, _subject(told.sender, told.language, actor=actor))]
    if told.agent.name:
        parties.append(NewParty(PartyRole.AGENT, _subject(told.agent, told.language, actor=actor)))
    return parties


def _subject(sender: Sender, language: str, *, actor: Actor) -> Subject | None:
    if not sender.name:
        return None
    facts = {
        "business_id": sender.business_id, "email": sender.email, "telephone": sender.telephone, "address": sender.address,
        "language": language,
    }  # fmt: skip
    return add_subject(sender.name, actor=actor, kind=sender.kind, personal_id=sender.personal_id, **facts)  # type: ignore[arg-type]


def _leave_queue(waiting: Arrival, case: int, actor: Actor) -> None:
    """Take the arrival out of the queue in one statement, unless someone was faster: then the page shows both."""
    at = running().at
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_arrival SET state = %s, case_id = %s, ended_at = %s, ended_by = %s, draft_sealed = NULL, version = version + 1"
            " WHERE id = %s AND version = %s AND state = 'waiting'",
            [ArrivalState.CASE.value, case, at, actor.actor_ref, waiting.pk, waiting.version],
        )
        if not cursor.rowcount:
            raise Overtaken
    running().wrote(waiting, "change", {"state": ArrivalState.CASE.value, "case_id": case, "ended_at": at, "ended_by": actor.actor_ref})


@action("Vastaa tilannekyselyyn", needs="cases.read")
def note_enquiry(cases: Sequence[Case], *, actor: Actor) -> None:
    """Keep in the journal which cases a search by a person's name showed (TiHL 906/2019 § 17)."""
    del actor
    because("stage enquiry")
    for case in cases:
        running().wrote(case, "read")
