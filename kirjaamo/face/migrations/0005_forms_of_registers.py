"""A box may hold what a form of a register tells."""

from __future__ import annotations

from django.db import migrations, models

SMALL, LARGE, MOST, MOST_BYTES = 100_000, 32_000_000, 10_000, 2_000_000_000

DEPOSIT = f"""
CREATE OR REPLACE FUNCTION arrivals.deposit(new_key uuid, new_kind text, new_hash text, new_box bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, arrivals AS $$
BEGIN
    IF new_kind NOT IN ('request', 'record', 'matter', 'reply', 'wish', 'fetched') OR new_hash !~ '^[0-9a-f]{{64}}$'
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
    """The function, and the kinds of boxes."""

    dependencies = [
        ("face", "0004_following"),
    ]

    operations = [
        migrations.AlterField(
            model_name="arrival",
            name="kind",
            field=models.CharField(
                choices=[
                    ("request", "Tietopyyntö"),
                    ("record", "Rekisterin lomake"),
                    ("matter", "Asia tai asiakirja"),
                    ("reply", "Viesti tietopyyntöön"),
                    ("wish", "Päätöksen pyytäminen"),
                    ("fetched", "Asiakirjan noutaminen"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunSQL(DEPOSIT, migrations.RunSQL.noop),
    ]
