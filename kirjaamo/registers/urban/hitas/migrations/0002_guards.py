"""A stored calculation never changes, shares of a sale sum to one, verdicts stay as they were given."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import append_only

NUMBERS = "CREATE SEQUENCE hitas_calculation_number;"

# What a calculation was, stays; only its confirmation, its voiding and the care of the record may come.
A_CALCULATION_NEVER_CHANGES = """
CREATE FUNCTION hitas_a_calculation_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    care CONSTANT text[] := ARRAY['changed_at', 'version', 'voided_at', 'void_reason', 'restricted_at', 'retention_due', 'extras'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - care - 'state' - 'confirmed_at' = to_jsonb(OLD) - care - 'state' - 'confirmed_at'
            AND (OLD.state = 'draft' OR (NEW.state = OLD.state AND NEW.confirmed_at = OLD.confirmed_at))
            AND (OLD.voided_at IS NULL OR NEW.voided_at = OLD.voided_at) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a_calculation_never_changes: calculation % was changed or deleted', OLD.number
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_calculation_never_changes';
END $$;
CREATE TRIGGER hitas_calculation_frozen BEFORE UPDATE OR DELETE ON hitas_maximumpricecalculation
    FOR EACH ROW EXECUTE FUNCTION hitas_a_calculation_never_changes();
CREATE TRIGGER hitas_calculation_no_truncate BEFORE TRUNCATE ON hitas_maximumpricecalculation
    EXECUTE FUNCTION kirjaamo_append_only();
"""

A_CONFIRMED_RUN_NEVER_CHANGES = """
CREATE FUNCTION hitas_a_confirmed_run_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'confirmed' THEN
        RAISE EXCEPTION 'a_confirmed_run_never_changes: run of % was changed or deleted', OLD.quarter
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_confirmed_run_never_changes';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER hitas_run_frozen BEFORE UPDATE OR DELETE ON hitas_regulationrun
    FOR EACH ROW EXECUTE FUNCTION hitas_a_confirmed_run_never_changes();
"""

# Looked at when the transaction ends, since the owners of a sale are rows of their own. Fractions are summed exactly.
SHARES_SUM_TO_ONE = """
CREATE FUNCTION hitas_shares_sum_to_one() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.sale_id ELSE NEW.sale_id END;
    held record;
    top numeric := 0;
    bottom numeric := 1;
    owners int := 0;
BEGIN
    FOR held IN SELECT part, whole FROM hitas_ownership WHERE sale_id = wanted AND voided_at IS NULL LOOP
        top := top * held.whole + held.part * bottom;
        bottom := bottom * held.whole;
        owners := owners + 1;
    END LOOP;
    IF owners > 0 AND top <> bottom THEN
        RAISE EXCEPTION 'shares_sum_to_one: the shares of sale % sum to % of %', wanted, top, bottom
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'shares_sum_to_one';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hitas_ownership_whole AFTER INSERT OR UPDATE OR DELETE ON hitas_ownership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hitas_shares_sum_to_one();
"""


class Migration(migrations.Migration):
    """Triggers and the series of numbers."""

    dependencies = [("hitas", "0001_initial"), ("kernel", "0002_guards")]
    operations = [
        migrations.RunSQL(NUMBERS, migrations.RunSQL.noop),
        migrations.RunSQL(A_CALCULATION_NEVER_CHANGES, migrations.RunSQL.noop),
        migrations.RunSQL(A_CONFIRMED_RUN_NEVER_CHANGES, migrations.RunSQL.noop),
        migrations.RunSQL(SHARES_SUM_TO_ONE, migrations.RunSQL.noop),
        migrations.RunSQL(append_only("hitas_regulationverdict"), migrations.RunSQL.noop),
    ]
