"""Which fields of a record may be written as they are, without a verb: for adding one, and for changing one.

A register whose work has verbs says so per kind (`Record.adds`, `Record.edits`); of a kind without any verb everything that a
person can write may be written. Forms, bulk edit, import and the API ask here, so that none opens what another keeps shut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kirjaamo.contract import derived, typed
from kirjaamo.kernel.errors import BadInput
from kirjaamo.ui import wording

if TYPE_CHECKING:
    from django.db import models

    from kirjaamo.contract.record import Record

RESTRICTED = "EU 2016/679 18 art."
"""The law that keeps what is restricted from being changed."""
Fields = Mapping[str, "models.Field[Any, Any]"]


def addable(model: type[Record]) -> Fields:
    """The fields by which a record is added as such, by name; empty: only verbs make records of this kind."""
    return _told(model, model.adds)


def editable(model: type[Record]) -> Fields:
    """The fields that may be changed as such, by name."""
    return _told(model, model.edits)


def _told(model: type[Record], names: Sequence[str] | None) -> Fields:
    fields = {f.name: f for f in derived.own_fields(model) if typed.takes(f)}
    if names is None:
        return {} if model.register.actions else fields
    return {name: fields[name] for name in names}


def why_not(record: Record) -> str:
    """Why a record may not be changed as it stands; empty when it may."""
    if record.voided_at is not None:
        return _("Mitätöityä tietoa ei muuteta.")
    if record.restricted_at is not None:
        return _("Tiedon käsittelyä on rajoitettu %(day)s alkaen (EU 2016/679 18 art.).") % {"day": wording.day(record.restricted_at)}
    return str(record.fixed())


def why_kept(record: Record) -> str:
    """Why a record may not be voided as such: what rests on it; empty when it may."""
    return str(record.relied_on())


def told_value(field: models.Field[Any, Any], value: Any) -> Any:
    """The value as the field takes it (its length, its bounds); `BadInput` names the field and says what is wrong."""
    if isinstance(value, typed.Party):
        return value
    try:
        field.run_validators(value)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), code="contract.invalid", field=field.name) from error
    return value
