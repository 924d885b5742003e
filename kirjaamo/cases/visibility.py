"""Who sees what of the case register: one condition for the database and one function for a row, which say the same.

Every exit (page, list, count, search, file) passes one of these. The row of a case stands in the public register whatever
the case holds; what is secret of it is masked, field by field (TiHL 906/2019 § 25.2). A property test holds the pairs together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kirjaamo.cases.models import CaseDocument, CaseParty, PartyRole, WebLevel
from kirjaamo.cases.need_to_know import may_read, readable_by
from kirjaamo.documents.openness import is_open, open_to_all, open_to_party, openness_of
from kirjaamo.values.openness import Reader
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kirjaamo.cases.models import Case
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject

READ = "cases.read"
NO_PARTIES = (PartyRole.MEMBER.value,)
OPEN_TITLES = frozenset({Publicity.PUBLIC.value, Publicity.PARTLY_SECRET.value})
LISTS_DOCUMENTS = (WebLevel.DOCUMENTS.value, WebLevel.NAMES.value)
TITLED = (WebLevel.TITLE.value, *LISTS_DOCUMENTS)


def visible_to(actor: Actor, at: dt.datetime, prefix: str = "") -> Q:
    """The condition on cases whose row the actor may see at a moment: everyone, from the moment of its registration.

    An entry of the register is public when it is made (JulkL 621/1999 § 6.1 item 1); the rule of its class may keep it off the
    open web, to be given on request. Those who read cases see all but the confidential ones to which they have no tie
    (`need_to_know`). `prefix` is the path to the case.
    """
    if actor.may(READ):
        return readable_by(actor, prefix)
    return Q(**{f"{prefix}registered_at__lte": at}) & ~Q(**{f"{prefix}web": WebLevel.NONE})


def is_visible(case: Case, actor: Actor, at: dt.datetime) -> bool:
    """Whether the actor may see the row of a case at a moment; says the same as `visible_to`."""
    return may_read(case, actor) if actor.may(READ) else case.registered_at <= at and case.web != WebLevel.NONE


def open_title(case: Case) -> str:
    """The title that everyone may read on the web; empty when it is masked.

    A public title is written to be public; a case that is secret as a whole has none. A case that is secret in part has public
    parts, and its public title is one of them (JulkL 621/1999 § 10). The rule of the class may keep titles off the web.
    """
    return case.public_title if case.publicity in OPEN_TITLES and case.web in TITLED else ""


def has_open_title() -> Q:
    """The condition on cases whose public title everyone may read on the web; says the same as `open_title`."""
    return Q(publicity__in=OPEN_TITLES, web__in=TITLED)


def shown_title(case: Case, actor: Actor) -> str:
    """The title that the actor may read; empty when it is masked."""
    return case.title if may_read(case, actor) else open_title(case)


def documents_visible_to(actor: Actor, at: dt.datetime, prefix: str = "") -> Q:
    """The condition on documents whose existence and type the actor may see; `prefix` is the path to the document (`document__`).

    For everyone: what `values.openness` lets anyone read as a whole (JulkL 621/1999 § 6–7, 17, 24, 31), asked of the database.
    """
    return ~Q(Exists(_locked(actor).filter(document=OuterRef(f"{prefix}pk")))) if actor.may(READ) else open_to_all(at, prefix)


def _locked(actor: Actor) -> QuerySet[CaseDocument]:
    """The places of documents in confidential cases to which a reader of cases has no tie."""
    return CaseDocument.objects.filter(case__confidential=True).exclude(readable_by(actor, "case__"))


def is_document_visible(document: Document, actor: Actor, at: dt.datetime) -> bool:
    """Whether the actor may see that a document exists and of what type; says the same as `documents_visible_to`."""
    if actor.may(READ):
        return not _locked(actor).filter(document=document.pk).exists()
    return is_open(document, at)


def papers_open_to_party(subject: Subject, at: dt.datetime) -> Q:
    """The condition on documents in cases (`CaseDocument`) that a party may read as a whole in their own case (JulkL 621/1999 § 11).

    Someone whose right of appeal rests on being a member of the municipality is no party (§ 11.4).
    """
    own = Q(case__in=CaseParty.objects.filter(subject=subject).exclude(role__in=NO_PARTIES).values("case"))
    return own & open_to_party(at, "document__", closed=Q(case__closed_at__lte=at))


def is_paper_open_to_party(paper: CaseDocument, parties: Sequence[CaseParty], subject: Subject, at: dt.datetime) -> bool:
    """Whether a party may read the document as a whole in a case with these parties; says the same as `papers_open_to_party`."""
    own = any(party.subject_id == subject.pk and party.role not in NO_PARTIES for party in parties)
    return own and openness_of(paper.document, Reader.PARTY, at, paper.case.closed_at).whole


def open_document_title(document: Document) -> str:
    """The title of a public document for the open web: empty when it may hold a person's name (JulkL 621/1999 § 16.3).

    A document may be public and still not fit for the web; then its type tells what it is.
    """
    return document.title if document.personal == PersonalData.NONE.value else ""
