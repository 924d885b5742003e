"""What the case register tells of a party: the cases that it is in, as far as the reader may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.models import Case, CaseParty, CaseState, PartyRole
from kirjaamo.cases.visibility import shown_title, visible_to
from kirjaamo.subjects.parts import PartyPart
from kirjaamo.ui.parts import ListRow

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject

MOST = 100


def cases_of(subject: Subject, actor: Actor) -> PartyPart:
    """The newest cases of a party, each with the party's role in it."""
    seen = Case.objects.filter(visible_to(actor, timezone.now()))
    rows = CaseParty.objects.filter(subject=subject, case__in=seen).select_related("case").order_by("-case_id")[:MOST]
    return PartyPart({"fi": "Asiat", "sv": "Ärenden", "en": "Cases"}, [_row(one, actor) for one in rows])


def _row(party: CaseParty, actor: Actor) -> ListRow:
    case = party.case
    title = shown_title(case, actor) or _("Nimikettä ei näytetä")
    meta = [case.identifier, str(PartyRole(party.role).label), str(CaseState(case.state).label)]
    return ListRow(title, case.get_absolute_url(), meta=meta)
