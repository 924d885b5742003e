"""Every system, register and information resource of the seed pages: declared, reached by a request, transferred only when it must."""

from __future__ import annotations

import pytest

from kirjaamo.catalog.models import (
    Connection,
    Controller,
    Dataset,
    Entry,
    InformationResource,
    InformationSystem,
    PersonalDataRegister,
    SearchKey,
    Statement,
)
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.registry import parts_of
from kirjaamo.requests import actions
from kirjaamo.requests.arrivals import NewRequest
from kirjaamo.requests.models import SearchTask
from kirjaamo.requests.plan import questions, routed_elsewhere, searches

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
CITY_PAGE, SYSTEMS_OF_THE_PAGE = "000", 43


def entries() -> list[Entry]:
    """Everything that a request can be made of."""
    kinds: tuple[type[Entry], ...] = (InformationSystem, PersonalDataRegister, InformationResource, Dataset)
    return [one for kind in kinds for one in kind._default_manager.select_related("decided_by")]


def test_each_of_the_43_systems_is_declared_with_controller_and_connection() -> None:
    named = Statement.objects.filter(page=CITY_PAGE).exclude(system=None).values("system").distinct()
    assert named.count() == SYSTEMS_OF_THE_PAGE
    for one in InformationSystem.objects.prefetch_related("owners"):
        assert one.controller in Controller.values, one.slug
        assert one.connection in Connection.values, one.slug
        assert one.owners.all(), f"{one.slug} has no owner"
        assert one.controller != Controller.OTHER or one.controller_names or one.controller_note, f"{one.slug}: whose data is it?"


def test_home_is_what_the_program_answers_for_and_fed_names_its_feeder() -> None:
    home = set(InformationSystem.objects.filter(connection=Connection.HOME).values_list("slug", flat=True))
    assert all(parts_of(slug) for slug in home), "home systems without a register of this program"
    fed = InformationSystem.objects.filter(connection=Connection.FED)
    assert not [one.slug for one in fed if not one.feeder or one.last_event_at is None]


def test_every_entry_has_keys_and_a_unit_that_searches_and_only_anothers_data_is_transferred() -> None:
    pages = {
        kind: set(SearchKey.objects.exclude(**{kind: None}).values_list(kind, flat=True)) for kind in ("system", "register", "resource")
    }
    assert all(pages.values())
    for one in entries():
        found = searches(one)
        assert found, one.slug
        for search in found:
            assert search.unit.slug, one.slug
            assert search.transfer == (search.system is not None and search.system.controller == Controller.OTHER), one.slug
        if not routed_elsewhere(one):
            assert questions(one), f"{one.kind} {one.slug}: nothing to search by"


def test_a_request_to_any_system_reaches_the_unit_that_decides_as_a_task_with_its_keys() -> None:
    asker = Machine("asker")
    asked = list(InformationSystem.objects.select_related("decided_by").order_by("slug"))
    for one in asked:
        answers = [{"kind": key.kind, "label": key.label, "value": "x"} for key in questions(one)]
        actions.send_request(NewRequest("document", one, "Pyydän asiakirjaa.", answers), actor=asker)
    made = {task.system_slug: task for task in SearchTask.objects.select_related("task__unit")}
    wanted = {search.slug: one for one in asked for search in searches(one)}
    assert set(made) == set(wanted)
    for slug, one in wanted.items():
        task = made[slug]
        assert task.task.unit == one.decided_by, one.slug
        assert (task.task.kind == "transfer") == (one.controller == Controller.OTHER), one.slug
        assert task.connection == one.connection, one.slug
        assert [key["kind"] for key in task.keys] == [key.kind for key in questions(one)], one.slug


def test_a_request_to_any_register_resource_or_dataset_reaches_the_units_of_its_systems() -> None:
    """The pages of the two other seeds: each system behind an entry is asked of its own unit, by the entry's keys."""
    asker = Machine("asker")
    for one in entries():
        if isinstance(one, InformationSystem):
            continue
        answers = [{"kind": key.kind, "label": key.label, "value": "x"} for key in questions(one)]
        sent = actions.send_request(NewRequest("document", one, "Pyydän asiakirjaa.", answers), actor=asker)
        made = SearchTask.objects.filter(request__case__identifier=sent.identifier).select_related("task__unit")
        told = [(task.system_slug, task.task.unit, task.task.kind) for task in made]
        assert told == [(search.slug, search.unit, "transfer" if search.transfer else "search") for search in searches(one)], one.slug
        assert all([key["kind"] for key in task.keys] == [key.kind for key in questions(one)] for task in made), one.slug
