"""What whoever knows the address of a request may do to it: write, ask for the authority's decision, fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.requests.actions.answering import want_decision
from kirjaamo.requests.actions.giving import fetched, reply
from kirjaamo.requests.models import InformationRequest

if TYPE_CHECKING:
    import uuid

    from kirjaamo.kernel.actors import Actor


def _of(receipt: str) -> InformationRequest:
    """The request of an address; `LookupError` when there is none."""
    found = InformationRequest.objects.select_related("case__unit", "case__revision").filter(token_hash=receipt).first()
    if found is None:
        raise LookupError
    return found


@action("Lähetä lisätietoa", needs=PUBLIC)
def reply_by_receipt(receipt: str, text: str, *, key: uuid.UUID, actor: Actor) -> None:
    """Take a message of the asker."""
    reply(_of(receipt), text, key=key, actor=actor)


@action("Pyydä viranomaisen päätöstä", needs=PUBLIC)
def want_by_receipt(receipt: str, *, actor: Actor) -> None:
    """Take the wish to have the authority decide; without a refusal there is nothing to wish."""
    refusal = _of(receipt).refusals.last()
    if refusal is not None:
        want_decision(refusal, actor=actor)


@action("Merkitse noudetuksi", needs=PUBLIC)
def fetched_by_receipt(receipt: str, number: int, *, actor: Actor) -> None:
    """Note that a document was fetched."""
    delivery = _of(receipt).deliveries.filter(pk=number).first()
    if delivery is not None:
        fetched(delivery, actor=actor)
