"""What of a case stands on the open web, by class."""

from __future__ import annotations

from django.db import migrations, models

import kirjaamo.kernel.fields


class Migration(migrations.Migration):
    """The rule and what it says on each case."""

    dependencies = [
        ("cases", "0004_member"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="web",
            field=models.CharField(
                choices=[
                    ("none", "Ei verkossa, annetaan pyynnöstä"),
                    ("row", "Asiatunnus, luokka ja vaihe"),
                    ("title", "Lisäksi nimike"),
                    ("documents", "Lisäksi julkisten asiakirjojen luettelo"),
                    ("names", "Lisäksi asiakirjojen nimikkeet, joissa voi olla nimiä"),
                ],
                default="documents",
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="WebRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("class_code", models.CharField(max_length=40, unique=True)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("none", "Ei verkossa, annetaan pyynnöstä"),
                            ("row", "Asiatunnus, luokka ja vaihe"),
                            ("title", "Lisäksi nimike"),
                            ("documents", "Lisäksi julkisten asiakirjojen luettelo"),
                            ("names", "Lisäksi asiakirjojen nimikkeet, joissa voi olla nimiä"),
                        ],
                        max_length=20,
                    ),
                ),
                ("why", kirjaamo.kernel.fields.Translated(blank=True, default=dict)),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ("class_code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ("none", "row", "title", "documents", "names"))), name="a_web_rule_has_a_level"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="a_web_rule_has_its_ground",
                        violation_error_message="Kerro, mihin verkossa näyttämistä koskeva sääntö perustuu.",
                    ),
                ],
            },
        ),
    ]
