"""The three ways in which a record is tied to a case: it is the case, it comes to have one, it belongs to one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, PartyRole
from kirjaamo.contract.actions import change, create
from kirjaamo.contract.place import home_of
from kirjaamo.contract.record import Record
from kirjaamo.contract.tests.conftest import CLERK
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.premises.models import Room
from kirjaamo.registers.leisure.swim_cards import actions
from kirjaamo.registers.leisure.swim_cards.models import Application, Proof, SwimCard
from kirjaamo.registers.leisure.swim_cards.tests.made import terms
from kirjaamo.testing import make_user
from kirjaamo.values.personal_id import PersonalId

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
MACHINE = Machine("clerk")
DAY = dt.date(2026, 5, 5)


@pytest.fixture
def worker() -> User:
    return make_user(Role.HANDLER, Role.REGISTER_WORKER, name="tekijä")


def page(user: User, address: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00ad", "")


def decided() -> Application:
    terms()
    made = actions.apply(PersonalId.parse("010100A900F"), "Matti Mallikas", Proof.EU_CARD, DAY, resident=True, actor=MACHINE)
    return actions.decide(made, actor=MACHINE, on=DAY)


def tell_of_each_other(user: User, record: Record, *measures: str) -> None:
    """The case's page leads to the record; the record's page shows the case's stages, and both the measures."""
    assert record.case is not None
    of_case, of_record = page(user, record.case.get_absolute_url()), page(user, record.get_absolute_url())
    assert record.get_absolute_url() in of_case
    assert record.case.identifier in of_record
    stages = [node.title["fi"] for node in record.case.revision.nodes.filter(kind="stage")]
    assert stages
    assert [title for title in stages if title not in of_record] == []
    for measure in measures:
        assert measure in of_case
        assert measure in of_record


def test_a_record_that_is_the_case_shows_its_stages_and_leaves_its_measures_on_it(worker: User) -> None:
    tell_of_each_other(worker, decided(), "Hakemus ratkaistiin")


def test_a_record_that_comes_to_have_a_case_is_found_from_it_at_once(worker: User) -> None:
    kind = Room._meta.get_field("kind").flatchoices[0][0]
    room = create(Room(code="C-1", school="Alppilan koulu", name="Sali", kind=kind, capacity=30), actor=CLERK)
    assert "Asia</h2>" not in page(worker, room.get_absolute_url())
    held = change(room, {"case": opened()}, version=room.version, actor=MACHINE)
    tell_of_each_other(worker, held)


def test_records_that_belong_to_one_case_are_all_told_of_on_it(worker: User) -> None:
    application = decided()
    card = SwimCard.objects.get(application=application)
    assert card.case_id == application.case_id
    tell_of_each_other(worker, card, "Hakemus ratkaistiin")


def test_a_record_that_moves_to_another_case_leaves_the_first(worker: User) -> None:
    application = decided()
    first = application.case
    held = change(application, {"case": opened()}, version=application.version, actor=MACHINE)
    assert first is not None
    assert held.get_absolute_url() not in page(worker, first.get_absolute_url())
    tell_of_each_other(worker, held)


def opened() -> Case:
    """A case without any record yet."""
    place = home_of("erityisuimakortit", "card_decision")
    new = cases.NewCase(
        revision=place.revision,
        unit=place.unit,
        management_unit=place.management_unit,
        title="Asia",
        initiated_at=timezone.now(),
        parties=[cases.NewParty(PartyRole.INITIATOR, None)],
    )
    return cases.open_case(new, actor=MACHINE)
