"""A case that has ended before it came into the program is brought in with its own days: history, documents, resolution, end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.cases import indexing
from kirjaamo.cases.actions.opening import OPENED, NewCase, blank, take_numbers
from kirjaamo.cases.actions.steps import CLOSED
from kirjaamo.cases.models import Case, CaseDocument, CaseEvent, CaseParty, CaseState
from kirjaamo.documents import blobs
from kirjaamo.documents.actions import Metadata, new_identifier
from kirjaamo.documents.models import Direction, Document, DocumentState, File, Way
from kirjaamo.documents.publicity import decide_publicity, note_opening
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.models import SearchRow
from kirjaamo.subjects import indexing as parties

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.tos.models import Node


@dataclass(frozen=True)
class Paper:
    """A document of the case: its type of the plan, when it was made or arrived, what it says, and who sent it (empty: our own)."""

    node: Node
    at: dt.datetime
    title: str
    text: str
    sender: str = ""


@dataclass(frozen=True)
class Ended:
    """A case as it was: what was told at its opening, its documents, when it was resolved and when handling ended, in which stage."""

    new: NewCase
    papers: Sequence[Paper]
    resolved_at: dt.datetime
    closed_at: dt.datetime
    stage: str
    author: str


@action("Tuo päättynyt asia", needs="cases.register")
def bring(told: Ended, *, actor: Actor) -> Case:
    """Write a case that has ended under its own days; return it. What is reckoned from its days follows as for any other."""
    new = told.new
    case = blank(new, running().at, actor.actor_ref)
    case.state, case.stage = CaseState.CLOSED, told.stage
    case.resolved_at, case.closed_at = told.resolved_at, told.closed_at
    take_numbers([case])
    case.save(force_insert=True)
    CaseParty.objects.bulk_create([CaseParty(case=case, subject=p.subject, role=p.role, anonymous=p.subject is None) for p in new.parties])
    _papers(case, told)
    first = new.stage.code if new.stage else ""
    CaseEvent.objects.bulk_create(
        [
            CaseEvent(case=case, at=new.initiated_at, actor=actor.actor_ref, kind="opened", stage=first, label=OPENED),
            CaseEvent(case=case, at=told.closed_at, actor=actor.actor_ref, kind="closed", stage=told.stage, label=CLOSED),
        ]
    )
    rows = [*indexing.search_rows(case), *parties.rows(party.subject for party in new.parties)]
    SearchRow.objects.bulk_create(rows, **parties.ANEW)
    return case


def _papers(case: Case, told: Ended) -> None:
    made = [_document(paper, case.language, told.author) for paper in told.papers]
    Document.objects.bulk_create(made)
    texts = [paper.text.encode() for paper in told.papers]
    File.objects.bulk_create(
        [
            File(document=document, name="asiakirja.txt", media_type="text/plain", size=len(text), sha256=blobs.keep(text))
            for document, text in zip(made, texts, strict=True)
        ]
    )
    rows = zip(made, told.papers, strict=True)
    CaseDocument.objects.bulk_create([CaseDocument(case=case, document=one, stage=told.stage, at=paper.at) for one, paper in rows])


def _document(paper: Paper, language: str, author: str) -> Document:
    """A document with the metadata that the plan says of its type."""
    arrived, plan = bool(paper.sender), Metadata.of(paper.node)
    document = Document(
        identifier=new_identifier(),
        title=paper.title,
        type_code=paper.node.code,
        node_key=paper.node.key,
        language=language,
        direction=Direction.INCOMING if arrived else Direction.OWN,
        state=DocumentState.READY if arrived else DocumentState.SIGNED,
        way=Way.POST if arrived else "",
        sender=paper.sender,
        arrived_at=paper.at if arrived else None,
        author="" if arrived else author,
        made_at=None if arrived else paper.at,
        publicity=plan.publicity.value,
        grounds=list(plan.grounds),
        personal=plan.personal,
    )
    decide_publicity(document, paper.node, None)
    note_opening(document, paper.at)
    return document
