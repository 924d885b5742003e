"""What was taken in tells whoever holds the key of its form under which identifier."""

from __future__ import annotations

from django.db import migrations, models

IDENTIFIER = """
CREATE FUNCTION arrivals.identifier(one uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, arrivals AS $$
    SELECT coalesce((SELECT identifier FROM arrivals.arrival WHERE key = one AND state = 'taken'), '')
$$;
REVOKE EXECUTE ON FUNCTION arrivals.identifier(uuid) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """The column and the function that reads it."""

    dependencies = [
        ("face", "0005_forms_of_registers"),
    ]

    operations = [
        migrations.AddField(model_name="arrival", name="identifier", field=models.CharField(db_default="", default="", max_length=60)),
        migrations.RunSQL(IDENTIFIER, "DROP FUNCTION arrivals.identifier(uuid)"),
    ]
