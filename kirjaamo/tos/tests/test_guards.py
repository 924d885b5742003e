"""What the database itself refuses, by SQL too (records.md § 7.8 no. 4, 5, 6 and the rules of a node)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from kirjaamo.kernel.actions import action
from kirjaamo.kernel.errors import Refused
from kirjaamo.tos.guards import SENTENCES, refusal
from kirjaamo.tos.models import ClassRevision, FunctionClass, Node
from kirjaamo.tos.reading import in_force
from kirjaamo.tos.tests.conftest import LOADER, TODAY

pytestmark = pytest.mark.usefixtures("plan")
CODE = "90 01 04"


def sql(statement: str, *values: Any) -> None:
    """Run one statement past every layer of the program."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def refused(name: str) -> Iterator[None]:
    """The database refuses with the constraint of this name, and the program has a sentence for it."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    cause = caught.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert cause.diag.constraint_name == name
    assert isinstance(refusal(caught.value), Refused)
    assert str(refusal(caught.value))


@action("test", needs="tos.edit")
def made(*, actor: object, **values: Any) -> ClassRevision:
    """A revision as a draft."""
    del actor
    facts = {"code": "90 05", "drafted_by": "user:1", "function_class": FunctionClass.of(), "title": {"fi": "Uusi"}} | values
    return ClassRevision.of(**facts)


@action("test", needs="tos.edit")
def node_of(revision: ClassRevision, *, actor: object, **values: Any) -> Node:
    """A node of a draft, under a stage of its own unless it is one."""
    del actor
    facts: dict[str, Any] = {"kind": "stage", "order": 0, "code": f"n{revision.nodes.count()}", "title": {}} | values
    return Node.of(revision=revision, **facts)


def approve_by_sql(revision: ClassRevision, by: str = "user:2", since: dt.date = TODAY) -> None:
    """Review and approve without the program."""
    sql("UPDATE tos_classrevision SET state = 'in_review' WHERE id = %s", revision.pk)
    sql(
        "UPDATE tos_classrevision SET state = 'approved', approved_by = %s, approved_at = now(), valid_from = %s,"
        " content_hash = 'x' WHERE id = %s",
        by,
        since,
        revision.pk,
    )


@pytest.mark.parametrize(
    "change",
    [
        'title = \'{"fi": "Muu"}\'',
        "code = '99'",
        'rules = \'{"publicity": "secret"}\'',
        "valid_from = '2019-01-01'",
        "approved_by = 'user:9'",
        "state = 'draft'",
        "content_hash = ''",
        "number = 7",
    ],
)
def test_an_approved_revision_cannot_change_by_sql(change: str) -> None:
    with refused("an_approved_revision_never_changes"):
        sql(f"UPDATE tos_classrevision SET {change} WHERE id = %s", in_force(CODE, TODAY).pk)  # noqa: S608 - the test's own words


def test_an_approved_revision_cannot_be_deleted_by_sql() -> None:
    revision = in_force(CODE, TODAY)
    with refused("an_approved_revision_never_changes"):
        sql("DELETE FROM tos_classrevision WHERE id = %s", revision.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tos_node SET publicity = 'secret' WHERE revision_id = %s",
        "DELETE FROM tos_node WHERE revision_id = %s AND kind = 'attachment'",
        "INSERT INTO tos_node SELECT (n).* FROM (SELECT n FROM tos_node n WHERE n.revision_id = %s AND kind = 'stage' LIMIT 1) x",
    ],
)
def test_the_nodes_of_an_approved_revision_cannot_change_by_sql(statement: str) -> None:
    with refused("an_approved_revision_never_changes"):
        sql(statement, in_force(CODE, TODAY).pk)


def test_a_node_cannot_be_smuggled_from_a_draft_into_an_approved_revision() -> None:
    draft = made(actor=LOADER)
    node = node_of(draft, actor=LOADER)
    with refused("an_approved_revision_never_changes"):
        sql("UPDATE tos_node SET revision_id = %s WHERE id = %s", in_force(CODE, TODAY).pk, node.pk)


def test_nobody_is_born_approved_or_approved_without_review() -> None:
    with refused("a_revision_starts_as_a_draft"):
        made(state="approved", approved_by="user:2", approved_at=dt.datetime.now(dt.UTC), valid_from=TODAY, content_hash="x", actor=LOADER)
    draft = made(actor=LOADER)
    with refused("a_revision_is_reviewed_before_it_is_approved"):
        sql(
            "UPDATE tos_classrevision SET state='approved', approved_by='user:2', approved_at=now(), valid_from=now(),"
            " content_hash='x' WHERE id=%s",
            draft.pk,
        )


def test_who_drafted_or_edited_cannot_approve_by_sql() -> None:
    with refused("another_person_approves"):
        approve_by_sql(made(actor=LOADER), by="user:1")
    with refused("another_person_approves"):
        approve_by_sql(made(actor=LOADER, edited_by=["user:1", "user:2"]), by="user:2")


def test_two_revisions_of_a_class_cannot_hold_on_one_day() -> None:
    held = in_force(CODE, TODAY)
    with refused("no_two_revisions_of_a_class_hold_at_once"):
        approve_by_sql(made(actor=LOADER, function_class=held.function_class, number=2, code="90 06"))


def test_two_classes_cannot_bear_one_code_on_one_day() -> None:
    with refused("no_two_valid_classes_share_a_code"):
        approve_by_sql(made(actor=LOADER, code=CODE))


def test_a_code_may_be_borne_again_after_its_class_has_ended() -> None:
    held = in_force(CODE, TODAY)
    sql("UPDATE tos_classrevision SET valid_to = %s, state = 'retired' WHERE id = %s", TODAY - dt.timedelta(days=1), held.pk)
    other = made(actor=LOADER, code=CODE)
    approve_by_sql(other)
    assert in_force(CODE, TODAY) == other
    assert in_force(CODE, TODAY - dt.timedelta(days=1)) == held


def test_a_last_day_may_only_come_nearer_and_a_retired_revision_stands_still() -> None:
    held = in_force(CODE, TODAY)
    sql("UPDATE tos_classrevision SET valid_to = %s WHERE id = %s", TODAY, held.pk)
    with refused("an_approved_revision_never_changes"):
        sql("UPDATE tos_classrevision SET valid_to = NULL WHERE id = %s", held.pk)
    sql("UPDATE tos_classrevision SET state = 'retired' WHERE id = %s", held.pk)
    with refused("an_approved_revision_never_changes"):
        sql("UPDATE tos_classrevision SET state = 'approved' WHERE id = %s", held.pk)
    with refused("a_retired_revision_has_its_last_day"):
        sql("UPDATE tos_classrevision SET state = 'retired' WHERE id = %s", in_force("90 01", TODAY).pk)


def test_only_a_leaf_holds_a_process() -> None:
    leaf, branch = in_force(CODE, TODAY), in_force("90 01", TODAY)
    with refused("only_a_leaf_class_holds_a_process"):
        approve_by_sql(made(actor=LOADER, code="90 01 04 00", parent=leaf.function_class))
    sql("UPDATE tos_classrevision SET valid_to = %s, state = 'retired' WHERE id = %s", TODAY - dt.timedelta(days=1), branch.pk)
    heavy = made(actor=LOADER, function_class=branch.function_class, number=2, code="90 01", parent=branch.parent)
    node_of(heavy, actor=LOADER)
    with refused("only_a_leaf_class_holds_a_process"):
        approve_by_sql(heavy)


def test_a_class_stands_under_a_class_in_force_and_never_under_itself() -> None:
    unborn = made(actor=LOADER)
    with refused("a_class_stands_under_a_class_in_force"):
        approve_by_sql(made(actor=LOADER, code="90 05 00", parent=unborn.function_class))
    top, branch = in_force("90", TODAY), in_force("90 01", TODAY)
    sql("UPDATE tos_classrevision SET valid_to = %s, state = 'retired' WHERE id = %s", TODAY - dt.timedelta(days=1), top.pk)
    with refused("a_class_is_not_under_itself"):
        approve_by_sql(made(actor=LOADER, function_class=top.function_class, number=2, code="90", parent=branch.function_class))


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"retention_mode": "years", "retention_years": 5}, "years_need_a_trigger"),
        ({"retention_mode": "years", "retention_trigger": "case_resolved"}, "years_need_a_trigger"),
        ({"retention_mode": "event", "retention_trigger": "death", "retention_years": 2}, "retention_until_an_event_names_the_event"),
        ({"retention_mode": "permanent", "retention_years": 5}, "permanent_retention_has_no_years_and_no_trigger"),
        ({"retention_mode": "permanent", "retention_trigger": "death"}, "permanent_retention_has_no_years_and_no_trigger"),
        ({"publicity": "secret"}, "a_secret_node_has_a_ground"),
        ({"publicity": "partly_secret"}, "a_secret_node_has_a_ground"),
        ({"publicity": "secret", "grounds": ["JulkL-24-1-25"]}, "a_secret_node_has_a_start_and_an_end"),
        (
            {"publicity": "secret", "grounds": ["JulkL-24-1-25"], "secrecy_end": "years", "secrecy_years": 25},
            "a_secret_node_has_a_start_and_an_end",
        ),
        (
            {"publicity": "secret", "grounds": ["x"], "secrecy_end": "years", "secrecy_start": "document_date"},
            "secrecy_in_years_has_its_years",
        ),
        (
            {"publicity": "secret", "grounds": ["x"], "secrecy_end": "from_death", "secrecy_start": "death", "secrecy_years": 50},
            "secrecy_from_death_has_years_and_a_fallback",
        ),
        (
            {"publicity": "secret", "grounds": ["x"], "secrecy_end": "event", "secrecy_start": "event"},
            "secrecy_until_an_event_names_the_event",
        ),
        (
            {"publicity": "secret", "grounds": ["x"], "secrecy_end": "permanent", "secrecy_start": "document_date"},
            "permanent_secrecy_rests_on_a_special_act",
        ),
        ({"archiving": "archive"}, "archiving_rests_on_a_decision"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused_by_name(values: dict[str, Any], name: str) -> None:
    draft = made(actor=LOADER)
    with refused(name):
        node_of(draft, actor=LOADER, **values)


def test_a_document_type_without_its_rules_is_not_approved() -> None:
    draft = made(actor=LOADER)
    stage = node_of(draft, actor=LOADER)
    node_of(draft, actor=LOADER, kind="document", parent=stage, order=1)
    with refused("a_document_type_has_its_rules"):
        approve_by_sql(draft)


def test_a_node_stands_under_its_kind() -> None:
    draft = made(actor=LOADER)
    stage = node_of(draft, actor=LOADER)
    measure = node_of(draft, actor=LOADER, kind="measure", parent=stage)
    inner = node_of(draft, actor=LOADER, kind="measure", parent=measure)
    document = node_of(draft, actor=LOADER, kind="document", parent=inner)
    node_of(draft, actor=LOADER, kind="attachment", parent=document)
    for kind, parent in (("measure", inner), ("measure", document), ("document", document), ("attachment", stage), ("attachment", measure)):
        with refused("a_node_stands_under_its_kind"):
            node_of(draft, actor=LOADER, kind=kind, parent=parent)
    other = node_of(made(actor=LOADER, code="90 07"), actor=LOADER)
    with refused("a_node_stands_under_its_kind"):
        node_of(draft, actor=LOADER, kind="measure", parent=other)
    with refused("a_node_stands_under_its_kind"):
        sql("UPDATE tos_node SET parent_id = %s WHERE id = %s", inner.pk, measure.pk)


def test_one_draft_of_a_class_at_a_time() -> None:
    draft = made(actor=LOADER)
    with refused("one_draft_of_a_class_at_a_time"):
        made(actor=LOADER, function_class=draft.function_class, number=2)


def test_history_and_editions_are_append_only() -> None:
    for statement in ("UPDATE tos_revisionstep SET note = 'x'", "DELETE FROM tos_revisionstep", "DELETE FROM tos_editionrow"):
        with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
            sql(statement)


def test_every_sentence_names_a_guard_that_exists() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(pg_get_functiondef(oid), ' ') FROM pg_proc WHERE proname LIKE 'tos_%%'")
        functions = cursor.fetchone()[0]
        cursor.execute("SELECT conname FROM pg_constraint")
        names = {row[0] for row in cursor.fetchall()}
    missing = {name for name in SENTENCES if name not in names and name not in functions}
    assert missing == {"a_class_with_subclasses_stays"}  # held by the action under the tree's lock
