"""The acceptance tests that the plan was promised to keep, by the numbers of their list: 1–9, 12 and 13, through the outermost door.

They stand in the highest room that they need; the fine grain of each is tested beside what it tests.
"""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.models import Case, CaseEvent
from kirjaamo.cases.tests import made
from kirjaamo.documents.actions import Draft, Metadata
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.retention.holds.actions import Scope, place
from kirjaamo.retention.models import HoldKind, RetentionClock
from kirjaamo.retention.reading import Asked, listed
from kirjaamo.testing import make_user
from kirjaamo.tos import actions as plan_actions
from kirjaamo.tos.clocks import Clock, ClockState, Mode, RetentionRule, Rounding, reckon
from kirjaamo.tos.drift import Mark, drift
from kirjaamo.tos.editing import actions as editing
from kirjaamo.tos.importing.reading import read_file
from kirjaamo.tos.models import ClassRevision, NodeKind, PlanEdition
from kirjaamo.tos.norms import known
from kirjaamo.tos.packages import actions as packages
from kirjaamo.tos.packages.actions import BulkChange
from kirjaamo.tos.reading import in_force
from kirjaamo.tos.tests.conftest import APPROVER, DRAFTER, plan  # noqa: F401 - the small plan is a fixture
from kirjaamo.tos.tests.test_importing import data
from kirjaamo.values.publicity import EndKind
from kirjaamo.values.secrecy_end import EndRule, secrecy_end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]
CODE = "90 01 04"


def drafted() -> ClassRevision:
    return editing.draft_of(in_force(CODE, timezone.localdate()), actor=DRAFTER)


def approved(draft: ClassRevision) -> ClassRevision:
    return plan_actions.approve(plan_actions.submit(draft, actor=DRAFTER), actor=APPROVER, on=timezone.localdate())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def of_plan(case: Case, code: str) -> Draft:
    """A document to be of a type of the plan."""
    node = case.revision.nodes.get(code=code, kind=NodeKind.DOCUMENT)
    return Draft(title="Keksitty", type_code=code, metadata=Metadata.of(node), node=node)


def test_1_open_cases_stay_with_their_revision_and_are_offered_its_next_measures() -> None:
    old = made.open_case(CODE, title="Vanha asia")
    draft = drafted()
    editing.add_node(draft, NodeKind.MEASURE, {"fi": "Soitto pyytäjälle"}, parent=draft.nodes.get(code="initiation"), actor=DRAFTER)
    second = approved(draft)
    new = made.open_case(CODE, title="Uusi asia")
    old.refresh_from_db()
    assert (old.revision.number, new.revision) == (1, second)
    client = signed_in(make_user(Role.HANDLER))
    pages = [client.get(case.get_absolute_url()).content.decode() for case in (old, new)]
    assert ["Soitto pyytäjälle" in page for page in pages] == [False, True]
    assert all("Pyynnön saapuminen" in page for page in pages)


def test_2_a_move_over_unchanged_nodes_needs_no_mapping_and_decides_nothing() -> None:
    case = made.open_case(CODE)
    node = case.revision.nodes.get(code="request")
    draft = actions.add_document(case, made.draft(), incoming=None, actor=make_user(Role.HANDLER), key=uuid.uuid4())
    document = draft[0]
    decided = (document.publicity, document.grounds, document.decided_from, document.decided_reason)
    second = approved(drafted())
    actions.move(case, to=second, actor=made.MACHINE)
    document.refresh_from_db()
    case.refresh_from_db()
    assert case.revision == second
    assert (document.publicity, document.grounds, document.decided_from, document.decided_reason) == decided
    assert second.nodes.get(code="request").key == node.key
    assert case.events.get(kind=CaseEvent.MOVED).note == ""


def test_3_an_attachment_survives_a_draft_a_bulk_change_and_approval() -> None:
    key = in_force(CODE, timezone.localdate()).nodes.get(code="mandate").key
    package = packages.create("Henkilötietoluonne", actor=DRAFTER)
    change = BulkChange({"personal": "special"}, kinds=["document"])
    packages.apply_change(package, change, [in_force(CODE, timezone.localdate())], actor=DRAFTER)
    packages.submit(package, actor=DRAFTER)
    packages.approve(package, actor=APPROVER, on=timezone.localdate())
    held = in_force(CODE, timezone.localdate())
    mandate = held.nodes.get(code="mandate")
    assert held.number == 2
    assert (mandate.key, mandate.kind, mandate.parent) == (key, NodeKind.ATTACHMENT, held.nodes.get(code="request"))


