"""Requests and decisions on view on the public face; bytes go with the delivery that let them be fetched."""

from __future__ import annotations

from django.db import migrations, models

FILES_GO = """
CREATE FUNCTION public_face.file_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM public_face.face_file WHERE delivery_id = OLD.delivery_id;
    RETURN NULL;
END $$;
CREATE TRIGGER file_goes_with_its_delivery AFTER DELETE ON public_face.face_delivery
    FOR EACH ROW EXECUTE FUNCTION public_face.file_goes();
CREATE TRIGGER file_goes_when_it_is_not_open AFTER UPDATE ON public_face.face_delivery
    FOR EACH ROW WHEN (OLD.open AND NOT NEW.open) EXECUTE FUNCTION public_face.file_goes();
"""


class Migration(migrations.Migration):
    """Tables, trigger."""

    dependencies = [
        ("face", "0003_receipts"),
    ]

    operations = [
        migrations.CreateModel(
            name="FaceFile",
            fields=[
                ("delivery_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("box", models.BinaryField()),
            ],
            options={
                "db_table": 'public_face"."face_file',
            },
        ),
        migrations.CreateModel(
            name="FaceNotice",
            fields=[
                ("publication_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("identifier", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("language", models.CharField(max_length=2)),
                ("unit_title", models.JSONField()),
                ("published_on", models.DateField()),
                ("known_on", models.DateField()),
                ("until", models.DateField()),
                ("ways", models.JSONField()),
            ],
            options={
                "db_table": 'public_face"."face_notice',
                "ordering": ("-published_on", "-publication_id"),
            },
        ),
        migrations.AlterField(
            model_name="arrival",
            name="kind",
            field=models.CharField(
                choices=[
                    ("request", "Tietopyyntö"),
                    ("matter", "Asia tai asiakirja"),
                    ("reply", "Viesti tietopyyntöön"),
                    ("wish", "Päätöksen pyytäminen"),
                    ("fetched", "Asiakirjan noutaminen"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="FaceDelivery",
            fields=[
                ("delivery_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("request_id", models.BigIntegerField()),
                ("open", models.BooleanField()),
                ("given_at", models.DateTimeField()),
                ("label", models.BinaryField()),
            ],
            options={
                "db_table": 'public_face"."face_delivery',
                "ordering": ("delivery_id",),
                "indexes": [models.Index(fields=["request_id"], name="face_delivery_request")],
            },
        ),
        migrations.CreateModel(
            name="FaceMessage",
            fields=[
                ("message_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("request_id", models.BigIntegerField()),
                ("own", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("box", models.BinaryField()),
            ],
            options={
                "db_table": 'public_face"."face_message',
                "ordering": ("message_id",),
                "indexes": [models.Index(fields=["request_id"], name="face_message_request")],
            },
        ),
        migrations.CreateModel(
            name="FaceRequest",
            fields=[
                ("request_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("token_hash", models.CharField(max_length=64)),
                ("case_id", models.BigIntegerField()),
                ("identifier", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=20)),
                ("entry_title", models.JSONField()),
                ("language", models.CharField(max_length=2)),
                ("received_at", models.DateTimeField()),
                ("unit_title", models.JSONField()),
                ("state", models.CharField(max_length=20)),
                ("closed_at", models.DateTimeField(null=True)),
                ("deadlines", models.JSONField()),
                ("outcome", models.CharField(max_length=20)),
                ("answered_at", models.DateTimeField(null=True)),
                ("identified", models.BooleanField()),
                ("refused", models.BooleanField()),
                ("wanted_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": 'public_face"."face_request',
                "ordering": ("request_id",),
                "indexes": [models.Index(fields=["token_hash"], name="face_request_token")],
            },
        ),
        migrations.RunSQL(FILES_GO, migrations.RunSQL.noop),
    ]
