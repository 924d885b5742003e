"""What may be done to cases. Each act writes the case, its history and the journal in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from kirjaamo.cases.models import (
    Case,
    CaseDocument,
    CaseEvent,
    CaseParty,
    CaseState,
    ClosingGround,
    Task,
    TaskState,
)
from kirjaamo.kernel.actions import action, running
from kirjaamo.values.case_identifier import CasePattern
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.cases.models import PartyRole
    from kirjaamo.documents.models import Document, Way
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import ManagementUnit, Unit, User
    from kirjaamo.subjects.models import Subject
    from kirjaamo.tos.models import ClassRevision, Node


@dataclass(frozen=True)
class NewParty:
    """A party to be: a subject in a role, or someone anonymous."""

    role: PartyRole
    subject: Subject | None = None


@dataclass(frozen=True)
class NewCase:
    """What is told of a case that becomes pending."""

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
    """Open a case: its row, parties, documents and first event; the number is taken in the last statements."""
    at = running().at
    stage = new.stage.code if new.stage else ""
    case = Case(
        management_unit=new.management_unit,
        authority_id=new.unit.authority_id,
        revision=new.revision,
        title=new.title,
        public_title=new.public_title,
        publicity=new.publicity.value,
        language=new.language,
        initiated_at=min(new.initiated_at, at),
        registered_at=at,
        stage=stage,
        unit=new.unit,
        handler=new.handler,
        due_on=new.due_on,
    )
    case.series, case.number, case.identifier = _take_number(new)
    case.save(force_insert=True)
    CaseParty.objects.bulk_create([CaseParty(case=case, subject=p.subject, role=p.role, anonymous=p.subject is None) for p in new.parties])
    CaseDocument.objects.bulk_create([CaseDocument(case=case, document=d, stage=stage, at=at) for d in new.documents])
    CaseEvent.of(
        case=case,
        at=at,
        actor=actor.actor_ref,
        kind="opened",
        stage=stage,
        node_key=new.stage.key if new.stage else None,
        label={"fi": "Asia tuli vireille", "sv": "Ärendet inleddes", "en": "The case became pending"},
    )
    return case


def _take_number(new: NewCase) -> tuple[str, int, str]:
    """Take the next number of the series under its row lock and format the identifier."""
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


@action("Kirjaa toimenpide", needs="cases.handle")
def record(  # noqa: PLR0913 - a measure is these facts
    case: Case,
    *,
    actor: Actor,
    kind: str,
    label: Mapping[str, str],
    stage: Node | None = None,
    document: Document | None = None,
    note: str = "",
) -> CaseEvent:
    """Record a measure on a case; a stage given moves the case to it, a document given joins the case."""
    at = running().at
    if stage is not None and stage.code != case.stage:
        case.stage = stage.code
        case.state = CaseState.HANDLING if case.state == CaseState.PENDING else case.state
        case.save(update_fields=["stage", "state"])
    if document is not None:
        CaseDocument.objects.bulk_create([CaseDocument(case=case, document=document, stage=case.stage, at=at)], ignore_conflicts=True)
    return CaseEvent.of(
        case=case,
        at=at,
        actor=actor.actor_ref,
        kind=kind,
        stage=case.stage,
        node_key=stage.key if stage else None,
        label=dict(label),
        note=note,
        document=document,
    )


@action("Ota käsittelyyn", needs="cases.handle")
def take(case: Case, *, actor: Actor, user: User) -> Case:
    """Make a person the handler of the case."""
    case.handler, case.state = user, CaseState.HANDLING
    case.save(update_fields=["handler", "state"])
    record(
        case,
        actor=actor,
        kind="taken",
        label={"fi": "Asia otettiin käsittelyyn", "sv": "Ärendet togs till behandling", "en": "The case was taken into handling"},
    )
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
    case.state, case.closed_at, case.resolved_at = CaseState.CLOSED, at, resolved_at
    case.closing_ground = ground.value if ground else ""
    case.service_way = service_way.value if service_way else case.service_way
    case.due_on = None
    case.stage = stage.code if stage else case.stage
    case.save(update_fields=["state", "closed_at", "resolved_at", "closing_ground", "service_way", "due_on", "stage"])
    CaseEvent.of(
        case=case,
        at=at,
        actor=actor.actor_ref,
        kind="closed",
        stage=case.stage,
        node_key=stage.key if stage else None,
        label={"fi": "Käsittely päättyi", "sv": "Behandlingen avslutades", "en": "Handling ended"},
        note=note,
    )
    return case


@action("Anna tehtävä", needs="cases.handle")
def assign(  # noqa: PLR0913 - a task is these facts
    case: Case,
    *,
    actor: Actor,
    kind: str,
    title: Mapping[str, str],
    unit: Unit,
    due_on: dt.date | None = None,
    detail: Mapping[str, object] | None = None,
) -> Task:
    """Give a unit a task in a case."""
    del actor
    return Task.of(case=case, kind=kind, title=dict(title), unit=unit, due_on=due_on, detail=dict(detail or {}))


@action("Merkitse tehtävä tehdyksi", needs="cases.handle")
def finish(task: Task, *, actor: Actor, outcome: str) -> Task:
    """Mark a task done, with its outcome in words."""
    task.state, task.outcome, task.done_at, task.done_by = TaskState.DONE, outcome, running().at, actor.actor_ref
    task.save(update_fields=["state", "outcome", "done_at", "done_by"])
    return task
