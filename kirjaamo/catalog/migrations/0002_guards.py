"""A published version of the description never changes."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import append_only


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("catalog", "0001_initial"), ("kernel", "0002_guards")]
    operations = [
        migrations.RunSQL(append_only("catalog_publication"), migrations.RunSQL.noop),
    ]
