"""What is sent by the e-service is taken into the queue of the registry office, once, with the time at which it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirjaamo.cases.actions.arriving import NewArrival, Piece, take_in
from kirjaamo.cases.eservice.letters import matter_pdf
from kirjaamo.cases.models import Arrival
from kirjaamo.documents.models import Way
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.receipts import token_hash, token_of

if TYPE_CHECKING:
    from kirjaamo.cases.eservice.matters import NewMatter
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import Unit

PDF = "application/pdf"


@action("Ota vastaan sähköinen lähetys", needs=PUBLIC)
def receive_matter(new: NewMatter, *, actor: Actor) -> Arrival:
    """Take in a matter or a supplement: its text as a document, then its files; the same form sent twice is one arrival."""
    at = new.received_at or running().at
    receipt = token_hash(new.token or token_of(new.key))
    first = Arrival.objects.select_related("case__unit", "unit").filter(receipt_hash=new.follows).first() if new.follows else None
    told = Piece("lahetys.pdf", PDF, matter_pdf(new, at, first.identifier if first else ""))
    arrival, _new = take_in(
        NewArrival(
            source_key=f"e-service:{new.key}",
            way=Way.E_SERVICE,
            received_at=at,
            sender_name=new.name or (first.sender_name if first else ""),
            sender_email=new.email or (first.sender_email if first else ""),
            sender_telephone=new.telephone,
            sender_address=new.address,
            subject=_subject(new, first),
            text=new.text,
            language=new.language,
            message_id=_mark(receipt),
            answers=[_mark(new.follows)] if first else [],
            unit=_unit_of(first),
            pieces=[told, *(Piece(one.name, one.media_type, one.data) for one in new.uploads)],
            receipt_hash=receipt,
            follows=first,
        ),
        actor=actor,
    )
    return arrival


def _mark(receipt: str) -> str:
    """The name of a send, as messages of e-mail have one: a supplement answers it."""
    return f"e-service:{receipt}"


def _subject(new: NewMatter, first: Arrival | None) -> str:
    """What the queue shows: the case that was named, or what is supplemented. The staff's language is Finnish."""
    if first is not None:
        return f"Täydennys: {first.subject}"[:300]
    return f"{new.case}: {new.subject}" if new.case else new.subject


def _unit_of(first: Arrival | None) -> Unit | None:
    """A supplement goes where the first one went."""
    if first is None:
        return None
    return first.case.unit if first.case else first.unit
