"""A case follows the plan by which it was opened, until a recorded move takes it to a newer revision of its class (records.md § 7.3).

The pinned revision and the history agree at every commit: the revision changes only to the one that the last event of kind
`moved_to_revision` names, that event is append-only, and an event without its change is refused.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from kirjaamo.kernel.guards import immutable_columns

MOVES = """
DROP TRIGGER cases_case_immutable ON cases_case;
CREATE FUNCTION cases_a_case_moves_by_an_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'closed' OR NOT EXISTS (
        SELECT 1 FROM tos_classrevision later JOIN tos_classrevision former ON former.id = OLD.revision_id
        WHERE later.id = NEW.revision_id AND later.function_class_id = former.function_class_id
        AND later.number > former.number AND later.state IN ('approved', 'retired')
    ) THEN
        RAISE EXCEPTION 'a_case_moves_only_forward: case % may follow only a newer approved revision of its class', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_case_moves_only_forward';
    END IF;
    IF NEW.revision_id IS DISTINCT FROM (
        SELECT revision_id FROM cases_caseevent WHERE case_id = NEW.id AND kind = 'moved_to_revision' ORDER BY id DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION 'a_move_is_recorded: case % has no event that names its new revision', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_move_is_recorded';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_case_moves BEFORE UPDATE OF revision_id ON cases_case
    FOR EACH ROW WHEN (NEW.revision_id IS DISTINCT FROM OLD.revision_id) EXECUTE FUNCTION cases_a_case_moves_by_an_act();

CREATE FUNCTION cases_a_moved_event_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT revision_id FROM cases_case WHERE id = NEW.case_id) IS DISTINCT FROM (
        SELECT revision_id FROM cases_caseevent WHERE case_id = NEW.case_id AND kind = 'moved_to_revision' ORDER BY id DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION 'a_move_is_recorded: case % does not follow the revision that its history names', NEW.case_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_move_is_recorded';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cases_caseevent_moves AFTER INSERT ON cases_caseevent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'moved_to_revision') EXECUTE FUNCTION cases_a_moved_event_moves();
"""


class Migration(migrations.Migration):
    """A recorded way to a newer revision."""

    dependencies = [("cases", "0002_guards"), ("tos", "0002_guards")]
    operations = [
        migrations.AddField(
            model_name="caseevent",
            name="revision",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="tos.classrevision"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "moved_to_revision"), models.Q(("revision", None), _negated=True)),
                    models.Q(models.Q(("kind", "moved_to_revision"), _negated=True), ("revision", None)),
                    _connector="OR",
                ),
                name="a_move_names_its_revision",
                violation_error_message="Siirrosta uudempaan suunnitelmaan on kirjattava, mihin versioon asia siirtyi.",
            ),
        ),
        migrations.RunSQL(MOVES, migrations.RunSQL.noop),
        migrations.RunSQL(
            immutable_columns("cases_case", "identifier", "series", "number", "initiated_at", "registered_at"), migrations.RunSQL.noop
        ),
    ]
