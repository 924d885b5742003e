"""The database keeps holds and campaigns as they were decided, keeps whether a clock was held, and lets nothing held be deleted."""

from __future__ import annotations

from django.db import migrations

from kirjaamo.kernel.guards import append_only

KEEPS = """
CREATE OR REPLACE FUNCTION retention_keep_old_value() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.document_id IS DISTINCT FROM OLD.document_id OR NEW.case_id IS DISTINCT FROM OLD.case_id THEN
        RAISE EXCEPTION 'a_clock_stays: clock % is that of one thing for good', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_clock_stays';
    END IF;
    INSERT INTO retention_clockvalue (clock_id, state, node_id, trigger, trigger_on, start_on, last_day, longest_id, held, campaign_id,
        reason, reckoned_at, reckoned_by, replaced_at)
    VALUES (OLD.id, OLD.state, OLD.node_id, OLD.trigger, OLD.trigger_on, OLD.start_on, OLD.last_day, OLD.longest_id, OLD.held,
        OLD.campaign_id, OLD.reason, OLD.reckoned_at, OLD.reckoned_by, NEW.reckoned_at);
    RETURN NEW;
END $$;
"""
HOLDS = """
CREATE FUNCTION retention_hold_is_only_lifted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR (NEW.kind, NEW.function_class_id, NEW.ground, NEW.source, NEW.placed_at, NEW.placed_by)
            IS DISTINCT FROM (OLD.kind, OLD.function_class_id, OLD.ground, OLD.source, OLD.placed_at, OLD.placed_by)
        OR OLD.lifted_at IS NOT NULL AND (NEW.lifted_at, NEW.lifted_by, NEW.lifted_reason)
            IS DISTINCT FROM (OLD.lifted_at, OLD.lifted_by, OLD.lifted_reason) THEN
        RAISE EXCEPTION 'a_hold_is_only_lifted: hold % changes only by being lifted, once', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_hold_is_only_lifted';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER retention_hold_is_only_lifted BEFORE UPDATE OR DELETE ON retention_hold
    FOR EACH ROW EXECUTE FUNCTION retention_hold_is_only_lifted();
CREATE FUNCTION retention_hold_has_a_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.function_class_id IS NULL) <> EXISTS (SELECT 1 FROM retention_holditem WHERE hold_id = NEW.id) THEN
        RAISE EXCEPTION 'a_hold_covers_a_class_or_named_things: hold %', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_hold_covers_a_class_or_named_things';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER retention_hold_has_a_scope AFTER INSERT ON retention_hold DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION retention_hold_has_a_scope();
CREATE FUNCTION retention_hold_takes_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM retention_hold WHERE id = NEW.hold_id AND (lifted_at IS NOT NULL OR function_class_id IS NOT NULL)) THEN
        RAISE EXCEPTION 'a_hold_covers_a_class_or_named_things: hold %', NEW.hold_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_hold_covers_a_class_or_named_things';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER retention_hold_takes_no_more BEFORE INSERT ON retention_holditem
    FOR EACH ROW EXECUTE FUNCTION retention_hold_takes_no_more();
"""
DELETES = """
CREATE FUNCTION retention_document_is_held(document bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM retention_holditem i JOIN retention_hold h ON h.id = i.hold_id WHERE i.document_id = document AND h.lifted_at IS NULL
    ) OR EXISTS (
        SELECT 1 FROM cases_casedocument cd
        JOIN cases_case c ON c.id = cd.case_id
        JOIN tos_classrevision r ON r.id = c.revision_id
        JOIN retention_hold h ON h.lifted_at IS NULL AND (
            EXISTS (SELECT 1 FROM retention_holditem i WHERE i.hold_id = h.id AND i.case_id = c.id)
            OR EXISTS (
                SELECT 1 FROM tos_classrevision w WHERE w.function_class_id = h.function_class_id AND w.state IN ('approved', 'retired')
                AND (w.function_class_id = r.function_class_id OR starts_with(r.code, w.code || ' '))
            )
        )
        WHERE cd.document_id = document
    )
$$;
CREATE FUNCTION retention_held_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    document bigint := CASE TG_ARGV[0] WHEN 'id' THEN OLD.id ELSE (to_jsonb(OLD) ->> TG_ARGV[0])::bigint END;
BEGIN
    IF retention_document_is_held(document) THEN
        RAISE EXCEPTION 'a_held_document_is_not_destroyed: document %', document
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_held_document_is_not_destroyed';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER retention_held_document_stays BEFORE DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION retention_held_stays('id');
CREATE TRIGGER retention_held_file_stays BEFORE DELETE ON documents_file
    FOR EACH ROW EXECUTE FUNCTION retention_held_stays('document_id');
CREATE TRIGGER retention_held_paper_stays BEFORE DELETE ON cases_casedocument
    FOR EACH ROW EXECUTE FUNCTION retention_held_stays('document_id');
"""
CAMPAIGNS = """
CREATE FUNCTION retention_campaign_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT 1 FROM tos_classrevision WHERE id = NEW.revision_id AND state IN ('approved', 'retired')) THEN
            RAISE EXCEPTION 'a_campaign_rests_on_an_approved_revision: revision %', NEW.revision_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_campaign_rests_on_an_approved_revision';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE'
        OR (NEW.revision_id, NEW.reason, NEW.norm, NEW.drafted_by, NEW.drafted_at)
            IS DISTINCT FROM (OLD.revision_id, OLD.reason, OLD.norm, OLD.drafted_by, OLD.drafted_at)
        OR OLD.state <> 'proposed' AND (NEW.state, NEW.decided_by, NEW.decided_at, NEW.decided_note)
            IS DISTINCT FROM (OLD.state, OLD.decided_by, OLD.decided_at, OLD.decided_note) THEN
        RAISE EXCEPTION 'a_campaign_stays_as_decided: campaign %', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_campaign_stays_as_decided';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER retention_campaign_stays BEFORE INSERT OR UPDATE OR DELETE ON retention_campaign
    FOR EACH ROW EXECUTE FUNCTION retention_campaign_stays();
CREATE FUNCTION retention_campaign_rule_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM retention_campaign ca JOIN tos_node n ON n.revision_id = ca.revision_id
        WHERE ca.id = NEW.campaign_id AND n.id = NEW.node_id AND ca.state = 'proposed'
    ) THEN
        RAISE EXCEPTION 'a_campaign_takes_rules_of_its_revision_until_decided: campaign %', NEW.campaign_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_campaign_takes_rules_of_its_revision_until_decided';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER retention_campaign_rule_fits BEFORE INSERT ON retention_campaignrule
    FOR EACH ROW EXECUTE FUNCTION retention_campaign_rule_fits();
"""


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("retention", "0003_holds_and_campaigns"), ("kernel", "0002_guards")]
    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (KEEPS, HOLDS, DELETES, CAMPAIGNS, append_only("retention_holditem"), append_only("retention_campaignrule"))
    ]
