"""The statements that bring tables of the public face to what they must hold, for some owners of rows or for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any

from django.db.models.expressions import RawSQL

from kirjaamo.face.truth import TABLES, FaceTable
from kirjaamo.values.clock import local_day

Statement = tuple[str, tuple[Any, ...]]
SOME_TIME = dt.datetime(1907, 3, 15, 4, 5, 6, 789, tzinfo=dt.UTC)
"""A moment that stands for the one of the action."""
OWNERS = {
    "case": {
        "cases": "SELECT unnest(%s::bigint[])",
        "papers": "SELECT case_id FROM cases_casedocument WHERE id = ANY(%s::bigint[])",
        "documents": "SELECT case_id FROM cases_casedocument WHERE document_id = ANY(%s::bigint[])",
        "units": "SELECT id FROM cases_case WHERE unit_id = ANY(%s::bigint[])",
        "authorities": "SELECT id FROM cases_case WHERE authority_id = ANY(%s::bigint[])",
    },
    "request": {
        "requests": "SELECT unnest(%s::bigint[])",
        "documents": "SELECT request_id FROM requests_delivery WHERE document_id = ANY(%s::bigint[])",
    },
    "arrival": {"arrivals": "SELECT unnest(%s::bigint[])"},
    "publication": {"publications": "SELECT unnest(%s::bigint[])"},
}
"""By the kind of owner, the query of owners for each kind of key.

Only those of keys that there are stand in a statement: the database plans it for a handful of cases, and reads no table whole for a
unit that nobody renamed.
"""
OF_CASES = "SELECT id FROM requests_informationrequest WHERE case_id IN (SELECT id FROM touched_case)"
NONE = "SELECT NULL::bigint WHERE false"


@dataclass(frozen=True)
class Touched:
    """The keys of rows that were written and that public facts hang on."""

    cases: Collection[int] = field(default_factory=tuple)
    papers: Collection[int] = field(default_factory=tuple)
    documents: Collection[int] = field(default_factory=tuple)
    units: Collection[int] = field(default_factory=tuple)
    authorities: Collection[int] = field(default_factory=tuple)
    arrivals: Collection[int] = field(default_factory=tuple)
    requests: Collection[int] = field(default_factory=tuple)
    publications: Collection[int] = field(default_factory=tuple)
    changed_cases: Collection[int] = field(default_factory=tuple)
    changed_documents: Collection[int] = field(default_factory=tuple)
    """What was there before: a request may hang on it. What is new has none yet."""

    def __len__(self) -> int:
        """How many rows there are."""
        return sum(len(keys) for keys in vars(self).values())

    def owners(self) -> Mapping[str, Statement]:
        """The kinds of owners that were touched, each with the query of their keys."""
        found: dict[str, Statement] = {}
        if self.cases or self.papers or self.documents or self.units or self.authorities or self.requests:
            found["case"] = self._owners("case")
        if self.requests or self.changed_cases or self.changed_documents or self.units:
            found["request"] = self._owners("request", OF_CASES)
        if self.arrivals:
            found["arrival"] = self._owners("arrival")
        if self.publications:
            found["publication"] = self._owners("publication")
        return found

    def _owners(self, owner: str, *more: str) -> Statement:
        """The query of the owners of a kind."""
        given = {kind: sorted(getattr(self, kind)) for kind in OWNERS[owner] if getattr(self, kind)}
        parts = [OWNERS[owner][kind] for kind in given] + list(more)
        return f"touched_{owner} (id) AS ({' UNION '.join(parts) or NONE})", tuple(given.values())


def truth_of(table: FaceTable, at: dt.datetime, *, touched: bool) -> Statement:
    """What the table must hold, as a named query of a larger statement."""
    rows = table.rows(at)
    if touched:
        rows = rows.filter(**{f"{table.path}__in": RawSQL(f"SELECT id FROM touched_{table.owner}", [])})  # noqa: S608, S611 - a name of ours
    sql, params = rows.query.sql_with_params()
    return f"{_mark(table)} ({', '.join(table.columns)}) AS ({sql})", params


def _mark(table: FaceTable) -> str:
    return f"true_{table.model._meta.model_name}"


def refresh(at: dt.datetime, touched: Touched) -> Statement:
    """One statement that brings the rows of the touched owners in every table of theirs to what they must be.

    It is composed once for the owners and their tables; then only the keys and the moment are others.
    """
    owners = touched.owners()
    statement, told = _composed(tuple(sql for sql, _keys in owners.values()), tuple(_tables_of(owners, touched)))
    here = {SOME_TIME: at, local_day(SOME_TIME): local_day(at)}
    keys = (key for _sql, some in owners.values() for key in some)
    return statement, (*keys, *(here.get(value, value) for value in told))


@cache
def _composed(owners: tuple[str, ...], tables: tuple[FaceTable, ...]) -> Statement:
    """The statement of `refresh` with its values but the keys, as for a moment that no value has by itself."""
    parts, values = list(owners), []
    for table in tables:
        truth, told = truth_of(table, SOME_TIME, touched=True)
        parts += [truth, _gone(table), _put(table)]
        values += [value.value if isinstance(value, Enum) else value for value in told]
    return f"WITH {', '.join(parts)} SELECT 1", tuple(values)


def _tables_of(owners: Collection[str], touched: Touched) -> Iterable[FaceTable]:
    """The tables of these owners that may have changed: of requests only those that hang on what was written."""
    also = {"cases": touched.changed_cases or touched.units, "documents": touched.changed_documents}
    for table in TABLES:
        if table.owner in owners and (table.owner != "request" or touched.requests or also.get(table.also)):
            yield table


def _gone(table: FaceTable) -> str:
    """Rows that no longer belong there."""
    key = table.columns[0]
    return (
        f"gone_{table.model._meta.model_name} AS (DELETE FROM {table.name} f"  # noqa: S608 - names of our own tables
        f" WHERE f.{table.key} IN (SELECT id FROM touched_{table.owner})"
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
        f"WITH {truth} SELECT COALESCE(t.{key}, f.{key})::text, COALESCE(f.{table.key}, t.{table.key}), t.{key} IS NULL, f.{key} IS NULL,"  # noqa: S608 - as above
        f" array_remove(ARRAY[{wrong}], NULL) FROM {_mark(table)} t FULL JOIN {table.name} f ON t.{key} = f.{key}"
        f" WHERE t.{key} IS NULL OR f.{key} IS NULL OR ({held}) IS DISTINCT FROM ({told}) ORDER BY 1"
    )
    return sql, params
