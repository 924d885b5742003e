"""Opening what is masked: the identity code, and contacts under non-disclosure. Each opening is in the journal with its purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb, note
from kirjaamo.subjects.models import Subject

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.values.personal_id import PersonalId


@action("Näytä henkilötunnus", needs="subjects.open")
def open_personal_id(subject: Subject, *, purpose: str, actor: Actor) -> PersonalId | None:
    """Open the identity code for a purpose; processing one needs a ground (Data Protection Act 1050/2018 § 29)."""
    _note(subject, "read_personal_id", purpose, actor)
    return subject.personal_id()


@action("Näytä turvakiellon yhteystiedot", needs="subjects.open")
def open_contacts(subject: Subject, *, purpose: str, actor: Actor) -> dict[str, str]:
    """Give the contact facts under non-disclosure to who needs them for the party's own matter (661/2009 § 37)."""
    _note(subject, "read_contacts", purpose, actor)
    return {name: str(getattr(subject, f"known_{name}")) for name in Subject.CONTACTS}


def _note(subject: Subject, verb: str, purpose: str, actor: Actor) -> None:
    if not purpose.strip():
        raise Refused(_("Kirjoita, mihin tarvitset tietoa. Käyttö kirjataan lokiin."), code="subjects.no_purpose", field="purpose")
    because(purpose)
    running().wrote(subject, verb)
    use = Use(UseVerb.VIEW, "subjects", Purpose.OTHER, f"subject {subject.pk}", verb, subjects=[subject.pk], reason=purpose)
    note(use, actor=actor)
