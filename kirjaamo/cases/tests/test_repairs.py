"""What was registered wrong is put right by recorded acts, and nothing else changes."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.models import Arrival, Case
from kirjaamo.cases.tests import made
from kirjaamo.cases.tests.test_arrivals import end, taken, typed
from kirjaamo.kernel.models import SearchRow
from kirjaamo.organisation.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


@pytest.fixture
def desk(registrar: User) -> Client:
    """A browser in which the registrar is signed in."""
    client = Client()
    client.force_login(registrar)
    return client


def registered(desk: Client) -> Case:
    """A case that came from the queue."""
    row = taken()
    assert desk.post(row.get_absolute_url(), typed(row)).status_code == 302
    return Case.objects.get(arrivals=row)


def repair(desk: Client, wrong: Case, **told: str) -> Any:
    """Send the form of a repair."""
    first = {"key": str(uuid.uuid4()), "sender_kind": "person", "reason": "Kirjattiin epähuomiossa väärin."}
    return desk.post(f"{wrong.get_absolute_url()}korjaa/", first | told)


def test_a_wrong_class_is_corrected_with_its_reason_and_the_identifier_stays(desk: Client) -> None:
    """The case follows the right plan from its first stage and is found by the right class; the history says why."""
    case = registered(desk)
    identifier = case.identifier
    assert "reason" in repair(desk, case, what="class", luokka=made.CARD_CLASS, reason="").context["form"].errors
    assert repair(desk, case, what="class", luokka=made.CARD_CLASS).status_code == 302
    case.refresh_from_db()
    assert (case.revision.code, case.identifier) == (made.CARD_CLASS, identifier)
    event = case.events.get(kind="class_corrected")
    assert event.note == "Kirjattiin epähuomiossa väärin."
    assert set(SearchRow.objects.filter(key=identifier).values_list("facets__class", flat=True)) == {made.CARD_CLASS}


def test_a_class_is_not_corrected_when_measures_of_its_plan_were_taken(desk: Client, handler: User) -> None:
    """Then the history would speak of a plan that the case never had."""
    case = registered(desk)
    actions.record(case, actor=handler, kind="hearing", label={"fi": "Kuuleminen"})
    answer = repair(desk, case, what="class", luokka=made.CARD_CLASS)
    assert "toimenpiteitä" in str(answer.context["form"].errors)


def test_the_database_refuses_another_class_without_its_act(desk: Client) -> None:
    """Written past the program, a case does not leave its class."""
    case = registered(desk)
    other = made.open_case(made.CARD_CLASS).revision_id
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET revision_id = %s WHERE id = %s", [other, case.pk])


def test_a_wrong_sender_is_corrected_on_the_party_and_the_documents(desk: Client) -> None:
    """The history tells that, the names stand where names may stand."""
    case = registered(desk)
    assert repair(desk, case, what="sender", sender="Onni Keksitty").status_code == 302
    party = case.parties.select_related("subject").get()
    assert party.subject is not None
    assert party.subject.name == "Onni Keksitty"
    assert {held.document.sender for held in case.case_documents.select_related("document")} == {"Onni Keksitty"}
    assert "Keksitty" not in case.events.get(kind="sender_corrected").note
    assert repair(desk, case, what="sender", sender_kind="anonymous").status_code == 302
    assert case.parties.get().anonymous


def test_a_document_is_moved_to_the_case_that_it_belongs_to(desk: Client) -> None:
    """Both histories tell it with the identifier of the other."""
    case, right = registered(desk), made.open_case()
    held = case.case_documents.get()
    told = {"what": "document", "document": str(held.pk), "case": right.identifier}
    assert repair(desk, case, **told).status_code == 302
    assert right.case_documents.get().document_id == held.document_id
    assert right.identifier in case.events.get(kind="document_moved").note
    assert case.identifier in right.events.get(kind="document_moved").note


def test_an_arrival_that_was_ended_wrongly_goes_back_into_the_queue(desk: Client) -> None:
    """What was called spam and was none waits again, with the time that it arrived."""
    row = taken()
    end(desk, row, how="spam")
    row.refresh_from_db()
    desk.post(f"{row.get_absolute_url()}palauta/", {"reason": "Oikea yhteydenotto.", "version": str(row.version), "key": str(uuid.uuid4())})
    fresh = Arrival.objects.get(pk=row.pk)
    assert (fresh.state, fresh.ended_at, fresh.counts_at) == ("waiting", None, row.counts_at)
    assert desk.post(fresh.get_absolute_url(), typed(fresh)).status_code == 302
    assert timezone.now() > Case.objects.get().initiated_at
