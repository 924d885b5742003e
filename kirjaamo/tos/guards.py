"""SQL by which the database holds what the plan promises, and the sentences that people read when it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.errors import Refused

if TYPE_CHECKING:
    from django.db import IntegrityError

SENTENCES: dict[str, object] = {
    "no_two_revisions_of_a_class_hold_at_once": _(
        "Luokalla on jo näinä päivinä voimassa toinen suunnitelma. Valitse myöhempi voimaantulopäivä."
    ),
    "no_two_valid_classes_share_a_code": _("Sama tunnus on näinä päivinä toisella luokalla. Anna luokalle toinen tunnus."),
    "an_approved_revision_never_changes": _("Hyväksyttyä suunnitelmaa ei voi muuttaa. Tee siitä uusi luonnos."),
    "a_revision_starts_as_a_draft": _("Suunnitelma alkaa luonnoksena."),
    "a_revision_is_reviewed_before_it_is_approved": _("Lähetä luonnos ensin tarkastettavaksi."),
    "another_person_approves": _("Luonnosta muokannut ei voi hyväksyä sitä itse. Pyydä toista henkilöä hyväksymään."),
    "only_a_leaf_class_holds_a_process": _("Käsittelyprosessi voi olla vain luokalla, jolla ei ole alaluokkia."),
    "a_class_stands_under_a_class_in_force": _("Yläluokka ei ole voimassa. Hyväksy se ensin."),
    "a_class_is_not_under_itself": _("Luokka ei voi olla itsensä alla."),
    "a_class_with_subclasses_stays": _("Luokalla on voimassa olevia alaluokkia. Poista ne käytöstä ensin."),
    "a_document_type_has_its_rules": _("Jokaisella asiakirjatyypillä on oltava julkisuusluokka, henkilötietoluonne ja säilytysaika."),
    "a_node_stands_under_its_kind": _(
        "Kohta on väärän kohdan alla: toimenpide kuuluu vaiheeseen, asiakirjatyyppi vaiheeseen tai toimenpiteeseen, liite asiakirjaan."
    ),
}
"""By the name of the constraint; the names of check constraints carry their own sentences on the models."""


def refusal(error: IntegrityError) -> Refused:
    """The refusal that a broken constraint of the plan means; an unknown one is raised again as it is."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    sentence = SENTENCES.get(name) or _model_sentences().get(name)
    if sentence is None:
        raise error
    return Refused(sentence, code=f"tos.{name}", section="TiHL 906/2019 26 §")


def refusal_of(name: str) -> Refused:
    """The refusal of a guard that the program meets before the database does."""
    return Refused(SENTENCES.get(name) or _model_sentences()[name], code=f"tos.{name}")


def _model_sentences() -> dict[str, object]:
    from django.apps import apps  # noqa: PLC0415 - models are read when an error is told, migrations import this file

    rules = [rule for model in apps.get_app_config("tos").get_models() for rule in model._meta.constraints]
    return {rule.name: rule.violation_error_message for rule in rules}


VALIDITY = "daterange(valid_from, valid_to + 1, '[)')"

OVERLAPS = f"""
CREATE TYPE kirjaamo_text_range AS RANGE (SUBTYPE = text, COLLATION = "C");
ALTER TABLE tos_classrevision ADD CONSTRAINT no_two_revisions_of_a_class_hold_at_once EXCLUDE USING gist (
    int8range(function_class_id, function_class_id, '[]') WITH &&, {VALIDITY} WITH &&
) WHERE (state IN ('approved', 'retired'));
ALTER TABLE tos_classrevision ADD CONSTRAINT no_two_valid_classes_share_a_code EXCLUDE USING gist (
    kirjaamo_text_range(code, code, '[]') WITH &&, {VALIDITY} WITH &&
) WHERE (state IN ('approved', 'retired'));
"""
"""Core range types only: no extension. A class id and a code are ranges of one value."""

REFUSE_FUNCTION = """
CREATE FUNCTION tos_refuse(sentence text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', sentence USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = sentence;
END $$;
"""

REVISION_FUNCTION = """
CREATE FUNCTION tos_guard_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('draft', 'in_review') THEN PERFORM tos_refuse('a_revision_starts_as_a_draft'); END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.state IN ('approved', 'retired') THEN PERFORM tos_refuse('an_approved_revision_never_changes'); END IF;
        RETURN OLD;
    END IF;
    IF OLD.state IN ('approved', 'retired') THEN
        -- Only its end may come: the last day, and with it the state.
        IF (to_jsonb(NEW) - 'state' - 'valid_to') IS DISTINCT FROM (to_jsonb(OLD) - 'state' - 'valid_to')
            OR NEW.state NOT IN ('approved', 'retired')
            OR (OLD.state = 'retired' AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD))
            OR (OLD.valid_to IS NOT NULL AND (NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to)) THEN
            PERFORM tos_refuse('an_approved_revision_never_changes');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state IN ('approved', 'retired') THEN
        IF OLD.state <> 'in_review' OR NEW.state = 'retired' THEN
            PERFORM tos_refuse('a_revision_is_reviewed_before_it_is_approved');
        END IF;
        PERFORM tos_check_approval(NEW);
    END IF;
    RETURN NEW;
END $$;
"""

