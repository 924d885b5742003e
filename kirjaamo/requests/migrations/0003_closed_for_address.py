"""What an asker may read through the address is closed with a key that only the token of the address opens."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns."""

    dependencies = [
        ("requests", "0002_requests_of_cases"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="label",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddField(
            model_name="informationrequest",
            name="box_key",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddField(
            model_name="message",
            name="box",
            field=models.BinaryField(default=b""),
        ),
    ]
