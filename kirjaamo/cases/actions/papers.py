"""Documents of a case: what arrived in it and what we made."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.cases.actions.steps import may_work, record, still_open
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import DocumentState
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action
from kirjaamo.tos.models import Node, NodeKind
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.documents.models import Document, Way
    from kirjaamo.organisation.models import User


ADDED = {"fi": "Asiakirja lisättiin", "sv": "En handling lades till", "en": "A document was added"}


@dataclass(frozen=True)
class Incoming:
    """What the law asks of a document that arrived in a case (TiHL 906/2019 § 26.3)."""

    way: Way
    sender: str
    arrived_at: dt.datetime


@action("Lisää asiakirja", needs="cases.handle")
def add_document(case: Case, draft: documents.Draft, *, incoming: Incoming | None, actor: User, key: uuid.UUID) -> Sequence[Document]:
    """Add documents to a case, each file as one: what arrived (`incoming`), or what we made. One form adds once."""
    still_open(case)
    may_work(case, actor)
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


@action("Lähetä kirje", needs="cases.handle")
def send_letter(
    case: Case, title: str, type_code: str, pdf: bytes, *, way: Way, actor: User, metadata: documents.Metadata | None = None
) -> Document:
    """Make a letter of the case a signed document under its type of the plan, and record that it was sent.

    `metadata` is what the letter is by its content, when that is more secret than the plan or the case says.
    """
    node = _type_of(case, type_code)
    draft = documents.Draft(
        title=title,
        type_code=type_code or "other",
        metadata=metadata or metadata_in(case, node),
        language=case.language,
        node=node,
        uploads=[Upload(f"{type_code or 'letter'}.pdf", pdf, "application/pdf")],
    )
    return documents.send(documents.compose(draft, author=actor.name, actor=actor, state=DocumentState.SIGNED), way=way, actor=actor)


def _type_of(case: Case, type_code: str) -> Node | None:
    return case.revision.nodes.filter(kind=NodeKind.DOCUMENT, code=type_code).first() if type_code else None


def metadata_of_letter(case: Case, type_code: str) -> documents.Metadata:
    """What a letter of the case will be by its type of the plan: asked before it is written, so that it bears its marking."""
    return metadata_in(case, _type_of(case, type_code))


def metadata_in(case: Case, node: Node | None) -> documents.Metadata:
    """The metadata of our own document in a case: what the plan says; without a type of the plan, as secret as the case or its class."""
    if node is not None:
        return documents.Metadata.of(node)
    if case.publicity == Publicity.PUBLIC.value:
        return documents.Metadata(Publicity.PUBLIC, (), PersonalData.CONTAINS.value, source="law", reason="JulkL 6 §")
    strict = case.revision.nodes.exclude(grounds=[]).first()
    grounds = tuple(strict.grounds) if strict else ("JulkL-24-1-32",)
    return documents.Metadata(Publicity.SECRET, grounds, PersonalData.CONTAINS.value, source="law", reason="JulkL 24 §")
