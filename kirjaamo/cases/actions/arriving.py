"""What arrives is taken into the queue, routed, and ended otherwise than as a case. A thing that comes twice is taken once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.steps import record, still_open
from kirjaamo.cases.arrivals import drafts, times
from kirjaamo.cases.arrivals.mail import read_mail
from kirjaamo.cases.models import Arrival, ArrivalFile, ArrivalState, ChannelOutage, Mailbox
from kirjaamo.documents import actions as documents
from kirjaamo.documents import blobs
from kirjaamo.documents.models import Way
from kirjaamo.documents.policy import Upload, accept, safe_name
from kirjaamo.kernel import submissions, vault
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Conflict, Refused
from kirjaamo.notices import actions as notices
from kirjaamo.notices.actions import tell
from kirjaamo.notices.models import NoticeKind
from kirjaamo.values.personal_id import hide_personal_ids

if TYPE_CHECKING:
    from kirjaamo.cases.arrivals.mailbox import Fetched
    from kirjaamo.cases.models import Case
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import Unit

MESSAGE = "message/rfc822"
ACKNOWLEDGED = {Way.EMAIL, Way.SECURE_MAIL, Way.E_SERVICE}
ACKNOWLEDGEMENTS = uuid.UUID("3a3e5d0c-52b2-4a37-9f2f-8a3f4d2c0b11")
ARRIVED = {"fi": "Asiakirja saapui", "sv": "En handling kom in", "en": "A document arrived"}


class Overtaken(Conflict):
    """Someone else changed or ended the arrival in between: the page shows both."""

    code = "cases.arrival_overtaken"
    sentence = _("Toinen käyttäjä ehti muuttaa tätä saapunutta. Vertaa tietoja alla: mitään ei ole kadonnut.")


@dataclass(frozen=True)
class Piece:
    """A file of an arrival before it is stored."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class NewArrival:
    """What is told of something that arrived. `source_key` is the same for the same thing, however often it is brought."""

    source_key: str
    way: Way
    received_at: dt.datetime
    sent_at: dt.datetime | None = None
    sender_name: str = ""
    sender_email: str = ""
    sender_telephone: str = ""
    sender_address: str = ""
    subject: str = ""
    text: str = ""
    language: str = "fi"
    message_id: str = ""
    answers: Sequence[str] = ()
    unit: Unit | None = None
    mailbox: Mailbox | None = None
    pieces: Sequence[Piece] = field(default_factory=tuple)
    acknowledged: bool = True
    receipt_hash: str = ""
    follows: Arrival | None = None


@action("Ota saapunut jonoon", needs="cases.register")
def take_in(new: NewArrival, *, actor: Actor) -> tuple[Arrival, bool]:
    """Put an arrival into the queue with its files; tell whether it was new. Bytes are durable before the row commits."""
    known = Arrival.objects.filter(source_key=new.source_key).first()
    if known is not None:
        return known, False
    kept = [(piece, blobs.keep(piece.data)) for piece in new.pieces]
    try:
        with transaction.atomic():
            arrival = _row(new)
    except IntegrityError:  # another reader was a moment faster
        return Arrival.objects.get(source_key=new.source_key), False
    ArrivalFile.objects.bulk_create(
        [
            ArrivalFile(
                arrival=arrival,
                order=order,
                name=hide_personal_ids(safe_name(piece.name)),
                media_type=piece.media_type,
                size=len(piece.data),
                sha256=sha256,
                refused=_refusal(piece),
            )
            for order, (piece, sha256) in enumerate(kept)
        ]
    )
    if new.acknowledged and new.way in ACKNOWLEDGED:
        _acknowledge(arrival, actor)
    return arrival, True


def _acknowledge(arrival: Arrival, actor: Actor) -> None:
    """Tell the sender at once, by e-mail, that the message is here (13/2003 § 12)."""
    if not arrival.sender_email or not settings.KIRJAAMO_SENDS_MAIL:
        return
    key = uuid.uuid5(ACKNOWLEDGEMENTS, arrival.source_key)
    about, arrived_at = arrival.identifier, arrival.counts_at
    notices.acknowledge(arrival.sender_email, about=about, arrived_at=arrived_at, language=arrival.language, key=key, actor=actor)
    arrival.acknowledged_at = running().at
    arrival.save(update_fields=["acknowledged_at"])


def _row(new: NewArrival) -> Arrival:
    at = running().at
    received_at = min(new.received_at, at)
    counts_at, outage = times.counted(received_at, new.sent_at, times.outages_of(new.way))
    return Arrival.of(
        identifier=documents.new_identifier().replace("ASK", "SAA"),
        source_key=new.source_key,
        way=new.way,
        mailbox=new.mailbox,
        received_at=received_at,
        sent_at=new.sent_at,
        counts_at=counts_at,
        outage=outage,
        taken_at=at,
        register_by=times.register_by(counts_at),
        sender_name=new.sender_name,
        sender_email=new.sender_email,
        sender_telephone=new.sender_telephone,
        sender_address=new.sender_address,
        subject=new.subject,
        text=new.text,
        language=new.language,
        receipt_hash=new.receipt_hash,
        follows=new.follows,
        message_id=new.message_id,
        answers=list(new.answers),
        unit=new.unit,
    )


