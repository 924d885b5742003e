"""Contact columns get names of their own, so that only the masking properties are called by the plain names."""

from __future__ import annotations

from django.db import migrations, models

CONTACTS = {
    "email": models.EmailField(blank=True, db_column="email", max_length=254),
    "telephone": models.CharField(blank=True, db_column="telephone", max_length=40),
    "address": models.TextField(blank=True, db_column="address"),
    "municipality": models.CharField(blank=True, db_column="municipality", max_length=80),
}


class Migration(migrations.Migration):
    """Names in the program only; the table stays as it is."""

    dependencies = [("subjects", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                operation
                for name, field in CONTACTS.items()
                for operation in (
                    migrations.RenameField("subject", name, f"known_{name}"),
                    migrations.AlterField("subject", f"known_{name}", field),
                )
            ]
        )
    ]
