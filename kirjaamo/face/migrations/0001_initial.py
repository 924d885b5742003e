"""The schema of the public face and its tables; what they hold is filled when the program is prepared."""

from __future__ import annotations

from django.db import migrations, models

import kirjaamo.kernel.models


class Migration(migrations.Migration):
    """Schema, tables and the index of words."""

    initial = True

    dependencies = [("kernel", "0001_initial")]
    operations = [
        migrations.RunSQL("CREATE SCHEMA IF NOT EXISTS public_face", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="FaceState",
            fields=[
                ("key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": 'public_face"."face_state',
            },
        ),
        migrations.CreateModel(
            name="FaceCase",
            fields=[
                ("case_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("identifier", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=300)),
                ("language", models.CharField(max_length=2)),
                ("web", models.CharField(max_length=20)),
                ("revision_id", models.BigIntegerField()),
                ("class_code", models.CharField(max_length=40)),
                ("class_title", models.JSONField()),
                ("unit_slug", models.CharField(max_length=80)),
                ("unit_title", models.JSONField()),
                ("unit_short", models.CharField(max_length=60)),
                ("authority", models.JSONField()),
                ("state", models.CharField(max_length=20)),
                ("stage", models.CharField(max_length=60)),
                ("initiated_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closing_ground", models.CharField(max_length=20)),
                ("vector", kirjaamo.kernel.models.TsVectorField(default="")),
            ],
            options={
                "db_table": 'public_face"."face_case',
                "ordering": ("-case_id",),
                "indexes": [
                    models.Index(fields=["identifier"], name="face_case_identifier"),
                    models.Index(fields=["class_code", "-case_id"], name="face_case_class"),
                    models.Index(fields=["unit_slug", "-case_id"], name="face_case_unit"),
                    models.Index(fields=["state", "-case_id"], name="face_case_state"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FaceDocument",
            fields=[
                ("paper_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("case_id", models.BigIntegerField()),
                ("opening", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=300)),
                ("kind", models.JSONField(null=True)),
                ("day", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": 'public_face"."face_document',
                "ordering": ("paper_id",),
                "indexes": [models.Index(fields=["case_id"], name="face_document_case")],
            },
        ),
        migrations.CreateModel(
            name="FaceStage",
            fields=[
                ("key", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("case_id", models.BigIntegerField()),
                ("stage", models.CharField(max_length=60)),
                ("began_at", models.DateTimeField()),
            ],
            options={
                "db_table": 'public_face"."face_stage',
                "ordering": ("began_at",),
                "indexes": [models.Index(fields=["case_id"], name="face_stage_case")],
            },
        ),
        migrations.RunSQL("CREATE INDEX face_case_vector ON public_face.face_case USING gin (vector)", migrations.RunSQL.noop),
    ]
