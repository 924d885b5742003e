"""What several acts on a request share: a step of its case, a message, a document. Called only within an action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import CaseParty, PartyRole
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Document
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import boxes
from kirjaamo.kernel.actions import running
from kirjaamo.requests import sealed
from kirjaamo.requests.models import (
    InformationRequest,
    Message,
    MessageDirection,
)
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import User
    from kirjaamo.tos.models import Node


def place(request: InformationRequest, code: str) -> Node:
    """The place of a document type in the plan of the request's case."""
    return node(request.case.revision, NodeKind.DOCUMENT, code)


def add_material(
    request: InformationRequest, metadata: documents.Metadata, title: str, uploads: Sequence[Upload], *, actor: User
) -> Document:
    """Register a document that may be given, in the stage of preparation."""
    at = place(request, "material")
    draft = documents.Draft(title=title, type_code="material", metadata=metadata, language=request.language, node=at, uploads=uploads)
    document = documents.compose(draft, author=actor.name, actor=actor)
    words = ("Aineisto lisättiin", "Material lades till", "Material was added")
    step(request, "document_added", words, actor=actor, document=document, stage="preparation")
    return document


def write_message(request: InformationRequest, text: str, *, actor: Actor, public: bool) -> Message:
    """Write a message to the asker; what the asker wrote before counts as answered."""
    if request.asker_wrote_at is not None:
        request.asker_wrote_at = None
        request.save(update_fields=["asker_wrote_at"])
    return Message.of(
        request=request,
        direction=MessageDirection.TO_ASKER,
        at=running().at,
        sealed=sealed.seal({"text": text}),
        open=public,
        box=closed_for(request, text.encode()) if public else b"",
        author=actor.actor_ref,
    )


def closed_for(request: InformationRequest, content: bytes) -> bytes:
    """Close something so that only whoever has the address of the request opens it; nothing when no address was ever given."""
    return boxes.close(content, bytes(request.box_key)) if request.box_key else b""


def step(
    request: InformationRequest,
    kind: str,
    words: tuple[str, str, str],
    *,
    actor: Actor,
    document: Document | None = None,
    stage: str = "",
    note: str = "",
) -> None:
    """Record a step of the request's case; `words` are in Finnish, Swedish and English."""
    at = node(request.case.revision, NodeKind.STAGE, stage) if stage else None
    cases.record(
        request.case,
        actor=actor,
        kind=kind,
        label=dict(zip(("fi", "sv", "en"), words, strict=True)),
        document=document,
        stage=at,
        note=note,
    )


def initiator(request: InformationRequest) -> CaseParty:
    """The party who asked."""
    return request.case.parties.select_related("subject").get(role=PartyRole.INITIATOR)
