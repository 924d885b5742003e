"""Records as JSON and JSON as records' values: the facts of each field decide what is told, as on a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from kirjaamo.contract import derived, typed
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.facts import facts_of
from kirjaamo.kernel.fields import Person

if TYPE_CHECKING:
    from kirjaamo.contract.plain import Fields
    from kirjaamo.contract.record import Record
    from kirjaamo.kernel.actors import Actor


def told(row: Record, actor: Actor) -> dict[str, Any]:
    """A record for a caller: its fields by name; those that are not theirs to see are null, and named in `masked`."""
    fields, masked = {}, []
    for field in derived.own_fields(type(row)):
        if derived.may_see(field, type(row), actor):
            fields[field.name] = plain(row, field)
        else:
            fields[field.name] = None
            masked.append(field.name)
    return {
        "id": row.pk,
        "kind": str(row._meta.model_name),
        "name": str(row) if not masked else None,
        "version": row.version,
        "case": row.case.identifier if row.case else None,
        "made_at": row.made_at.isoformat(),
        "changed_at": row.changed_at.isoformat(),
        "voided_at": row.voided_at.isoformat() if row.voided_at else None,
        "restricted_at": row.restricted_at.isoformat() if row.restricted_at else None,
        "destroyed_on": row.retention_due.isoformat() if row.retention_due else None,
        "fields": fields,
        "masked": masked,
    }


def openly(row: Record) -> dict[str, Any]:
    """A record as open data: its public fields and nothing else."""
    fields = {f.name: plain(row, f) for f in derived.own_fields(type(row)) if facts_of(f).open}
    return {"id": row.pk, "changed_at": row.changed_at.isoformat(), "fields": fields}


def plain(row: models.Model, field: models.Field[Any, Any]) -> Any:
    """A value as JSON has it: days and moments in ISO form, sums as text with their cents, a link as its key and name.

    The mark of non-disclosure for personal safety goes with a party to whoever may see it (661/2009 § 37).
    """
    value = getattr(row, field.name)
    if isinstance(value, models.Model):
        marked = getattr(value, "safety_non_disclosure", False) and not facts_of(field).open
        if marked and isinstance(field, Person) and field.dwells:
            return {"safety_non_disclosure": True}
        return {"id": value.pk, "name": str(value)} | ({"safety_non_disclosure": True} if marked else {})
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):
        last = (value.upper - dt.timedelta(days=1)).isoformat() if value.upper else None
        return {"first": value.lower.isoformat() if value.lower else None, "last": last}
    return value if value is None or isinstance(value, str | int | float | list | dict) else str(value)


def read(fields: Fields, body: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a body, each read as a form reads it; an unknown name or a wrong value is refused by name."""
    values = {}
    for name, value in body.items():
        if name not in fields:
            raise Refused(
                _("Tätä tietoa ei kirjoiteta sellaisenaan: %(names)s.") % {"names": name}, code="contract.closed_field", field=name
            )
        try:
            values[name] = typed.read(fields[name], as_text(value))
        except typed.Unread as problem:
            raise Refused(str(problem), code="contract.invalid", field=name) from problem
    return values


def as_text(value: Any) -> str:
    """A value of JSON as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Mapping):
        if "first" in value:
            return f"{value['first']}/{value.get('last') or ''}"
        return f"{value.get('code', value.get('id', ''))} {value.get('name', '')}".strip()
    return str(value)
