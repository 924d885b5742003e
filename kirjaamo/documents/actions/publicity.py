"""What makes a document public or ends its secrecy: an event, a judgement, a confirmation, time (JulkL 621/1999 § 6–7, 17, 31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kirjaamo.documents.actions import indexing
from kirjaamo.documents.models import Document, DocumentState, FileText, MetadataDecision, MetadataSource, TextState
from kirjaamo.documents.openness import waits
from kirjaamo.documents.publicity import note_opening
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.values.public_start import AT_THE_LATEST_WHEN_CLOSED, PublicStart

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.values.openness import Harm, PartyException

ROUND = 500
"""How many documents one round opens."""


@action("Avaa päättyneen asian asiakirjat", needs="cases.handle")
def case_ended(documents: Iterable[Document], *, actor: Actor) -> None:
    """Let the end of a case make public what waited for it: preparation, and what never was signed (JulkL 621/1999 § 6.1)."""
    del actor
    at = running().at
    for document in documents:
        if document.public_from is None and document.state != DocumentState.DRAFT and document.starts in AT_THE_LATEST_WHEN_CLOSED:
            document.public_from = at
            note_opening(document, at)
            document.save(update_fields=["public_from", "opened_at"])


@action("Kirjaa julkiseksi tulo", needs="documents.write")
def make_public(document: Document, *, at: dt.datetime, actor: Actor) -> Document:
    """Record that the event happened which makes the document public: it was signed, checked or opened, or the contract was made."""
    del actor
    document.public_from, document.sealed_until = at, None
    note_opening(document, running().at)
    document.save(update_fields=["public_from", "opened_at", "sealed_until"])
    return document


@action("Aseta avaamisaika", needs="documents.write")
def seal_until(document: Document, opens_at: dt.datetime, *, reason: str, actor: Actor) -> Document:
    """Let a document become public when it has been opened at a set time (JulkL 621/1999 § 7.1); what stood before is kept with why."""
    because(reason)
    old = document.starts
    if document.starts == PublicStart.CONTRACT:  # a tender is public when the contract is made, and opened before that
        document.public_from = None
    else:
        document.starts, document.public_from = PublicStart.OPENED.value, opens_at
    document.opened_at, document.sealed_until = None, opens_at
    document.save(update_fields=["starts", "public_from", "opened_at", "sealed_until"])
    FileText.objects.filter(file__document=document).update(state=TextState.WAITING, text="", pages=None, names=[])
    indexing.refresh(document)
    MetadataDecision.of(
        document=document, field="starts", old=old, new=f"{document.starts} {opens_at.isoformat()}", source=MetadataSource.DECISION,
        reason=reason, norm="JulkL 621/1999 7 §", by=actor.actor_ref, at=running().at,
    )  # fmt: skip
    return document


@action("Päätä asianosaisen tiedonsaannin poikkeuksesta", needs="documents.write")
def withhold(document: Document, exceptions: Iterable[PartyException], *, reason: str, actor: Actor) -> Document:
    """Keep a document from the parties by exceptions of § 11.2, or give it to them again; the decision stands in its history."""
    because(reason)
    old, document.withheld = document.withheld, sorted(one.value for one in exceptions)
    document.save(update_fields=["withheld"])
    MetadataDecision.of(
        document=document, field="withheld", old=old, new=document.withheld, source=MetadataSource.DECISION, reason=reason,
        norm="JulkL 621/1999 11 §", by=actor.actor_ref, at=running().at,
    )  # fmt: skip
    return document


@action("Kirjaa haitan arviointi", needs="documents.write")
def judge_harm(document: Document, harm: Harm, *, reason: str, actor: Actor) -> Document:
    """Record whether giving the document causes the harm that its ground speaks of, and why (JulkL 621/1999 § 17)."""
    del actor
    because(reason)
    document.harm = harm.value
    note_opening(document, running().at)
    document.save(update_fields=["harm", "opened_at"])
    return document


@action("Kirjaa salassapidon päättävä tapahtuma", needs="documents.write")
def end_secrecy(document: Document, *, until: dt.date, reason: str, actor: Actor) -> Document:
    """Write the last day of secrecy when what ends it became known: an event or a death (JulkL 621/1999 § 31)."""
    del actor
    because(reason)
    document.secret_until = until
    document.save(update_fields=["secret_until"])
    return document


@action("Vahvista salassapidon päättyminen", needs="documents.write")
def confirm_end(document: Document, *, actor: Actor) -> Document:
    """Confirm that secrecy has ended where the act lets it go on or a person is protected (JulkL 621/1999 § 31.2–3)."""
    del actor
    document.confirm_end = False
    note_opening(document, running().at)
    document.save(update_fields=["confirm_end", "opened_at"])
    return document


@action("Avaa se, minkä aika avaa", needs="documents.write")
def open_by_time(*, actor: Actor) -> Sequence[Document]:
    """Note every document that time has opened since the last round; return them, a bounded number at a time."""
    del actor
    at = running().at
    opened = list(Document.objects.select_for_update(skip_locked=True).filter(waits(at)).order_by("pk")[:ROUND])
    for document in opened:
        document.opened_at = at
        document.save(update_fields=["opened_at"])
    return opened
