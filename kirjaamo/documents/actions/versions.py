"""A document of our own on its way: draft → ready → signed or sent, and its versions, none of which ever changes an old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.documents import blobs
from kirjaamo.documents.models import Direction, Document, DocumentState, File
from kirjaamo.documents.publicity import BY_SIGNING, note_opening
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Conflict, Refused

if TYPE_CHECKING:
    from kirjaamo.documents.policy import Upload
    from kirjaamo.kernel.actors import Actor

BOUND = frozenset({DocumentState.SIGNED, DocumentState.SENT})


@action("Lisää versio", needs="documents.write")
def add_version(document: Document, upload: Upload, *, on: int, actor: Actor) -> File:
    """Add a version to a document of our own that is not yet signed or sent. `on`: the newest version that the person saw.

    Another version that came in between is a conflict, so that nobody's text is lost unseen.
    """
    del actor
    _hold(document)
    if document.direction == Direction.INCOMING:
        raise Refused(_("Saapunutta asiakirjaa ei muuteta. Lisää uusi asiakirja."), code="documents.incoming_stays")
    if document.state in BOUND:
        raise Refused(_("Allekirjoitettua tai lähetettyä asiakirjaa ei muuteta. Laadi uusi asiakirja."), code="documents.bound")
    newest = document.files.order_by("-version").values_list("version", flat=True).first() or 0
    if newest != on:
        raise Conflict
    sha256 = blobs.keep(upload.data)
    facts = {"name": upload.name, "media_type": upload.media_type, "size": len(upload.data), "sha256": sha256}
    return File.of(document=document, version=newest + 1, **facts)


@action("Merkitse valmiiksi", needs="documents.write")
def make_ready(document: Document, *, actor: Actor) -> Document:
    """The draft is done: it can be signed or sent."""
    del actor
    return _move(document, {DocumentState.DRAFT}, DocumentState.READY)


@action("Palauta luonnokseksi", needs="documents.write")
def back_to_draft(document: Document, *, reason: str, actor: Actor) -> Document:
    """Take a ready document of our own back to be worked on; one that is signed or sent stays."""
    del actor
    because(reason)
    if document.direction == Direction.INCOMING:
        raise Refused(_("Saapunut asiakirja ei ole luonnos."), code="documents.incoming_stays")
    return _move(document, {DocumentState.READY}, DocumentState.DRAFT)


@action("Allekirjoita", needs="documents.write")
def sign(document: Document, *, actor: Actor) -> Document:
    """Confirm the newest version as signed: it becomes public by its publicity from now (JulkL 621/1999 § 6)."""
    del actor
    if not document.files.exists():
        raise Refused(_("Asiakirjalla ei ole tiedostoa. Lisää tiedosto ennen allekirjoitusta."), code="documents.nothing_to_sign")
    signed = _move(document, {DocumentState.DRAFT, DocumentState.READY}, DocumentState.SIGNED)
    if signed.starts in BY_SIGNING:
        signed.public_from = signed.public_from or running().at
    note_opening(signed, running().at)
    signed.save(update_fields=["public_from", "opened_at"])
    return signed


def _move(document: Document, before: set[DocumentState], after: DocumentState) -> Document:
    _hold(document)
    if document.state not in before:
        raise Refused(
            _("Asiakirja on jo tilassa %(state)s.") % {"state": DocumentState(document.state).label}, code="documents.state_moved"
        )
    document.state = after
    document.save(update_fields=["state"])
    return document


def _hold(document: Document) -> None:
    """Lock the document and read how far it is by now."""
    document.refresh_from_db(fields=["state", "direction", "public_from"], from_queryset=Document.objects.select_for_update())
