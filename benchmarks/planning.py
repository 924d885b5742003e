"""The plan under load: approving a class of 200 nodes, the tree of 2,000 classes, a preview over 100,000 cases; time and SQL statements.

`python -m benchmarks.planning postgresql://…` measures on the database of a demo city, in a transaction that is rolled back.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

NODES, CLASSES, CASES = 200, 2_000, 100_000
EMPTY = {"BooleanField": "false", "JSONField": "'{}'::jsonb", "DateTimeField": "now()", "PositiveIntegerField": "0", "IntegerField": "0"}
"""What stands in a column that a measuring does not name, by the kind of its field; elsewhere an empty text."""
RULES = {
    "publicity": "public",
    "personal": "contains",
    "retention_mode": "years",
    "retention_years": 10,
    "retention_trigger": "case_resolved",
}


class Person:
    """Someone with the rights of a records manager."""

    def __init__(self, number: int) -> None:
        self.actor_ref = f"user:{number}"

    def may(self, need: str, on: object | None = None) -> bool:
        """The rights of the plan."""
        return need.startswith("tos.") and on is not self


def measure(*, nodes: int = NODES, classes: int = CLASSES, cases: int = CASES) -> dict[str, dict[str, float]]:
    """Measure on the connected database; nothing of it stays. Milliseconds and numbers of statements."""
    from django.db import transaction  # noqa: PLC0415 - Django is set up by who calls

    with transaction.atomic():
        results = _measured(nodes, classes, cases)
        transaction.set_rollback(True)
    return results


def _measured(nodes: int, classes: int, cases: int) -> dict[str, dict[str, float]]:
    from django.utils import timezone  # noqa: PLC0415 - as above

    from kirjaamo.tos import actions  # noqa: PLC0415 - as above
    from kirjaamo.tos.editing import actions as editing  # noqa: PLC0415 - as above
    from kirjaamo.tos.impact import impact  # noqa: PLC0415 - as above
    from kirjaamo.tos.norms import known  # noqa: PLC0415 - as above
    from kirjaamo.tos.reading import in_force  # noqa: PLC0415 - as above
    from kirjaamo.tos.tree import tree  # noqa: PLC0415 - as above

    today, writer, approver = timezone.localdate(), Person(1), Person(2)
    results: dict[str, dict[str, float]] = {}
    _load(nodes, classes, today)
    first = in_force("99 00", today)
    _open_cases(first.pk, cases)
    draft = editing.draft_of(first, actor=writer)
    editing.remove_node(draft.nodes.get(code="d2"), actor=writer)
    editing.edit_class(draft, {"rules": {**RULES, "retention_years": 20}}, actor=writer)
    results[f"preview over {cases} cases"] = _timed(lambda: impact(draft, first, known()))
    sent = actions.submit(draft, actor=writer)
    results[f"approval of {nodes} nodes"] = _timed(lambda: actions.approve(sent, actor=approver, on=today))
    results[f"tree of {classes} classes"] = _timed(lambda: tree(today))
    return results


def _load(nodes: int, classes: int, today: dt.date) -> None:
    """A main class with one great process, and as many plain classes as are wanted."""
    from pathlib import Path  # noqa: PLC0415 - as above

    from kirjaamo.kernel.actors import Machine  # noqa: PLC0415 - as above
    from kirjaamo.kernel.packs import Item, Pack  # noqa: PLC0415 - as above
    from kirjaamo.tos.actions import load_plan  # noqa: PLC0415 - as above

    told: list[dict[str, Any]] = [
        {"code": "99", "title": {"fi": "Mittaus"}},
        {"code": "99 00", "title": {"fi": "Prosessi"}, "parent": "99"},
    ]
    for number in range(classes - 2):
        code = f"99 {1 + number // 90:02}" if number % 90 == 0 else f"99 {1 + number // 90:02} {number % 90:02}"
        told.append({"code": code, "title": {"fi": f"Luokka {number}"}, "parent": code.rpartition(" ")[0]})
    stages = [{"kind": "stage", "code": f"s{number}", "title": {"fi": f"Vaihe {number}"}} for number in range(10)]
    documents = [
        {"kind": "document", "code": f"d{number}", "stage": f"s{number % 10}", "title": {"fi": f"Asiakirja {number}"}}
        for number in range(nodes - 10)
    ]
    process = {"class": "99 00", "rules": RULES, "node": [*stages, *documents]}
    tables = {"class": tuple(Item("bench", row) for row in told), "process": (Item("bench", process),)}
    load_plan(Pack(Path(), tables, {}), actor=Machine("bench"), on=today - dt.timedelta(days=1))


def _open_cases(revision: int, cases: int) -> None:
    """Cases that follow the revision, half of them closed, each with a document of a type of the plan and its retention clock."""
    from django.db import connection  # noqa: PLC0415 - as above

    from kirjaamo.cases.models import Case, CaseDocument  # noqa: PLC0415 - as above
    from kirjaamo.documents.models import Document  # noqa: PLC0415 - as above
    from kirjaamo.retention.models import RetentionClock  # noqa: PLC0415 - as above

    closed = "mod(n, 2) = 0"
    _copied(Case, cases, {
        "identifier": "'BENCH-' || n", "series": "'bench'", "number": "n", "revision_id": str(revision), "title": "'Mittaus'",
        "management_unit_id": "(SELECT min(id) FROM organisation_managementunit)",
        "authority_id": "(SELECT min(id) FROM organisation_authority)",
        "unit_id": "(SELECT min(id) FROM organisation_unit)", "publicity": "'public'", "language": "'fi'",
        "initiated_at": "now() - interval '2 days'",
        "registered_at": "now() - interval '1 day'", "state": f"CASE WHEN {closed} THEN 'closed' ELSE 'pending' END",
        "closed_at": f"CASE WHEN {closed} THEN now() END", "closing_ground": f"CASE WHEN {closed} THEN 'answered' ELSE '' END",
    })  # fmt: skip
    key = f"(SELECT key FROM tos_node WHERE revision_id = {revision} AND code = 'd' || mod(n, 100))"  # noqa: S608 - a number of ours
    _copied(Document, cases, {
        "identifier": "'BENCH-' || n", "title": "'Mittaus'", "direction": "'incoming'", "type_code": "'other'", "node_key": key,
        "language": "'fi'", "state": "'ready'", "way": "'post'", "sender": "'Mittaus'", "arrived_at": "now()", "registered_at": "now()",
        "publicity": "'public'", "grounds": "'[]'::jsonb", "personal": "'none'", "decided_from": "'plan'",
    })  # fmt: skip
    of_bench = "(SELECT id FROM {} WHERE identifier = 'BENCH-' || n)"
    document = of_bench.format("documents_document")
    _copied(CaseDocument, cases, {"case_id": of_bench.format("cases_case"), "document_id": document, "at": "now()"})
    _copied(RetentionClock, cases, {
        "document_id": document, "state": f"CASE WHEN {closed} THEN 'running' ELSE 'waiting' END", "trigger": "'case_resolved'",
        "node_id": key.replace("SELECT key", "SELECT id"),
        **dict.fromkeys(("trigger_on", "start_on", "last_day"), f"CASE WHEN {closed} THEN current_date END"),
        "reason": "'checked'", "reckoned_at": "now()", "reckoned_by": "'machine:bench'",
    })  # fmt: skip
    with connection.cursor() as cursor:
        for table in ("cases_case", "documents_document", "cases_casedocument", "retention_retentionclock"):
            cursor.execute(f"ANALYZE {table}")


def _copied(model: Any, rows: int, known: dict[str, str]) -> None:
    """Insert rows of a model from the number n: columns that are not named are empty, or null where they may be."""
    from django.db import connection  # noqa: PLC0415 - as above

    columns, values = [], []
    for field in model._meta.concrete_fields:
        if field.primary_key or (field.null and field.column not in known):
            continue
        columns.append(f'"{field.column}"')
        values.append(known.get(str(field.column)) or EMPTY.get(field.get_internal_type(), "''"))
    insert = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM generate_series(1, %s) n"  # noqa: S608 - our names
    with connection.cursor() as cursor:
        cursor.execute(insert, [rows])


def _timed(act: Callable[[], object]) -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415 - as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    with CaptureQueriesContext(connection) as statements:
        began = time.perf_counter()
        act()
        spent = time.perf_counter() - began
    return {"ms": round(spent * 1000, 1), "statements": len(statements)}


def lines(results: dict[str, dict[str, float]]) -> list[tuple[str, str]]:
    """The results as rows of a table for people."""
    return [(name, f"{one['ms']} ms, {one['statements']} SQL") for name, one in results.items()]


def main() -> int:
    """Connect to the given database, measure, print."""
    os.environ["DATABASE_URL"] = sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirjaamo.config.settings")
    import django  # noqa: PLC0415 - after the surroundings are said

    django.setup()
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
