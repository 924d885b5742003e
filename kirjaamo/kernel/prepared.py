"""Statements that the server plans once for a connection: for the few whose planning costs more than doing them.

The values are bound by the server, so each must have a type that the statement tells (`%s::bigint[]`).
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.backends.postgresql import base

if TYPE_CHECKING:
    from psycopg import Cursor
else:
    Cursor = base.ServerBindingCursor


class _Cursor(Cursor):
    """Remembers what it ran, as those of Django do, for whoever counts or shows statements."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """Run a statement."""
        done = super().execute(query, params, **how)
        self._query: Any = SimpleNamespace(query=query.encode())
        return done


def execute(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a statement, prepared from its second time on; return its rows, none when it gives none."""
    connection.ensure_connection()
    bare = _Cursor(connection.connection)
    wrapped: Any = connection._prepare_cursor(bare)  # type: ignore[attr-defined]  # noqa: SLF001 - what `connection.cursor()` wraps its own with
    with wrapped as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if bare.description else []
