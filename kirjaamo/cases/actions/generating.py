"""A large invented city for measuring: cases with parties, documents, texts, history and tasks, written many at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from kirjaamo.cases import indexing
from kirjaamo.cases.actions.opening import NewCase, blank, take_number
from kirjaamo.cases.classes import in_use
from kirjaamo.cases.invented import DOCUMENTS, Invention
from kirjaamo.cases.models import Case, CaseDocument, CaseEvent, CaseParty, CaseState, ClosingGround, PartyRole, Task
from kirjaamo.documents import blobs
from kirjaamo.documents.actions import new_identifier
from kirjaamo.documents.models import Direction, Document, DocumentState, File, Way
from kirjaamo.documents.publicity import decide_publicity, note_opening
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.models import SearchRow
from kirjaamo.organisation.models import ManagementUnit, Unit, User
from kirjaamo.subjects import indexing as parties
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.tos.models import ClassRevision, NodeKind
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.tos.models import Node

PAPERS = 3
"""Documents of each case."""
BODIES = 400
DAYS = 5 * 365
OPEN_DAYS = 150
"""Cases are spread over so many days; those of the last ones are mostly open."""
LABELS = {"opened": {"fi": "Asia tuli vireille", "sv": "Ärendet inleddes", "en": "The case became pending"}}


@dataclass(frozen=True)
class Setting:
    """The city that the cases are made into: what of the plan takes cases, whose work they are, and from where names come."""

    management_unit: ManagementUnit
    classes: Sequence[tuple[ClassRevision, Sequence[Node]]]
    units: Sequence[Unit]
    handlers: Sequence[User]
    invention: Invention
    bodies: Sequence[tuple[str, int]]
    """Hash and size of the stored texts that the documents share: a measured city needs rows more than bytes."""


@dataclass
class Batch:
    """Rows that are written together."""

    cases: list[Case] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    parties: list[CaseParty] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    papers: list[CaseDocument] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)


def setting_of(seed: int, on: dt.date) -> Setting:
    """Read the city once: classes in force that have a process, units that have people, and a store of texts."""
    invention = Invention(seed)
    classes = [(revision, list(revision.nodes.order_by("order"))) for revision in in_use(on)]
    texts = [invention.text().encode() for _ in range(BODIES)]
    return Setting(
        ManagementUnit.objects.get(),
        [pair for pair in classes if pair[1]],
        list(Unit.objects.filter(users__isnull=False).distinct()) or list(Unit.objects.all()),
        [user for user in User.objects.filter(is_active=True) if user.may("cases.handle")],
        invention,
        [(blobs.keep(text), len(text)) for text in texts],
    )


@action("Tee keksittyjä asioita", needs="organisation.manage")
def generate_cases(setting: Setting, count: int, *, actor: Actor) -> int:
    """Write `count` invented cases with three documents each, and their search rows; return how many were written."""
    batch = Batch()
    for _ in range(count):
        _invent(setting, batch, actor)
    Subject.objects.bulk_create(batch.subjects)
    Document.objects.bulk_create(batch.documents)
    File.objects.bulk_create(batch.files)
    CaseParty.objects.bulk_create(batch.parties)
    CaseDocument.objects.bulk_create(batch.papers)
    CaseEvent.objects.bulk_create(batch.events)
    Case.objects.bulk_create(batch.cases)
    Task.objects.bulk_create(batch.tasks)
    SearchRow.objects.bulk_create([row for case in batch.cases for row in indexing.search_rows(case)])
    SearchRow.objects.bulk_create(parties.rows(batch.subjects), **parties.ANEW)
    return len(batch.cases)


def _invent(setting: Setting, batch: Batch, actor: Actor) -> None:
    invention, chance = setting.invention, setting.invention.chance
    revision, nodes = chance.choice(setting.classes)
    stages = [node for node in nodes if node.kind == NodeKind.STAGE]
    title = invention.matter()
    ago = chance.randrange(1, DAYS)
    at = timezone.now() - dt.timedelta(days=ago, minutes=chance.randrange(1, 600))
    closed = ago > OPEN_DAYS or chance.random() < 0.2  # noqa: PLR2004 - one in five of the new ones has ended
    private = chance.random() < 0.15  # noqa: PLR2004 - a share whose titles are not everyone's
    new = NewCase(
        revision=revision,
        unit=chance.choice(setting.units),
        management_unit=setting.management_unit,
        title=title,
        public_title="" if private else title,
        initiated_at=at,
        parties=(),
        stage=(stages[-1] if closed else chance.choice(stages)) if stages else None,
        due_on=None if closed else timezone.localdate() + dt.timedelta(days=chance.randrange(-10, 90)),
        handler=chance.choice(setting.handlers) if setting.handlers and (closed or chance.random() < 0.8) else None,  # noqa: PLR2004 - most are taken
    )
    case = blank(new, at)
    case.state = CaseState.CLOSED if closed else CaseState.HANDLING if case.handler_id else CaseState.PENDING
    if closed:
        resolved = at + (timezone.now() - at) * chance.uniform(0.05, 0.6)
        case.closed_at = resolved
        case.resolved_at = resolved if chance.random() < 0.9 else None  # noqa: PLR2004 - the others ended without one
        case.closing_ground = "" if case.resolved_at else ClosingGround.WITHDRAWN
    case.series, case.number, case.identifier = take_number(new)
    batch.cases.append(case)
    _people(case, batch, invention)
    _papers(case, nodes, batch, setting)
    batch.events.append(CaseEvent(case_id=case.pk, at=at, actor=actor.actor_ref, kind="opened", stage=case.stage, label=LABELS["opened"]))
    if not closed and chance.random() < 0.5:  # noqa: PLR2004 - every other open case waits for someone
        batch.tasks.append(Task(case_id=case.pk, kind="review", title={"fi": "Tarkista asiakirjat"}, unit=case.unit, due_on=case.due_on))


def _people(case: Case, batch: Batch, invention: Invention) -> None:
    """An initiator of the case's own, and now and then a second party."""
    for role in (PartyRole.INITIATOR, PartyRole.PARTY)[: 1 + (invention.chance.random() < 0.4)]:  # noqa: PLR2004 - a share of the cases
        firm = invention.chance.random() < 0.3  # noqa: PLR2004 - a share of the parties
        subject = Subject(
            name=invention.firm() if firm else invention.person(), kind=SubjectKind.ORGANISATION if firm else SubjectKind.PERSON
        )
        subject.sortable()
        batch.subjects.append(subject)
        batch.parties.append(CaseParty(case_id=case.pk, subject=subject, role=role))


