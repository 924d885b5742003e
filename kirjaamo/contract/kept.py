"""What a kind of record holds that is not everyone's, by the facts of its fields; asked for each row that is read, so kept."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from kirjaamo.kernel.facts import facts_of
from kirjaamo.kernel.fields import Person

if TYPE_CHECKING:
    from django.db import models

BASE = frozenset({"id", "case", "made_at", "changed_at", "version", "voided_at", "void_reason", "restricted_at", "retention_due", "extras"})
"""The fields of every record; the others are the register's own."""


def own_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields that the register declares, in order."""
    return [f for f in model._meta.concrete_fields if f.name not in BASE]


@cache
def keeps(model: type[models.Model]) -> bool:
    """Whether records of a kind have a field that is not everyone's."""
    return any(not facts_of(field).open for field in own_fields(model))


@cache
def persons(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a kind that name a person by key."""
    return tuple(field.attname for field in own_fields(model) if isinstance(field, Person))
