"""History is append-only; an identifier never changes, is never reused, and no number of a series is lost; a case has its initiator."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import append_only, immutable_columns

A_CASE_STAYS = """
CREATE FUNCTION cases_a_case_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a_case_stays: the row of a case is never deleted, so that its number stays accounted for'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_case_stays';
END $$;
CREATE TRIGGER cases_case_stays BEFORE DELETE ON cases_case FOR EACH ROW EXECUTE FUNCTION cases_a_case_stays();
CREATE TRIGGER cases_case_no_truncate BEFORE TRUNCATE ON cases_case EXECUTE FUNCTION cases_a_case_stays();
"""

A_SERIES_ONLY_GROWS = """
CREATE FUNCTION cases_a_series_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.last = OLD.last + 1 AND NEW.key = OLD.key THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a_series_only_grows: numbers of % are taken one by one and never given again', OLD.key
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_series_only_grows';
END $$;
CREATE TRIGGER cases_numberseries_grows BEFORE UPDATE OR DELETE ON cases_numberseries
    FOR EACH ROW EXECUTE FUNCTION cases_a_series_only_grows();
"""

# TiHL 906/2019 § 26.5 item 1. Looked at when the transaction ends, since the parties are rows of their own.
A_CASE_HAS_AN_INITIATOR = """
CREATE FUNCTION cases_a_case_has_an_initiator() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint;
BEGIN
    IF TG_TABLE_NAME = 'cases_case' THEN
        wanted := NEW.id;
    ELSE
        wanted := OLD.case_id;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM cases_caseparty WHERE case_id = wanted AND role = 'initiator') THEN
        RAISE EXCEPTION 'a_case_has_an_initiator: case % has nobody who brought it up', wanted
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_case_has_an_initiator';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cases_case_initiator AFTER INSERT ON cases_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_a_case_has_an_initiator();
CREATE CONSTRAINT TRIGGER cases_caseparty_initiator AFTER UPDATE OR DELETE ON cases_caseparty
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_a_case_has_an_initiator();
"""


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("cases", "0001_initial"), ("kernel", "0002_guards")]
    operations = [
        migrations.RunSQL(append_only("cases_caseevent"), migrations.RunSQL.noop),
        migrations.RunSQL(
            immutable_columns("cases_case", "identifier", "series", "number", "revision_id", "initiated_at", "registered_at"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(A_CASE_STAYS, migrations.RunSQL.noop),
        migrations.RunSQL(A_SERIES_ONLY_GROWS, migrations.RunSQL.noop),
        migrations.RunSQL(A_CASE_HAS_AN_INITIATOR, migrations.RunSQL.noop),
    ]
