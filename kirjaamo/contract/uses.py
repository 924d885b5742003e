"""What is noted in the use log when records leave as an export: whose they are. Pages and the interface are noted at the gate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kirjaamo.contract import kept
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb, note

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.contract.record import Declared, Record
    from kirjaamo.kernel.actors import Actor


def note_export(register: Declared, model: type[Record], rows: QuerySet[Any], actor: Actor) -> None:
    """Note whose records an export holds, before the first of them leaves."""
    if kept.keeps(model):
        names = kept.persons(model)
        people = {key for line in rows.order_by().values_list(*names) for key in line if key} if names else set()
        about, count = str(model._meta.model_name), rows.order_by().count()
        use = Use(UseVerb.EXPORT, register.slug, Purpose.REGISTER, about, "register-export", subjects=people, count=count)
        note(use, actor=actor)


def people_of(rows: Iterable[Record]) -> set[int]:
    """The people whom records name, by key."""
    return {key for row in rows for key in row.sight_subjects()}