APPROVAL_FUNCTION = """
CREATE FUNCTION tos_check_approval(revision tos_classrevision) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    days daterange := daterange(revision.valid_from, revision.valid_to + 1, '[)');
    above bigint := revision.parent_id;
    has_process boolean := EXISTS (SELECT 1 FROM tos_node WHERE revision_id = revision.id);
BEGIN
    -- Approvals stand in a line: each sees the tree that the one before it left.
    PERFORM pg_advisory_xact_lock(hashtext('tos_classrevision'));
    IF revision.edited_by ? revision.approved_by OR revision.drafted_by = revision.approved_by THEN
        PERFORM tos_refuse('another_person_approves');
    END IF;
    IF has_process AND EXISTS (
        SELECT 1 FROM tos_classrevision r WHERE r.parent_id = revision.function_class_id
        AND r.function_class_id <> revision.function_class_id
        AND r.state IN ('approved', 'retired') AND daterange(r.valid_from, r.valid_to + 1, '[)') && days
    ) THEN
        PERFORM tos_refuse('only_a_leaf_class_holds_a_process');
    END IF;
    IF above IS NOT NULL THEN
        IF EXISTS (
            SELECT 1 FROM tos_classrevision r JOIN tos_node n ON n.revision_id = r.id WHERE r.function_class_id = above
            AND r.state IN ('approved', 'retired') AND daterange(r.valid_from, r.valid_to + 1, '[)') && days
        ) THEN
            PERFORM tos_refuse('only_a_leaf_class_holds_a_process');
        END IF;
        IF above = revision.function_class_id THEN PERFORM tos_refuse('a_class_is_not_under_itself'); END IF;
        IF NOT EXISTS (
            SELECT 1 FROM tos_classrevision r WHERE r.function_class_id = above AND r.state IN ('approved', 'retired')
            AND daterange(r.valid_from, r.valid_to + 1, '[)') @> revision.valid_from
        ) THEN
            PERFORM tos_refuse('a_class_stands_under_a_class_in_force');
        END IF;
        FOR depth IN 1..20 LOOP
            SELECT r.parent_id INTO above FROM tos_classrevision r WHERE r.function_class_id = above AND r.state IN ('approved', 'retired')
                AND daterange(r.valid_from, r.valid_to + 1, '[)') @> revision.valid_from LIMIT 1;
            EXIT WHEN above IS NULL;
            IF above = revision.function_class_id THEN PERFORM tos_refuse('a_class_is_not_under_itself'); END IF;
        END LOOP;
    END IF;
    IF EXISTS (
        SELECT 1 FROM tos_node n WHERE n.revision_id = revision.id AND n.kind IN ('document', 'attachment')
        AND (n.publicity = '' OR n.personal = '' OR n.retention_mode = '')
    ) THEN
        PERFORM tos_refuse('a_document_type_has_its_rules');
    END IF;
END $$;
"""

NODE_FUNCTION = """
CREATE FUNCTION tos_guard_node() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state_now text;
    above tos_node;
BEGIN
    -- The share lock waits for an approval under way: its state is seen, or the approval sees this node.
    IF TG_OP <> 'INSERT' THEN
        SELECT state INTO state_now FROM tos_classrevision WHERE id = OLD.revision_id FOR SHARE;
        IF state_now IN ('approved', 'retired') THEN PERFORM tos_refuse('an_approved_revision_never_changes'); END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    END IF;
    SELECT state INTO state_now FROM tos_classrevision WHERE id = NEW.revision_id FOR SHARE;
    IF state_now IN ('approved', 'retired') THEN PERFORM tos_refuse('an_approved_revision_never_changes'); END IF;
    IF NEW.parent_id IS NOT NULL THEN
        SELECT * INTO above FROM tos_node WHERE id = NEW.parent_id;
        IF above.revision_id <> NEW.revision_id OR NOT (CASE NEW.kind
            WHEN 'measure' THEN above.kind = 'stage' OR (above.kind = 'measure' AND EXISTS (
                SELECT 1 FROM tos_node top WHERE top.id = above.parent_id AND top.kind = 'stage'))
            WHEN 'document' THEN above.kind IN ('stage', 'measure')
            WHEN 'attachment' THEN above.kind = 'document'
            ELSE false END) THEN
            PERFORM tos_refuse('a_node_stands_under_its_kind');
        END IF;
    END IF;
    RETURN NEW;
END $$;
"""

STEP_FUNCTION = """
CREATE FUNCTION tos_guard_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM tos_classrevision WHERE id = OLD.revision_id AND state IN ('approved', 'retired')) THEN
        RAISE EXCEPTION 'append_only: % cannot be changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER tos_guard_step BEFORE UPDATE OR DELETE ON tos_revisionstep FOR EACH ROW EXECUTE FUNCTION tos_guard_step();
"""
"""The steps of a draft go with the draft; those of an approved revision stay."""

TRIGGERS = """
CREATE TRIGGER tos_guard_revision BEFORE INSERT OR UPDATE OR DELETE ON tos_classrevision
    FOR EACH ROW EXECUTE FUNCTION tos_guard_revision();
CREATE TRIGGER tos_guard_node BEFORE INSERT OR UPDATE OR DELETE ON tos_node
    FOR EACH ROW EXECUTE FUNCTION tos_guard_node();
"""
