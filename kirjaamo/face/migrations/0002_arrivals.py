"""The intake of the public process: boxes, the keys that open them, and the two functions that its credential may call."""

from __future__ import annotations

from django.db import migrations, models

LARGEST, MOST = 100_000, 10_000

# A function of its own runs with the rights of the program: whoever may call it can do what it does and nothing more.
FUNCTIONS = f"""
CREATE FUNCTION arrivals.deposit(new_key uuid, new_kind text, new_hash text, new_box bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, arrivals AS $$
BEGIN
    IF new_kind NOT IN ('request') OR new_hash !~ '^[0-9a-f]{{64}}$' OR octet_length(new_box) > {LARGEST} THEN
        RAISE EXCEPTION 'an_arrival_is_a_box: this is none' USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT count(*) FROM (SELECT 1 FROM arrivals.arrival WHERE state = 'waiting' LIMIT {MOST}) waiting) = {MOST} THEN
        RAISE EXCEPTION 'the_intake_is_full: try again later' USING ERRCODE = 'configuration_limit_exceeded';
    END IF;
    INSERT INTO arrivals.arrival (key, kind, token_hash, box, arrived_at, state, problem)
        VALUES (new_key, new_kind, new_hash, new_box, now(), 'waiting', '') ON CONFLICT (key) DO NOTHING;
END $$;
CREATE FUNCTION arrivals.taken(one uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, arrivals AS $$
    SELECT EXISTS (SELECT 1 FROM arrivals.arrival WHERE key = one AND state = 'taken')
$$;
REVOKE EXECUTE ON FUNCTION arrivals.deposit(uuid, text, text, bytea), arrivals.taken(uuid) FROM PUBLIC;
"""  # noqa: S608 - two numbers of ours


class Migration(migrations.Migration):
    """Schema, tables, functions."""

    dependencies = [
        ("face", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL("CREATE SCHEMA IF NOT EXISTS arrivals", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="ArrivalKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.BinaryField()),
                ("private_sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": 'arrivals"."arrival_key',
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("token_hash", models.CharField(max_length=64)),
                ("box", models.BinaryField()),
                ("arrived_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Odottaa"), ("taken", "Kirjattu"), ("failed", "Ei voitu kirjata")],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("problem", models.TextField(default="")),
            ],
            options={
                "db_table": 'arrivals"."arrival',
                "ordering": ("id",),
                "indexes": [models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="arrival_waiting")],
            },
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
