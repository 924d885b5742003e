"""The parties of a case as its page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kirjaamo.cases.models import PartyRole
from kirjaamo.ui.parts import Badge, Fact

if TYPE_CHECKING:
    from kirjaamo.cases.models import CaseParty
    from kirjaamo.cases.pages.sections.seen import Seen


def section(seen: Seen) -> dict[str, object]:
    """The parties."""
    return {"parties": [party_shown(party) for party in seen.whole.parties]}


def party_shown(party: CaseParty) -> Fact:
    """A party by name and role. Contact facts of a person under non-disclosure for safety stay hidden, identity codes always."""
    label = str(PartyRole(party.role).label)
    if party.subject is None:
        return Fact(label, _("Nimetön"))
    subject = party.subject
    more = []
    if subject.personal_id_hash:
        more.append(_("henkilötunnus ******-****"))
    if subject.business_id:
        more.append(subject.business_id)
    if subject.email:
        more.append(subject.email)
    badge = Badge(_("Turvakielto"), "secret") if subject.safety_non_disclosure else None
    return Fact(label, [subject.name, ", ".join(more)] if more else subject.name, badge=badge)
