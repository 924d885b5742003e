"""What is measured inside the program: SQL statements of each page and of a registration, and the same rows by bare psycopg.

`python -m benchmarks.inside postgresql://… SECONDS` works on the database of a demo city. One registration is made within a
transaction that is rolled back; the rows that it wrote, by whatever trigger or follower, are then written again and again with new
keys by bare psycopg, each time in one transaction with one INSERT for each table. These rows stay.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

FORM = "/tyo/asiat/uusi/?luokka=07+01+04"
PERSON = "maija"
FIRST_KEY = 5_000_000_000
"""New keys start here, so that they meet none of a sequence."""
SPACE = 100_000
TOGETHER = ("series", "key")
"""Columns of unique indexes over several columns of which no two rows may be alike here."""
CLIENTS = 8
BARE = ("same rows, bare psycopg, 1", f"same rows, bare psycopg, {CLIENTS}")
"""What a registration writes, without the program around it."""


@dataclass
class Table:
    """Rows that a registration wrote to one table, as bare psycopg writes them again."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    key: str
    """The column of the primary key."""
    unique: frozenset[str]
    """Columns in which no two rows may be alike."""
    targets: Mapping[str, str]
    """Columns that point at a table."""
    statement: sql.Composed = field(init=False)

    def __post_init__(self) -> None:
        schema, _, name = self.name.rpartition(".")
        one = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(self.columns)))
        self.statement = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
            sql.Identifier(schema, name),
            sql.SQL(", ").join(map(sql.Identifier, self.columns)),
            sql.SQL(", ").join([one] * len(self.rows)),
        )


def measure(seconds: float) -> dict[str, dict[str, Any]]:
    """Count and write; figures by what was done."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - Django is set up by who calls
    from django.test import Client  # noqa: PLC0415 - as above

    from kirjaamo.cases.models import Case  # noqa: PLC0415 - as above

    client = Client(HTTP_HOST="localhost")
    client.force_login(get_user_model().objects.get(username=PERSON))
    case = Case.objects.filter(confidential=False).order_by("id")[Case.objects.count() // 2]
    results: dict[str, dict[str, Any]] = {
        "case page": {"statements": _statements(client, case.get_absolute_url())},
        "worklist": {"statements": _statements(client, "/tyo/lista/yksikon/")},
        "public word search": {"statements": _statements(Client(HTTP_HOST="localhost"), "/asiat/?q=meluaita")},
        "party search": {"statements": _statements(client, "/tyo/osapuolet/?q=Aino")},
    }
    tables, told = _registration(client)
    tables = _sifted(tables)
    results["register, 1 client"] = told
    for name, clients in zip(BARE, (1, CLIENTS), strict=True):
        results[name] = _bare(tables, seconds, clients) | {"statements": len(tables) + 2}
    return results


def _statements(client: Any, address: str) -> int:
    from django.db import connection  # noqa: PLC0415 - as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    client.get(address)  # what a process reads once is read
    with CaptureQueriesContext(connection) as told:
        answer = client.get(address)
    if answer.status_code != 200:  # noqa: PLR2004 - the page itself
        message = f"{address} answered {answer.status_code}"
        raise SystemExit(message)
    return len(told)


# The rows of a registration ------------------------------------------------------------------------------------------------


def _registration(client: Any) -> tuple[list[Table], dict[str, Any]]:
    """Register one case; return what it wrote, and how many statements the transaction (with its begin and commit) and the answer took."""
    from django.db import connection, transaction  # noqa: PLC0415 - as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    _posted(client)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")  # what others commit meanwhile is not seen
            cursor.execute("SELECT pg_current_xact_id()::text")
            first = int(cursor.fetchone()[0])
        with CaptureQueriesContext(connection) as told:
            _posted(client)
        tables = list(_written(connection, first))
        transaction.set_rollback(True)
    own = [query["sql"] for query in told if "SAVEPOINT" not in query["sql"]]
    places = [place for place, text in enumerate(own) if "kernel_submission" in text or "kernel_journalentry" in text]
    kept = [table for table in tables if not _stands(connection, table)]
    return kept, {"statements": places[-1] - places[0] + 3, "statements_of_answer": len(own) + 2}


def _posted(client: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - as above

    from benchmarks.desk import Fields, choices  # noqa: PLC0415 - beside its use

    fields = Fields()
    fields.feed(client.get(FORM).content.decode())
    key = str(uuid.uuid4())
    told = fields.values | choices() | {"key": key, "title": f"Penkkejä {key[:8]}"}
    answer = client.post(FORM, told | {"uploads": SimpleUploadedFile("aloite.txt", f"{key} Penkkejä".encode() * 80, "text/plain")})
    if answer.status_code != 302:  # noqa: PLR2004 - it led on
        message = f"registering answered {answer.status_code}"
        raise SystemExit(message)


def _written(connection: Any, first: int) -> Iterator[Table]:
    """What the transaction wrote, table by table in the order in which it began with each."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('public', 'public_face', 'arrivals')"
            " AND tablename NOT LIKE 'procrastinate%%' AND tablename <> 'organisation_session'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(
                f"SELECT min(cmin::text::bigint) OVER (), t.* FROM {name} t WHERE xmin::text::bigint >= %s",  # noqa: S608 - names of our tables
                [first],
            )
            if rows := cursor.fetchall():
                columns = [column.name for column in cursor.description][1:]
                found.append((rows[0][0], Table(name, columns, [row[1:] for row in rows], *_rules(cursor, name))))
    for _order, table in sorted(found, key=lambda pair: pair[0]):
        yield table


