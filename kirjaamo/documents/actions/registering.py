"""How documents come into being: received, made by us, sent. Metadata is decided from the plan's node, or overridden with a reason."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from kirjaamo.documents import blobs
from kirjaamo.documents.actions import indexing
from kirjaamo.documents.models import Direction, Document, DocumentState, File, Way
from kirjaamo.documents.publicity import decide_publicity, note_opening
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.together import insert_together
from kirjaamo.values.public_start import PublicStart
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.documents.policy import Upload
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.tos.models import Node


@dataclass(frozen=True)
class Metadata:
    """The decided publicity of a document and where the decision came from."""

    publicity: Publicity
    grounds: tuple[str, ...] = ()
    personal: str = "contains"
    source: str = "plan"
    reason: str = ""

    @classmethod
    def of(cls, node: Node) -> Metadata:
        """What the plan says of a node's documents."""
        return cls(Publicity(node.publicity or Publicity.SECRET.value), tuple(node.grounds), node.personal or "contains")


@dataclass(frozen=True)
class Draft:
    """What is told of a new document."""

    title: str
    type_code: str
    metadata: Metadata
    language: str = "fi"
    node: Node | None = None
    uploads: Sequence[Upload] = field(default_factory=tuple)
    opens_at: dt.datetime | None = None
    """When a sealed document is to be opened (JulkL 621/1999 § 7.2)."""
    masks: Document | None = None
    """The document of which this one is a masked copy (JulkL 621/1999 § 10)."""


def each_file(draft: Draft) -> Sequence[Draft]:
    """One draft for each file, so that several files dropped in are several documents; one without files when there is none."""
    if len(draft.uploads) <= 1:
        return (draft,)
    return tuple(replace(draft, title=f"{draft.title}: {upload.name}"[:300], uploads=(upload,)) for upload in draft.uploads)


def new_identifier() -> str:
    """An identifier of a document: the year and a random part; it tells nothing of the content."""
    return f"ASK-{timezone.localdate().year}-{secrets.token_hex(5)}"


@action("Kirjaa saapunut asiakirja", needs=PUBLIC)
def receive(draft: Draft, *, sender: str, way: Way, arrived_at: dt.datetime, actor: Actor) -> Document:
    """Register an incoming document with its files (TiHL 906/2019 § 26.3). Bytes are durable before this returns."""
    del actor
    return _make(
        draft,
        direction=Direction.INCOMING,
        state=DocumentState.READY,
        sender=sender,
        way=way,
        arrived_at=arrived_at,
    )


@action("Kirjaa saapuneet asiakirjat", needs=PUBLIC)
def receive_each(drafts: Sequence[Draft], *, sender: str, way: Way, arrived_at: dt.datetime, actor: Actor) -> list[Document]:
    """Register several incoming documents of one kind at once: what is decided of the first holds for all, whatever their number."""
    del actor
    facts = {"direction": Direction.INCOMING, "state": DocumentState.READY, "sender": sender, "way": way}
    kept = [[(upload, blobs.keep(upload.data)) for upload in draft.uploads] for draft in drafts]
    first = _row(drafts[0], arrived_at=arrived_at, **facts)
    made = [first, *(_like(first, draft) for draft in drafts[1:])]
    files = [
        _file(document, number, upload, sha256)
        for document, uploads in zip(made, kept, strict=True)
        for number, (upload, sha256) in enumerate(uploads, start=1)
    ]
    insert_together([*made, *files])
    unread = [document for document, uploads in zip(made, kept, strict=True) if not uploads or document.sealed_until]
    indexing.add(unread)  # others when they have been read
    return made


@action("Laadi asiakirja", needs="documents.write")
def compose(draft: Draft, *, author: str, actor: Actor, state: DocumentState = DocumentState.READY, internal: bool = False) -> Document:
    """Register a document of our own (TiHL 906/2019 § 26.4)."""
    del actor
    return _make(
        draft,
        direction=Direction.INTERNAL if internal else Direction.OWN,
        state=state,
        author=author,
        made_at=timezone.now(),
    )


@action("Merkitse lähetetyksi", needs="documents.write")
def send(document: Document, *, way: Way, actor: Actor) -> Document:
    """Record when and how a document of our own was sent (TiHL 906/2019 § 26.4 item 4, 488/2023)."""
    del actor
    document.state, document.sent_at, document.sent_way = DocumentState.SENT, timezone.now(), way
    if document.starts != PublicStart.CONTRACT:
        document.public_from = document.public_from or document.sent_at
    note_opening(document, document.sent_at)
    document.save(update_fields=["state", "sent_at", "sent_way", "public_from", "opened_at"])
    return document


def _make(draft: Draft, **facts: object) -> Document:
    document = _row(draft, **facts)
    document.save(force_insert=True)
    for number, upload in enumerate(draft.uploads, start=1):
        _file(document, number, upload, blobs.keep(upload.data)).save(force_insert=True)
    if not draft.uploads or document.sealed_until:
        indexing.refresh(document)  # one with files is indexed when they have been read
    return document


def _row(draft: Draft, **facts: object) -> Document:
    metadata = draft.metadata
    document = Document(
        identifier=new_identifier(),
        title=draft.title,
        type_code=draft.type_code,
        language=draft.language,
        node_key=draft.node.key if draft.node else None,
        publicity=metadata.publicity.value,
        grounds=list(metadata.grounds),
        personal=metadata.personal,
        decided_from=metadata.source,
        decided_reason=metadata.reason,
        masks=draft.masks,
        **facts,
    )
    decide_publicity(document, draft.node if metadata.source == "plan" else None, draft.opens_at)
    note_opening(document, running().at)
    return document


def _like(first: Document, draft: Draft) -> Document:
    """A document of which the same was decided as of the first."""
    same = {field.attname: getattr(first, field.attname) for field in Document._meta.concrete_fields if not field.primary_key}
    return Document(**same | {"identifier": new_identifier(), "title": draft.title})


def _file(document: Document, number: int, upload: Upload, sha256: str) -> File:
    return File(document=document, version=number, name=upload.name, media_type=upload.media_type, size=len(upload.data), sha256=sha256)
