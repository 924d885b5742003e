"""The bytes of a version never change; what identifies a document neither."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import append_only, immutable_columns


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("documents", "0001_initial"), ("kernel", "0002_guards")]
    operations = [
        migrations.RunSQL(append_only("documents_file"), migrations.RunSQL.noop),
        migrations.RunSQL(
            immutable_columns("documents_document", "identifier", "direction", "arrived_at", "sent_at", "registered_at"),
            migrations.RunSQL.noop,
        ),
    ]
