"""What was judged of a document for who asked, and what a party was given: rows that nobody changes."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from kirjaamo.kernel.guards import append_only


class Migration(migrations.Migration):
    """Tables and their guards."""

    dependencies = [
        ("cases", "0011_numbers_and_deputies"),
        ("documents", "0006_letter_text"),
    ]

    operations = [
        migrations.CreateModel(
            name="HarmJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("harm", models.CharField(max_length=20)),
                ("requester", models.CharField(max_length=300)),
                ("reason", models.TextField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="harm_judgements", to="cases.case")),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="harm_judgements", to="documents.document"),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="a_harm_judgement_has_a_reason",
                        violation_error_message="Kirjoita, miksi antamisesta aiheutuu tai ei aiheudu haittaa (JulkL 17 §).",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given", models.JSONField(default=list)),
                ("refused", models.JSONField(default=list)),
                ("reason", models.TextField(blank=True)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="party_accesses", to="cases.case")),
                ("letter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document")),
                ("party", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="accesses", to="cases.caseparty")),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("refused", []), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="what_a_party_is_refused_has_a_reason",
                        violation_error_message="Kerro, miksi osaa asiakirjoista ei anneta asianosaiselle (JulkL 14 §).",
                    )
                ],
            },
        ),
        migrations.RunSQL(append_only("cases_harmjudgement"), migrations.RunSQL.noop),
        migrations.RunSQL(append_only("cases_partyaccess"), migrations.RunSQL.noop),
    ]
