"""A large invented city for measuring: cases with parties, documents, texts, history and tasks, written many at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from kirjaamo.cases import indexing
from kirjaamo.cases.actions.opening import NewCase, blank_under, take_numbers
from kirjaamo.cases.class_rules import ClassRule, rule_of
from kirjaamo.cases.classes import in_use
from kirjaamo.cases.invented import DOCUMENTS, Invention
from kirjaamo.cases.models import Case, CaseDocument, CaseEvent, CaseParty, CaseState, ClosingGround, PartyRole, Task
from kirjaamo.documents import blobs
from kirjaamo.documents.actions import new_identifier
from kirjaamo.documents.models import Direction, Document, DocumentState, File, ScanState, TextState, Way
from kirjaamo.documents.publicity import decide_publicity, note_opening
from kirjaamo.kernel.actions import action, running
from kirjaamo.organisation.models import ManagementUnit, Unit, User
from kirjaamo.subjects import indexing as parties
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.tos.models import ClassRevision, Node, NodeKind
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

PAPERS = 3
"""Documents of each case."""
BODIES = 200
DAYS = 5 * 365
OPEN_DAYS = 150
"""Cases are spread over so many days; those of the last ones are mostly open."""
LABELS = {"opened": {"fi": "Asia tuli vireille", "sv": "Ärendet inleddes", "en": "The case became pending"}}


@dataclass(frozen=True)
class Setting:
    """The city that the cases are made into: what of the plan takes cases, whose work they are, and from where names come."""

    management_unit: ManagementUnit
    classes: Sequence[tuple[ClassRevision, Sequence[Node], ClassRule]]
    units: Sequence[Unit]
    handlers: Sequence[User]
    invention: Invention
    bodies: Sequence[tuple[str, int]]
    """Hash and size of the stored texts that the documents share: a measured city needs rows more than bytes."""
    texts: Mapping[str, str]
    """The same texts by their hash, as a reader of files would find them."""


@dataclass
class Batch:
    """Rows that are written together, and the keys that were taken for them."""

    keys: Iterator[int]
    subject_keys: Iterator[int]
    document_keys: Iterator[int]
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
    revisions = in_use(on)
    nodes: dict[int, list[Node]] = {}
    for node in Node.objects.filter(revision__in=revisions).order_by("revision", "order"):
        nodes.setdefault(node.revision_id, []).append(node)
    classes = [(revision, nodes[revision.pk], rule_of(revision.code, on)) for revision in revisions]
    texts = {blobs.keep(text.encode()): text for text in (invention.text() for _ in range(BODIES))}
    return Setting(
        ManagementUnit.objects.get(),
        classes,
        list(Unit.objects.filter(users__isnull=False).distinct()) or list(Unit.objects.all()),
        [user for user in User.objects.filter(is_active=True) if user.may("cases.handle")],
        invention,
        [(sha256, len(text.encode())) for sha256, text in texts.items()],
        texts,
    )


@action("Tee keksittyjä asioita", needs="organisation.manage")
def generate_cases(setting: Setting, count: int, *, actor: Actor) -> int:
    """Write `count` invented cases with three documents each, and their search rows; return how many were written."""
    batch = Batch(
        iter(Case.objects.take_keys(count)), iter(Subject.objects.take_keys(2 * count)), iter(Document.objects.take_keys(PAPERS * count))
    )
    for _ in range(count):
        _invent(setting, batch, actor)
    take_numbers(batch.cases)
    Subject.objects.pour(batch.subjects)
    Document.objects.pour(batch.documents)
    _pour(batch.files, batch.parties, batch.papers, batch.events, batch.tasks)
    Case.objects.pour(batch.cases)
    _read(batch.files, setting.texts)
    _pour([row for case in batch.cases for row in indexing.search_rows(case)], parties.rows(batch.subjects))
    return len(batch.cases)


def _pour(*sets: Sequence[Any]) -> None:
    """Write rows whose keys nobody needed before."""
    for rows in filter(None, sets):
        manager = type(rows[0]).objects
        for row, key in zip(rows, manager.take_keys(len(rows)), strict=True):
            row.pk = key
        manager.pour(rows)


def _read(files: Sequence[File], texts: Mapping[str, str]) -> None:
    """Make the files read ones, whose texts are known: nobody has to read so many of them again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_filetext t SET state = %s, scan = %s, text = b.text, at = %s FROM documents_file f"
            " JOIN unnest(%s::text[], %s::text[]) AS b(sha256, text) ON b.sha256 = f.sha256 WHERE t.file_id = f.id AND f.id = ANY(%s)",
            [
                TextState.READ.value, ScanState.NOT_SCANNED.value, running().at,
                list(texts), list(texts.values()), [file.pk for file in files],
            ],
        )  # fmt: skip


def _invent(setting: Setting, batch: Batch, actor: Actor) -> None:
    invention, chance = setting.invention, setting.invention.chance
    revision, nodes, rule = chance.choice(setting.classes)
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
    case = blank_under(next(batch.keys), new, at, rule)
    case.state = CaseState.CLOSED if closed else CaseState.HANDLING if case.handler_id else CaseState.PENDING
    if closed:
        resolved = at + (timezone.now() - at) * chance.uniform(0.05, 0.6)
        case.closed_at = resolved
        case.resolved_at = resolved if chance.random() < 0.9 else None  # noqa: PLR2004 - the others ended without one
        case.closing_ground = "" if case.resolved_at else ClosingGround.WITHDRAWN
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
            pk=next(batch.subject_keys),
            name=invention.firm() if firm else invention.person(),
            kind=SubjectKind.ORGANISATION if firm else SubjectKind.PERSON,
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
            pk=next(batch.document_keys),
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
