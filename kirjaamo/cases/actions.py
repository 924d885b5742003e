"""What may be done to cases. Each act writes the case, its history and the journal in one transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import indexing
from kirjaamo.cases.models import (
    Case,
    CaseDocument,
    CaseEvent,
    CaseParty,
    CaseState,
    ClosingGround,
    PartyRole,
    Task,
    TaskState,
)
from kirjaamo.documents import actions as documents
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.models import SearchRow
from kirjaamo.organisation.models import ManagementUnit
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import SubjectKind
from kirjaamo.values.case_identifier import CasePattern
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document, Way
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import Unit, User
    from kirjaamo.subjects.models import Subject
    from kirjaamo.tos.models import ClassRevision, Node
    from kirjaamo.values.personal_id import PersonalId

OPENED = {"fi": "Asia tuli vireille", "sv": "Ärendet inleddes", "en": "The case became pending"}
TAKEN = {"fi": "Asia otettiin käsittelyyn", "sv": "Ärendet togs till behandling", "en": "The case was taken into handling"}
CLOSED = {"fi": "Käsittely päättyi", "sv": "Behandlingen avslutades", "en": "Handling ended"}
ADDED = {"fi": "Asiakirja lisättiin", "sv": "En handling lades till", "en": "A document was added"}


@dataclass(frozen=True)
class NewParty:
    """A party to be: a subject in a role, or someone anonymous."""

    role: PartyRole
    subject: Subject | None = None


@dataclass(frozen=True)
class NewCase:
    """What is told of a case that becomes pending. An empty `public_title` keeps the title off the public register."""

    revision: ClassRevision
    unit: Unit
    management_unit: ManagementUnit
    title: str
    initiated_at: dt.datetime
    parties: Sequence[NewParty]
    public_title: str = ""
    publicity: Publicity = Publicity.PUBLIC
    language: str = "fi"
    stage: Node | None = None
    due_on: dt.date | None = None
    handler: User | None = None
    documents: Sequence[Document] = field(default_factory=tuple)


@action("Avaa asia", needs="cases.register")
def open_case(new: NewCase, *, actor: Actor) -> Case:
    """Open a case: parties, documents and first event under its key, then the number, the row and its index.

    The number is taken in the last statements, so that its series is locked for as short as can be. Refuses a time of
    initiation in the future and a case that nobody brought up (TiHL 906/2019 § 26.2 item 4, § 26.5 item 1).
    """
    at = running().at
    if new.initiated_at > at:
        raise Refused(
            _("Saapumisaika on tulevaisuudessa. Tarkista päivä ja kellonaika."),
            code="cases.future",
            section="TiHL 906/2019 26 §",
            field="arrived_on",
        )
    if not any(party.role == PartyRole.INITIATOR for party in new.parties):
        raise Refused(
            _("Kerro vireillepanija tai merkitse asia nimettömäksi."),
            code="cases.no_initiator",
            section="TiHL 906/2019 26 §",
            field="sender",
        )
    case = _row(new, at)
    stage = case.stage
    CaseParty.objects.bulk_create(
        [CaseParty(case_id=case.pk, subject=p.subject, role=p.role, anonymous=p.subject is None) for p in new.parties]
    )
    if new.documents:
        CaseDocument.objects.bulk_create([CaseDocument(case_id=case.pk, document=d, stage=stage, at=at) for d in new.documents])
    key = new.stage.key if new.stage else None
    CaseEvent.of(case_id=case.pk, at=at, actor=actor.actor_ref, kind="opened", stage=stage, node_key=key, label=OPENED)
    case.series, case.number, case.identifier = _take_number(new)
    case.save(force_insert=True)
    SearchRow.objects.bulk_create(indexing.search_rows(case))
    return case


def _row(new: NewCase, at: dt.datetime) -> Case:
    """The case under a key of its own, without number yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('cases_case', 'id'))")
        key: int = cursor.fetchone()[0]
    return Case(
        pk=key,
        management_unit=new.management_unit,
        authority_id=new.unit.authority_id,
        revision=new.revision,
        title=new.title,
        public_title=new.public_title,
        publicity=new.publicity.value,
        language=new.language,
        initiated_at=new.initiated_at,
        registered_at=at,
        stage=new.stage.code if new.stage else "",
        unit=new.unit,
        handler=new.handler,
        due_on=new.due_on,
    )


