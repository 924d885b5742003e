"""The parties of a case as its page shows them: who, in which role, who acts for them, and what must be kept from view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.models import PartyRole
from kirjaamo.subjects.models import Mandate, MandateKind
from kirjaamo.ui.parts import Badge, Fact
from kirjaamo.ui.wording import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.cases.models import CaseParty
    from kirjaamo.cases.pages.sections.seen import Seen


def section(seen: Seen) -> dict[str, object]:
    """The parties, each leading to its own page for who works with parties, and the way to add one."""
    linked = seen.actor.may("subjects.write")
    mandates = _mandates(seen.whole.parties)
    may_add = seen.actor.may("cases.handle", seen.case) and not seen.case.is_closed
    add_url = reverse("case_party", args=[seen.case.address]) if may_add else ""
    return {"parties": [party_shown(party, mandates, linked=linked) for party in seen.whole.parties], "add_party_url": add_url}


def _mandates(parties: Sequence[CaseParty]) -> dict[tuple[int, int], Mandate]:
    """The mandates in force between the parties of the case, by who acts and for whom (no statement when nobody acts for another)."""
    keys = [party.subject_id for party in parties if party.subject_id]
    if not any(party.role == PartyRole.AGENT for party in parties):
        return {}
    today = timezone.localdate()
    rows = Mandate.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today, principal__in=keys, representative__in=keys
    )
    return {(row.representative_id, row.principal_id): row for row in rows.select_related("principal")}


def party_shown(party: CaseParty, mandates: dict[tuple[int, int], Mandate], *, linked: bool) -> Fact:
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
    lines = [", ".join(more)] if more else []
    lines += [_acts_for(row) for (acting, _for), row in mandates.items() if acting == subject.pk]
    badge = Badge(_("Turvakielto"), "secret") if subject.safety_non_disclosure else None
    url = reverse("party", args=[subject.pk]) if linked else ""
    return Fact(label, [subject.name, *lines] if lines else subject.name, url=url, badge=badge)


def _acts_for(mandate: Mandate) -> str:
    """Whom a party acts for and until when."""
    told = {"kind": str(MandateKind(mandate.kind).label), "name": mandate.principal.name}
    if mandate.valid_to:
        return _("%(kind)s: edustaa osapuolta %(name)s %(day)s asti") % (told | {"day": day(mandate.valid_to)})
    return _("%(kind)s: edustaa osapuolta %(name)s") % told
