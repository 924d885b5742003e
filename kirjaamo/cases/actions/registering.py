"""What arrived is registered as a case."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.opening import NewCase, NewParty, open_case
from kirjaamo.cases.models import PartyRole
from kirjaamo.documents import actions as documents
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action
from kirjaamo.organisation.models import ManagementUnit
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import SubjectKind

if TYPE_CHECKING:
    from kirjaamo.documents.models import Way
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


@dataclass(frozen=True)
class Arrival:
    """What a registrar tells of something that arrived (TiHL 906/2019 § 25–26). `key` is the form's: sent twice, taken once."""

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


@action("Kirjaa saapunut asia", needs="cases.register")
def register(arrival: Arrival, *, actor: Actor) -> str:
    """Register an arrival as a new case, each file as a document of its own; return the identifier. One form makes one case."""
    before = submissions.claim(arrival.key)
    if before is not None:
        return before
    subject = _sender(arrival, actor=actor)
    arrived = [
        documents.receive(
            draft, sender=arrival.sender.name or str(_("Nimetön lähettäjä")), way=arrival.way, arrived_at=arrival.arrived_at, actor=actor
        )
        for draft in documents.each_file(arrival.document)
    ]
    case = open_case(
        NewCase(
            revision=arrival.revision,
            unit=arrival.unit,
            management_unit=ManagementUnit.objects.get(),
            title=arrival.title,
            public_title=arrival.public_title,
            initiated_at=arrival.arrived_at,
            parties=[NewParty(PartyRole.INITIATOR, subject)],
            language=arrival.language,
            stage=arrival.stage,
            due_on=arrival.due_on,
            documents=arrived,
        ),
        actor=actor,
    )
    submissions.settle(arrival.key, case.identifier)
    return case.identifier


def _sender(arrival: Arrival, *, actor: Actor) -> Subject | None:
    told = arrival.sender
    if not told.name:
        return None
    facts = {"business_id": told.business_id, "email": told.email, "language": arrival.language}
    return add_subject(told.name, actor=actor, kind=told.kind, personal_id=told.personal_id, **facts)  # type: ignore[arg-type]
