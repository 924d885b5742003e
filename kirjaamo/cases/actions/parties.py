"""Parties of a case: added in a role, with the mandate by which one acts for another, and taken out again with a reason."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.steps import record, still_open
from kirjaamo.cases.models import CaseParty, PartyRole
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.errors import Refused
from kirjaamo.subjects import actions as subjects
from kirjaamo.subjects.models import MandateKind, SubjectKind

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.actions import NewMandate
    from kirjaamo.subjects.models import Subject
    from kirjaamo.values.personal_id import PersonalId

JOINED = {"fi": "Osapuoli lisättiin", "sv": "En part lades till", "en": "A party was added"}
MANDATES = {
    PartyRole.AGENT: frozenset({MandateKind.AGENT}),
    PartyRole.GUARDIAN: frozenset({MandateKind.GUARDIAN, MandateKind.CUSTODIAN}),
    PartyRole.REPRESENTATIVE: frozenset(
        {MandateKind.SIGNATORY, MandateKind.ESTATE_CONTACT, MandateKind.ESTATE_SHARE, MandateKind.ADMINISTRATOR}
    ),
}
"""By which mandates one acts for another in a role: an agent (HL 434/2003 § 12), who speaks for a minor or for an adult under
guardianship (§ 14–15), who represents an organisation or an estate. Whom, in what and on what ground is recorded."""
REPRESENTED = frozenset(MANDATES)


@dataclass(frozen=True)
class PartyTold:
    """Who a new party is, as told: found by the identity code, else made."""

    name: str
    role: PartyRole
    kind: SubjectKind = SubjectKind.PERSON
    personal_id: PersonalId | None = None
    business_id: str = ""
    email: str = ""


@action("Lisää asian osapuoli", needs="cases.handle")
def add_party(
    case: Case, told: PartyTold, *, actor: Actor, key: uuid.UUID, principal: Subject | None = None, mandate: NewMandate | None = None
) -> CaseParty | None:
    """Add a party. Who acts for another names whom and the mandate. One form adds once; the history tells the role, never the name."""
    still_open(case)
    if submissions.claim(key) is not None:
        return None
    if (told.role in REPRESENTED) != (principal is not None and mandate is not None):
        raise Refused(_("Kerro, ketä hän edustaa ja millä valtuutuksella."), code="cases.no_mandate", section="HL 434/2003 12 §, 14–15 §")
    if mandate is not None and mandate.kind not in MANDATES[told.role]:
        kinds = ", ".join(str(kind.label) for kind in MandateKind if kind in MANDATES[told.role])
        sentence = _("Tässä asemassa edustajan laji on jokin näistä: %(kinds)s.") % {"kinds": kinds}
        raise Refused(sentence, code="cases.mandate_of_other_role", section="HL 434/2003 12 §, 14–15 §", field="mandate")
    facts = {"business_id": told.business_id, "email": told.email, "language": case.language}
    subject = subjects.add_subject(told.name, actor=actor, kind=told.kind, personal_id=told.personal_id, **facts)  # type: ignore[arg-type]
    if principal is not None and mandate is not None:
        subjects.give_mandate(principal, subject, mandate, actor=actor)
    if case.parties.filter(subject=subject, role=told.role).exists():
        raise Refused(_("Osapuoli on jo asiassa tässä roolissa."), code="cases.party_twice", field="name")
    party = CaseParty.of(case=case, subject=subject, role=told.role)
    record(case, actor=actor, kind="party_added", label=JOINED, note=str(PartyRole(told.role).label))
    return party
