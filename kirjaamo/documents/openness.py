"""Who may read a document, asked of the database: the same decision as `values.openness`, as a condition on rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from kirjaamo.documents.models import Direction, Document, DocumentState
from kirjaamo.values.clock import local_day
from kirjaamo.values.openness import Harm, Openness, Paper, PartyException, Reader, openness
from kirjaamo.values.publicity import ClauseType, Publicity

if TYPE_CHECKING:
    import datetime as dt

TESTED = (ClauseType.HARM_TEST.value, ClauseType.SECRECY_PRESUMPTION.value)
NEVER_SECRET = (Publicity.PUBLIC.value, Publicity.NOT_YET_PUBLIC.value)


def paper_of(document: Document, case_closed_at: dt.datetime | None = None) -> Paper:
    """The facts of a document as the decision takes them. What is internal or put outside is no authority's document (§ 5)."""
    return Paper(
        publicity=Publicity(document.publicity),
        authoritys=document.direction != Direction.INTERNAL and not document.outside,
        draft=document.state == DocumentState.DRAFT,
        public_from=document.public_from,
        clause=ClauseType(document.clause) if document.clause else None,
        harm=Harm(document.harm),
        secret_until=document.secret_until,
        confirm=document.confirm_end,
        withheld=frozenset(PartyException(one) for one in document.withheld),
        case_closed_at=case_closed_at,
        sealed_until=document.sealed_until,
    )


def openness_of(document: Document, reader: Reader, at: dt.datetime, case_closed_at: dt.datetime | None = None) -> Openness:
    """What a reader may read of a document at a moment, and the section."""
    return openness(paper_of(document, case_closed_at), reader, at)


def is_open(document: Document, at: dt.datetime) -> bool:
    """Whether anyone may read the whole document at a moment; says the same as `open_to_all`."""
    return openness_of(document, Reader.ANYONE, at).whole


def has_begun(at: dt.datetime, prefix: str = "") -> Q:
    """Finished documents of the authority whose event of JulkL 621/1999 § 6–7 has happened, secret or not."""
    begun = Q(**{f"{prefix}public_from__lte": at, f"{prefix}outside": ""}) & _unsealed(at, prefix)
    return begun & ~Q(**{f"{prefix}state": DocumentState.DRAFT}) & ~Q(**{f"{prefix}direction": Direction.INTERNAL})


def _unsealed(at: dt.datetime, prefix: str) -> Q:
    """Documents that wait for no time of opening (§ 7)."""
    return Q(**{f"{prefix}sealed_until": None}) | Q(**{f"{prefix}sealed_until__lte": at})


def not_secret(at: dt.datetime, prefix: str = "") -> Q:
    """Documents in whose way no secrecy stands at a moment: never secret, over by now, or weighed and found harmless."""
    over = Q(**{f"{prefix}secret_until__lt": local_day(at), f"{prefix}confirm_end": False})
    harmless = Q(**{f"{prefix}harm": Harm.NONE.value, f"{prefix}clause__in": TESTED})
    return Q(**{f"{prefix}publicity__in": NEVER_SECRET}) | over | harmless


def open_to_all(at: dt.datetime, prefix: str = "") -> Q:
    """The condition on documents that anyone may read as a whole at a moment; `prefix` is the path to the document."""
    return has_begun(at, prefix) & not_secret(at, prefix)


def open_to_party(at: dt.datetime, prefix: str = "", *, closed: Q | None = None) -> Q:
    """The condition on documents of a case that its party may read as a whole (JulkL 621/1999 § 11).

    `closed` is the condition that the case has ended by then: a preparatory memo is withheld until that.
    """
    finished = Q(**{f"{prefix}outside": ""}) & ~Q(**{f"{prefix}state": DocumentState.DRAFT})
    finished &= ~Q(**{f"{prefix}direction": Direction.INTERNAL})
    finished &= _unsealed(at, prefix)
    nothing = Q(**{f"{prefix}withheld": []})
    if closed is not None:
        nothing |= Q(**{f"{prefix}withheld": [PartyException.MEMO.value]}) & closed
    return open_to_all(at, prefix) | (finished & nothing)


def waits(at: dt.datetime) -> Q:
    """Documents that time has opened and nobody has noted yet."""
    return Q(opened_at=None) & open_to_all(at)


def to_confirm(at: dt.datetime) -> Q:
    """Documents whose last day of secrecy has passed and whose opening waits for a person (JulkL 621/1999 § 31.3)."""
    return has_begun(at) & Q(opened_at=None, secret_until__lt=local_day(at), confirm_end=True) & ~not_secret(at)
