"""What a party of a case may read of its documents, decided document by document (JulkL 621/1999 § 11–12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kirjaamo.cases.visibility import NO_PARTIES
from kirjaamo.documents.copies import marking_of
from kirjaamo.documents.openness import openness_of
from kirjaamo.values.openness import Opening, Openness, PartyException, Reader

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.cases.models import Case, CaseParty
    from kirjaamo.documents.models import Document, File

PDF = "application/pdf"


@dataclass(frozen=True)
class Seen:
    """A document as the party may read it: the decision for the party, and the same for anyone."""

    document: Document
    for_party: Openness
    for_anyone: Openness
    masked: Document | None = None
    """A copy of it with what is secret masked, which the party may read."""

    @property
    def newest(self) -> File | None:
        """The newest version, which is what is given."""
        return max(self.document.files.all(), key=lambda file: file.version, default=None)

    @property
    def copied(self) -> bool:
        """Whether a copy can be given: the party may read it all, there is a file, and a secret one can be marked on its pages (§ 25)."""
        file = self.newest
        return self.for_party.whole and file is not None and (not marking_of(self.document) or file.media_type == PDF)

    @property
    def only_as_party(self) -> bool:
        """Whether it is open to the party and not to everyone: then its copy is marked, and the party keeps it secret (§ 23)."""
        return self.for_party.whole and not self.for_anyone.whole

    @property
    def waits(self) -> bool:
        """Whether its public parts are to be given and nobody has made the masked copy yet (§ 10: the rest is always given)."""
        return self.for_party.opening is Opening.PARTS and self.masked is None

    @property
    def why_not(self) -> str:
        """What is withheld and by which section; empty when nothing is."""
        if self.for_party.whole:
            return ""
        exceptions = [PartyException(one).label.fi for one in self.document.withheld]
        return "; ".join([*exceptions, self.for_party.law]) if exceptions else f"{self.for_party.opening.label.fi}; {self.for_party.law}"

    @property
    def shown(self) -> bool:
        """Whether it belongs to what is told to the party at all: a draft or another's writing is no document of the authority."""
        return self.for_party.opening is not Opening.NO_DOCUMENT


def may_be_party(party: CaseParty) -> bool:
    """Whether the party has the access of parties: someone whose right rests on being a member of the municipality has not (§ 11.4)."""
    return party.role not in NO_PARTIES


def seen_by(case: Case, party: CaseParty, at: dt.datetime) -> Sequence[Seen]:
    """Every document of the case as the party may read it at a moment (two statements)."""
    reader = Reader.PARTY if may_be_party(party) else Reader.ANYONE
    papers = case.case_documents.select_related("document").prefetch_related("document__files").order_by("pk")
    found = [
        Seen(
            paper.document,
            openness_of(paper.document, reader, at, case.closed_at),
            openness_of(paper.document, Reader.ANYONE, at, case.closed_at),
        )
        for paper in papers
    ]
    masked = {one.document.masks_id: one.document for one in found if one.document.masks_id and one.for_party.whole}
    return [replace(one, masked=None if one.for_party.whole else masked.get(one.document.pk)) for one in found if one.shown]
