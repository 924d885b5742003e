"""The base of every table that is written through actions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Self, TypeVar

from django.db import connection, models

from kirjaamo.kernel.actions import running

M = TypeVar("M", bound="Row")


class RowQuerySet(models.QuerySet[M]):
    """A queryset whose set-based writes need an action and reach the journal."""

    def update(self, **kwargs: Any) -> int:
        """Change many rows at once, within an action."""
        now = running()
        keys = list(self.values_list("pk", flat=True))
        changed = super().update(**kwargs)
        now.wrote_many(self.model._meta.label_lower, f"update:{','.join(sorted(kwargs))}", keys)
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete many rows at once, within an action."""
        now = running()
        keys = list(self.values_list("pk", flat=True))
        done = super().delete()
        now.wrote_many(self.model._meta.label_lower, "delete", keys)
        return done

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Insert many rows at once, within an action."""
        now = running()
        made = super().bulk_create(objs, *args, **kwargs)
        now.wrote_many(self.model._meta.label_lower, "create", [row.pk for row in made])
        return made

    def pour(self, objs: Iterable[M]) -> None:
        """Insert very many rows by COPY, within an action. Each has its primary key already (`take_keys`)."""
        now = running()
        keys = copy_in(self.model, objs, connection.ops.quote_name(self.model._meta.db_table))
        now.wrote_many(self.model._meta.label_lower, "create", keys)

    def take_keys(self, count: int) -> list[int]:
        """Take as many primary keys of the table."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [self.model._meta.db_table, count]
            )
            return [key for (key,) in cursor.fetchall()]

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Change many rows to values of their own, within an action."""
        running()
        return super().bulk_update(objs, fields, batch_size)


def copy_in(model: type[models.Model], rows: Iterable[models.Model], table: str) -> list[object]:
    """Put rows into a table of the model's shape by COPY; return their keys. The journal is for who calls."""
    keys = []
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(field.pre_save(row, add=True), cursor.db) for field in fields])
            row._state.adding = False
            keys.append(row.pk)
    return keys


def _written(row: models.Model, field: models.Field[Any, Any]) -> object:
    """What was written in a column: of a masked one what it holds, not what is read."""
    stored = getattr(field, "stored", None)
    return stored(row) if stored else getattr(row, field.attname)


class Row(models.Model):
    """A row that only an action may create, change or delete."""

    objects = RowQuerySet.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row within an action; the journal gets the names of the written fields and commitments to their values."""
        now = running()
        verb = "create" if self._state.adding else "change"
        names: Collection[str] | None = kwargs.get("update_fields")
        super().save(*args, **kwargs)
        fields = {
            f.attname: _written(self, f) for f in self._meta.concrete_fields if names is None or f.name in names or f.attname in names
        }
        now.wrote(self, verb, fields)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row within an action."""
        now = running()
        now.wrote(self, "delete")
        return super().delete(*args, **kwargs)

    @classmethod
    def of(cls, **values: Any) -> Self:
        """Make and save one row in a single statement."""
        row = cls(**values)
        row.save(force_insert=True)
        return row
