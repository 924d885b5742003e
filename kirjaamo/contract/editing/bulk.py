"""A bulk change before it is made: which rows it takes, what changes in each, which are refused and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kirjaamo.contract import derived, listing, plain
from kirjaamo.contract.actions import judged_many
from kirjaamo.contract.record import Record
from kirjaamo.kernel.fields import Person
from kirjaamo.ui.parts import Column, Row, Table

if TYPE_CHECKING:
    from django.http import QueryDict

    from kirjaamo.contract.register import Register
    from kirjaamo.kernel.actors import Actor

MOST = 5000
SHOWN = 200
CHOSEN, WHOLE = "valitse", "kaikki"


@dataclass(frozen=True)
class Preview:
    """What a bulk change would do. `chosen` is what the doing of it takes: the version of each good row by its key."""

    changes: Sequence[tuple[Record, Sequence[tuple[str, str, str]]]]
    refused: Sequence[tuple[Record, str]]
    same: int

    @property
    def chosen(self) -> dict[int, int]:
        """The version of each row that changes, by key."""
        return {row.pk: row.version for row, _lines in self.changes}


def fields_for_many(model: type[Record]) -> plain.Fields:
    """The fields that many rows may get the same value of: plain ones, but no party and nothing that is one record's alone."""
    return {name: field for name, field in plain.editable(model).items() if not isinstance(field, Person) and not field.unique}


def chosen_rows(register: Register, model: type[Record], told: QueryDict, actor: Actor) -> QuerySet[Any]:
    """The rows that a person chose: by their boxes, or everything that the list's search and filters leave."""
    if told.get(WHOLE):
        return listing.filtered(register, model, told, actor).order_by("pk")
    keys = [int(key) for key in told.getlist(CHOSEN) if key.isdigit()]
    return register.rows(model, actor).filter(pk__in=keys).order_by("pk")


def preview(rows: Sequence[Record], values: Mapping[str, Any]) -> Preview:
    """Judge a bulk change row by row where something refuses, and as a set where nothing does."""
    differing = [row for row in rows if any(getattr(row, name) != value for name, value in values.items())]
    refused = judged_many(differing, values) if differing else []
    barred = {row.pk for row, _reason in refused}
    changes = [(row, _lines(row, values)) for row in differing if row.pk not in barred]
    return Preview(changes, refused, len(rows) - len(differing))


def _lines(row: Record, values: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What changes in a row: the field, what it says now, what it would say."""
    lines = []
    for name, value in values.items():
        field: models.Field[Any, Any] = row._meta.get_field(name)  # type: ignore[assignment]
        if getattr(row, name) != value:
            after = type(row)(**{name: value})
            lines.append((str(field.verbose_name), derived.in_words(row, field), derived.in_words(after, field)))
    return lines


def changes_table(told: Preview) -> Table:
    """The rows that change, each with its old and new values (the first of very many)."""
    rows = [Row([str(row), label, old, new], row.get_absolute_url()) for row, lines in told.changes[:SHOWN] for label, old, new in lines]
    columns = [Column("row", _("Tietue")), Column("field", _("Tieto")), Column("old", _("Nyt")), Column("new", _("Muutoksen jälkeen"))]
    return Table(_("Mikä muuttuu"), columns, rows, empty=_("Mikään ei muutu."))


def refusals_table(told: Preview) -> Table:
    """The rows that are refused, each with its reason."""
    rows = [Row([str(row), reason], row.get_absolute_url()) for row, reason in told.refused[:SHOWN]]
    return Table(_("Mitä ei muuteta"), [Column("row", _("Tietue")), Column("why", _("Miksi ei"))], rows)
