"""Loading a pack: content, templates, constancy, and what is wrong named with its place."""

from __future__ import annotations

import datetime as dt

import pytest

from kirjaamo.kernel.packs import PackError, read_pack
from kirjaamo.testing import HELSINKI
from kirjaamo.tos.actions import load_plan
from kirjaamo.tos.models import ClassRevision, CodeValue, Node, NodeKind, RevisionState
from kirjaamo.tos.reading import in_force, next_nodes, node
from kirjaamo.tos.tests.conftest import CLASSES, LOADER, PROCESS, RULES, pack_of

ON = dt.date(2026, 1, 1)


@pytest.mark.usefixtures("plan")
def test_rules_are_inherited_once_and_stored() -> None:
    revision = in_force("90 01 04", ON)
    request = node(revision, NodeKind.DOCUMENT, "request")
    assert (request.publicity, request.retention_years, request.said) == ("public", 10, {})
    mandate = node(revision, NodeKind.ATTACHMENT, "mandate")
    assert (mandate.secrecy_end, mandate.secrecy_years, mandate.secrecy_fallback_years, mandate.secrecy_start) == (
        "from_death",
        50,
        100,
        "death",
    )
    decision = node(revision, NodeKind.DOCUMENT, "decision")
    assert (decision.retention_mode, decision.retention_years, decision.retention_trigger) == ("permanent", None, "")
    assert decision.archiving == "undecided"


@pytest.mark.usefixtures("plan")
def test_the_tree_of_nodes_stands_in_order() -> None:
    nodes = list(in_force("90 01 04", ON).nodes.order_by("order"))
    assert [one.code for one in nodes] == ["initiation", "arrival", "request", "mandate", "decision", "decision"]
    assert [one.parent.code if one.parent else None for one in nodes] == [None, "initiation", "arrival", "request", None, "decision"]


@pytest.mark.usefixtures("plan")
def test_loading_again_changes_nothing() -> None:
    assert load_plan(pack_of(*CLASSES, processes=(PROCESS,)), actor=LOADER, on=ON) == 0
    assert ClassRevision.objects.filter(code__startswith="90").count() == 3


@pytest.mark.usefixtures("plan")
def test_a_changed_process_becomes_a_new_revision_with_the_same_keys() -> None:
    before = in_force("90 01 04", ON)
    changed = {**PROCESS, "rules": {**RULES, "retention_years": 5}}
    assert load_plan(pack_of(*CLASSES, processes=(changed,)), actor=LOADER, on=ON) == 1
    after = in_force("90 01 04", ON)
    assert after.number == 2
    assert {one.key for one in after.nodes.all()} == {one.key for one in before.nodes.all()}
    before.refresh_from_db()
    assert (before.state, before.valid_to) == (RevisionState.RETIRED, dt.date(2025, 12, 31))
    assert in_force("90 01 04", dt.date(2025, 12, 31)) == before


@pytest.mark.usefixtures("plan")
def test_a_change_on_the_first_day_replaces_without_overlap() -> None:
    load_plan(pack_of(*CLASSES, processes=({**PROCESS, "rules": {**RULES, "retention_years": 5}},)), actor=LOADER, on=dt.date(2020, 1, 1))
    assert in_force("90 01 04", dt.date(2020, 1, 1)).number == 2


@pytest.mark.django_db
def test_a_template_gives_its_nodes_and_the_process_its_own() -> None:
    template = {"code": "short", "rules": RULES, "node": [{"kind": "stage", "code": "initiation", "title": {"fi": "Vireilletulo"}}]}
    process = {
        "class": "90 01 04",
        "template": "short",
        "node": [{"kind": "document", "code": "request", "stage": "initiation", "title": {"fi": "Pyyntö"}, "source": "TiHL 26 §"}],
    }
    load_plan(pack_of(*CLASSES, processes=(process,), templates=(template,)), actor=LOADER, on=ON)
    revision = in_force("90 01 04", ON)
    assert (revision.template, [one.code for one in revision.nodes.order_by("order")]) == ("short", ["initiation", "request"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rules": {**RULES, "publicity": "secret"}}, "a_secret_node_has_a_ground"),
        ({"rules": {**RULES, "publicity": "secret", "grounds": ["JulkL-99"]}}, "unknown_ground"),
        ({"rules": {**RULES, "retention_trigger": ""}}, "years_need_a_trigger"),
        ({"rules": {**RULES, "retention_trigger": "whim"}}, "unknown_trigger"),
        ({"rules": {**RULES, "archiving": "archive"}}, "archiving_rests_on_a_decision"),
        ({"rules": {**RULES, "secrecy": 1}}, "unknown_rule_field"),
        ({"rules": {"publicity": "public"}}, "a_document_type_has_its_rules"),
        ({"template": "nowhere"}, "template 'nowhere'"),
        ({"node": [{"kind": "document", "code": "x", "title": {}}]}, "stands under nothing"),
        ({"node": [{"kind": "document", "code": "x", "stage": "late", "title": {}}]}, "does not stand before it"),
        ({"node": [{"kind": "step", "code": "x", "title": {}}]}, "unknown kind"),
        ({"class": "98"}, "its class 98 is not in the pack"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_loaded(change: dict[str, object], words: str) -> None:
    with pytest.raises(PackError, match=words):
        load_plan(pack_of(*CLASSES, processes=({**PROCESS, **change},)), actor=LOADER, on=ON)
    assert not ClassRevision.objects.filter(code__startswith="90").exists()
    assert not Node.objects.filter(revision__code__startswith="90").exists()


@pytest.mark.django_db
def test_a_child_before_its_parent_and_two_rows_of_one_code_are_refused() -> None:
    with pytest.raises(PackError, match="does not stand before it"):
        load_plan(pack_of(*reversed(CLASSES)), actor=LOADER, on=ON)
    with pytest.raises(PackError, match="two classes have this code"):
        load_plan(pack_of(CLASSES[0], CLASSES[0]), actor=LOADER, on=ON)


@pytest.mark.usefixtures("plan")
def test_code_lists_carry_the_crosswalk() -> None:
    partly = CodeValue.objects.get(list_name="PublicityClass", code="partly_secret")
    assert (partly.jhs191, partly.sahke2) == ("2", "Osittain salassapidettävä")
    assert CodeValue.objects.filter(list_name="RecordType").count() == 99


@pytest.mark.django_db
def test_the_citys_own_pack_stands_in_every_test_database_and_loads_again_as_nothing() -> None:
    pack = read_pack(HELSINKI)
    assert ClassRevision.objects.in_force(ON).count() == len(pack.items("class"))
    assert load_plan(pack, actor=LOADER, on=ON) == 0


@pytest.mark.usefixtures("plan")
def test_what_a_case_may_do_next() -> None:
    revision = in_force("90 01 04", ON)
    assert [one.code for one in next_nodes(revision, "")] == ["initiation", "decision"]
    request = node(revision, NodeKind.DOCUMENT, "request")
    assert [one.code for one in next_nodes(revision, "initiation", {request.key})] == ["arrival", "decision"]
