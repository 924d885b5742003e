"""What the public site reads of a register: open rows of a kind, and of each only fields that are declared public.

The public site is a process of its own that reads the public face alone (decision 9). A kind that a register's public pages need
says so on its model; its mirror follows from the declaration of its fields, and a field that is not public cannot be named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from kirjaamo.face.rights import MIRRORS, Mirror
from kirjaamo.kernel.facts import facts_of
from kirjaamo.values.publicity import PersonalData

if TYPE_CHECKING:
    from django.db import models

NOT_VOID = "r.voided_at IS NULL"
EMPTY = {
    "daterange": "'empty'",
    "date": "'epoch'",
    "timestamp": "'epoch'",
    "time": "'00:00'",
    "boolean": "false",
    "bigint": "0",
    "integer": "0",
    "numeric": "0",
    "jsonb": "'{}'",
    "varchar": "''",
    "text": "''",
}
"""What stands in a column that is not shown, by the beginning of its type; the first that fits."""


@dataclass(frozen=True)
class OnSite:
    """The fields that the public site reads of a kind, and the condition (SQL on a row `r`) that makes a row open; void ones never are."""

    fields: Sequence[str]
    rows: str = "true"


def mirror_of(model: type[models.Model], told: OnSite) -> Mirror:
    """The mirror of a kind: its key, the named fields, and nothing in every other column."""
    by_name = {field.name: field for field in model._meta.concrete_fields}
    for name in told.fields:
        facts = facts_of(by_name[name])
        if not facts.open or facts.personal != PersonalData.NONE:
            message = f"{model.__name__}.{name} is not declared public, so the public site may not read it"
            raise ImproperlyConfigured(message)
    hidden = [field for field in by_name.values() if not field.primary_key and field.name not in told.fields]
    return Mirror(model._meta.db_table, f"{NOT_VOID} AND ({told.rows})", {str(field.column): _nothing(field) for field in hidden})


def _nothing(field: models.Field[Any, Any]) -> str:
    kind = str(field.db_type(connection))
    if field.null:
        return f"NULL::{kind}"
    value = next(value for beginning, value in EMPTY.items() if kind.startswith(beginning))
    return f"{value}::{kind}"


def put_on_site(kinds: Mapping[type[models.Model], OnSite]) -> None:
    """Let the public face keep a mirror of each kind that says what the site reads of it (called at start-up)."""
    held = {mirror.table for mirror in MIRRORS}
    MIRRORS.extend(mirror_of(kind, told) for kind, told in kinds.items() if kind._meta.db_table not in held)
