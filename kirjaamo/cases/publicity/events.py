"""Which act on its publicity a document waits for: the event that makes it public, or the judgement of harm (JulkL 621/1999 § 6–7, 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.documents.models import Direction, DocumentState
from kirjaamo.values.public_start import PublicStart
from kirjaamo.values.publicity import ClauseType, Publicity

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.documents.models import Document

BY_HAND = {
    PublicStart.OPENED: _("Kirjaa avatuksi"),
    PublicStart.CONTRACT: _("Kirjaa sopimus tehdyksi"),
    PublicStart.CHECKED: _("Kirjaa tarkastetuksi"),
    PublicStart.SIGNED: _("Kirjaa allekirjoitetuksi"),
    PublicStart.READY: _("Kirjaa valmiiksi"),
}
"""The events that a person records, each with its button; receipt and the end of a case are recorded by themselves."""
TESTED = frozenset({ClauseType.HARM_TEST.value, ClauseType.SECRECY_PRESUMPTION.value})


def awaits_event(document: Document, at: dt.datetime) -> PublicStart | None:
    """The event that makes the document public when it has not happened by then and a person records it; else None.

    What waits for a set time is opened by the time alone; an earlier one is set by a decision with its reason.
    """
    begun = document.public_from is not None and document.public_from <= at
    sealed = document.sealed_until is not None and document.sealed_until > at
    if begun or sealed or document.outside or document.state == DocumentState.DRAFT or not document.starts:
        return None
    start = PublicStart(document.starts)
    return start if start in BY_HAND else None


def needs_judgement(document: Document) -> bool:
    """Whether its ground has a test of harm, so that giving it is weighed (JulkL 621/1999 § 17, § 24)."""
    return document.clause in TESTED


def may_be_masked(document: Document, at: dt.datetime) -> bool:
    """Whether a masked copy can be made: it is finished, something of it is secret or withheld, and it is no such copy itself."""
    sealed = document.sealed_until is not None and document.sealed_until > at
    kept = Publicity(document.publicity).needs_ground or bool(document.withheld)
    return kept and not sealed and not document.outside and document.masks_id is None and document.state != DocumentState.DRAFT


def may_be_sealed(document: Document, at: dt.datetime) -> bool:
    """Whether a time of opening may be set: it arrived, and it has not been opened at such a time yet (JulkL 621/1999 § 7)."""
    opened = document.starts == PublicStart.OPENED and document.public_from is not None and document.public_from <= at
    opened = opened or (document.sealed_until is not None and document.sealed_until <= at)
    return document.direction == Direction.INCOMING and not opened and not document.outside
