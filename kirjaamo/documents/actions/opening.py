"""Reading the bytes of files: each opening is in the journal, and what the scanner condemned is given to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from kirjaamo.documents import blobs, extraction, hazards
from kirjaamo.documents.models import File, FileText, ScanState
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor


SEALED = _("Asiakirja avataan vasta määrättynä aikana. Sitä ennen sen sisältöä ei avata kenellekään.")


def sealed(document: Document, at: dt.datetime) -> bool:
    """Whether the document waits for its time of opening at a moment (JulkL 621/1999 § 7)."""
    return document.sealed_until is not None and document.sealed_until > at


def is_sealed(sha256: str, at: dt.datetime) -> bool:
    """Whether bytes are those of a document that waits for its time of opening."""
    return File.objects.filter(sha256=sha256, document__sealed_until__gt=at).exists()


@action("Avaa tiedosto", needs="cases.read")
def open_file(file: File, *, why: str, actor: Actor) -> bytes:
    """Read the bytes of a file, checked against their hash; the journal keeps who opened it, when and why (TiHL 906/2019 § 17)."""
    del actor
    _note(file, why)
    return blobs.read(file.sha256)


@action("Katso sivua", needs="cases.read")
def draw(file: File, page: int, *, why: str, actor: Actor, width: int = 1000) -> bytes | None:
    """Draw a page (from 0) of a PDF; the journal keeps it as an opening. None when the page cannot be drawn."""
    del actor
    _note(file, why)
    return extraction.page_picture(file.sha256, page, width)


@action("Lue tiedoston teksti", needs="cases.read")
def open_text(file: File, *, why: str, actor: Actor, most: int = 20_000) -> str:
    """Read the beginning of a file's text; the journal keeps it as an opening."""
    del actor
    _note(file, why)
    return FileText.objects.filter(pk=file.pk).values_list(Left("text", most), flat=True).first() or ""


def _note(file: File, why: str) -> None:
    """Refuse what is condemned or waits for its time of opening; the journal keeps the opening, the use log too what is not all's."""
    if sealed(file.document, running().at):
        raise Refused(SEALED, code="documents.sealed", section="JulkL 621/1999 7 §")
    if FileText.objects.filter(pk=file.pk, scan=ScanState.INFECTED).exists():
        raise Refused(hazards.SENTENCES["infected"], code="documents.infected")
    because(why)
    document = file.document  # read here, if not before: so it comes into sight (`kernel.sight`)
    running().wrote(file, "read", {"sha256": file.sha256, "document": document.pk})
