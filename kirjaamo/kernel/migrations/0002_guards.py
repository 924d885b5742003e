"""The journal is append-only, and search finds by its vector."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import APPEND_ONLY_FUNCTION, IMMUTABLE_COLUMNS_FUNCTION, append_only

TABLES = ("kernel_journalentry", "kernel_journalblock", "kernel_journalseal")


class Migration(migrations.Migration):
    """Triggers and the search index."""

    dependencies = [("kernel", "0001_initial")]
    operations = [
        migrations.RunSQL(APPEND_ONLY_FUNCTION, migrations.RunSQL.noop),
        migrations.RunSQL(IMMUTABLE_COLUMNS_FUNCTION, migrations.RunSQL.noop),
        *(migrations.RunSQL(append_only(table), migrations.RunSQL.noop) for table in TABLES),
        migrations.RunSQL(
            "CREATE INDEX kernel_searchrow_vector ON kernel_searchrow USING gin (vector)", "DROP INDEX kernel_searchrow_vector"
        ),
    ]
