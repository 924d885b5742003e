"""A running case follows the plan that it pinned, is offered its measures, and moves to a newer one only by a recorded act (§ 7.3)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.broken import name_of, sentence_of
from kirjaamo.cases.models import Case, CaseEvent, ClosingGround, PartyRole
from kirjaamo.cases.tests import made
from kirjaamo.documents.actions import Draft, Metadata
from kirjaamo.documents.models import Document
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user
from kirjaamo.tos import actions as plan_actions
from kirjaamo.tos.editing import actions as editing
from kirjaamo.tos.models import ClassRevision, NodeKind
from kirjaamo.tos.reading import in_force
from kirjaamo.tos.tests.conftest import APPROVER, DRAFTER, plan  # noqa: F401 - the small plan is a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]
CODE = "90 01 04"


def opened(title: str = "Keksitty asia") -> Case:
    return made.open_case(CODE, title=title)


def revised(*, without: str = "", without_document: str = "", rename_stage: str = "") -> ClassRevision:
    """A newer approved revision of the class: with a stage more, without a node when one is named."""
    draft = editing.draft_of(in_force(CODE, timezone.localdate()), actor=DRAFTER)
    editing.add_node(draft, NodeKind.STAGE, {"fi": "Seuranta"}, actor=DRAFTER, code=f"monitoring-{draft.number}")
    if without:
        editing.remove_node(draft.nodes.get(code=without), actor=DRAFTER)
    if without_document:
        editing.remove_node(draft.nodes.get(code=without_document, kind=NodeKind.DOCUMENT), actor=DRAFTER)
    if rename_stage:
        editing.edit_node(draft.nodes.get(code=rename_stage), {"code": f"{rename_stage}-uusi"}, actor=DRAFTER)
    return plan_actions.approve(plan_actions.submit(draft, actor=DRAFTER), actor=APPROVER, on=timezone.localdate())


def measured(case: Case) -> None:
    """The measure of the first stage is recorded."""
    node = case.revision.nodes.get(code="arrival")
    actions.record(case, kind="arrival", label=node.title, node=node, actor=made.MACHINE)


def decided(case: Case) -> Document:
    """A decision is filed under its type of the plan."""
    node = case.revision.nodes.get(code="decision", kind="document")
    draft = Draft("Päätös", node.code, Metadata.of(node), node=node)
    return actions.add_document(case, draft, incoming=None, actor=make_user(Role.HANDLER, name="päättäjä"), key=uuid.uuid4())[0]


@pytest.fixture
def work() -> Client:
    client = Client()
    client.force_login(make_user(Role.HANDLER))
    return client


@pytest.fixture
def records() -> Client:
    client = Client()
    client.force_login(make_user(Role.RECORDS_MANAGER))
    return client


def test_a_case_moves_to_a_newer_revision_and_its_history_says_so() -> None:
    case = opened()
    measured(case)
    second = revised()
    actions.move(case, to=second, reason="Seurantavaihe tarvitaan.", actor=made.MACHINE)
    case.refresh_from_db()
    assert (case.revision, case.stage) == (second, "initiation")
    event = case.events.get(kind=CaseEvent.MOVED)
    assert (event.revision, event.note) == (second, "Seurantavaihe tarvitaan.")


def test_a_move_without_a_used_node_is_refused_with_its_name() -> None:
    case = opened()
    measured(case)
    second = revised(without="arrival")
    with pytest.raises(Refused, match="Pyynnön saapuminen"):
        actions.move(case, to=second, actor=made.MACHINE)
    case.refresh_from_db()
    assert case.revision != second
    assert not case.events.filter(kind=CaseEvent.MOVED).exists()


def test_a_move_maps_a_used_node_that_is_gone_to_another_of_its_kind_with_a_reason() -> None:
    case = opened()
    node = case.revision.nodes.get(code="decision", kind="document")
    document = decided(case)
    second = revised(without_document="decision")
    other = second.nodes.get(code="request", kind="document")
    with pytest.raises(Refused, match="Päätös"):
        actions.move(case, to=second, actor=made.MACHINE)
    with pytest.raises(Refused, match="Kerro, miksi"):
        actions.move(case, to=second, mapping={node.key: other.key}, actor=made.MACHINE)
    stage = second.nodes.get(code="initiation")
    with pytest.raises(Refused, match="samanlainen kohta"):
        actions.move(case, to=second, mapping={node.key: stage.key}, reason="Väärä laji.", actor=made.MACHINE)
    actions.move(case, to=second, mapping={node.key: other.key}, reason="Tyypit yhdistettiin.", actor=made.MACHINE)
    case.refresh_from_db()
    document.refresh_from_db()
    assert (case.revision, document.node_key, document.type_code) == (second, other.key, "request")
    (decision,) = document.metadata_decisions.all()
    assert (decision.field, decision.old, decision.new, decision.reason) == ("type_code", "decision", "request", "Tyypit yhdistettiin.")
    assert "vastaa kohta" in case.events.get(kind=CaseEvent.MOVED).note


def test_a_renamed_stage_is_followed_by_its_key() -> None:
    case = opened()
    second = revised(rename_stage="initiation")
    actions.move(case, to=second, actor=made.MACHINE)
    case.refresh_from_db()
    assert case.stage == "initiation-uusi"


def test_a_closed_case_stays_with_its_revision() -> None:
    case = opened()
    actions.close(case, ground=ClosingGround.ANSWERED, actor=made.MACHINE)
    with pytest.raises(Refused, match="päättynyt"):
        actions.move(case, to=revised(), actor=made.MACHINE)


def _event(case: Case, revision: ClassRevision) -> None:
    """Write the event of a move past the program; what is looked at when a transaction ends is looked at now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_caseevent (case_id, at, actor, kind, stage, label, note, revision_id)"
            " VALUES (%s, now(), 'user:1', 'moved_to_revision', '', '{}', '', %s)",
            [case.pk, revision.pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _sql(case: Case, revision: ClassRevision, *, event: bool) -> None:
    """Write past the program, as a defect of it or an operator would."""
    with connection.cursor() as cursor:
        if event:
            cursor.execute(
                "INSERT INTO cases_caseevent (case_id, at, actor, kind, stage, label, note, revision_id)"
                " VALUES (%s, now(), 'user:1', 'moved_to_revision', '', '{}', '', %s)",
                [case.pk, revision.pk],
            )
        cursor.execute("UPDATE cases_case SET revision_id = %s WHERE id = %s", [revision.pk, case.pk])


def test_the_database_refuses_a_move_that_no_event_names() -> None:
    case, second = opened(), revised()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        _sql(case, second, event=False)
    assert name_of(caught.value) == "a_move_is_recorded"
    assert sentence_of(caught.value)


def test_the_database_refuses_an_event_without_its_move() -> None:
    case, second = opened(), revised()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        _event(case, second)
    assert name_of(caught.value) == "a_move_is_recorded"


@pytest.mark.parametrize("where", ["back", "another class", "a draft"])
def test_the_database_lets_a_case_move_only_forward_in_its_class(where: str) -> None:
    case, first = opened(), in_force(CODE, timezone.localdate())
    if where == "back":
        actions.move(case, to=revised(), actor=made.MACHINE)
        target = first
    elif where == "another class":
        target = in_force(made.REQUEST_CLASS, timezone.localdate())
    else:
        target = editing.draft_of(first, actor=DRAFTER)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        _sql(case, target, event=True)
    assert name_of(caught.value) == "a_case_moves_only_forward"


def test_a_batch_moves_what_may_move_and_names_what_stays() -> None:
    free, bound = opened("Vapaa"), opened("Sidottu")
    measured(bound)
    second = revised(without="arrival")
    new = made.open_case(CODE, title="Uusi")
    done = actions.move_all(Case.objects.all(), to=second, actor=made.MACHINE)
    assert [case.pk for case in done.moved] == [free.pk]
    assert [(road.case.pk, [node.code for node in road.move.missing]) for road in done.kept] == [(bound.pk, ["arrival"])]
    assert not new.events.filter(kind=CaseEvent.MOVED).exists()


def test_the_statements_of_a_batch_do_not_grow_with_its_cases() -> None:
    counts = []
    for number in (2, 12):
        for _turn in range(number):
            opened()
        second = revised()
        with CaptureQueriesContext(connection) as statements:
            assert (
                len(actions.move_all(Case.objects.filter(revision__number__lt=second.number), to=second, actor=made.MACHINE).moved)
                >= number
            )
        counts.append(len(statements) - len({case.revision_id for case in Case.objects.all()}))
    assert max(counts) <= 20


def test_the_case_page_offers_what_comes_next_in_the_pinned_revision(work: Client) -> None:
    case = opened()
    revised()
    page = work.get(case.get_absolute_url()).content.decode()
    assert "Pyynnön saapuminen" in page
    assert "Siirry vaiheeseen: Päätöksenteko" in page
    assert "Seuranta" not in page
    arrival = case.revision.nodes.get(code="arrival")
    told = {"node": str(arrival.key), "key": str(uuid.uuid4())}
    for _turn in range(2):
        assert work.post(reverse("case_next", args=[case.address]), told).status_code == 302
    assert case.events.filter(node_key=arrival.key).count() == 1
    decision = case.revision.nodes.get(code="decision", kind=NodeKind.STAGE)
    work.post(reverse("case_next", args=[case.address]), {"node": str(decision.key), "key": str(uuid.uuid4())})
    case.refresh_from_db()
    assert case.stage == "decision"
    assert "Siirry vaiheeseen" not in work.get(case.get_absolute_url()).content.decode()


def test_a_measure_of_another_plan_is_not_recorded(work: Client) -> None:
    case = opened()
    response = work.post(reverse("case_next", args=[case.address]), {"node": str(uuid.uuid4()), "key": str(uuid.uuid4())}, follow=True)
    assert "ei ole tätä toimenpidettä" in response.content.decode()
    assert case.events.count() == 1


def test_a_handler_moves_a_case_in_the_browser(work: Client) -> None:
    case = opened()
    second = revised()
    assert "Katso, voiko asian siirtää" in work.get(case.get_absolute_url()).content.decode()
    assert "Siirrä asia" in work.get(reverse("case_move", args=[case.address])).content.decode()
    assert work.post(reverse("case_move", args=[case.address]), {"reason": "Uusi vaihe", "key": str(uuid.uuid4())}).status_code == 302
    page = work.get(case.get_absolute_url()).content.decode()
    assert "Asia siirtyi suunnitelman versioon 2" in page
    assert "Katso, voiko asian siirtää" not in page
    case.refresh_from_db()
    assert case.revision == second


def test_a_handler_maps_a_node_that_is_gone_in_the_browser(work: Client) -> None:
    case = opened()
    gone = decided(case)
    second = revised(without_document="decision")
    url = reverse("case_move", args=[case.address])
    assert "Mikä vastaa kohtaa Päätös?" in work.get(url).content.decode()
    name = f"kohta-{gone.node_key}"
    assert work.post(url, {name: "", "reason": ""}).status_code == 422
    other = second.nodes.get(code="request", kind="document")
    assert work.post(url, {name: str(other.key), "reason": "Tyypit yhdistettiin.", "key": str(uuid.uuid4())}).status_code == 302
    case.refresh_from_db()
    assert case.revision == second


def test_a_records_manager_moves_the_cases_of_a_class(records: Client) -> None:
    free, bound = opened("Vapaa"), opened("Sidottu")
    measured(bound)
    second = revised(without="arrival")
    url = reverse("cases_move", args=[second.slug])
    page = records.get(url).content.decode()
    assert "Nämä jäävät nykyiselle versiolle" in page
    assert "Uudesta versiosta puuttuu: Pyynnön saapuminen" in page
    page = records.post(url, {"key": str(uuid.uuid4())}, follow=True).content.decode()
    assert "1 asia seuraa nyt suunnitelman versiota 2." in page
    free.refresh_from_db()
    bound.refresh_from_db()
    assert (free.revision == second, bound.revision == second) == (True, False)


def test_a_retired_class_takes_no_new_case_and_proposes_its_successor() -> None:
    first = in_force(CODE, timezone.localdate())
    old = opened()
    successor = in_force(made.REQUEST_CLASS, timezone.localdate())
    plan_actions.retire(
        first, actor=APPROVER, on=timezone.localdate() - dt.timedelta(days=1), reason="Yhdistetään", successors=[successor.function_class]
    )
    with pytest.raises(Refused, match=made.REQUEST_CLASS):
        made.open_case(CODE)
    with pytest.raises(Refused, match=f"Avaa asia luokkaan {made.REQUEST_CLASS}"):
        actions.open_case(_like(old), actor=made.MACHINE)
    assert Case.objects.count() == 1


def _like(case: Case) -> actions.NewCase:
    """A case to be that would follow the same revision as another."""
    return actions.NewCase(
        revision=case.revision,
        unit=case.unit,
        management_unit=case.management_unit,
        title="Uusi",
        initiated_at=timezone.now(),
        parties=[actions.NewParty(PartyRole.INITIATOR)],
    )


def test_a_user_without_the_right_moves_nothing() -> None:
    case, second = opened(), revised()
    registrar: User = make_user(Role.REGISTRAR)
    client = Client()
    client.force_login(registrar)
    assert client.post(reverse("case_move", args=[case.address]), {"key": str(uuid.uuid4())}).status_code == 403
    assert client.get(reverse("cases_move", args=[second.slug])).status_code == 403
