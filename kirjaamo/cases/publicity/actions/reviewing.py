"""A document is looked at again because the law changed: it gets what the newer revision says, or keeps what it has, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirjaamo.cases.actions.steps import record
from kirjaamo.cases.publicity.law_review import RULES, rule_of
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import MetadataSource
from kirjaamo.kernel.actions import action, because

if TYPE_CHECKING:
    from kirjaamo.cases.models import CaseDocument
    from kirjaamo.kernel.actors import Actor

REVIEWED = {
    "fi": "Asiakirja tarkistettiin lain muutoksen vuoksi",
    "sv": "Handlingen granskades på grund av en lagändring",
    "en": "The document was reviewed because the law changed",
}


@action("Tarkista asiakirja lain muutoksen vuoksi", needs="documents.write")
def review_for_law(paper: CaseDocument, *, takes: bool, reason: str, actor: Actor) -> None:
    """Give the document what the revision in force says of its publicity, grounds and personal data (`takes`), or keep what it has.

    Either is a decision with its reason; the document leaves the worklist.
    """
    because(reason)
    rule = rule_of(paper)
    norm = f"{rule.revision.code} ({rule.revision.number})"
    if takes:
        changes = {name: getattr(rule, name) for name in RULES}
        documents.decide(paper.document, changes, reason=reason, source=MetadataSource.LAW, norm=norm, actor=actor)
    else:
        documents.keep(paper.document, "publicity", reason=reason, source=MetadataSource.LAW, norm=norm, actor=actor)
    record(paper.case, actor=actor, kind="law_reviewed", label=REVIEWED, document=paper.document, note=reason)