def _refusal(piece: Piece) -> str:
    """Why a file is no document of a case; empty when it may be one. A message as a whole is kept as it came."""
    if piece.media_type == MESSAGE:
        return ""
    try:
        accept(piece.name, piece.data)
    except Refused as refusal:
        return refusal.code
    return ""


def of_mail(data: bytes, received_at: dt.datetime, *, mailbox: Mailbox | None = None) -> NewArrival:
    """The arrival that a message is: itself as its first file, then what was attached to it."""
    mail = read_mail(data)
    pieces = [Piece("viesti.eml", MESSAGE, data), *(Piece(a.name or "liite", a.media_type, a.data) for a in mail.attached)]
    return NewArrival(
        source_key=f"mail:{mail.digest}",
        way=Way.EMAIL,
        received_at=received_at,
        sent_at=mail.sent_at,
        sender_name=mail.sender_name,
        sender_email=mail.sender_email,
        subject=mail.subject,
        text=mail.text,
        language=drafts.language_of(f"{mail.subject} {mail.text[:2000]}"),
        message_id=mail.message_id,
        answers=mail.answers,
        unit=mailbox.unit if mailbox else None,
        mailbox=mailbox,
        pieces=pieces,
        acknowledged=not mail.automatic and not _own_address(mail.sender_email),
    )


def _own_address(email: str) -> bool:
    """Whether a message claims to come from one of our own mailboxes."""
    return Mailbox.objects.filter(username__iexact=email).exists() or email.lower() == settings.DEFAULT_FROM_EMAIL.lower()


@action("Lue viesti postilaatikosta", needs="cases.register")
def take_message(mailbox: Mailbox, message: Fetched, *, validity: int, actor: Actor) -> tuple[Arrival, bool]:
    """Take one message into the queue and remember how far the mailbox is read, in one transaction: both or neither."""
    taken = take_in(of_mail(message.data, message.received_at, mailbox=mailbox), actor=actor)
    mailbox.uid_validity, mailbox.last_uid = validity, message.uid
    mailbox.save(update_fields=["uid_validity", "last_uid"])
    return taken


@action("Merkitse postilaatikko luetuksi", needs="cases.register")
def note_reading(mailbox: Mailbox, *, trouble: str, actor: Actor) -> None:
    """Keep when a mailbox was read and what went wrong; a reading without trouble clears it."""
    del actor
    mailbox.trouble = trouble[:300]
    mailbox.read_at = mailbox.read_at if trouble else running().at
    mailbox.save(update_fields=["trouble", "read_at"])


@action("Lisää postilaatikko", needs="organisation.manage")
def add_mailbox(name: str, password: str, *, actor: Actor, **facts: object) -> Mailbox:
    """Add a shared mailbox, or change the one of this name. The password is sealed with the keys outside the database."""
    del actor
    values = facts | {"password_sealed": vault.seal(password), "in_use": True}
    mailbox, _made = Mailbox.objects.update_or_create(name=name, defaults=values)
    return mailbox


def hold_arrival(arrival: Arrival, version: int) -> Arrival:
    """Lock the arrival and refuse when it is not as the person saw it."""
    held = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if not held.is_waiting or held.version != version:
        raise Overtaken
    return held


@action("Tallenna keskeneräinen kirjaus", needs="cases.register")
def keep_draft(arrival: Arrival, typed: Mapping[str, str], *, version: int, actor: Actor) -> Arrival:
    """Keep what a person typed of an arrival, sealed, so that the work can be left and gone on with."""
    held = hold_arrival(arrival, version)
    held.draft_sealed = drafts.seal(typed)
    held.edited_by, held.version = actor.actor_ref, held.version + 1
    held.save(update_fields=["draft_sealed", "edited_by", "version"])
    return held


@action("Ohjaa saapunut yksikölle", needs="cases.register")
def route_arrival(arrival: Arrival, unit: Unit | None, *, version: int, actor: Actor) -> Arrival:
    """Tell which unit an arrival belongs to; None gives it back to the registry office."""
    held = hold_arrival(arrival, version)
    held.unit = unit
    held.edited_by, held.version = actor.actor_ref, held.version + 1
    held.save(update_fields=["unit", "edited_by", "version"])
    return held


@dataclass(frozen=True)
class Ending:
    """How an arrival ends without becoming a case of its own."""

    state: ArrivalState
    reason: str = ""
    case: Case | None = None
    transferred_to: str = ""
    sender_told: str = ""
    metadata: documents.Metadata | None = None
    title: str = ""
    opens_at: dt.datetime | None = None
    """When what joins a case is to be opened (JulkL 621/1999 § 7)."""
    at: dt.datetime | None = None
    """When it ended, if it is noted afterwards."""


