"""Own data: each unit that holds some gets its task once the asker is known, and what is another person's stays out of the package."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import TaskState
from kirjaamo.contract.actions import change
from kirjaamo.documents import blobs
from kirjaamo.documents.models import Document
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.models import User
from kirjaamo.registers.education.apprenticeships import actions as training
from kirjaamo.registers.education.apprenticeships.choices import TrainingForm
from kirjaamo.registers.education.apprenticeships.models import Apprenticeship
from kirjaamo.registers.education.apprenticeships.tests import made
from kirjaamo.registers.leisure.swim_cards import actions as cards
from kirjaamo.registers.leisure.swim_cards.models import Proof
from kirjaamo.registers.leisure.swim_cards.tests.made import terms
from kirjaamo.requests.tests.asking import SWIM, desk, new_key, request_of, send
from kirjaamo.subjects.actions import add_subject
from kirjaamo.values.personal_id import PersonalId

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
CLERK = Machine("clerk")
CODE, NAME = PersonalId.parse("010100A900F"), "Matti Mallikas"
GUARDIAN = "Liisa Mallikas"
TRAINING = "oppisopimuskoulutus"


@pytest.fixture
def held() -> Apprenticeship:
    """A person with a swimming card and an apprenticeship, whose guardian is named in the contract."""
    day = dt.date(2026, 5, 5)
    terms()
    cards.decide(cards.apply(CODE, NAME, Proof.EU_CARD, day, resident=True, actor=CLERK), actor=CLERK, on=day)
    study = training.add_study_right(
        CODE, NAME, made.QUALIFICATION, made.INSTITUTE, TrainingForm.QUALIFICATION, made.FIRST, made.LAST, actor=CLERK
    )
    row = made.draft(study)
    guardian = add_subject(GUARDIAN, actor=CLERK, personal_id=PersonalId.parse("150594Y9022"))
    return change(row, {"guardian": guardian}, version=row.version, actor=CLERK)


def identified(client: Client, user: User) -> str:
    """A request about one's own data in the swimming register, whose asker has proved who they are."""
    token = send(client, word="omat-tiedot", slug=SWIM, what="")
    desk(client, user, token, "ota")
    desk(client, user, token, "tunnista", name=NAME, personal_id=CODE.reveal(), how="id_card")
    return token


@pytest.mark.usefixtures("held")
def test_each_unit_that_holds_data_gets_a_task_with_the_person_as_its_key(client: Client, handler: User) -> None:
    found = {one.system_slug: one for one in request_of(identified(client, handler)).searches.select_related("task__unit")}
    assert set(found) == {SWIM, TRAINING}
    one = found[TRAINING]
    assert (one.task.unit.slug, one.task.state, one.connection) == ("stadin-ammatti-ja-aikuisopisto", TaskState.OPEN, "home")
    assert [key["kind"] for key in one.keys] == ["person"]
    assert CODE.reveal() not in json.dumps([one.keys, one.task.title])


@pytest.mark.usefixtures("held")
def test_the_package_proves_the_searches_and_leaves_out_who_else_is_named(client: Client, handler: User) -> None:
    token = identified(client, handler)
    for _ in range(2):  # a second package, as after a correction, asks nobody again
        desk(client, handler, token, "paketti", key=new_key())
    searches = list(request_of(token).searches.all())
    assert sorted((one.system_slug, one.hits) for one in searches) == [(SWIM, 2), (TRAINING, 2)]
    package = Document.objects.filter(type_code="material").order_by("pk")[0]
    files = {file.media_type: blobs.read(file.sha256).decode() for file in package.files.all() if file.media_type == "application/json"}
    told = files["application/json"]
    assert made.QUALIFICATION in told
    assert GUARDIAN not in told
    assert "15 art. 4 kohta" in told


@pytest.mark.usefixtures("held")
def test_a_task_that_someone_has_in_hand_is_waited_for_too(client: Client, handler: User) -> None:
    token = identified(client, handler)
    task = request_of(token).searches.get(system_slug=TRAINING).task
    cases.start(task, actor=handler)
    told = desk(client, handler, token, "vastaa", text="x", outcome="answered", way="e_service", key=new_key()).content.decode()
    assert "tekemätön tehtävä" in told
    assert request_of(token).case.state != "closed"


@pytest.mark.usefixtures("held")
def test_another_kind_of_request_asks_nobody_else(client: Client, handler: User) -> None:
    token = send(client, word="lokitiedot", slug=SWIM, what="")
    desk(client, handler, token, "tunnista", name=NAME, personal_id=CODE.reveal(), how="id_card")
    assert [one.system_slug for one in request_of(token).searches.all()] == [SWIM]
