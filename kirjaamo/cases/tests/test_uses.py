"""Reading is noted: once for a page, with the people whose data was in sight, and never changed afterwards."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import Case, PartyRole
from kirjaamo.cases.tests import made
from kirjaamo.documents.models import File
from kirjaamo.kernel.models import UseEntry
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb, note
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.subjects.actions import add_subject
from kirjaamo.testing import make_user
from kirjaamo.values.personal_id import PersonalId

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
CODE = "150594Y9022"


def _case_of_a_person() -> Case:
    person = add_subject("Aino Esimerkki", personal_id=PersonalId.parse(CODE), actor=made.MACHINE)
    return made.open_case(parties=[NewParty(PartyRole.INITIATOR, person)])


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_case_page_with_a_person_is_noted_once(handler: User) -> None:
    case = _case_of_a_person()
    _client(handler).get(case.get_absolute_url())
    (noted,) = UseEntry.objects.all()
    assert (noted.actor, noted.about, noted.verb, noted.area) == (handler.actor_ref, case.identifier, "view", "cases")
    assert noted.subjects == [case.parties.get().subject_id]


def test_the_purpose_tells_what_the_reader_was_to_the_case(handler: User) -> None:
    case = _case_of_a_person()
    for user in (make_user(Role.HANDLER, unit="kirjaamo"), make_user(Role.DATA_PROTECTION_OFFICER, unit="hallinto-osasto"), handler):
        _client(user).get(case.get_absolute_url())
    assert list(UseEntry.objects.values_list("purpose", flat=True)) == [Purpose.HANDLING, Purpose.OVERSIGHT, Purpose.OTHER]


def test_what_is_everyones_is_not_noted(handler: User) -> None:
    case = made.open_case()
    _client(handler).get(case.get_absolute_url())
    Client().get(case.get_public_url())
    assert not UseEntry.objects.exists()


def test_opening_a_file_is_noted_with_the_people_of_its_case(handler: User) -> None:
    case = _case_of_a_person()
    made.add_document(case, made.draft(), handler)
    _client(handler).get(f"{case.get_absolute_url()}tiedosto/{File.objects.get().pk}/")
    noted = UseEntry.objects.get(verb=UseVerb.FILE)
    assert noted.subjects == [case.parties.get().subject_id]


def test_a_note_is_one_statement_and_holds_no_identity_code(handler: User) -> None:
    with CaptureQueriesContext(connection) as statements:
        note(Use(UseVerb.VIEW, "cases", Purpose.OTHER, reason=f"kysyi {CODE}"), actor=handler)
    assert len(statements) == 1
    assert CODE not in UseEntry.objects.get().reason


@pytest.mark.parametrize("sql", ["UPDATE kernel_useentry SET about = 'x'", "DELETE FROM kernel_useentry", "TRUNCATE kernel_useentry"])
def test_the_database_refuses_to_change_the_log(handler: User, sql: str) -> None:
    note(Use(UseVerb.VIEW, "cases", Purpose.OTHER), actor=handler)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
