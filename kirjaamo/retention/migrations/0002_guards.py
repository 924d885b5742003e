"""The database keeps what a clock said before, lets no clock vanish or change its thing, and keeps told events as they were told."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import append_only

KEEPS = """
CREATE FUNCTION retention_keep_old_value() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.document_id IS DISTINCT FROM OLD.document_id OR NEW.case_id IS DISTINCT FROM OLD.case_id THEN
        RAISE EXCEPTION 'a_clock_stays: clock % is that of one thing for good', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_clock_stays';
    END IF;
    INSERT INTO retention_clockvalue (clock_id, state, node_id, trigger, trigger_on, start_on, last_day, longest_id, reason,
        reckoned_at, reckoned_by, replaced_at)
    VALUES (OLD.id, OLD.state, OLD.node_id, OLD.trigger, OLD.trigger_on, OLD.start_on, OLD.last_day, OLD.longest_id, OLD.reason,
        OLD.reckoned_at, OLD.reckoned_by, NEW.reckoned_at);
    RETURN NEW;
END $$;
CREATE TRIGGER retention_clock_keeps BEFORE UPDATE OR DELETE ON retention_retentionclock
    FOR EACH ROW EXECUTE FUNCTION retention_keep_old_value();
"""


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("retention", "0001_initial"), ("kernel", "0002_guards")]
    operations = [
        migrations.RunSQL(KEEPS, migrations.RunSQL.noop),
        migrations.RunSQL(append_only("retention_clockvalue"), migrations.RunSQL.noop),
        migrations.RunSQL(append_only("retention_triggerevent"), migrations.RunSQL.noop),
    ]
