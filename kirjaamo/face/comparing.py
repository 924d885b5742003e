"""The whole public face against the whole register: what is there and should not be, what lacks, what says something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from kirjaamo.face import mirrors, writing
from kirjaamo.face.truth import TABLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

LEAK, MISSING, DIFFERS = "leak", "missing", "differs"
FILES = """
SELECT COALESCE(f.delivery_id, d.delivery_id)::text, d.delivery_id IS NULL FROM public_face.face_file f
FULL JOIN (SELECT delivery_id FROM public_face.face_delivery WHERE open) d ON d.delivery_id = f.delivery_id
WHERE f.delivery_id IS NULL OR d.delivery_id IS NULL ORDER BY 1
"""
"""Bytes that stand there without a delivery that is open, or lack. Each box differs from every other, so content is not compared."""


@dataclass(frozen=True)
class Difference:
    """One row that is not as it must be: its table and key, what it hangs on, and the columns. Values are never told."""

    table: str
    key: str
    owner: tuple[str, int] | None
    kind: str
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        """For a log: no value in it."""
        what = f" ({', '.join(self.columns)})" if self.columns else ""
        return f"{self.kind}: {self.table} {self.key}{what}"


def compare(at: dt.datetime) -> Sequence[Difference]:
    """Hold every table against what it must hold at a moment; read only."""
    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(*writing.differences(table, at))
            name = str(table.model._meta.model_name)
            for key, owner, extra, missing, columns in cursor.fetchall():
                kind = LEAK if extra else MISSING if missing else DIFFERS
                found.append(Difference(name, key, (table.owner, owner), kind, tuple(columns) if kind == DIFFERS else ()))
        cursor.execute(FILES)
        found += [Difference("facefile", key, None, LEAK if extra else MISSING) for key, extra in cursor.fetchall()]
        for mirror in mirrors.every():
            cursor.execute(mirrors.differences(mirror))
            for key, extra, missing in cursor.fetchall():
                found.append(Difference(mirror.table, key, None, LEAK if extra else MISSING if missing else DIFFERS))
    return found
