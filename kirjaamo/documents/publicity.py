"""What is decided of a document's publicity when it is made, and again when its class or its grounds change. Nothing is saved here."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kirjaamo.documents.models import Direction, DocumentState
from kirjaamo.documents.openness import is_open
from kirjaamo.documents.secrecy import secrecy_of
from kirjaamo.values.clock import local_day
from kirjaamo.values.openness import Harm
from kirjaamo.values.public_start import PublicStart, public_start
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.documents.models import Document
    from kirjaamo.tos.models import Node

BY_SIGNING = frozenset({PublicStart.SIGNED, PublicStart.READY, PublicStart.CHECKED})
DECIDES = frozenset({"publicity", "grounds", "personal"})
SECRECY = ("clause", "secrecy_end", "confirm_end", "harm", "opened_at")


def decide_publicity(document: Document, node: Node | None, opens_at: dt.datetime | None) -> None:
    """Write on a new document when it becomes public, how it is secret and until when. `node`: the plan's, when its rule holds."""
    document.starts = public_start(
        document.type_code,
        incoming=document.direction == Direction.INCOMING,
        waits=document.publicity == Publicity.NOT_YET_PUBLIC,
        sealed=opens_at is not None,
    )
    document.public_from, document.sealed_until = _begins(document, opens_at), opens_at
    _decide_secrecy(document, node)


def _begins(document: Document, opens_at: dt.datetime | None) -> dt.datetime | None:
    """The moment at which a new document becomes public: it has happened, is set to happen, or is not known yet (None)."""
    if document.starts == PublicStart.RECEIVED:
        return document.arrived_at
    if document.starts == PublicStart.OPENED:
        return opens_at
    signed = document.state in {DocumentState.SIGNED, DocumentState.SENT}
    ready = document.starts == PublicStart.READY and document.state == DocumentState.READY
    return document.made_at if (signed and document.starts in BY_SIGNING) or ready else None


def _decide_secrecy(document: Document, node: Node | None) -> None:
    dated = document.arrived_at or document.made_at
    secrecy = secrecy_of(document, node, local_day(dated) if dated else None)
    document.clause, document.secrecy_end = secrecy.clause, secrecy.end
    document.secret_until, document.confirm_end = secrecy.until, secrecy.confirm


def decide_again(document: Document, changed: Collection[str], at: dt.datetime) -> Collection[str]:
    """Reckon the secrecy anew when what decides it has changed; return which more fields changed. A last day that was given stays."""
    if not DECIDES & set(changed):
        return ()
    given = document.secret_until
    _decide_secrecy(document, None)
    more = {*SECRECY, "secret_until"} - set(changed)
    if "secret_until" in changed:
        document.secret_until = given
    document.harm, document.opened_at = Harm.NOT_JUDGED.value, None
    note_opening(document, at)
    return more


def note_opening(document: Document, at: dt.datetime) -> None:
    """Note when the document became open to anyone, once; what time opens later, the timed job notes."""
    if document.opened_at is None and is_open(document, at):
        document.opened_at = at
