"""What came by the e-service has the hash of its receipt, and contacts of its sender."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns and their constraint."""

    dependencies = [
        ("cases", "0009_scoped_access"),
        ("organisation", "0005_sessions"),
    ]

    operations = [
        migrations.AddField(
            model_name="arrival",
            name="follows",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="followed_by", to="cases.arrival"
            ),
        ),
        migrations.AddField(
            model_name="arrival",
            name="receipt_hash",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="arrival",
            name="sender_address",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="arrival",
            name="sender_telephone",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.UniqueConstraint(
                condition=models.Q(("receipt_hash", ""), _negated=True), fields=("receipt_hash",), name="one_arrival_per_receipt"
            ),
        ),
    ]
