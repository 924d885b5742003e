"""A decision on view on the public network (KuntaL 410/2015 § 140)."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Table."""

    dependencies = [
        ("decisions", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("language", models.CharField(default="fi", max_length=2)),
                ("published_on", models.DateField()),
                ("known_on", models.DateField()),
                ("until", models.DateField()),
                ("ways", models.JSONField(default=list)),
                ("by", models.CharField(max_length=60)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("removed_by", models.CharField(blank=True, max_length=60)),
                ("removed_why", models.CharField(blank=True, max_length=300)),
                (
                    "decision",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="publication", to="decisions.decision"),
                ),
            ],
            options={
                "ordering": ("-published_on", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("known_on__gte", models.F("published_on")), ("until__gte", models.F("known_on"))),
                        name="what_is_on_view_is_known_before_it_is_removed",
                        violation_error_message="Nähtävilläolon on jatkuttava muutoksenhakuajan loppuun (kuntalaki 140 §).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at", None), ("removed_by", "")),
                            models.Q(models.Q(("removed_at", None), _negated=True), models.Q(("removed_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="what_was_removed_tells_when_and_by_whom",
                        violation_error_message="Poistosta on kirjattava, milloin ja kuka sen teki.",
                    ),
                ],
            },
        ),
    ]
