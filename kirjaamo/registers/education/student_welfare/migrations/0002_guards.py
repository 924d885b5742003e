"""Entries, disclosures and the use log are added to and never changed; a row goes only when its retention has ended."""

from __future__ import annotations

from django.db import migrations

# Of a row only the care of the record may change: a restriction (GDPR 18) and the day of destruction.
NEVER_CHANGED = """
CREATE FUNCTION student_welfare_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    care CONSTANT text[] := ARRAY['changed_at', 'version', 'restricted_at', 'retention_due'];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - care = to_jsonb(OLD) - care THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND OLD.retention_due < current_date THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'only_added_to: % is corrected by a new row and destroyed when its retention has ended', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'only_added_to';
END $$;
"""
TABLES = (
    "socialnote",
    "socialdisclosure",
    "socialuse",
    "psychologynote",
    "psychologydisclosure",
    "psychologyuse",
    "groupreport",
    "groupdisclosure",
    "groupuse",
)


def _trigger(table: str) -> str:
    name = f"student_welfare_{table}"
    return (
        f"CREATE TRIGGER {name}_only_added_to BEFORE UPDATE OR DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION student_welfare_only_added_to();"
        f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} EXECUTE FUNCTION kirjaamo_append_only();"
    )


class Migration(migrations.Migration):
    """Add the guards."""

    dependencies = (("student_welfare", "0001_initial"),)
    operations = (migrations.RunSQL([NEVER_CHANGED, *map(_trigger, TABLES)], migrations.RunSQL.noop),)
