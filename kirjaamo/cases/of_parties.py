"""What the case register tells of a party: the cases that it is in, as far as the reader may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.models import Case, CaseDocument, CaseParty, CaseState, PartyRole
from kirjaamo.cases.visibility import documents_visible_to, shown_title, visible_to
from kirjaamo.subjects.models import Subject
from kirjaamo.subjects.parts import PartyPart
from kirjaamo.ui.parts import ListRow

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

MOST = 100
SHORTEST = 6
"""Characters of a contact that is searched in the words of documents: a shorter one is found in anything."""


def cases_of(subject: Subject, actor: Actor) -> PartyPart:
    """The newest cases of a party, each with the party's role in it."""
    seen = Case.objects.filter(visible_to(actor, timezone.now()))
    rows = CaseParty.objects.filter(subject=subject, case__in=seen).select_related("case").order_by("-case_id")[:MOST]
    return PartyPart({"fi": "Asiat", "sv": "Ärenden", "en": "Cases"}, [_row(one, actor) for one in rows])


def papers_that_show(subject: Subject, actor: Actor) -> PartyPart:
    """The documents in the cases of a person under non-disclosure in which their contacts can be read: a person masks or withholds them.

    What was written before the mark stays as it was; its search in the words of files is the only way to know.
    """
    title = {
        "fi": "Asiakirjat, joista turvakiellon alaiset yhteystiedot voi lukea",
        "sv": "Handlingar där kontaktuppgifter under spärrmarkering kan läsas",
        "en": "Documents in which contacts under non-disclosure can be read",
    }
    known = [stored for name in Subject.CONTACTS if len(stored := getattr(subject, f"known_{name}")) >= SHORTEST]
    if not subject.safety_non_disclosure or not known:
        return PartyPart(title, ())
    told = Q()
    for text in known:
        told |= Q(document__files__text__text__icontains=text)
    seen = Case.objects.filter(visible_to(actor, timezone.now()), parties__subject=subject)
    papers = CaseDocument.objects.filter(told, documents_visible_to(actor, timezone.now(), "document__"), case__in=seen)
    rows = papers.select_related("case", "document").order_by("-pk").distinct()[:MOST]
    return PartyPart(title, [_paper(one) for one in rows])


def _paper(row: CaseDocument) -> ListRow:
    url = reverse("paper", args=[row.case.address, row.document.identifier])
    return ListRow(
        row.document.identifier, url, meta=[row.case.identifier, _("Tee peitetty kappale ja rajaa tiedonsaanti (JulkL 24.1 § 31)")]
    )


def _row(party: CaseParty, actor: Actor) -> ListRow:
    case = party.case
    title = shown_title(case, actor) or _("Nimikettä ei näytetä")
    meta = [case.identifier, str(PartyRole(party.role).label), str(CaseState(case.state).label)]
    return ListRow(title, case.get_absolute_url(), meta=meta)
