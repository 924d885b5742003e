"""What is noted in the use log when someone reads a register: a record, a list, an export. One row each, whatever is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kirjaamo.contract import derived
from kirjaamo.kernel.facts import facts_of
from kirjaamo.kernel.fields import Person
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kirjaamo.contract.record import Declared, Record
    from kirjaamo.kernel.actors import Actor


def note_record(register: Declared, row: Record, actor: Actor, place: str = "record") -> None:
    """Note that a record was read; a register whose fields are all open notes nothing."""
    if _kept(type(row)):
        _note(UseVerb.VIEW, register, actor, place, about=f"{row._meta.model_name} {row.pk}", subjects=people_of([row]))


def note_list(register: Declared, model: type[Record], rows: Sequence[Record], actor: Actor, *, searched: bool) -> None:
    """Note whose records a list or a search showed: one row for the page, and none when the page showed nobody."""
    if people := people_of(rows):
        verb = UseVerb.SEARCH if searched else UseVerb.LIST
        _note(verb, register, actor, "register", about=str(model._meta.model_name), subjects=people, count=len(rows))


def note_export(register: Declared, model: type[Record], rows: QuerySet[Any], actor: Actor) -> None:
    """Note whose records an export holds."""
    if _kept(model):
        names = [f"{field.name}_id" for field in _persons(model)]
        people = {key for line in rows.order_by().values_list(*names) for key in line if key} if names else set()
        count = rows.order_by().count()
        _note(UseVerb.EXPORT, register, actor, "register-export", about=str(model._meta.model_name), subjects=people, count=count)


def people_of(rows: Iterable[Record]) -> set[int]:
    """The people whom records name, by key."""
    return {key for row in rows for field in _persons(type(row)) if (key := getattr(row, f"{field.name}_id"))}


def _persons(model: type[Record]) -> list[Person]:
    return [field for field in derived.own_fields(model) if isinstance(field, Person)]


def _kept(model: type[Record]) -> bool:
    return any(not facts_of(field).open for field in derived.own_fields(model))


def _note(verb: UseVerb, register: Declared, actor: Actor, place: str, *, about: str, subjects: Iterable[int], count: int = 1) -> None:
    note(Use(verb, register.slug, Purpose.REGISTER, about=about, place=place, subjects=set(subjects), count=count), actor=actor)
