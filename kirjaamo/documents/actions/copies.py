"""Copies that are given out: of a secret document always with its marking (JulkL 621/1999 § 25), and always with a trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.documents import blobs, copies
from kirjaamo.documents.actions.opening import open_file
from kirjaamo.documents.models import GivenCopy
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused

if TYPE_CHECKING:
    from kirjaamo.documents.models import File
    from kirjaamo.kernel.actors import Actor


@dataclass(frozen=True)
class Giving:
    """To whom a copy goes and why; `party`: to a party of the matter (JulkL § 11); `parts`: which parts are secret."""

    recipient: str
    purpose: str
    party: bool = False
    parts: str = ""
    language: str = "fi"


@action("Anna kopio", needs="documents.write")
def give_copy(file: File, giving: Giving, *, case: str, actor: Actor) -> tuple[GivenCopy, bytes]:
    """Make the copy: of a secret document with a cover page and a mark on every page. The row keeps what was given to whom.

    Refuses a secret file that is no PDF: its copy cannot be marked on its pages.
    """
    because(giving.purpose)
    document = file.document
    data = open_file(file, why=giving.purpose, actor=actor)
    marking = copies.marking_of(document)
    if marking:
        if file.media_type != "application/pdf":
            raise Refused(
                _("Salassa pidettävästä asiakirjasta annetaan kopio vain PDF-muodossa, jotta jokaisella sivulla on salassapitomerkintä."),
                code="documents.unmarkable",
                section="JulkL 621/1999 25 §",
            )
        told = copies.Mark(marking, document.identifier, case, giving.recipient, giving.parts, tuple(document.grounds), running().at)
        data = copies.marked(data, told, giving.language)
    row = GivenCopy.of(
        file=file, recipient=giving.recipient, purpose=giving.purpose, party=giving.party, marking=marking or "none",
        grounds=list(document.grounds), parts=giving.parts, sha256=blobs.keep(data), by=actor.actor_ref, at=running().at,
    )  # fmt: skip
    return row, data


@action("Avaa annettu kopio", needs="documents.write")
def open_copy(copy: GivenCopy, *, actor: Actor) -> bytes:
    """The very bytes that were given, checked against their hash; the journal keeps the opening."""
    del actor
    because(copy.purpose)
    running().wrote(copy, "read", {"sha256": copy.sha256})
    return blobs.read(copy.sha256)