def test_4_the_drafter_cannot_approve_by_action_page_or_sql() -> None:
    writer = make_user(Role.RECORDS_MANAGER, name="laatija")
    draft = editing.draft_of(in_force(CODE, timezone.localdate()), actor=writer)
    sent = plan_actions.submit(draft, actor=writer)
    with pytest.raises(Refused, match="ei voi hyväksyä"):
        plan_actions.approve(sent, actor=writer, on=timezone.localdate())
    answer = signed_in(writer).post(reverse("plan_approve", args=[sent.pk]), {"on": f"{timezone.localdate():%d.%m.%Y}"})
    assert answer.status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tos_classrevision SET state = 'approved', approved_by = drafted_by, approved_at = now(), valid_from = now(),"
            " content_hash = 'x' WHERE id = %s",
            [sent.pk],
        )
    sent.refresh_from_db()
    assert sent.state == "in_review"


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE tos_classrevision SET title = \'{"fi": "Muu"}\' WHERE id = %s',
        "UPDATE tos_node SET retention_years = 1 WHERE revision_id = %s",
        "DELETE FROM tos_node WHERE revision_id = %s AND kind = 'attachment'",
    ],
)
def test_5_an_approved_revision_does_not_change_by_sql(statement: str) -> None:
    held = in_force(CODE, timezone.localdate())
    with pytest.raises(IntegrityError, match="an_approved_revision_never_changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [held.pk])


def test_6_two_classes_never_bear_one_code_on_one_day() -> None:
    parent = in_force("90 01", timezone.localdate()).function_class
    twin = editing.new_class(CODE, {"fi": "Kaksoisolento"}, parent=parent, actor=DRAFTER)
    with pytest.raises(Refused, match="Sama tunnus"):
        approved(twin)


@pytest.mark.parametrize(
    ("moment", "rounding", "last"),
    [
        ("2026-12-31T23:59:59", Rounding.YEAR_END, "2036-12-31"),
        ("2027-01-01T00:00:01", Rounding.YEAR_END, "2037-12-31"),
        ("2024-02-29T12:00:00", Rounding.DATE, "2034-02-28"),
        ("2026-03-29T03:59:59", Rounding.DATE, "2036-03-29"),
        ("2026-10-25T03:30:00", Rounding.DATE, "2036-10-25"),
    ],
)
def test_7_years_count_in_days_of_the_authority_over_new_year_leap_day_and_summer_time(moment: str, rounding: Rounding, last: str) -> None:
    at = dt.datetime.fromisoformat(moment).replace(tzinfo=timezone.get_default_timezone())
    rule = RetentionRule(Mode.YEARS, 10, "document_date", rounding)
    clock = reckon(rule, {"document_date": timezone.localdate(at.astimezone(dt.UTC))}, on=dt.date(2026, 1, 1))
    assert clock.last_day == dt.date.fromisoformat(last)


def test_7_permanent_never_gets_a_date() -> None:
    assert reckon(RetentionRule(Mode.PERMANENT), {"": dt.date(2000, 1, 1)}, on=dt.date(2200, 1, 1)) == Clock(ClockState.PERMANENT)
    assert not RetentionClock.objects.filter(state="permanent").exclude(last_day=None).exists()


def test_8_secrecy_lasts_fifty_years_from_death_and_a_hundred_while_death_is_unknown() -> None:
    rule = EndRule(EndKind.FROM_DEATH, years=50, fallback_years=100)
    assert secrecy_end(rule, document_date=dt.date(2000, 3, 1)).last_secret_day == dt.date(2100, 3, 1)
    assert secrecy_end(rule, document_date=dt.date(2000, 3, 1), died_on=dt.date(2010, 5, 5)).last_secret_day == dt.date(2060, 5, 5)


def test_9_a_hold_stops_exactly_the_items_that_it_names_from_being_due() -> None:
    """In part: lists of destruction and their execution are not built; what is listed as due is."""
    cases = [made.open_case(CODE, title=f"Asia {number}") for number in range(3)]
    handler = make_user(Role.HANDLER)
    for case in cases:
        actions.add_document(case, of_plan(case, "request"), incoming=None, actor=handler, key=uuid.uuid4())
        actions.close(case, resolved_at=timezone.now(), actor=made.MACHINE)
    later = timezone.localdate() + dt.timedelta(days=4000)
    place(Scope(cases=[cases[1]]), HoldKind.AUDIT, "Tarkastus on kesken.", actor=made.MACHINE)
    rows = listed(Asked("due"), made.MACHINE, timezone.now(), later).rows
    assert {case.pk for _clock, case in rows} == {cases[0].pk, cases[2].pk}


def test_12_the_citys_workbook_has_its_rows_and_no_error() -> None:
    read = read_file(data("plan-workbook-2018.xlsx"), known())
    assert read.errors == []
    (content,) = read.content["classes"]
    kinds = [told["kind"] for told in content["nodes"]]
    assert (kinds.count("stage"), kinds.count("measure"), kinds.count("document") + kinds.count("attachment")) == (10, 17, 39)


def test_13_the_report_tells_how_the_published_classes_drifted_from_2016() -> None:
    told = [one for one in drift(PlanEdition.objects.get(kind="compared"), timezone.localdate()) if one.published]
    marks = [one.mark for one in told]
    assert len(told) == 48
    assert marks.count(Mark.SAME) + marks.count(Mark.RENAMED) + marks.count(Mark.NEW) == 48
    assert {one.code: list(one.near) for one in told if one.near}["00 03 03"] == ["00 03 01"]
    assert Case.objects.count() == 0
