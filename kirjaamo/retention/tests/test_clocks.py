"""Stored clocks: they follow their inputs, guess nothing, keep what they said, and a case lasts as its longest document (§ 7.4)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.models import Case, ClosingGround
from kirjaamo.cases.tests import made
from kirjaamo.documents.actions import Draft, Metadata, receive
from kirjaamo.documents.models import Document, Way
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.organisation.roles import Role
from kirjaamo.retention import actions as retention
from kirjaamo.retention.jobs import check_clocks, reckon_new
from kirjaamo.retention.models import ClockKind, ClockReason, RetentionClock, TriggerEvent
from kirjaamo.testing import make_user
from kirjaamo.tos import actions as plan_actions
from kirjaamo.tos.actions import load_plan
from kirjaamo.tos.editing import actions as editing
from kirjaamo.tos.impact import impact
from kirjaamo.tos.models import ClassRevision
from kirjaamo.tos.norms import known
from kirjaamo.tos.reading import in_force
from kirjaamo.tos.tests.conftest import APPROVER, CLASSES, DRAFTER, LOADER, PROCESS, pack_of

pytestmark = pytest.mark.django_db
CODE = "90 01 04"
CONTRACT = {"kind": "document", "code": "contract", "stage": "decision", "title": {"fi": "Sopimus"}}
CONTRACT["rules"] = {"retention_years": 10, "retention_trigger": "contract_end", "retention_rounding": "year_end"}
NOTE = {"kind": "document", "code": "note", "stage": "decision", "title": {"fi": "Muistio"}}
NOTE["rules"] = {"retention_years": 2, "retention_trigger": "document_date"}


@pytest.fixture(autouse=True)
def plan(db: None) -> None:
    """The small plan with a document that is kept from its own date, and one from the end of a contract."""
    del db
    process = {**PROCESS, "node": [*PROCESS["node"], CONTRACT, NOTE]}  # type: ignore[misc]
    load_plan(pack_of(*CLASSES, processes=(process,)), actor=LOADER, on=dt.date(2020, 1, 1))


def opened() -> Case:
    return made.open_case(CODE, title="Keksitty asia")


def added(case: Case, code: str, arrived_at: dt.datetime | None = None) -> Document:
    """A document of a type of the plan, arrived on a day."""
    node = case.revision.nodes.get(code=code, kind="document")
    draft = Draft(title=f"Keksitty {code}", type_code=code, metadata=Metadata.of(node), node=node)
    incoming = actions.Incoming(Way.POST, "Aino Esimerkki", arrived_at or timezone.now())
    return actions.add_document(case, draft, incoming=incoming, actor=made.MACHINE, key=uuid.uuid4())[0]  # type: ignore[arg-type]


def clock(thing: Document | Case) -> RetentionClock:
    return RetentionClock.objects.get(document=thing) if isinstance(thing, Document) else RetentionClock.objects.get(case=thing)


def closed(case: Case) -> Case:
    return actions.close(case, resolved_at=timezone.now(), actor=made.MACHINE)


def reopen(case: Case) -> None:
    actions.reopen(case, reason="Uusi selvitys saapui.", actor=made.MACHINE)


def years_on(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 2, 28)


def test_a_clock_waits_until_its_trigger_comes_and_then_runs() -> None:
    case = opened()
    request = added(case, "request")
    assert (clock(request).state, clock(request).last_day, clock(request).trigger) == (ClockKind.WAITING, None, "case_resolved")
    assert clock(case).state == ClockKind.WAITING
    closed(case)
    found = clock(request)
    assert (found.state, found.trigger_on, found.last_day) == (
        ClockKind.RUNNING,
        timezone.localdate(),
        years_on(timezone.localdate(), 10),
    )
    assert found.reason == ClockReason.CASE_CLOSED
    assert found.node == case.revision.nodes.get(code="request")


def test_a_case_that_ends_without_a_resolution_counts_from_its_end() -> None:
    case = opened()
    request = added(case, "request")
    actions.close(case, ground=ClosingGround.WITHDRAWN, actor=made.MACHINE)
    assert clock(request).trigger_on == timezone.localdate()


def test_reopening_stops_the_clock_and_the_old_value_is_kept_with_its_reason() -> None:
    case = opened()
    request = added(case, "request")
    closed(case)
    before = clock(request).last_day
    reopen(case)
    found = clock(request)
    assert (found.state, found.last_day, found.reason) == (ClockKind.WAITING, None, ClockReason.CASE_REOPENED)
    assert [(one.state, one.last_day, one.reason) for one in found.before.all()] == [
        (ClockKind.RUNNING, before, ClockReason.CASE_CLOSED),
        (ClockKind.WAITING, None, ClockReason.DOCUMENT_ADDED),
    ]


def test_the_case_lasts_as_its_longest_document() -> None:
    case = opened()
    note = added(case, "note")
    assert (clock(case).state, clock(case).longest) == (ClockKind.RUNNING, note)
    request = added(case, "request")
    assert (clock(case).state, clock(case).longest) == (ClockKind.WAITING, request)
    closed(case)
    assert (clock(case).last_day, clock(case).longest) == (clock(request).last_day, request)
    reopen(case)
    decision = added(case, "decision")
    assert (clock(case).state, clock(case).last_day, clock(case).longest) == (ClockKind.PERMANENT, None, decision)


def test_years_count_from_the_date_of_the_document_in_the_calendar_of_the_authority() -> None:
    case = opened()
    leap = added(case, "note", dt.datetime(2024, 2, 29, 23, 30, tzinfo=timezone.get_default_timezone()))
    assert (clock(leap).trigger_on, clock(leap).last_day) == (dt.date(2024, 2, 29), dt.date(2026, 2, 28))
    assert clock(leap).is_due(dt.date(2026, 3, 1))
    assert not clock(leap).is_due(dt.date(2026, 2, 28))
    assert clock(case).last_day == dt.date(2026, 2, 28)


def test_another_type_of_the_document_moves_its_clock() -> None:
    case = opened()
    note = added(case, "note")

    @action("Oikaise asiakirjan tyyppi", needs="documents.write")
    def correct(document: Document, *, actor: Any) -> None:
        del actor
        document.node_key = case.revision.nodes.get(code="request").key
        document.save(update_fields=["node_key"])

    correct(note, actor=made.MACHINE)
    assert (clock(note).state, clock(note).trigger, clock(note).reason) == (
        ClockKind.WAITING,
        "case_resolved",
        ClockReason.DOCUMENT_CHANGED,
    )
    assert clock(note).before.get().last_day == years_on(timezone.localdate(), 2)


def test_what_the_register_does_not_know_waits_to_be_told_and_may_be_taken_back() -> None:
    case = opened()
    contract = added(case, "contract")
    closed(case)
    assert clock(contract).state == ClockKind.WAITING
    retention.tell_event(case, "contract_end", dt.date(2025, 6, 30), source="Sopimusrekisteri", actor=made.MACHINE)
    found = clock(contract)
    assert (found.trigger_on, found.start_on, found.last_day) == (dt.date(2025, 6, 30), dt.date(2025, 12, 31), dt.date(2035, 12, 31))
    retention.tell_event(case, "contract_end", None, note="Väärä sopimus", actor=made.MACHINE)
    assert (clock(contract).state, clock(contract).reason) == (ClockKind.WAITING, ClockReason.EVENT_TOLD)
    assert [one.last_day for one in clock(contract).before.all()] == [dt.date(2035, 12, 31), None]


@pytest.mark.parametrize(
    ("trigger", "days", "words"),
    [("case_closed", 0, "ei kerrota erikseen"), ("contract_end", 1, "tulevaisuudessa"), ("kuutamo", 0, "ei kerrota erikseen")],
)
def test_an_event_that_cannot_be_is_refused(trigger: str, days: int, words: str) -> None:
    case = opened()
    with pytest.raises(Refused, match=words):
        retention.tell_event(case, trigger, timezone.localdate() + dt.timedelta(days=days), actor=made.MACHINE)


def test_a_document_outside_the_plan_has_no_guessed_time() -> None:
    case = opened()
    document = made.add_document(case, made.draft(), made.MACHINE)
    closed(case)
    assert (clock(document).state, clock(document).node, clock(document).last_day) == (ClockKind.WAITING, None, None)


def revised(years: int) -> ClassRevision:
    draft = editing.draft_of(in_force(CODE, timezone.localdate()), actor=DRAFTER)
    editing.say(draft.nodes.get(code="note"), {"retention_years": years}, actor=DRAFTER)
    return plan_actions.approve(plan_actions.submit(draft, actor=DRAFTER), actor=APPROVER, on=timezone.localdate())


def test_a_move_reckons_by_the_new_rule_and_an_approval_alone_changes_no_clock() -> None:
    case = opened()
    note = added(case, "note")
    second = revised(5)
    assert clock(note).last_day == years_on(timezone.localdate(), 2)
    actions.move(case, to=second, actor=made.MACHINE)
    assert (clock(note).last_day, clock(note).reason) == (years_on(timezone.localdate(), 5), ClockReason.MOVED)
    assert clock(note).before.get().last_day == years_on(timezone.localdate(), 2)


def test_the_preview_counts_running_clocks() -> None:
    case = opened()
    added(case, "note")
    added(case, "request")
    draft = editing.draft_of(in_force(CODE, timezone.localdate()), actor=DRAFTER)
    editing.say(draft.nodes.get(code="note"), {"retention_years": 5}, actor=DRAFTER)
    told = impact(draft, in_force(CODE, timezone.localdate()), known())
    assert (told.clocks.running, told.clocks.waiting) == (1, 1)
    assert [(one.place.node.code, one.running_clocks) for one in told.touched] == [("note", 1)]


def test_the_clock_is_in_the_journal_entry_of_what_changed_it() -> None:
    case = opened()
    added(case, "request")
    closed(case)
    entry = JournalEntry.objects.latest("id")
    assert entry.action == "cases.close"
    assert "retention.retentionclock" in [write["table"] for write in entry.body["writes"]]


def test_what_changed_it_being_undone_undoes_the_clock() -> None:
    case = opened()
    request = added(case, "request")
    savepoint = transaction.savepoint()
    closed(case)
    assert clock(request).state == ClockKind.RUNNING
    transaction.savepoint_rollback(savepoint)
    assert clock(request).state == ClockKind.WAITING


def test_the_statements_of_a_change_do_not_grow_with_the_documents() -> None:
    counts = []
    for number in (2, 15):
        case = opened()
        for _turn in range(number):
            added(case, "request")
        with CaptureQueriesContext(connection) as statements:
            closed(case)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_case_without_documents_costs_nothing() -> None:
    with CaptureQueriesContext(connection) as statements:
        opened()
    assert not any("retention_retentionclock" in one["sql"] for one in statements)


def test_opening_a_case_with_documents_leaves_their_clocks_to_the_worker() -> None:
    node = in_force(CODE, timezone.localdate()).nodes.get(code="request")
    draft = Draft(title="Keksitty", type_code="request", metadata=Metadata.of(node), node=node)
    document = receive(draft, sender="Aino Esimerkki", way=Way.POST, arrived_at=timezone.now(), actor=made.MACHINE)
    with CaptureQueriesContext(connection) as statements:
        case = made.open_case(CODE, documents=[document])
    assert not any("retention_retentionclock" in one["sql"] for one in statements)
    assert reckon_new(0) == 2
    assert (clock(document).state, clock(case).longest) == (ClockKind.WAITING, document)
    assert reckon_new(0) == 0


def test_the_nightly_check_gives_clocks_to_what_is_older_than_the_room_and_then_finds_nothing() -> None:
    case = opened()
    request = added(case, "request")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE retention_retentionclock DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM retention_retentionclock")
        cursor.execute("ALTER TABLE retention_retentionclock ENABLE TRIGGER USER")
    assert check_clocks(0) == 2
    assert (clock(request).state, clock(request).reason) == (ClockKind.WAITING, ClockReason.CHECKED)
    assert check_clocks(0) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE retention_clockvalue SET last_day = NULL",
        "DELETE FROM retention_clockvalue",
        "UPDATE retention_triggerevent SET happened_on = NULL",
        "DELETE FROM retention_triggerevent",
        "DELETE FROM retention_retentionclock",
    ],
)
def test_what_was_said_stays_said(statement: str) -> None:
    case = opened()
    added(case, "contract")
    retention.tell_event(case, "contract_end", dt.date(2025, 6, 30), actor=made.MACHINE)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert TriggerEvent.objects.count() == 1


def test_a_permanent_clock_never_gets_a_date() -> None:
    case = opened()
    decision = added(case, "decision")
    with pytest.raises(IntegrityError, match="only_a_running_clock_has_days"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE retention_retentionclock SET last_day = '2030-01-01' WHERE document_id = %s", [decision.pk])


def test_a_change_past_the_program_leaves_the_old_value_too() -> None:
    case = opened()
    note = added(case, "note")
    before = clock(note).last_day
    with connection.cursor() as cursor:
        cursor.execute("UPDATE retention_retentionclock SET last_day = last_day + 1 WHERE document_id = %s", [note.pk])
    assert clock(note).before.get().last_day == before


@pytest.fixture
def records() -> Client:
    client = Client()
    client.force_login(make_user(Role.RECORDS_MANAGER))
    return client


def test_the_case_page_tells_how_long_and_leads_to_the_clocks(records: Client) -> None:
    case = opened()
    added(case, "contract")
    page = records.get(case.get_absolute_url()).content.decode()
    assert "Odottaa tapahtumaa: sopimuksen päättyminen." in page
    url = reverse("case_retention", args=[case.address])
    assert url in page
    page = records.get(url).content.decode()
    assert "Kerro, kun tämä on tapahtunut: sopimuksen päättyminen." in page
    told = {"trigger": "contract_end", "on": "30.6.2025", "source": "Sopimusrekisteri", "key": str(uuid.uuid4())}
    for _turn in range(2):
        assert records.post(reverse("case_retention_tell", args=[case.address]), told).status_code == 302
    assert TriggerEvent.objects.count() == 1
    page = records.get(url).content.decode()
    assert "Säilytetään 31.12.2035 saakka." in page
    assert "Aiemmin: Odottaa tapahtumaa: sopimuksen päättyminen. Syy: Säilytysajan alkava tapahtuma kerrottiin." in page


def test_the_page_of_a_document_tells_how_long_it_is_kept(records: Client) -> None:
    """In the same words as the clock itself, with a way to how it was reckoned."""
    case = opened()
    waiting, running = added(case, "contract"), added(case, "note")
    page = reverse("paper", args=[case.address, waiting.identifier])
    assert "Odottaa tapahtumaa: sopimuksen päättyminen." in records.get(page).content.decode()
    shown = records.get(reverse("paper", args=[case.address, running.identifier])).content.decode()
    last_day = clock(running).last_day
    assert last_day is not None
    assert f"Säilytetään {last_day.day}.{last_day.month}.{last_day.year} saakka." in shown
    assert f"{reverse('case_retention', args=[case.address])}#asiakirja-{running.pk}" in shown


def test_a_wrong_event_is_told_at_its_field(records: Client) -> None:
    case = opened()
    tomorrow = f"{timezone.localdate() + dt.timedelta(days=1):%d.%m.%Y}"
    response = records.post(reverse("case_retention_tell", args=[case.address]), {"trigger": "contract_end", "on": tomorrow})
    assert response.status_code == 422
    assert "tulevaisuudessa" in response.content.decode()


def test_records_managers_see_what_falls_due_and_others_do_not(records: Client) -> None:
    case = opened()
    old = timezone.now() - dt.timedelta(days=3 * 366)
    due = added(case, "note", old)
    added(case, "note")
    added(case, "contract")
    added(case, "decision")
    url = reverse("retention")
    page = records.get(url).content.decode()
    assert due.identifier in page
    assert page.count("ASK-") == 1
    assert "Muistio" in page
    assert "Ratkaisematta" in page
    assert "sopimuksen päättyminen" in records.get(f"{url}?nayta=odottavat").content.decode()
    assert "Päätös" in records.get(f"{url}?nayta=pysyvat&luokka=90").content.decode()
    assert "ASK-" not in records.get(f"{url}?nayta=pysyvat&luokka=91").content.decode()
    handler = Client()
    handler.force_login(make_user(Role.HANDLER))
    assert handler.get(url).status_code == 403


def test_the_list_is_walked_page_by_page(records: Client) -> None:
    case = opened()
    old = timezone.now() - dt.timedelta(days=3 * 366)
    identifiers = {added(case, "note", old).identifier for _turn in range(53)}
    first = records.get(reverse("retention"))
    after = first.context["pager"].next_url
    second = records.get(after)
    seen = [name for page in (first, second) for name in identifiers if name in page.content.decode()]
    assert sorted(seen) == sorted(identifiers)
    with CaptureQueriesContext(connection) as statements:
        records.get(reverse("retention"))
    assert len(statements) <= 8
