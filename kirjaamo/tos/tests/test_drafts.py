"""Drafts: what is copied, who may approve, what changes, and what a draft would touch (records.md § 7.8 no. 1–6)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, PartyRole
from kirjaamo.kernel.errors import Conflict, NotAllowed, Refused
from kirjaamo.organisation.models import ManagementUnit, Unit
from kirjaamo.tos import moves
from kirjaamo.tos.actions import approve, comment, reject, retire, retire_ended, submit
from kirjaamo.tos.difference import difference
from kirjaamo.tos.editing import actions as editing
from kirjaamo.tos.impact import impact
from kirjaamo.tos.models import ClassRevision, Node, NodeKind, RevisionState, StepKind
from kirjaamo.tos.norms import known
from kirjaamo.tos.outline import outline
from kirjaamo.tos.reading import in_force, next_nodes, node, open_for_cases
from kirjaamo.tos.tests.conftest import APPROVER, DRAFTER, LOADER, READER

pytestmark = pytest.mark.usefixtures("plan")
CODE = "90 01 04"


def today() -> dt.date:
    """The day of the test run: approval is never backdated."""
    return timezone.localdate()


def drafted() -> ClassRevision:
    """A draft of the class, by the drafter."""
    return editing.draft_of(in_force(CODE, today()), actor=DRAFTER)


def approved(draft: ClassRevision, on: dt.date | None = None) -> ClassRevision:
    """The draft reviewed and approved by another."""
    return approve(submit(draft, actor=DRAFTER), actor=APPROVER, on=on or today())


def opened(revision: ClassRevision) -> Case:
    """A case that follows a revision."""
    new = cases.NewCase(
        revision=revision,
        unit=Unit.objects.get(slug="kirjaamo"),
        management_unit=ManagementUnit.objects.get(),
        title="Keksitty asia",
        public_title="Keksitty asia",
        initiated_at=timezone.now(),
        parties=[cases.NewParty(PartyRole.INITIATOR)],
        stage=node(revision, NodeKind.STAGE, "initiation"),
    )
    return cases.open_case(new, actor=LOADER)


def test_a_draft_holds_everything_under_the_same_keys() -> None:
    before = in_force(CODE, today())
    draft = drafted()
    assert not difference(outline(before, known()), outline(draft, known()))
    assert [(one.key, one.order, one.said) for one in draft.nodes.order_by("order")] == [
        (one.key, one.order, one.said) for one in before.nodes.order_by("order")
    ]
    assert draft.nodes.get(code="mandate").parent == draft.nodes.get(code="request")


def test_an_open_case_stays_with_its_revision_and_a_new_one_follows_the_new() -> None:
    first = in_force(CODE, today())
    case = opened(first)
    draft = drafted()
    editing.add_node(draft, NodeKind.STAGE, {"fi": "Seuranta"}, actor=DRAFTER, code="monitoring")
    second = approved(draft)
    case.refresh_from_db()
    assert case.revision == first
    assert [one.code for one in next_nodes(case.revision, case.stage) if one.kind == NodeKind.STAGE] == ["decision"]
    assert in_force(CODE, today()) == second
    assert [one.code for one in next_nodes(second, "initiation") if one.kind == NodeKind.STAGE] == ["decision", "monitoring"]
    with pytest.raises(Refused, match="ei ole voimassa"):
        open_for_cases(first, today())
    assert open_for_cases(second, today()) == second


def test_a_move_needs_no_mapping_when_every_used_node_is_there() -> None:
    first = in_force(CODE, today())
    second = approved(drafted())
    used = [node(first, NodeKind.STAGE, "initiation").key, node(first, NodeKind.DOCUMENT, "request").key]
    move = moves.check(first, second, used)
    assert (move.possible, move.missing, move.changed) == (True, (), ())
    assert {key: target.revision_id for key, target in move.mapping.items()} == dict.fromkeys(used, second.pk)


def test_a_move_names_the_used_node_that_is_gone_and_the_rule_that_would_change() -> None:
    first = in_force(CODE, today())
    draft = drafted()
    editing.remove_node(draft.nodes.get(code="mandate"), actor=DRAFTER)
    editing.say(draft.nodes.get(code="request"), {"retention_years": 20}, actor=DRAFTER)
    second = approved(draft)
    used = [node(first, NodeKind.ATTACHMENT, "mandate").key, node(first, NodeKind.DOCUMENT, "request").key]
    move = moves.check(first, second, used)
    assert not move.possible
    assert [one.code for one in move.missing] == ["mandate"]
    assert [(old.retention_years, new.retention_years) for old, new in move.changed] == [(10, 20)]
    with pytest.raises(Refused):
        moves.check(second, first, used)


def test_who_drafted_or_edited_cannot_approve() -> None:
    draft = drafted()
    editing.edit_node(draft.nodes.get(code="request"), {"title": {"fi": "Pyyntö"}}, actor=APPROVER)
    sent = submit(draft, actor=DRAFTER)
    for actor in (DRAFTER, APPROVER):
        with pytest.raises(Refused) as caught:
            approve(sent, actor=actor, on=today())
        assert caught.value.code == "tos.another_person_approves"
    with pytest.raises(NotAllowed):
        approve(sent, actor=READER, on=today())


def test_a_draft_is_reviewed_sent_back_and_approved_with_its_history() -> None:
    draft = drafted()
    with pytest.raises(Refused):
        approve(draft, actor=APPROVER, on=today())
    remark = comment(draft, "Tarkista säilytysaika.", actor=READER, node_key=draft.nodes.get(code="request").key)
    sent = submit(draft, actor=DRAFTER)
    with pytest.raises(Refused):
        editing.edit_class(sent, {"description": {"fi": "x"}}, actor=DRAFTER)
    back = reject(sent, actor=APPROVER, reason="Säilytysaika on liian pitkä.")
    editing.say(back.nodes.get(code="request"), {"retention_years": 5}, actor=DRAFTER)
    done = approved(back)
    assert [step.kind for step in done.steps.all()] == [
        StepKind.CREATED,
        StepKind.SUBMITTED,
        StepKind.REJECTED,
        StepKind.SUBMITTED,
        StepKind.APPROVED,
    ]
    assert done.nodes.get(code="request").retention_years == 5
    assert remark in done.comments.all()
    with pytest.raises(Refused):
        editing.say(done.nodes.get(code="request"), {"retention_years": 6}, actor=DRAFTER)


def test_a_future_revision_waits_for_its_day() -> None:
    first = in_force(CODE, today())
    later = today() + dt.timedelta(days=30)
    second = approved(drafted(), on=later)
    first.refresh_from_db()
    assert (first.state, first.valid_to) == (RevisionState.APPROVED, later - dt.timedelta(days=1))
    assert in_force(CODE, today()) == first
    assert in_force(CODE, later) == second
    assert retire_ended(actor=LOADER, on=later) == 1
    first.refresh_from_db()
    assert first.state == RevisionState.RETIRED
    with pytest.raises(Refused):
        approve(submit(editing.draft_of(second, actor=DRAFTER), actor=DRAFTER), actor=APPROVER, on=today() - dt.timedelta(days=1))


def test_a_broken_rule_stops_the_draft_before_review_and_names_its_node() -> None:
    draft = drafted()
    editing.say(draft.nodes.get(kind="document", code="decision"), {"publicity": "secret"}, actor=DRAFTER)
    with pytest.raises(Refused, match=r"Päätös: .*salassapitoperuste") as caught:
        submit(draft, actor=DRAFTER)
    assert caught.value.code == "tos.a_secret_node_has_a_ground"
    with pytest.raises(Refused, match="Tuntematon"):
        editing.say(draft.nodes.get(code="request"), {"grounds": ["JulkL-24-1-99"]}, actor=DRAFTER)


def test_several_grounds_and_the_longest_end() -> None:
    draft = drafted()
    editing.say(draft.nodes.get(code="request"), {"publicity": "secret", "grounds": ["JulkL-24-1-20", "JulkL-24-1-25"]}, actor=DRAFTER)
    request = approved(draft).nodes.get(code="request")
    assert (request.grounds, request.secrecy_end, request.secrecy_years) == (["JulkL-24-1-20", "JulkL-24-1-25"], "from_death", 50)


def test_a_word_taken_back_is_inherited_again() -> None:
    draft = drafted()
    request = editing.say(draft.nodes.get(code="request"), {"retention_years": 3, "personal": "special"}, actor=DRAFTER)
    request = editing.say(request, {"retention_years": None}, actor=DRAFTER)
    assert request.said == {"personal": "special"}
    place = next(one for one in outline(draft, known()) if one.node == request)
    assert (place.rule["retention_years"], place.rule["personal"]) == (10, "special")


def test_a_change_on_an_old_screen_is_a_conflict() -> None:
    draft = drafted()
    request = draft.nodes.get(code="request")
    seen = editing.stamp(request)
    editing.edit_node(request, {"title": {"fi": "Pyyntö"}}, actor=DRAFTER, seen=seen)
    with pytest.raises(Conflict):
        editing.edit_node(request, {"title": {"fi": "Toinen"}}, actor=APPROVER, seen=seen)


def test_nodes_are_reordered_moved_copied_and_removed() -> None:
    draft = drafted()

    def order() -> list[str]:
        return [f"{one.kind[0]}:{one.code}" for one in draft.nodes.order_by("order")]

    editing.move_node(draft.nodes.get(kind="stage", code="decision"), -1, actor=DRAFTER)
    assert order() == ["s:decision", "d:decision", "s:initiation", "m:arrival", "d:request", "a:mandate"]
    editing.put_node(draft.nodes.get(code="request"), draft.nodes.get(kind="stage", code="decision"), actor=DRAFTER)
    assert order() == ["s:decision", "d:decision", "d:request", "a:mandate", "s:initiation", "m:arrival"]
    copy = editing.copy_node(draft.nodes.get(code="request"), draft, actor=DRAFTER, parent=draft.nodes.get(code="arrival"))
    assert order() == ["s:decision", "d:decision", "d:request", "a:mandate", "s:initiation", "m:arrival", "d:request_2", "a:mandate_2"]
    assert copy.key != draft.nodes.get(code="request").key
    assert editing.remove_node(draft.nodes.get(code="request"), actor=DRAFTER) == 2
    assert order() == ["s:decision", "d:decision", "s:initiation", "m:arrival", "d:request_2", "a:mandate_2"]
    with pytest.raises(Refused, match="väärän kohdan alla"):
        editing.put_node(draft.nodes.get(code="arrival"), draft.nodes.get(code="request_2"), actor=DRAFTER)


def test_a_process_is_copied_to_a_new_class_with_keys_of_its_own() -> None:
    top = in_force("90 01", today())
    draft = editing.new_class("90 01 05", {"fi": "Uusi luokka"}, actor=DRAFTER, parent=top.function_class)
    editing.copy_process(in_force(CODE, today()), draft, actor=DRAFTER)
    done = approved(draft)
    assert done.nodes.count() == 6
    assert not set(done.nodes.values_list("key", flat=True)) & set(in_force(CODE, today()).nodes.values_list("key", flat=True))


def test_a_discarded_draft_leaves_what_is_in_force() -> None:
    draft = drafted()
    with pytest.raises(Refused, match="on jo luonnos"):
        drafted()
    editing.discard(draft, actor=DRAFTER)
    assert not ClassRevision.objects.filter(pk=draft.pk).exists()
    assert not Node.objects.filter(revision_id=draft.pk).exists()
    assert in_force(CODE, today()).nodes.count() == 6
    fresh = editing.new_class("90 01 09", {"fi": "Turha"}, actor=DRAFTER)
    editing.discard(fresh, actor=DRAFTER)
    assert not ClassRevision.objects.filter(code="90 01 09").exists()


def test_a_retired_class_takes_no_new_cases_and_names_its_successor() -> None:
    top = in_force("90 01", today())
    successor = approved(editing.new_class("90 01 06", {"fi": "Seuraaja"}, actor=DRAFTER, parent=top.function_class))
    held = in_force(CODE, today())
    retire(held, actor=APPROVER, on=today() - dt.timedelta(days=1), reason="Yhdistettiin", successors=[successor.function_class])
    with pytest.raises(Refused, match="90 01 06 Seuraaja") as caught:
        in_force(CODE, today())
    assert caught.value.code == "tos.class_retired"
    with pytest.raises(Refused, match="alaluokkia"):
        retire(top, actor=APPROVER, on=today(), reason="Turha")


def test_the_difference_is_told_by_key() -> None:
    before = in_force(CODE, today())
    draft = drafted()
    editing.edit_node(draft.nodes.get(code="arrival"), {"title": {"fi": "Saapuminen"}, "code": "came"}, actor=DRAFTER)
    draft = editing.edit_class(draft, {"rules": {**draft.rules, "retention_years": 20}}, actor=DRAFTER)
    editing.remove_node(draft.nodes.get(code="mandate"), actor=DRAFTER)
    editing.add_node(draft, NodeKind.MEASURE, {"fi": "Arviointi"}, actor=DRAFTER, parent=draft.nodes.get(kind="stage", code="initiation"))
    found = difference(outline(before, known()), outline(draft, known()))
    assert [change.name for change in found.facts] == ["rules"]
    assert [place.node.code for place in found.removed] == ["mandate"]
    assert [place.node.code for place in found.added] == ["arviointi"]
    told = {change.after.node.code: ([one.name for one in change.facts], [one.name for one in change.rules]) for change in found.changed}
    assert told == {"came": (["code", "title"], []), "request": ([], ["retention_years"])}
    assert [change.after.node.code for change in found.changed if change.longer] == ["request"]


def test_the_preview_counts_what_would_be_touched() -> None:
    first = in_force(CODE, today())
    case = opened(first)
    opened(first)
    cases.record(case, actor=LOADER, kind="x", label={"fi": "Valtakirja saapui"}, stage=node(first, NodeKind.STAGE, "decision"))
    draft = drafted()
    editing.remove_node(draft.nodes.get(kind="document", code="decision"), actor=DRAFTER)
    editing.remove_node(draft.nodes.get(kind="stage", code="decision"), actor=DRAFTER)
    told = impact(draft, first, known())
    assert (told.use.open_cases, told.use.closed_cases, told.use.stuck_cases) == (2, 0, 1)
    assert told.use.by_revision == {first.pk: (2, 0)}
    assert [one.identifier for one in told.open_cases][1] == case.identifier
    assert {one.place.node.code for one in told.touched if one.removed} == {"decision"}
