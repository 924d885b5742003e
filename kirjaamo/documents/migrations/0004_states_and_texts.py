"""A signed or sent document stays so and gets no version; decisions and copies stay; a file comes with the row of its text."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import append_only

TEXT_ROW = """
CREATE FUNCTION documents_text_of_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO documents_filetext (file_id, state, scan, found, text, names, problem, warnings, attempts)
        SELECT id, 'waiting', 'waiting', '', '', '[]', '', '[]', 0 FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER documents_file_text AFTER INSERT ON documents_file REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION documents_text_of_file();
INSERT INTO documents_filetext (file_id, state, scan, found, text, names, problem, warnings, attempts)
    SELECT id, 'waiting', 'waiting', '', '', '[]', '', '[]', 0 FROM documents_file;
"""
STATES = """
CREATE FUNCTION documents_state_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.state = 'sent' AND NEW.state <> 'sent') OR (OLD.state = 'signed' AND NEW.state NOT IN ('signed', 'sent')) THEN
        RAISE EXCEPTION 'a_bound_document_stays: a signed or sent document does not go back'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_document_state BEFORE UPDATE OF state ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_state_stays();
CREATE FUNCTION documents_version_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version > 1 AND EXISTS (SELECT 1 FROM documents_document d WHERE d.id = NEW.document_id
            AND (d.state IN ('signed', 'sent') OR d.direction = 'incoming')) THEN
        RAISE EXCEPTION 'a_bound_document_gets_no_version: what is signed, sent or came in stays as it is'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_file_version BEFORE INSERT ON documents_file
    FOR EACH ROW WHEN (NEW.version > 1) EXECUTE FUNCTION documents_version_allowed();
"""


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("documents", "0003_texts_and_decisions"), ("kernel", "0002_guards")]
    operations = [
        migrations.RunSQL(append_only("documents_metadatadecision"), migrations.RunSQL.noop),
        migrations.RunSQL(append_only("documents_givencopy"), migrations.RunSQL.noop),
        migrations.RunSQL(TEXT_ROW, migrations.RunSQL.noop),
        migrations.RunSQL(STATES, migrations.RunSQL.noop),
    ]
