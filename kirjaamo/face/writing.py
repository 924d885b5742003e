"""The statements that bring tables of the public face to what they must hold, for some cases or for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models.expressions import RawSQL

from kirjaamo.face.truth import TABLES, FaceTable

Statement = tuple[str, tuple[Any, ...]]
TOUCHED = """touched (case_id) AS (
    SELECT unnest(%s::bigint[])
    UNION SELECT case_id FROM cases_casedocument WHERE id = ANY(%s) OR document_id = ANY(%s)
    UNION SELECT id FROM cases_case WHERE unit_id = ANY(%s) OR authority_id = ANY(%s)
)"""


def truth_of(table: FaceTable, at: dt.datetime, *, touched: bool) -> Statement:
    """What the table must hold, as a named query of a larger statement."""
    rows = table.rows(at)
    if touched:
        rows = rows.filter(**{f"{table.case}__in": RawSQL("SELECT case_id FROM touched", [])})
    sql, params = rows.query.sql_with_params()
    return f"{_mark(table)} ({', '.join(table.columns)}) AS ({sql})", params


def _mark(table: FaceTable) -> str:
    return f"true_{table.model._meta.model_name}"


def refresh(at: dt.datetime, owners: Sequence[Sequence[int]]) -> Statement:
    """One statement that brings the rows of the touched cases in every table to what they must be."""
    parts, params = [TOUCHED], [list(keys) for keys in owners]
    for table in TABLES:
        truth, told = truth_of(table, at, touched=True)
        parts += [truth, _gone(table), _put(table)]
        params += told
    return f"WITH {', '.join(parts)} SELECT 1", tuple(params)


def _gone(table: FaceTable) -> str:
    """Rows that no longer belong there."""
    key = table.columns[0]
    return (
        f"gone_{table.model._meta.model_name} AS (DELETE FROM {table.name} f WHERE f.case_id IN (SELECT case_id FROM touched)"  # noqa: S608 - names of our own tables
        f" AND NOT EXISTS (SELECT 1 FROM {_mark(table)} t WHERE t.{key} = f.{key}))"
    )


def _put(table: FaceTable) -> str:
    """Rows that are new or say something else now; what has not changed is not written."""
    key, *others = table.columns
    changed = ", ".join(f"{column} = excluded.{column}" for column in others)
    held, told = (", ".join(f"{place}.{column}" for column in others) for place in ("f", "excluded"))
    columns = ", ".join(table.columns)
    return (
        f"put_{table.model._meta.model_name} AS (INSERT INTO {table.name} AS f ({columns}) SELECT {columns} FROM {_mark(table)}"  # noqa: S608 - names of our own tables
        f" ON CONFLICT ({key}) DO UPDATE SET {changed} WHERE ({held}) IS DISTINCT FROM ({told}))"
    )


def fill(table: FaceTable, at: dt.datetime) -> Statement:
    """The statement that fills an empty table."""
    truth, params = truth_of(table, at, touched=False)
    columns = ", ".join(table.columns)
    return f"WITH {truth} INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {_mark(table)}", params  # noqa: S608 - as above


def differences(table: FaceTable, at: dt.datetime) -> Statement:
    """The statement that names what a table holds and should not, lacks, or says otherwise: keys and columns, never values."""
    truth, params = truth_of(table, at, touched=False)
    key, *others = table.columns
    wrong = ", ".join(f"CASE WHEN t.{column} IS DISTINCT FROM f.{column} THEN '{column}' END" for column in others)
    held, told = (", ".join(f"{place}.{column}" for column in others) for place in ("f", "t"))
    sql = (
        f"WITH {truth} SELECT COALESCE(t.{key}, f.{key})::text, COALESCE(f.case_id, t.case_id), t.{key} IS NULL, f.{key} IS NULL,"  # noqa: S608 - as above
        f" array_remove(ARRAY[{wrong}], NULL) FROM {_mark(table)} t FULL JOIN {table.name} f ON t.{key} = f.{key}"
        f" WHERE t.{key} IS NULL OR f.{key} IS NULL OR ({held}) IS DISTINCT FROM ({told}) ORDER BY 1"
    )
    return sql, params