def _papers(case: Case, nodes: Sequence[Node], batch: Batch, setting: Setting) -> None:
    """Documents of the case with the metadata that the plan says; the first one arrived, the others are ours."""
    chance = setting.invention.chance
    kinds = [node for node in nodes if node.kind == NodeKind.DOCUMENT]
    for number in range(PAPERS):
        kind = chance.choice(kinds) if kinds else None
        arrived = number == 0
        at = case.initiated_at + dt.timedelta(days=number)
        sha256, size = chance.choice(setting.bodies)
        document = Document(
            identifier=new_identifier(),
            title=f"{chance.choice(DOCUMENTS)}: {case.title}"[:300],
            type_code=kind.code if kind else "other",
            node_key=kind.key if kind else None,
            direction=Direction.INCOMING if arrived else Direction.OWN,
            state=DocumentState.READY,
            way=Way.E_SERVICE if arrived else "",
            sender=batch.subjects[-1].name if arrived else "",
            arrived_at=at if arrived else None,
            author="" if arrived else "Esimerkin valmistelija",
            made_at=None if arrived else at,
            publicity=(kind.publicity if kind else "") or Publicity.PUBLIC.value,
            grounds=list(kind.grounds) if kind else [],
            personal=(kind.personal if kind else "") or PersonalData.NONE.value,
        )
        decide_publicity(document, kind, None)
        note_opening(document, at)
        batch.documents.append(document)
        batch.files.append(File(document=document, name="asiakirja.txt", media_type="text/plain", size=size, sha256=sha256))
        batch.papers.append(CaseDocument(case_id=case.pk, document=document, stage=case.stage, at=at))