def _take_number(new: NewCase) -> tuple[str, int, str]:
    """Take the next number of the series under its row lock and format the identifier.

    A transaction that is undone gives its number back: every number up to the last is one case's.
    """
    pattern = CasePattern.parse(new.management_unit.case_pattern)
    year = timezone.localtime(new.initiated_at).year
    series = pattern.series_key(year)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_numberseries (key, last) VALUES (%s, 1)"
            " ON CONFLICT (key) DO UPDATE SET last = cases_numberseries.last + 1 RETURNING last",
            [series],
        )
        number: int = cursor.fetchone()[0]
    return series, number, pattern.format(number, year, new.revision.code.replace(" ", ".")).text


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


@action("Kirjaa toimenpide", needs="cases.handle")
def record(  # noqa: PLR0913 - a measure is these facts
    case: Case,
    *,
    actor: Actor,
    kind: str,
    label: Mapping[str, str],
    stage: Node | None = None,
    node: Node | None = None,
    document: Document | None = None,
    note: str = "",
    key: uuid.UUID | None = None,
) -> CaseEvent | None:
    """Record a measure on a case; a stage given moves the case to it, a document given joins the case.

    `node` is the measure or document type of the plan, when it is one. With the `key` of a form a second send does nothing.
    """
    if key is not None and submissions.claim(key) is not None:
        return None
    at = running().at
    if stage is not None and stage.code != case.stage:
        case.stage = stage.code
        case.state = CaseState.HANDLING if case.state == CaseState.PENDING else case.state
        case.save(update_fields=["stage", "state"])
    if document is not None:
        CaseDocument.objects.bulk_create([CaseDocument(case=case, document=document, stage=case.stage, at=at)], ignore_conflicts=True)
    told = node or stage
    return CaseEvent.of(
        case=case,
        at=at,
        actor=actor.actor_ref,
        kind=kind,
        stage=case.stage,
        node_key=told.key if told else None,
        label=dict(label),
        note=note,
        document=document,
    )


@dataclass(frozen=True)
class Incoming:
    """What the law asks of a document that arrived in a case (TiHL 906/2019 § 26.3)."""

    way: Way
    sender: str
    arrived_at: dt.datetime


@action("Lisää asiakirja", needs="cases.handle")
def add_document(case: Case, draft: documents.Draft, *, incoming: Incoming | None, actor: User, key: uuid.UUID) -> Sequence[Document]:
    """Add documents to a case, each file as one: what arrived (`incoming`), or what we made. One form adds once."""
    _still_open(case)
    if submissions.claim(key) is not None:
        return ()
    made = []
    for one in documents.each_file(draft):
        if incoming is not None:
            document = documents.receive(one, sender=incoming.sender, way=incoming.way, arrived_at=incoming.arrived_at, actor=actor)
        else:
            document = documents.compose(one, author=actor.name, actor=actor)
        record(case, actor=actor, kind="document_added", label=ADDED, node=draft.node, document=document)
        made.append(document)
    submissions.settle(key, case.identifier)
    return made


@action("Ota käsittelyyn", needs="cases.handle")
def take(case: Case, *, actor: Actor, user: User) -> Case:
    """Make a person the handler of the case."""
    _hold(case)
    _still_open(case)
    if case.handler_id == user.pk and case.state == CaseState.HANDLING:
        return case
    case.handler, case.state = user, CaseState.HANDLING if case.state == CaseState.PENDING else case.state
    case.save(update_fields=["handler", "state"])
    record(case, actor=actor, kind="taken", label=TAKEN)
    return case


