"""A decision that was made stays as it is: only its state and version may change (HL 434/2003 § 50: an error is corrected by another)."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import append_only

A_MADE_DECISION_STAYS = """
CREATE FUNCTION decisions_a_made_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' AND TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state <> 'draft'
        AND to_jsonb(NEW) - 'state' - 'version' = to_jsonb(OLD) - 'state' - 'version' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a_made_decision_stays: decision % was made and never changes', OLD.id
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_made_decision_stays';
END $$;
CREATE TRIGGER decisions_decision_stays BEFORE UPDATE OR DELETE ON decisions_decision
    FOR EACH ROW EXECUTE FUNCTION decisions_a_made_decision_stays();
"""


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("decisions", "0001_initial"), ("kernel", "0002_guards")]
    operations = [
        migrations.RunSQL(A_MADE_DECISION_STAYS, migrations.RunSQL.noop),
        migrations.RunSQL(append_only("decisions_service"), migrations.RunSQL.noop),
        migrations.RunSQL(append_only("decisions_appealtime"), migrations.RunSQL.noop),
    ]