def _rules(cursor: Any, name: str) -> tuple[str, frozenset[str], dict[str, str]]:
    """The column of the primary key, those of unique indexes, and what the others point at."""
    cursor.execute(
        "SELECT a.attname::text, bool_or(i.indisprimary) FROM pg_index i"
        " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)"
        " WHERE i.indisunique AND (i.indnatts = 1 OR a.attname = ANY(%s)) AND i.indrelid = %s::regclass GROUP BY 1",
        [[*TOGETHER], name],
    )
    unique = dict(cursor.fetchall())
    cursor.execute(
        "SELECT a.attname::text, n.nspname || '.' || t.relname FROM pg_constraint c JOIN pg_class t ON t.oid = c.confrelid"
        " JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " WHERE c.contype = 'f' AND c.conrelid = %s::regclass",
        [name],
    )
    return next(column for column, primary in unique.items() if primary), frozenset(unique), dict(cursor.fetchall())


def _stands(connection: Any, table: Table) -> bool:
    """Whether the first row was there before: then the registration changed it, and it is no new row."""
    value = table.rows[0][table.columns.index(table.key)]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM {table.name} WHERE "{table.key}" = %s', [value])  # noqa: S608 - names of our tables
        return cursor.fetchone() is not None


# Bare psycopg --------------------------------------------------------------------------------------------------------------


def _bare(tables: Sequence[Table], seconds: float, clients: int) -> dict[str, Any]:
    """Write the rows from some connections at the same time until the time is up."""
    times: list[float] = []
    until = time.perf_counter() + seconds

    def write() -> None:
        with psycopg.connect(os.environ["DATABASE_URL"]) as database:
            while (began := time.perf_counter()) < until:
                filled = list(_anew(tables, next(NUMBERS)))
                with database.transaction(), database.cursor() as cursor:
                    for statement, values in filled:
                        cursor.execute(statement, values)
                times.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=write) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return {
        "count": len(times),
        "per_second": round(len(times) / seconds, 1),
        "p50_ms": round(times[len(times) // 2], 2),
        "p95_ms": round(times[int(len(times) * 0.95)], 2),
    }


def _sifted(tables: Sequence[Table]) -> list[Table]:
    """Without the tables whose rows a trigger makes."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as database:
        database.execute("SET CONSTRAINTS ALL DEFERRED")  # the transaction begins; each table below is tried in a savepoint
        kept = [table for table, (statement, values) in zip(tables, _anew(tables, 0), strict=True) if _takes(database, statement, values)]
        database.rollback()
    return kept


def _takes(database: psycopg.Connection[Any], statement: sql.Composed, values: Sequence[Any]) -> bool:
    try:
        with database.transaction():
            database.execute(statement, values)
    except psycopg.errors.UniqueViolation:
        return False
    return True


def _anew(tables: Sequence[Table], number: int) -> Iterator[tuple[sql.Composed, list[Any]]]:
    """The statements with rows under keys that nobody has: what was alike in two tables stays alike."""
    first = FIRST_KEY + (RUN * SPACE + number) * SPACE
    keys: dict[tuple[str, Any], Any] = {}
    for table in tables:
        place = table.columns.index(table.key)
        for row in table.rows:
            if table.key not in table.targets:
                keys[table.name, row[place]] = _fresh(row[place], first + len(keys))
    for table in tables:
        yield table.statement, [_value(table, column, value, keys, first) for row in table.rows for column, value in _pairs(table, row)]


def _pairs(table: Table, row: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    return zip(table.columns, row, strict=True)


def _value(table: Table, column: str, value: Any, keys: Mapping[tuple[str, Any], Any], first: int) -> Any:
    if isinstance(value, dict | list):
        return Jsonb(value)
    if column in table.targets:
        return keys.get((table.targets[column], value), value)
    if column == table.key:
        return keys[table.name, value]
    return _fresh(value, first) if column in table.unique and not isinstance(value, int) else value


RUN, NUMBERS = int(time.time()) % 1_000_000, count(1)


def _fresh(value: Any, key: int) -> Any:
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    if isinstance(value, str):
        return f"{value[:20]}~{key}"
    return key if isinstance(value, int) else value


def main() -> int:
    """Connect to the given database, measure, print."""
    os.environ["DATABASE_URL"] = sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirjaamo.config.settings")
    import django  # noqa: PLC0415 - after the surroundings are said

    django.setup()
    sys.stdout.write(json.dumps(measure(float(sys.argv[2])), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
