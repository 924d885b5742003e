"""An approved plan never changes, never overlaps, and is approved by another than its writers."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import append_only
from kirjaamo.tos import guards

EDITIONS = ("tos_planedition", "tos_editionrow")


class Migration(migrations.Migration):
    """Exclusions and triggers."""

    dependencies = [("tos", "0001_initial"), ("kernel", "0002_guards")]
    operations = [
        migrations.RunSQL(guards.OVERLAPS, migrations.RunSQL.noop),
        migrations.RunSQL([guards.REFUSE_FUNCTION], migrations.RunSQL.noop),
        migrations.RunSQL([guards.APPROVAL_FUNCTION], migrations.RunSQL.noop),
        migrations.RunSQL([guards.REVISION_FUNCTION], migrations.RunSQL.noop),
        migrations.RunSQL([guards.NODE_FUNCTION], migrations.RunSQL.noop),
        migrations.RunSQL(guards.TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(guards.STEP_FUNCTION, migrations.RunSQL.noop),
        *(migrations.RunSQL(append_only(table), migrations.RunSQL.noop) for table in EDITIONS),
    ]
