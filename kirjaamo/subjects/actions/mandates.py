"""Mandates: who may act for whom, in what, from when to when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import action, because
from kirjaamo.kernel.errors import Refused
from kirjaamo.subjects.actions.subjects import add_subject
from kirjaamo.subjects.models import Mandate, MandateKind, Subject, SubjectKind

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.values.personal_id import PersonalId

OF_ESTATES = frozenset({MandateKind.ESTATE_CONTACT, MandateKind.ESTATE_SHARE, MandateKind.ADMINISTRATOR})


@dataclass(frozen=True)
class NewMandate:
    """What a mandate covers, from when to when, and how it was seen to be so (a document, Suomi.fi mandates, a register)."""

    kind: MandateKind
    scope: str
    valid_from: dt.date
    checked_how: str
    valid_to: dt.date | None = None
    document: Any = None


@action("Kirjaa valtuutus", needs="subjects.write")
def give_mandate(principal: Subject, representative: Subject, new: NewMandate, *, actor: Actor) -> Mandate:
    """Record that one party acts for another. Refuses a kind that does not fit the principal."""
    del actor
    if principal.pk == representative.pk:
        raise Refused(_("Osapuoli ei voi edustaa itseään."), code="subjects.own_representative", field="representative")
    if (new.kind in OF_ESTATES) != (principal.kind == SubjectKind.ESTATE) and new.kind != MandateKind.AGENT:
        raise Refused(_("Tällainen edustaja ei sovi tälle osapuolelle. Valitse toinen laji."), code="subjects.wrong_mandate", field="kind")
    if new.kind == MandateKind.CUSTODIAN and not _is_child(principal, new.valid_from):
        raise Refused(_("Huoltaja on vain alaikäisellä, jonka syntymäaika on tiedossa."), code="subjects.no_child", field="kind")
    return Mandate.of(
        principal=principal, representative=representative, kind=new.kind, scope=new.scope, valid_from=new.valid_from,
        valid_to=new.valid_to, document=new.document, checked_how=new.checked_how,
    )  # fmt: skip


def _is_child(principal: Subject, day: dt.date) -> bool:
    """Under 18 on a day (L 442/1999 § 2)."""
    born = principal.birth_date
    return born is not None and (day.year - born.year - ((day.month, day.day) < (born.month, born.day))) < 18  # noqa: PLR2004 - full age


@action("Päätä valtuutus", needs="subjects.write")
def end_mandate(mandate: Mandate, *, on: dt.date, reason: str, actor: Actor) -> Mandate:
    """End a mandate on a day, with the reason (taken back, the matter ended, death)."""
    del actor
    if mandate.valid_to is not None and mandate.valid_to <= on:
        raise Refused(_("Valtuutus on jo päättynyt."), code="subjects.mandate_ended")
    because(reason)
    mandate.valid_to, mandate.ended_reason = max(on, mandate.valid_from), reason
    mandate.save(update_fields=["valid_to", "ended_reason"])
    return mandate


@dataclass(frozen=True)
class Representative:
    """Who acts for a party, as told: found by the identity code, else made."""

    name: str
    personal_id: PersonalId | None = None
    email: str = ""


@action("Kirjaa edustaja", needs="subjects.write")
def represent(principal: Subject, told: Representative, new: NewMandate, *, actor: Actor) -> Mandate:
    """Find or make the representative of a party and record the mandate."""
    representative = add_subject(told.name, actor=actor, personal_id=told.personal_id, email=told.email)
    return give_mandate(principal, representative, new, actor=actor)
