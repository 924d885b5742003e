"""Holds: what they cover is not due, also what is added later; they are lifted with a reason and kept; the database guards them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases.models import Case
from kirjaamo.cases.tests import made
from kirjaamo.documents.models import Document
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.organisation.roles import Role
from kirjaamo.retention.holds.actions import Scope, lift, place
from kirjaamo.retention.jobs import check_clocks, spread
from kirjaamo.retention.models import ClockKind, ClockReason, Hold, HoldItem, HoldKind
from kirjaamo.retention.reading import Asked, counts, listed
from kirjaamo.retention.tests.test_clocks import CODE, added, clock, closed, opened, plan  # noqa: F401 - the small plan is a fixture
from kirjaamo.testing import make_user
from kirjaamo.tos.reading import in_force

pytestmark = pytest.mark.django_db
GROUND = "Hallinto-oikeus käsittelee valitusta."


def old_note(case: Case) -> Document:
    """A document whose retention ended long ago."""
    return added(case, "note", timezone.now() - dt.timedelta(days=4 * 365))


def held(scope: Scope) -> Hold:
    made_ = place(scope, HoldKind.APPEAL, GROUND, actor=made.MACHINE)
    assert made_ is not None
    return made_


def due() -> set[int]:
    page = listed(Asked("due"), made.MACHINE, timezone.now(), timezone.localdate())
    return {clock.document_id for clock, _case in page.rows if clock.document_id}


def test_a_hold_stops_exactly_what_it_names_and_keeps_what_the_clock_said() -> None:
    first, second = opened(), opened()
    one, other, third = old_note(first), old_note(first), old_note(second)
    assert due() == {one.pk, other.pk, third.pk}
    hold = held(Scope(cases=[second], documents=[one]))
    assert due() == {other.pk}
    found = clock(one)
    assert (found.state, found.held, found.reason, found.is_due(timezone.localdate())) == (
        ClockKind.RUNNING,
        True,
        ClockReason.HOLD_PLACED,
        False,
    )
    assert (clock(first).held, clock(second).held) == (True, True)
    lift(hold, "Valitus on ratkaistu.", actor=made.MACHINE)
    assert due() == {one.pk, other.pk, third.pk}
    assert [(value.held, value.reason) for value in clock(one).before.all()] == [
        (True, ClockReason.HOLD_PLACED),
        (False, ClockReason.DOCUMENT_ADDED),
    ]
    assert counts(timezone.localdate())["held"] == 0


def test_a_hold_of_a_class_covers_what_comes_later_and_classes_below_it() -> None:
    before = old_note(opened())
    hold = held(Scope(in_force(CODE[:5], timezone.localdate()).function_class))
    after = old_note(opened())
    assert due() == set()
    assert clock(before).held
    assert clock(after).held
    assert hold.has_spread
    lift(hold, "Tarkastus on ohi.", actor=made.MACHINE)
    assert due() == {before.pk, after.pk}


def test_what_another_hold_covers_stays_held() -> None:
    case = opened()
    note = old_note(case)
    first, _second = held(Scope(cases=[case])), held(Scope(documents=[note]))
    lift(first, "Ei enää tarvita.", actor=made.MACHINE)
    assert clock(note).held


def test_the_worker_goes_on_with_a_hold_of_many_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kirjaamo.retention.holds.actions.BATCH", 2)
    notes = [old_note(opened()) for _ in range(5)]
    hold = held(Scope(in_force(CODE, timezone.localdate()).function_class))
    assert (hold.done, hold.total, hold.has_spread) == (2, 5, False)
    assert spread(0) > 0
    hold.refresh_from_db()
    assert (hold.done, hold.has_spread) == (5, True)
    assert all(clock(note).held for note in notes)
    assert check_clocks(0) == 0


def test_a_hold_needs_a_ground_a_scope_and_the_right() -> None:
    case = opened()
    with pytest.raises(Refused, match="millä perusteella"):
        place(Scope(cases=[case]), HoldKind.OTHER, " ", actor=made.MACHINE)
    with pytest.raises(Refused, match="Valitse, mitä kielto koskee"):
        place(Scope(), HoldKind.OTHER, GROUND, actor=made.MACHINE)
    with pytest.raises(NotAllowed):
        place(Scope(cases=[case]), HoldKind.OTHER, GROUND, actor=make_user(Role.HANDLER))
    hold = held(Scope(cases=[case]))
    lift(hold, "Ohi.", actor=made.MACHINE)
    with pytest.raises(Refused, match="jo kumottu"):
        lift(hold, "Ohi.", actor=made.MACHINE)


def refused(statement: str, *values: int) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}", values)
    return str(error.value)


NEW = "INSERT INTO retention_hold (kind, ground, source, placed_at, placed_by, lifted_by, lifted_reason, last_case, done, total)"


def test_the_database_keeps_holds_and_what_they_hold() -> None:
    case = opened()
    note = made.add_document(case, made.draft(), make_user(Role.HANDLER))
    hold = held(Scope(cases=[case]))
    assert "a_hold_is_only_lifted" in refused("DELETE FROM retention_hold WHERE id = %s", hold.pk)
    assert "a_hold_is_only_lifted" in refused("UPDATE retention_hold SET ground = 'muu' WHERE id = %s", hold.pk)
    assert "a_lifted_hold_tells_who_and_why" in refused("UPDATE retention_hold SET lifted_at = now() WHERE id = %s", hold.pk)
    assert "append_only" in refused("DELETE FROM retention_holditem WHERE hold_id = %s", hold.pk)
    assert "a_hold_has_its_ground" in refused(f"{NEW} VALUES ('other', '', '', now(), 'x', '', '', 0, 0, 0)")
    assert "a_hold_covers_a_class_or_named_things" in refused(f"{NEW} VALUES ('other', 'x', '', now(), 'x', '', '', 0, 0, 0)")
    assert "a_hold_names_a_case_or_a_document" in refused("INSERT INTO retention_holditem (hold_id) VALUES (%s)", hold.pk)
    for table, column in (("cases_casedocument", "document_id"), ("documents_document", "id")):
        assert "a_held_document_is_not_destroyed" in refused(f"DELETE FROM {table} WHERE {column} = %s", note.pk)  # noqa: S608 - ours
    lift(hold, "Ohi.", actor=made.MACHINE)
    assert "a_hold_is_only_lifted" in refused("UPDATE retention_hold SET lifted_reason = 'muu' WHERE id = %s", hold.pk)


def test_a_records_manager_holds_a_case_from_its_page_and_lifts_it() -> None:
    case = closed(opened())
    client = Client()
    client.force_login(make_user(Role.RECORDS_MANAGER))
    page = client.get(reverse("case_retention", args=[case.address])).content.decode()
    new = f"{reverse('retention_hold_new')}?tunnus={case.identifier.replace(' ', '%20')}"
    assert new in page
    wrong = client.post(new, {"things": "HEL 1900-000001", "kind": "appeal", "ground": GROUND})
    assert wrong.status_code == 422
    assert "Rivi 1: tunnusta HEL 1900-000001 ei ole" in wrong.content.decode()
    both = client.post(new, {"things": case.identifier, "class_code": CODE, "kind": "appeal", "ground": GROUND})
    assert "ei molempia" in both.content.decode()
    form = {"things": case.identifier, "kind": "appeal", "ground": GROUND, "key": "0b6d1d6e-2f37-4f1f-9f58-3f3a3a1d7c11"}
    assert client.post(new, form).status_code == 302
    assert client.post(new, form).status_code == 302
    hold = Hold.objects.get()
    assert HoldItem.objects.get().case == case
    note = old_note(opened())
    held(Scope(documents=[note]))
    other = note.in_cases.get().case
    assert "Hävittäminen on kielletty." in client.get(other.get_absolute_url()).content.decode()
    assert "Muutoksenhaku" in client.get(reverse("case_retention", args=[case.address])).content.decode()
    assert client.post(reverse("retention_hold", args=[hold.pk]), {"note": ""}).status_code == 422
    assert client.post(reverse("retention_hold", args=[hold.pk]), {"note": "Ratkaistu."}).status_code == 302
    hold.refresh_from_db()
    assert not hold.in_force
    handler = Client()
    handler.force_login(make_user(Role.HANDLER))
    assert handler.get(new).status_code == 403
