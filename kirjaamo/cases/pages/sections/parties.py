"""The parties of a case as its page shows them: who, in which role, who acts for them, and what must be kept from view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.actions.parties import REPRESENTED
from kirjaamo.cases.models import PartyRole
from kirjaamo.cases.publicity.party import may_be_party
from kirjaamo.subjects.models import Mandate, MandateKind, SubjectKind
from kirjaamo.ui.parts import Badge, Fact, ListRow
from kirjaamo.ui.wording import day

FULL_AGE, OWN_VOICE_AGE = 18, 15  # HL 434/2003 § 14.1, 14.3

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from kirjaamo.cases.models import CaseParty
    from kirjaamo.cases.pages.sections.seen import Seen
    from kirjaamo.subjects.models import Subject


def section(seen: Seen) -> dict[str, object]:
    """The parties, each leading to its own page for who works with parties, and the way to add one."""
    linked = seen.actor.may("subjects.write")
    mandates = _mandates(seen.whole.parties)
    may_add = seen.may_handle and not seen.case.is_closed
    add_url = reverse("case_party", args=[seen.case.address]) if may_add else ""
    spoken_for = {row.principal_id for row in mandates.values()}
    return {
        "parties": [party_shown(party, mandates, linked=linked) for party in seen.whole.parties],
        "party_notes": [note for party in seen.whole.parties if (note := _unspoken(party, spoken_for))],
        "party_views": _views(seen) if seen.actor.may("documents.write", seen.case) else [],
        "add_party_url": add_url,
    }


def _unspoken(party: CaseParty, spoken_for: set[int]) -> str:
    """What is missing of a party that cannot speak for itself: a minor's guardian, an estate's representative (HL 434/2003 § 14)."""
    subject = party.subject
    if subject is None or party.role in REPRESENTED or subject.pk in spoken_for:
        return ""
    if subject.kind == SubjectKind.ESTATE:
        sentence = _("%(name)s: kuolinpesän edustajaa ei ole kirjattu. Lisää osakas, yhteyshenkilö tai pesänselvittäjä.")
        return sentence % {"name": subject.name}
    age = _age(subject, timezone.localdate())
    if age is None or age >= FULL_AGE:
        return ""
    if age >= OWN_VOICE_AGE:
        return _(
            "%(name)s on alaikäinen, ja huoltajaa tai edunvalvojaa ei ole kirjattu. Omaa henkilöään koskevassa asiassa "
            "15 vuotta täyttänyt ja huoltaja käyttävät kumpikin puhevaltaa (hallintolaki 434/2003 14 §)."
        ) % {"name": subject.name}
    return _("%(name)s on alaikäinen: puhevaltaa käyttää huoltaja tai edunvalvoja, jota ei ole kirjattu (hallintolaki 434/2003 14 §).") % {
        "name": subject.name
    }


def _age(subject: Subject, day: dt.date) -> int | None:
    born = subject.birth_date
    return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _views(seen: Seen) -> list[ListRow]:
    """For each named party the way to what the party may see of the case (JulkL 621/1999 § 11)."""
    named = [party for party in seen.whole.parties if party.subject is not None and may_be_party(party)]
    return [
        ListRow(_("Mitä %(name)s saa nähdä") % {"name": party.subject.name}, reverse("case_party_view", args=[seen.case.address, party.pk]))
        for party in named
        if party.subject
    ]


def _mandates(parties: Sequence[CaseParty]) -> dict[tuple[int, int], Mandate]:
    """The mandates in force between the parties of the case, by who acts and for whom (no statement when nobody acts for another)."""
    keys = [party.subject_id for party in parties if party.subject_id]
    if not any(party.role in REPRESENTED for party in parties):
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
