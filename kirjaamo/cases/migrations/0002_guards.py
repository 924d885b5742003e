"""History is append-only; an identifier never changes."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import append_only, immutable_columns


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("cases", "0001_initial"), ("kernel", "0002_guards")]
    operations = [
        migrations.RunSQL(append_only("cases_caseevent"), migrations.RunSQL.noop),
        migrations.RunSQL(
            immutable_columns("cases_case", "identifier", "series", "number", "revision_id", "initiated_at", "registered_at"),
            migrations.RunSQL.noop,
        ),
    ]
