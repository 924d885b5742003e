"""Who sees what of the case register: one condition for the database and one function for a row, which say the same.

Every exit (page, list, count, search, file) passes one of these. The row of a case stands in the public register whatever
the case holds; what is secret of it is masked, field by field (TiHL 906/2019 § 25.2). A property test holds the pairs together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from kirjaamo.documents.models import Direction, DocumentState
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.cases.models import Case
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor

READ = "cases.read"
OPEN_TITLES = frozenset({Publicity.PUBLIC.value, Publicity.PARTLY_SECRET.value})


def visible_to(actor: Actor, at: dt.datetime) -> Q:
    """The condition on cases whose row the actor may see at a moment: everyone, from the moment of its registration.

    An entry of the register is public when it is made (JulkL 621/1999 § 6.1 item 1).
    """
    return Q() if actor.may(READ) else Q(registered_at__lte=at)


def is_visible(case: Case, actor: Actor, at: dt.datetime) -> bool:
    """Whether the actor may see the row of a case at a moment; says the same as `visible_to`."""
    return actor.may(READ) or case.registered_at <= at


def open_title(case: Case) -> str:
    """The title that everyone may read; empty when it is masked."""
    return open_title_of(case.publicity, case.public_title)


def open_title_of(publicity: str, public_title: str) -> str:
    """The same from the two fields of a row: a public title is written to be public; a case that is secret as a whole has none.

    A case that is secret in part has public parts, and its public title is one of them (JulkL 621/1999 § 10).
    """
    return public_title if publicity in OPEN_TITLES else ""


def shown_title(case: Case, actor: Actor) -> str:
    """The title that the actor may read; empty when it is masked."""
    return case.title if actor.may(READ) else open_title(case)


def documents_visible_to(actor: Actor, at: dt.datetime, prefix: str = "") -> Q:
    """The condition on documents whose existence and type the actor may see; `prefix` is the path to the document (`document__`).

    For everyone: public by decision, the time of becoming public has passed (JulkL 621/1999 § 6–7), no draft, not internal,
    and an authority's document at all (§ 5).
    """
    if actor.may(READ):
        return Q()
    return (
        Q(**{f"{prefix}publicity": Publicity.PUBLIC.value, f"{prefix}public_from__lte": at, f"{prefix}outside": ""})
        & ~Q(**{f"{prefix}state": DocumentState.DRAFT})
        & ~Q(**{f"{prefix}direction": Direction.INTERNAL})
    )


def is_document_visible(document: Document, actor: Actor, at: dt.datetime) -> bool:
    """Whether the actor may see that a document exists and of what type; says the same as `documents_visible_to`."""
    return actor.may(READ) or (
        document.publicity == Publicity.PUBLIC.value
        and document.public_from is not None
        and document.public_from <= at
        and not document.outside
        and document.state != DocumentState.DRAFT
        and document.direction != Direction.INTERNAL
    )


def open_document_title(document: Document) -> str:
    """The title of a public document for the open web: empty when it may hold a person's name (JulkL 621/1999 § 16.3).

    A document may be public and still not fit for the web; then its type tells what it is.
    """
    return document.title if document.personal == PersonalData.NONE.value else ""