@action("Päätä saapuneen käsittely", needs="cases.register")
def end_arrival(arrival: Arrival, ending: Ending, *, version: int, key: uuid.UUID, actor: Actor) -> Arrival:
    """End an arrival: into an open case, answered, not registered, transferred (HL 434/2003 § 21) or spam. One form ends once."""
    if submissions.claim(key) is not None:
        return Arrival.objects.get(pk=arrival.pk)
    held = hold_arrival(arrival, version)
    if ending.state == ArrivalState.TO_CASE:
        _join(held, ending, actor)
    _end(held, ending, actor)
    submissions.settle(key, held.identifier)
    return held


def _end(held: Arrival, ending: Ending, actor: Actor) -> None:
    held.state, held.case, held.reason = ending.state, ending.case, ending.reason
    held.transferred_to, held.sender_told = ending.transferred_to, ending.sender_told
    held.ended_at, held.ended_by = min(ending.at or running().at, running().at), actor.actor_ref
    held.draft_sealed, held.version = None, held.version + 1
    told = ["state", "case", "reason", "transferred_to", "sender_told", "ended_at", "ended_by", "draft_sealed", "version"]
    held.save(update_fields=told)


def _join(held: Arrival, ending: Ending, actor: Actor) -> None:
    """Make the documents of an arrival documents of an open case."""
    if ending.case is None or ending.metadata is None:
        raise Refused(_("Valitse asia, johon saapunut liitetään."), code="cases.no_case", field="case")
    still_open(ending.case)
    draft = documents.Draft(
        ending.title, "arrival", ending.metadata, language=ending.case.language, uploads=uploads_of(held), opens_at=ending.opens_at
    )
    for document in documents.receive_each(
        documents.each_file(draft), arrived_at=held.counts_at, way=Way(held.way), sender=sender_of(held), actor=actor
    ):
        record(ending.case, actor=actor, kind="document_arrived", label=ARRIVED, document=document, note=ending.reason)
    if ending.case.handler is not None:
        tell([ending.case.handler], NoticeKind.ARRIVAL, about=ending.case.identifier, url=ending.case.get_absolute_url(), actor=actor)


def sender_of(arrival: Arrival) -> str:
    """Who an arrival is from, as it is written on its documents (TiHL 906/2019 § 26.3 item 3)."""
    return arrival.sender_name or arrival.sender_email or str(_("Nimetön lähettäjä"))


def uploads_of(arrival: Arrival) -> list[Upload]:
    """The files of an arrival that become documents, with their bytes."""
    return [Upload(file.name, blobs.read(file.sha256), file.media_type) for file in arrival.files.all() if not file.refused]


@action("Avaa saapunut tiedosto", needs="cases.register")
def open_arrival_file(file: ArrivalFile, *, actor: Actor) -> bytes:
    """Read the bytes of a file of the queue; the journal keeps who opened it (TiHL 906/2019 § 17).

    Refuses what became a document that waits for its time of opening: by no way is it read before.
    """
    del actor
    if documents.is_sealed(file.sha256, running().at):
        raise Refused(documents.SEALED, code="documents.sealed", section="JulkL 621/1999 7 §")
    because("registering")
    running().wrote(file, "read", {"sha256": file.sha256})
    return blobs.read(file.sha256)


@action("Merkitse viestintäkatko", needs="cases.register")
def note_outage(
    way: Way, began_at: dt.datetime, *, what: str, actor: Actor, ended_at: dt.datetime | None = None, instead: str = ""
) -> ChannelOutage:
    """Note when a channel was down; what waits and was sent in between counts from its sending (13/2003 § 10.2)."""
    outage = ChannelOutage.of(
        way=way, began_at=began_at, ended_at=ended_at, what=what, instead=instead, noted_by=actor.actor_ref, noted_at=running().at
    )
    recount(way)
    return outage


@action("Päätä viestintäkatko", needs="cases.register")
def end_outage(outage: ChannelOutage, ended_at: dt.datetime, *, actor: Actor) -> ChannelOutage:
    """Note when an outage ended; what waits is counted again."""
    del actor
    if ended_at <= outage.began_at:
        raise Refused(_("Katko ei voi päättyä ennen kuin se alkaa."), code="cases.outage_order", field="ended_on")
    outage.ended_at = ended_at
    outage.save(update_fields=["ended_at"])
    recount(Way(outage.way))
    return outage


def recount(way: Way) -> None:
    """Count the times of everything that waits in a channel again by its outages."""
    outages = times.outages_of(way)
    for arrival in Arrival.objects.filter(way=way, state=ArrivalState.WAITING).exclude(sent_at=None):
        counts_at, outage = times.counted(arrival.received_at, arrival.sent_at, outages)
        if (counts_at, outage.pk if outage else None) != (arrival.counts_at, arrival.outage_id):
            arrival.counts_at, arrival.outage, arrival.register_by = counts_at, outage, times.register_by(counts_at)
            arrival.version += 1
            arrival.save(update_fields=["counts_at", "outage", "register_by", "version"])
