"""Merging duplicates without loss: references move, the other row stays as a pointer, and what was done can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.subjects.models import Subject, SubjectMerge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kirjaamo.kernel.actors import Actor

TAKEN = ("business_id", "birth_date", "death_date", "known_email", "known_telephone", "known_address", "known_municipality", "deceased_id")
CODE = ("personal_id_sealed", "personal_id_hash")
OWN = frozenset({"subjects.subjectmerge"})


@action("Yhdistä osapuolet", needs="subjects.merge")
def merge(kept: Subject, gone: Subject, *, reason: str, actor: Actor) -> SubjectMerge:
    """Make two rows of one party one: `gone` points at `kept` from now on, and keeps what it said.

    Everything that referred to `gone` refers to `kept`, but what cannot move (an append-only row, a place that `kept` already
    has): that still finds its way through the pointer. Facts that `kept` lacks are taken. Two different identity codes or
    business ids are two parties, and refused.
    """
    held = {row.pk: row for row in Subject.objects.select_for_update().filter(pk__in=(kept.pk, gone.pk)).order_by("pk")}
    kept, gone = held[kept.pk], held[gone.pk]
    _may_merge(kept, gone, reason)
    because(reason)
    moved = [place for field in _references() for place in _move(field, gone, kept)]
    taken = _take(kept, gone)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    return SubjectMerge.of(kept=kept, gone=gone, reason=reason, moved=moved, taken=taken, at=running().at, by=actor.actor_ref)


def _may_merge(kept: Subject, gone: Subject, reason: str) -> None:
    if kept.pk == gone.pk or kept.merged_into_id or gone.merged_into_id:
        raise Refused(_("Osapuoli on jo yhdistetty."), code="subjects.merged")
    if not reason.strip():
        raise Refused(_("Kirjoita, mistä tiedät osapuolet samaksi."), code="subjects.no_reason", field="reason")
    if kept.kind != gone.kind:
        raise Refused(_("Osapuolet ovat eri lajia, joten ne eivät ole sama osapuoli."), code="subjects.two_kinds")
    if kept.personal_id_hash and gone.personal_id_hash:
        raise Refused(_("Osapuolilla on eri henkilötunnukset, joten ne ovat kaksi henkilöä."), code="subjects.two_codes")
    if kept.business_id and gone.business_id and kept.business_id != gone.business_id:
        raise Refused(_("Osapuolilla on eri Y-tunnukset, joten ne ovat kaksi organisaatiota."), code="subjects.two_codes")
    if kept.birth_date and gone.birth_date and kept.birth_date != gone.birth_date:
        raise Refused(_("Osapuolilla on eri syntymäaika, joten ne ovat kaksi henkilöä."), code="subjects.two_codes")


def _references() -> Iterator[models.ForeignKey[models.Model, models.Model]]:
    """Every column of a table in use that points at a party, but those of merging itself."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            own = model._meta.label_lower in OWN or field.attname == "merged_into_id"
            if isinstance(field, models.ForeignKey) and field.related_model is Subject and not own:
                yield field


def _move(field: models.ForeignKey[models.Model, models.Model], gone: Subject, kept: Subject) -> list[dict[str, object]]:
    """Point the rows of one column at the other party, one by one, so that one that cannot move does not stop the rest."""
    keys = list(field.model._default_manager.filter(**{field.attname: gone.pk}).values_list("pk", flat=True))
    label = field.model._meta.label_lower
    return [{"table": label, "field": field.attname, "key": key} for key in keys if _point(field, key, kept.pk)]


def _point(field: models.ForeignKey[models.Model, models.Model], key: object, to: int) -> bool:
    try:
        with transaction.atomic():
            field.model._default_manager.filter(pk=key).update(**{field.attname: to})
    except IntegrityError:
        return False
    return True


def _take(kept: Subject, gone: Subject) -> list[str]:
    """Take the facts that `kept` lacks; the identity code moves, since it is one person's once. Non-disclosure holds for both."""
    taken = [name for name in TAKEN if not getattr(kept, name) and getattr(gone, name)]
    for name in taken:
        setattr(kept, name, getattr(gone, name))
    if gone.safety_non_disclosure and not kept.safety_non_disclosure:
        kept.safety_non_disclosure, kept.safety_until = True, gone.safety_until
        taken += ["safety_non_disclosure", "safety_until"]
    if gone.personal_id_hash:
        sealed, hashed = gone.personal_id_sealed, gone.personal_id_hash
        gone.personal_id_sealed = gone.personal_id_hash = None
        gone.save(update_fields=list(CODE))
        kept.personal_id_sealed, kept.personal_id_hash = sealed, hashed
        taken += CODE
    if taken:
        kept.save(update_fields=taken)
    return taken


@action("Peru yhdistäminen", needs="subjects.merge")
def undo_merge(done: SubjectMerge, *, reason: str, actor: Actor) -> SubjectMerge:
    """Part two parties that were merged wrongly: what moved moves back, what was taken is given back."""
    if not reason.strip():
        raise Refused(_("Kirjoita, miksi yhdistäminen perutaan."), code="subjects.no_reason", field="reason")
    done = SubjectMerge.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=done.pk)
    if done.undone_at is not None:
        raise Refused(_("Yhdistäminen on jo peruttu."), code="subjects.merged")
    because(reason)
    kept, gone = done.kept, done.gone
    for place in done.moved:
        field = apps.get_model(place["table"])._meta.get_field(place["field"].removesuffix("_id"))
        _point(field, place["key"], gone.pk)
    _give_back(kept, gone, done.taken)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    done.undone_at, done.undone_by = running().at, actor.actor_ref
    done.save(update_fields=["undone_at", "undone_by"])
    return done


_EMPTY = Subject()
"""A party of which nothing is known: what a fact was before it was taken."""


def _give_back(kept: Subject, gone: Subject, taken: list[str]) -> None:
    code = {name: getattr(kept, name) for name in CODE if name in taken}
    for name in taken:
        setattr(kept, name, getattr(_EMPTY, name))
    if taken:
        kept.save(update_fields=taken)
    for name, value in code.items():
        setattr(gone, name, value)
    if code:
        gone.save(update_fields=list(code))
