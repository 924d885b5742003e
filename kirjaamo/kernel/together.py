"""Rows of several tables inserted by one statement; a row may name another of them that has no key yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection

from kirjaamo.kernel.actions import running

if TYPE_CHECKING:
    from django.db.models import Field

    from kirjaamo.kernel.rows import Row


def insert_together(rows: Sequence[Row]) -> None:
    """Insert new rows, within an action; each gets its key and stands in the journal. A row stands after those that it names."""
    now, insert = running(), _Insert(rows)
    with connection.cursor() as cursor:
        cursor.execute(insert.statement, insert.values)
        for row, (_table, key) in zip(insert.ordered, cursor.fetchall(), strict=True):
            row.pk, row._state.adding, row._state.db = key, False, connection.alias
    for row in rows:
        for field in row._meta.concrete_fields:
            if field.is_relation and (named := field.get_cached_value(row, None)) is not None:  # type: ignore[attr-defined]
                setattr(row, field.attname, named.pk)
        now.wrote(row, "create", {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})


class _Insert:
    """The statement: an INSERT for each table, in the order in which the tables come; `ordered` is the order of its answer."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.tables: dict[type[Row], list[Row]] = {}
        self.values: list[Any] = []
        for row in rows:
            self.tables.setdefault(type(row), []).append(row)
        self.names = {model: f"made_{number}" for number, model in enumerate(self.tables)}
        parts = [f"{self.names[model]} AS ({self._of_table(model, members)})" for model, members in self.tables.items()]
        keys = [f"SELECT {number}, id FROM {name}" for number, name in enumerate(self.names.values())]  # noqa: S608 - names of ours
        self.statement = f"WITH {', '.join(parts)} {' UNION ALL '.join(keys)}"
        self.ordered = [row for members in self.tables.values() for row in members]

    def _of_table(self, model: type[Row], rows: Sequence[Row]) -> str:
        table, columns, fields = _shape(model)
        placed = [f"({', '.join([self._place(row, field) for field in fields])})" for row in rows]
        return f"INSERT INTO {table} ({columns}) VALUES {', '.join(placed)} RETURNING id"  # noqa: S608 - names of our models

    def _place(self, row: Row, field: Field[Any, Any]) -> str:
        """Where a value stands; of a row of this statement, its key to be."""
        named = field.get_cached_value(row, None) if field.is_relation else None  # type: ignore[attr-defined]
        if named is not None and named._state.adding:
            brothers = self.tables[type(named)]
            place = next(number for number, one in enumerate(brothers) if one is named)
            return f"(SELECT id FROM {self.names[type(named)]} LIMIT 1 OFFSET {place})"  # noqa: S608 - a name of ours
        value = field.get_db_prep_save(field.pre_save(row, add=True), connection)
        self.values.append(value)
        return str(field.get_placeholder(value, None, connection)) if hasattr(field, "get_placeholder") else "%s"


@cache
def _shape(model: type[Row]) -> tuple[str, str, Sequence[Field[Any, Any]]]:
    """The table, its columns but the key, and their fields."""
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    name = connection.ops.quote_name
    return name(model._meta.db_table), ", ".join(name(str(field.column)) for field in fields), fields
