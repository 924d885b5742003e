"""A masked copy of a document that is secret in part: a document of its own, checked to hold none of the words that are masked."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.steps import may_work, record
from kirjaamo.cases.actions.tasks import finish
from kirjaamo.cases.models import TaskState
from kirjaamo.cases.publicity.events import may_be_masked
from kirjaamo.documents import actions as documents
from kirjaamo.documents import blobs, extraction
from kirjaamo.documents.models import Direction, DocumentState, TextState, Way
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.documents.models import Document
    from kirjaamo.documents.policy import Upload
    from kirjaamo.organisation.models import User

MASKING = "masking"
"""The kind of a task to make a masked copy."""
MASKED = {
    "fi": "Peitetty kappale lisättiin",
    "sv": "Ett exemplar med täckta uppgifter lades till",
    "en": "A masked copy was added",
}


@dataclass(frozen=True)
class Masked:
    """A masked copy: its file, the words that must not be read in it, who may read it, and why the rest is masked."""

    title: str
    upload: Upload
    words: Sequence[str]
    for_all: bool
    reason: str


@action("Lisää peitetty kappale", needs="documents.write")
def add_masked_copy(case: Case, document: Document, told: Masked, *, actor: User, key: uuid.UUID) -> Document | None:
    """Add a copy in which what is secret is masked (JulkL 621/1999 § 10); it becomes public by the same event as the document.

    Refuses a file that is no PDF, that cannot be read, or in which a masked word is still found, visible or not. The words are
    kept nowhere. A copy that is not for all is secret by the grounds of the document and open to parties. One form adds once.
    """
    may_work(case, actor)
    if submissions.claim(key) is not None:
        return None
    if not may_be_masked(document, running().at):
        sentence = _("Peitetty kappale tehdään valmiista asiakirjasta, josta jotakin pidetään salassa tai asianosaiselta.")
        raise Refused(sentence, code="cases.nothing_to_mask", section="JulkL 621/1999 10 §")
    because(told.reason)
    check(told.upload, told.words)
    publicity, grounds = (Publicity.PUBLIC, ()) if told.for_all else (Publicity.SECRET, tuple(document.grounds))
    metadata = documents.Metadata(publicity, grounds, document.personal, source="decision", reason=told.reason)
    draft = documents.Draft(told.title, document.type_code, metadata, language=document.language, uploads=[told.upload], masks=document)
    copy = _like(document, draft, actor)
    record(case, actor=actor, kind="document_masked", label=MASKED, document=copy, note=told.reason)
    for task in case.tasks.filter(kind=MASKING, detail__document=document.pk).exclude(state=TaskState.DONE):
        finish(task, actor=actor, outcome=copy.identifier)
    return copy


def check(upload: Upload, words: Sequence[str]) -> None:
    """Refuse what is no PDF, what cannot be read through, and what still holds a masked word under its mask."""
    if upload.media_type != extraction.PDF:
        raise Refused(_("Peitetty kappale on PDF."), code="cases.masked_pdf", field="uploads")
    found = extraction.text_of(blobs.keep(upload.data), upload.media_type)
    if found.state not in {TextState.READ, TextState.NOTHING} or found.names or found.warnings:
        sentence = _("Tiedostoa ei voitu lukea kokonaan tai siinä on upotettuja osia. Peittämistä ei voi tarkistaa, joten se ei kelpaa.")
        raise Refused(sentence, code="cases.masked_unread", field="uploads")
    text = _plain(found.text)
    left = [word for word in words if _plain(word) in text]
    if left:
        sentence = _("Peitetyksi tarkoitettu teksti on yhä luettavissa tiedostosta: %(words)s. Peitä kohdat poistamalla teksti.")
        raise Refused(sentence % {"words": ", ".join(left)}, code="cases.masked_readable", field="uploads")


def _plain(text: str) -> str:
    """Text as it is compared: small letters, no spaces, no hyphens that only divide a line."""
    return "".join(text.casefold().replace("\u00ad", "").split())


def _like(document: Document, draft: documents.Draft, actor: User) -> Document:
    """A document of the same origin, so that the same event makes it public."""
    if document.direction == Direction.INCOMING and document.arrived_at is not None:
        way = Way(document.way)
        return documents.receive(draft, sender=document.sender, way=way, arrived_at=document.arrived_at, actor=actor)
    state = DocumentState.READY if document.state == DocumentState.READY else DocumentState.SIGNED
    return documents.compose(draft, author=actor.name, state=state, actor=actor)
