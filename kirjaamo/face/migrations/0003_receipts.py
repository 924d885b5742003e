"""Receipts of what is sent by the e-service; a box takes files, and the intake has a bound in bytes as well as in number."""

from __future__ import annotations

from django.db import migrations, models

SMALL, LARGE, MOST, MOST_BYTES = 100_000, 32_000_000, 10_000, 2_000_000_000

DEPOSIT = f"""
CREATE OR REPLACE FUNCTION arrivals.deposit(new_key uuid, new_kind text, new_hash text, new_box bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, arrivals AS $$
BEGIN
    IF new_kind NOT IN ('request', 'matter', 'reply', 'wish', 'fetched') OR new_hash !~ '^[0-9a-f]{{64}}$'
        OR octet_length(new_box) > (CASE new_kind WHEN 'matter' THEN {LARGE} ELSE {SMALL} END)
    THEN
        RAISE EXCEPTION 'an_arrival_is_a_box: this is none' USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT count(*) >= {MOST} OR coalesce(sum(octet_length(box)), 0) + octet_length(new_box) > {MOST_BYTES}
        FROM arrivals.arrival WHERE state <> 'taken')
    THEN
        RAISE EXCEPTION 'the_intake_is_full: try again later' USING ERRCODE = 'configuration_limit_exceeded';
    END IF;
    INSERT INTO arrivals.arrival (key, kind, token_hash, box, arrived_at, state, problem)
        VALUES (new_key, new_kind, new_hash, new_box, now(), 'waiting', '') ON CONFLICT (key) DO NOTHING;
END $$;
"""  # noqa: S608 - numbers of ours


class Migration(migrations.Migration):
    """Table, indexes, function."""

    dependencies = [
        ("face", "0002_arrivals"),
    ]

    operations = [
        migrations.CreateModel(
            name="FaceReceipt",
            fields=[
                ("arrival_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("token_hash", models.CharField(max_length=64)),
                ("follows_hash", models.CharField(max_length=64)),
                ("identifier", models.CharField(max_length=60)),
                ("arrived_at", models.DateTimeField()),
                ("register_by", models.DateField()),
                ("state", models.CharField(max_length=20)),
                ("ended_at", models.DateTimeField(null=True)),
                ("case_id", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": 'public_face"."face_receipt',
                "ordering": ("arrival_id",),
            },
        ),
        migrations.AlterField(
            model_name="arrival",
            name="kind",
            field=models.CharField(choices=[("request", "Tietopyyntö"), ("matter", "Asia tai asiakirja")], max_length=20),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(condition=models.Q(("state", "taken"), _negated=True), fields=["id"], name="arrival_held"),
        ),
        migrations.AddIndex(
            model_name="facereceipt",
            index=models.Index(fields=["token_hash"], name="face_receipt_token"),
        ),
        migrations.AddIndex(
            model_name="facereceipt",
            index=models.Index(
                condition=models.Q(("follows_hash", ""), _negated=True), fields=["follows_hash"], name="face_receipt_follows"
            ),
        ),
        migrations.RunSQL(DEPOSIT, migrations.RunSQL.noop),
    ]
