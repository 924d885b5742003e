"""Registers under load: list, next page, filter, search, one calculation and one bulk run at 200,000 records.

`python -m benchmarks.registers postgresql://… [slug …]` measures on the database of a demo city, each register in a transaction
that is rolled back. The main kind of a register is filled by copying its demo rows; what else it needs, and its calculation and
bulk run, stand in `benchmarks/of_registers/<app>.py`.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from types import ModuleType
from typing import Any

RECORDS = 200_000
ROUNDS = 5
MANY = 1.0
"""What takes longer than this many seconds is done once."""


def measure(slugs: list[str], records: int = RECORDS) -> dict[str, Any]:
    """Measure the registers in use (or the named ones); nothing of it stays."""
    from django.db import transaction  # noqa: PLC0415 - Django is set up by who calls

    from kirjaamo.contract.register import REGISTERS  # noqa: PLC0415 - as above

    results: dict[str, Any] = {}
    for slug in slugs or sorted(REGISTERS):
        with transaction.atomic():
            results[slug] = _register(REGISTERS[slug], records)
            transaction.set_rollback(True)
    return results


def _register(register: Any, records: int) -> dict[str, Any]:
    """One register: grown, then each thing in turn."""
    own = hooks(register)
    began = time.perf_counter()
    if own and hasattr(own, "grow"):
        own.grow(register, records)
    else:
        grow(register.model, records)
    held = register.model._default_manager.count()
    if not held:
        return {"records": 0, "remark": "no demo data to copy"}
    results: dict[str, Any] = {"records": held, "grown_s": round(time.perf_counter() - began, 1)}
    client = _client(register, own)
    for name, address in _addresses(register).items():
        results[name] = timed(partial(_opened, client, address))
    for name, does in (("calculation", "calculate"), ("bulk run", "run")):
        if function := getattr(own, does, None):
            results[name] = timed(function)
    return results


def hooks(register: Any) -> ModuleType | None:
    """What the register says of its own measuring; None when it says nothing."""
    name = f"benchmarks.of_registers.{register.model._meta.app_label}"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


# What is opened ------------------------------------------------------------------------------------------------------------


def _client(register: Any, own: ModuleType | None) -> Any:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - as above
    from django.test import Client  # noqa: PLC0415 - as above

    client = Client(HTTP_HOST="localhost")
    client.force_login(own.reader(register) if own and hasattr(own, "reader") else get_user_model().objects.get(username="heikki"))
    return client


def _opened(client: Any, address: str) -> object:
    answer = client.get(address)
    if answer.status_code != 200:  # noqa: PLR2004 - the page itself
        message = f"{address} answered {answer.status_code}"
        raise SystemExit(message)
    return answer.content


def _addresses(register: Any) -> dict[str, str]:
    """The list, a page from its middle, its first filter, and a search by its first key."""
    from urllib.parse import urlencode  # noqa: PLC0415 - beside its use

    from django.urls import reverse  # noqa: PLC0415 - as above

    here = reverse("register", args=[register.slug])
    rows = register.model._default_manager.order_by("pk")
    middle = rows[rows.count() // 2]
    told = {"list": "", "next page": urlencode({"after": middle.pk})}
    if register.filters:
        told["filter"] = urlencode({register.filters[0]: _value(middle, register.filters[0])})
    key = register.search_keys[0]
    told["search"] = urlencode({"q": _value(middle, key.path or key.name)})
    return {name: f"{here}?{query}" for name, query in told.items()}


def _value(row: Any, path: str) -> str:
    for part in path.split("__"):
        row = getattr(row, part)
    return str(row)


# Growing -------------------------------------------------------------------------------------------------------------------


def grow(model: Any, count: int, **known: str) -> None:
    """Copy the rows of a model until there are `count`; a unique text gets a number of its own.

    `known` gives columns a value in SQL, where `n` is the number of the copy and `s` the row that is copied. What forbids two
    rows alike (exclusions, uniqueness over several columns) and triggers of the table are off until the transaction is rolled back.
    """
    from django.db import connection  # noqa: PLC0415 - as above

    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for sentence in _loosened(model, table):
            cursor.execute(sentence)
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our names
        held = cursor.fetchone()[0]
        if not held or held >= count:
            return
        columns = [field for field in model._meta.concrete_fields if not field.primary_key]
        names = ", ".join(connection.ops.quote_name(field.column) for field in columns)
        values = ", ".join(known.get(field.name) or _copied(field) for field in columns)
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, %s) n"  # noqa: S608 - our names
            f" JOIN (SELECT *, row_number() OVER (ORDER BY id) AS place FROM {table}) s ON s.place = 1 + mod(n, %s)",
            [count - held, held],
        )
        cursor.execute(f"ANALYZE {table}")


def _loosened(model: Any, table: str) -> list[str]:
    """Sentences of SQL that let rows be copied."""
    from django.contrib.postgres.constraints import ExclusionConstraint  # noqa: PLC0415 - as above
    from django.db.models import UniqueConstraint  # noqa: PLC0415 - as above

    sentences = [f"ALTER TABLE {table} DISABLE TRIGGER USER"]
    for constraint in model._meta.constraints:
        if isinstance(constraint, ExclusionConstraint):
            sentences.append(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint.name}"')
        elif isinstance(constraint, UniqueConstraint):
            is_index = constraint.condition is not None or constraint.expressions
            sentences.append(f'DROP INDEX "{constraint.name}"' if is_index else f'ALTER TABLE {table} DROP CONSTRAINT "{constraint.name}"')
    return sentences


def _copied(field: Any) -> str:
    """The column as SQL: copied, or of its own number when no two may be alike."""
    if not field.unique:
        return f's."{field.column}"'
    return "'b' || n" if field.get_internal_type() in {"CharField", "TextField"} else f's."{field.column}" + 1000000 + n'


# Measuring -----------------------------------------------------------------------------------------------------------------


def timed(act: Callable[[], object]) -> dict[str, float]:
    """Milliseconds (median of some rounds after a first one) and SQL statements of something done."""
    from django.db import connection  # noqa: PLC0415 - as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    with CaptureQueriesContext(connection) as statements:
        first = _spent(act)
    count = len(statements)  # at once: the next request empties the log
    times = [first] if first > MANY else [_spent(act) for _ in range(ROUNDS)]
    return {"ms": round(median(times) * 1000, 1), "statements": count}


def _spent(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def lines(results: dict[str, Any]) -> list[tuple[str, str]]:
    """The results as rows of a table for people."""
    rows = []
    for slug, found in results.items():
        rows.append((slug, found.get("remark") or f"{found['records']} records"))
        rows += [(f"  {name}", f"{one['ms']} ms, {one['statements']} SQL") for name, one in found.items() if isinstance(one, dict)]
    return rows


def main() -> int:
    """Connect to the given database, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.registers", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("database", help="address of the database of a demo city")
    parser.add_argument("slugs", nargs="*", help="registers to measure (default: all in use)")
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    os.environ["DATABASE_URL"] = args.database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirjaamo.config.settings")
    import django  # noqa: PLC0415 - after the surroundings are said

    django.setup()
    results = measure(args.slugs, args.records)
    if args.json:
        sys.stdout.write(json.dumps(results, indent=1) + "\n")
    else:
        sys.stdout.writelines(f"{label:<34}{value}\n" for label, value in lines(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
