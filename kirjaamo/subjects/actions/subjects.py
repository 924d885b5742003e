"""Adding parties and changing what is known of them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import action, because
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.models import SearchRow
from kirjaamo.subjects import indexing
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
    subject = Subject(name=name, kind=kind, **_columns(facts))
    if personal_id is not None:
        subject.set_personal_id(personal_id)
    subject.sortable()
    if personal_id is None:
        subject.save(force_insert=True)
        return subject
    return _saved(subject, personal_id)


def _saved(subject: Subject, code: PersonalId) -> Subject:
    """Save a subject with a code; when another transaction added the same person meanwhile, that one is it."""
    try:
        with transaction.atomic():
            subject.save(force_insert=True)
    except IntegrityError:
        known = Subject.by_personal_id(code)
        if known is None:
            raise
        return known
    return subject


def _columns(facts: SubjectFacts) -> dict[str, object]:
    return {f"known_{name}" if name in Subject.CONTACTS else name: value for name, value in facts.items()}


@action("Muuta osapuolen tietoja", needs="subjects.write")
def change_subject(subject: Subject, *, actor: Actor, name: str = "", **facts: Unpack[SubjectFacts]) -> Subject:
    """Change the name or facts of a party; what is not given stays."""
    del actor
    _not_merged(subject)
    columns = _columns(facts)
    if name:
        columns["name"] = name
    changed = [column for column, value in columns.items() if getattr(subject, column) != value]
    if not changed:
        return subject
    for column in changed:
        setattr(subject, column, columns[column])
    if "name" in changed:
        subject.sortable()
        changed.append("name_sort")
    subject.save(update_fields=changed)
    SearchRow.objects.bulk_create(indexing.rows([subject]), **indexing.ANEW)
    return subject


@action("Lisää henkilötunnus", needs="subjects.write")
def identify(subject: Subject, code: PersonalId, *, actor: Actor) -> Subject:
    """Give a person the identity code; a code of another party is refused and the two are proposed to be merged."""
    del actor
    _not_merged(subject)
    known = Subject.by_personal_id(code)
    if known is not None and known.pk != subject.pk:
        raise Refused(
            _("Tämä henkilötunnus on jo toisella osapuolella. Yhdistä osapuolet, jos kyse on samasta henkilöstä."),
            code="subjects.code_taken",
            field="personal_id",
        )
    if subject.kind != SubjectKind.PERSON:
        raise Refused(_("Vain henkilöllä voi olla henkilötunnus."), code="subjects.no_person", field="personal_id")
    subject.set_personal_id(code)
    subject.save(update_fields=["personal_id_sealed", "personal_id_hash", "birth_date"])
    return subject


@action("Merkitse turvakielto", needs="subjects.write")
def set_non_disclosure(subject: Subject, *, on: bool, reason: str, actor: Actor, until: dt.date | None = None) -> Subject:
    """Put non-disclosure for personal safety on a party or take it away (661/2009 § 36–37). It stays until a person takes it away."""
    del actor
    if not reason.strip():
        raise Refused(_("Kerro, mihin turvakiellon merkitseminen tai poistaminen perustuu."), code="subjects.no_reason", field="reason")
    because(reason)
    subject.safety_non_disclosure, subject.safety_until = on, until if on else None
    subject.save(update_fields=["safety_non_disclosure", "safety_until"])
    return subject


def _not_merged(subject: Subject) -> None:
    if subject.merged_into_id:
        raise Refused(_("Osapuoli on yhdistetty toiseen. Tee muutos siihen."), code="subjects.merged")
