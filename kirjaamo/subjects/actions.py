"""What may be changed of parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from kirjaamo.kernel.actions import action
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.subjects.types import SubjectFacts

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.values.personal_id import PersonalId


@action("Lisää osapuoli", needs="cases.register")
def add_subject(
    name: str, *, actor: Actor, kind: SubjectKind = SubjectKind.PERSON, personal_id: PersonalId | None = None, **facts: Unpack[SubjectFacts]
) -> Subject:
    """Find the subject of the identity code, or make a new one. A name alone never merges two people."""
    del actor
    if personal_id is not None and (known := Subject.by_personal_id(personal_id)):
        return known
    subject = Subject(name=name, kind=kind, **facts)
    if personal_id is not None:
        subject.set_personal_id(personal_id)
    subject.sortable()
    subject.save(force_insert=True)
    return subject
