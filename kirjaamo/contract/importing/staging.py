"""A table beside the register's own, in which many new records are judged as sets by the register's own constraints.

It lives as long as the transaction. Nothing is written into the register here: that is for the actions of imports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from kirjaamo.contract.record import Record

TABLE = "import_staging"


@dataclass(frozen=True)
class Staging:
    """The table for one kind of record. `checks`: what the database asks of a row by itself, as SQL by the constraint's name."""

    model: type[Record]
    checks: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The register's own table, quoted."""
        return connection.ops.quote_name(self.model._meta.db_table)

    @property
    def columns(self) -> str:
        """All columns of the kind, quoted."""
        return ", ".join(connection.ops.quote_name(str(one.column)) for one in self.model._meta.concrete_fields)

    def broken(self) -> dict[int, str]:
        """Which of the records break a check of their own, each with the name of the first one (one statement)."""
        if not self.checks:
            return {}
        names = list(self.checks)
        cases = " ".join(f"WHEN NOT ({self.checks[name]}) THEN %s" for name in names)
        wrong = " OR ".join(f"NOT ({self.checks[name]})" for name in names)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, CASE {cases} END FROM {TABLE} WHERE {wrong}", names)  # noqa: S608 - the database's own constraints
            return dict(cursor.fetchall())


def lay(model: type[Record]) -> Staging:
    """Make the table for a kind of record, for this transaction."""
    staging = Staging(model, _checks(model))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{TABLE}")
        cursor.execute(f"CREATE TEMPORARY TABLE {TABLE} (LIKE {staging.table}) ON COMMIT DROP")
    return staging


def _checks(model: type[Record]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, replace(pg_get_expr(conbin, conrelid), '%%', '%%%%') FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'c' ORDER BY conname",
            [connection.ops.quote_name(model._meta.db_table)],
        )
        return dict(cursor.fetchall())