@action("Päätä asian käsittely", needs="cases.handle")
def close(
    case: Case,
    *,
    actor: Actor,
    resolved_at: dt.datetime | None = None,
    ground: ClosingGround | None = None,
    service_way: Way | None = None,
    stage: Node | None = None,
    note: str = "",
) -> Case:
    """Close a case with the time of its resolution, or the ground on which it ended without one (TiHL 906/2019 § 26.5 item 4)."""
    at = running().at
    _hold(case)
    _may_end(case, resolved_at or case.resolved_at, ground, at)
    case.state, case.closed_at, case.resolved_at = CaseState.CLOSED, at, resolved_at or case.resolved_at
    case.closing_ground = ground.value if ground else ""
    case.service_way = service_way.value if service_way else case.service_way
    case.due_on = None
    case.stage = stage.code if stage else case.stage
    case.save(update_fields=["state", "closed_at", "resolved_at", "closing_ground", "service_way", "due_on", "stage"])
    key = stage.key if stage else None
    CaseEvent.of(case=case, at=at, actor=actor.actor_ref, kind="closed", stage=case.stage, node_key=key, label=CLOSED, note=note)
    return case


def _may_end(case: Case, resolved_at: dt.datetime | None, ground: ClosingGround | None, at: dt.datetime) -> None:
    """Refuse an end that the law or open work forbids, each with its sentence."""
    _still_open(case)
    if resolved_at is None and ground is None:
        raise Refused(
            _("Kerro ratkaisun ajankohta tai peruste, jolla asia päättyy ilman ratkaisua."),
            code="cases.no_end",
            section="TiHL 906/2019 26 §",
            field="how",
        )
    if resolved_at is not None and not case.initiated_at <= resolved_at <= at:
        raise Refused(
            _("Ratkaisun ajankohdan on oltava vireilletulon jälkeen eikä se voi olla tulevaisuudessa."),
            code="cases.resolved_when",
            field="resolved_on",
        )
    if case.tasks.filter(state=TaskState.OPEN).exists():
        raise Refused(_("Asiassa on avoimia tehtäviä. Merkitse ne tehdyiksi ennen kuin päätät asian."), code="cases.open_tasks")


def _hold(case: Case) -> None:
    """Lock the case and read how far it is by now, so that two people at once do not both end or take it."""
    case.refresh_from_db(fields=["state", "handler", "resolved_at"], from_queryset=Case.objects.select_for_update())


def _still_open(case: Case) -> None:
    if case.state == CaseState.CLOSED:
        raise Refused(_("Asian käsittely on jo päättynyt."), code="cases.closed")


@action("Anna tehtävä", needs="cases.handle")
def assign(  # noqa: PLR0913 - a task is these facts
    case: Case,
    *,
    actor: Actor,
    kind: str,
    title: Mapping[str, str],
    unit: Unit,
    user: User | None = None,
    due_on: dt.date | None = None,
    detail: Mapping[str, object] | None = None,
    key: uuid.UUID | None = None,
) -> Task | None:
    """Give a unit, or a person of it, a task in a case. With the `key` of a form a second send does nothing."""
    del actor
    _still_open(case)
    if key is not None and submissions.claim(key) is not None:
        return None
    return Task.of(case=case, kind=kind, title=dict(title), unit=unit, user=user, due_on=due_on, detail=dict(detail or {}))


@action("Merkitse tehtävä tehdyksi", needs="cases.handle")
def finish(task: Task, *, actor: Actor, outcome: str) -> Task:
    """Mark a task done, with its outcome in words."""
    if task.state == TaskState.DONE:
        raise Refused(_("Tehtävä on jo merkitty tehdyksi."), code="cases.task_done")
    task.state, task.outcome, task.done_at, task.done_by = TaskState.DONE, outcome, running().at, actor.actor_ref
    task.save(update_fields=["state", "outcome", "done_at", "done_by"])
    return task


@action("Indeksoi asiat", needs="organisation.manage")
def index_cases(*, actor: Actor) -> int:
    """Make the search rows of all cases anew, as after a change of the dictionary; return how many cases there are."""
    del actor
    SearchRow.objects.filter(source__in=indexing.SOURCES).delete()
    count = 0
    for batch in indexing.batches():
        SearchRow.objects.bulk_create([row for case in batch for row in indexing.search_rows(case)])
        count += len(batch)
    return count
