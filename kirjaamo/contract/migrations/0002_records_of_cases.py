"""Tell each case which records it has, for registers that were in use before cases kept it."""

from __future__ import annotations

from typing import Any

from django.apps import apps as in_use
from django.db import migrations

from kirjaamo.contract.record import Record


def tell(_apps: Any, editor: Any) -> None:
    """Write a row for every record that belongs to a case; a fresh database has no tables of registers yet."""
    tables = set(editor.connection.introspection.table_names())
    for model in in_use.get_models():
        if issubclass(model, Record) and model._meta.db_table in tables:
            table = editor.quote_name(model._meta.db_table)
            editor.execute(
                f"INSERT INTO cases_caserecord (case_id, source, kind, ref) SELECT case_id, %s, %s, id FROM {table} "  # noqa: S608
                "WHERE case_id IS NOT NULL ON CONFLICT DO NOTHING",
                [model.register.slug, model._meta.model_name],
            )


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_working_a_case"), ("contract", "0001_imports")]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
