"""An approved plan never changes, never overlaps, and is approved by another than its writers."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import append_only
from kirjaamo.tos import guards

HISTORY = ("tos_revisionstep", "tos_planedition", "tos_editionrow")


def history(table: str) -> str:
    """Refuse changes of history; the whole draft with its steps may still be deleted."""
    if table != "tos_revisionstep":
        return append_only(table)
    return (
        "CREATE TRIGGER tos_revisionstep_append_only BEFORE UPDATE ON tos_revisionstep "
        "FOR EACH ROW EXECUTE FUNCTION kirjaamo_append_only();"
    )


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
        *(migrations.RunSQL(history(table), migrations.RunSQL.noop) for table in HISTORY),
    ]
