"""A wrong class is corrected by a recorded act with its reason, by which alone a case leaves the class that it was registered in."""

from __future__ import annotations

from django.db import migrations, models

CORRECTIONS = """
CREATE OR REPLACE FUNCTION cases_a_case_moves_by_an_act() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told record;
BEGIN
    SELECT kind, revision_id, note INTO told FROM cases_caseevent
        WHERE case_id = NEW.id AND kind IN ('moved_to_revision', 'class_corrected') ORDER BY id DESC LIMIT 1;
    IF NEW.revision_id IS DISTINCT FROM told.revision_id THEN
        RAISE EXCEPTION 'a_move_is_recorded: case % has no event that names its new revision', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_move_is_recorded';
    END IF;
    IF told.kind = 'class_corrected' THEN
        IF OLD.state = 'closed' OR told.note = '' OR NOT EXISTS (
            SELECT 1 FROM tos_classrevision WHERE id = NEW.revision_id AND state IN ('approved', 'retired')
        ) THEN
            RAISE EXCEPTION 'a_correction_has_its_reason: case % is corrected only while open, with a reason, to an approved plan', OLD.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_correction_has_its_reason';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'closed' OR NOT EXISTS (
        SELECT 1 FROM tos_classrevision later JOIN tos_classrevision former ON former.id = OLD.revision_id
        WHERE later.id = NEW.revision_id AND later.function_class_id = former.function_class_id
        AND later.number > former.number AND later.state IN ('approved', 'retired')
    ) THEN
        RAISE EXCEPTION 'a_case_moves_only_forward: case % may follow only a newer approved revision of its class', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_case_moves_only_forward';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION cases_a_moved_event_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT revision_id FROM cases_case WHERE id = NEW.case_id) IS DISTINCT FROM (
        SELECT revision_id FROM cases_caseevent WHERE case_id = NEW.case_id AND kind IN ('moved_to_revision', 'class_corrected')
        ORDER BY id DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION 'a_move_is_recorded: case % does not follow the revision that its history names', NEW.case_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_move_is_recorded';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER cases_caseevent_moves ON cases_caseevent;
CREATE CONSTRAINT TRIGGER cases_caseevent_moves AFTER INSERT ON cases_caseevent DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.kind IN ('moved_to_revision', 'class_corrected')) EXECUTE FUNCTION cases_a_moved_event_moves();
"""
KINDS = ("moved_to_revision", "class_corrected")


class Migration(migrations.Migration):
    """A recorded way out of a wrong class."""

    dependencies = [("cases", "0007_arrivals")]
    operations = [
        migrations.RemoveConstraint(model_name="caseevent", name="a_move_names_its_revision"),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=(models.Q(kind__in=KINDS) & ~models.Q(revision=None)) | (~models.Q(kind__in=KINDS) & models.Q(revision=None)),
                name="a_move_names_its_revision",
                violation_error_message="Siirrosta uudempaan suunnitelmaan on kirjattava, mihin versioon asia siirtyi.",
            ),
        ),
        migrations.RunSQL(CORRECTIONS, migrations.RunSQL.noop),
    ]
