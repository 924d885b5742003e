from __future__ import annotations

import hashlib
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from kirjaamo.catalog import changes, content, gate, reading
from kirjaamo.catalog.actions import publish, reindex
from kirjaamo.catalog.gate import Group, Verdict
from kirjaamo.catalog.models import Dataset, InformationResource, InformationSystem, Publication
from kirjaamo.catalog.tests.conftest import ROBOT
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import VISITOR, Actor
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.kernel.packs import Pack
from kirjaamo.organisation.models import User

REASON = "Rajapinnat selvitetään kevään aikana."


def system(**more: object) -> content.Content:
    """A described system that lacks nothing."""
    return {
        "kind": "system", "slug": "a", "title": {"fi": "A"}, "purpose": {"fi": "x"}, "description": {"fi": "x"},
        "access": {"kind": "public", "grounds": [], "note": {}}, "contacts": {"rows": [{"kind": "email"}]}, "keys": [{"kind": "date"}],
        "datasets": [{"groups": []}], "open_interface": {"answer": "no", "url": ""}, "feeds_case_register": "yes",
        "feeds_service_data": "unknown",
        "state": "in_use", "is_group": False, "parts": [], "connection": "hand", "home": None,
    } | more  # fmt: skip


def problems(entry: content.Content) -> set[tuple[int, str, str]]:
    return {(row.group, row.verdict, row.problem) for row in gate.judge({"system": {"a": entry}}).rows if row.problem}


def test_a_system_that_lacks_nothing_passes() -> None:
    assert problems(system()) == set()
    assert gate.judge({"system": {"a": system()}}).open


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"purpose": {}, "description": {}}, (Group.SYSTEMS, Verdict.MISSING, "description_missing")),
        ({"access": {"kind": "secret", "grounds": [], "note": {}}}, (Group.SYSTEMS, Verdict.MISSING, "secrecy_ground_missing")),
        ({"access": {"kind": "unknown", "grounds": [], "note": {}}}, (Group.SYSTEMS, Verdict.UNKNOWN, "publicity_unknown")),
        ({"feeds_case_register": "unknown"}, (Group.SYSTEMS, Verdict.UNKNOWN, "feeds_unknown")),
        ({"contacts": {"rows": []}}, (Group.DECIDER, Verdict.MISSING, "contact_missing")),
        ({"datasets": []}, (Group.DATASETS, Verdict.MISSING, "datasets_missing")),
        ({"keys": []}, (Group.KEYS, Verdict.MISSING, "keys_missing")),
        ({"connection": "home"}, (Group.KEYS, Verdict.MISSING, "search_missing")),
        ({"open_interface": {"answer": "unknown", "url": ""}}, (Group.INTERFACE, Verdict.UNKNOWN, "interface_unknown")),
        ({"open_interface": {"answer": "yes", "url": ""}}, (Group.INTERFACE, Verdict.MISSING, "interface_address_missing")),
    ],
)
def test_each_missing_content_of_section_28_is_named(change: dict[str, object], expected: tuple[Group, Verdict, str]) -> None:
    assert problems(system(**change)) == {expected}


@pytest.mark.parametrize(
    "outside",
    [{"feeds_case_register": "no", "feeds_service_data": "no"}, {"state": "moved"}, {"is_group": True, "parts": [{"slug": "b"}]}],
)
def test_what_section_28_does_not_ask_of_is_not_asked(outside: dict[str, object]) -> None:
    bare = {"datasets": [], "keys": [], "open_interface": {"answer": "unknown", "url": ""}}
    assert {row[0] for row in problems(system(**bare, **outside))} == set()


def test_unknown_is_not_no() -> None:
    unknown = {"feeds_case_register": "unknown", "feeds_service_data": "no", "keys": []}
    assert (Group.KEYS, Verdict.MISSING, "keys_missing") in problems(system(**unknown))


def test_a_description_without_systems_does_not_pass() -> None:
    assert not gate.judge({}).open


@action("Täydennä aineistot", needs="catalog.edit")
def complete(*, actor: Actor) -> None:
    """Describe what the gate misses, so that a version can be published."""
    del actor
    judged = gate.judge(content.build())
    resource = InformationResource.objects.first()
    for row in judged.missing:
        if row.problem == "datasets_missing":
            found = InformationSystem.objects.get(slug=row.slug)
            Dataset.of(slug=f"aineisto-{row.slug}", title=found.title, resource=resource, decided_by=found.decided_by).systems.add(found)
        elif row.problem == "search_missing":
            InformationSystem.objects.filter(slug=row.slug).update(connection="hand")
    for dataset in Dataset.objects.filter(groups=None):
        dataset.groups.create(title=dataset.title)


@action("Muuta kuvausta", needs="catalog.edit")
def describe(slug: str, text: str, *, actor: Actor) -> None:
    del actor
    InformationSystem.objects.filter(slug=slug).update(description={"fi": text, "sv": text, "en": text})


@pytest.fixture
def complete_catalog(helsinki: Pack) -> None:  # noqa: ARG001 - order
    complete(actor=ROBOT)
    reindex(actor=ROBOT)
    assert gate.judge(reading.everything()).open


@pytest.fixture
def published(complete_catalog: None, manager: User) -> Publication:  # noqa: ARG001 - order
    return publish(actor=manager, acknowledged=REASON)


@action("Poista hakutekijät", needs="catalog.edit")
def forget_keys(slug: str, *, actor: Actor) -> None:
    del actor
    InformationSystem.objects.get(slug=slug).searchkeys.all().delete()


@pytest.mark.usefixtures("complete_catalog")
def test_a_closed_gate_refuses_and_names_the_row(manager: User) -> None:
    forget_keys("osoiterekisteri", actor=ROBOT)
    with pytest.raises(Refused) as refused:
        publish(actor=manager, acknowledged=REASON)
    assert refused.value.code == "catalog.gate_closed"
    assert "Osoiterekisteri" in str(refused.value)
    assert not Publication.objects.exists()


@pytest.mark.usefixtures("complete_catalog")
def test_what_is_not_known_goes_out_only_with_a_reason(manager: User) -> None:
    with pytest.raises(Refused) as refused:
        publish(actor=manager, acknowledged="  ")
    assert (refused.value.code, refused.value.field) == ("catalog.unknown_not_acknowledged", "acknowledged")
    made = publish(actor=manager, acknowledged=REASON)
    assert made.acknowledged == REASON
    assert {row["verdict"] for row in made.gate} == {"ok", "unknown"}


@pytest.mark.usefixtures("complete_catalog")
def test_only_who_may_publish_publishes(registrar: User) -> None:
    for actor in (registrar, VISITOR):
        with pytest.raises(NotAllowed):
            publish(actor=actor, acknowledged=REASON)


@pytest.mark.usefixtures("published")
def test_the_same_description_is_not_published_twice(manager: User) -> None:
    with pytest.raises(Refused) as refused:
        publish(actor=manager, acknowledged=REASON)
    assert refused.value.code == "catalog.nothing_changed"


@pytest.mark.parametrize(
    "sql", ["UPDATE catalog_publication SET note = 'x'", "DELETE FROM catalog_publication", "TRUNCATE catalog_publication"]
)
@pytest.mark.usefixtures("published")
def test_a_publication_cannot_be_changed_even_by_sql(sql: str) -> None:
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_frozen_page_stays_as_it_was_and_the_change_is_shown(published: Publication, manager: User, web: Client) -> None:
    describe("osoiterekisteri", "Aivan uusi kuvaus.", actor=ROBOT)
    reindex(actor=ROBOT)
    second = publish(actor=manager, acknowledged=REASON)
    assert second.number == published.number + 1
    live = web.get("/kuvaus/tietojarjestelmat/osoiterekisteri/").content.decode()
    then = web.get(f"/kuvaus/versiot/{published.number}/tietojarjestelmat/osoiterekisteri/").content.decode()
    assert "Aivan uusi kuvaus." in live
    assert "Aivan uusi kuvaus." not in then
    shown = web.get(reverse("catalog_difference", args=[published.number, second.number]))
    assert [(row["change"].what, row["change"].slug) for row in shown.context["rows"]] == [("changed", "osoiterekisteri")]
    assert "Aivan uusi kuvaus." in shown.content.decode()


def test_the_fingerprint_is_that_of_the_frozen_file(published: Publication, web: Client) -> None:
    frozen = web.get(reverse("catalog_version_frozen", args=[published.number])).content
    assert hashlib.sha256(frozen).hexdigest() == published.content_hash
    assert json.loads(frozen)["authority"]["business_id"] == "0201256-6"


@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_every_page_of_a_version_opens(published: Publication, web: Client, language: str) -> None:
    number = published.number
    for tail in ("", f"{number}/", f"{number}/tuloste/", f"{number}/kuvaus.json", f"{number}/kuvaus.csv", f"{number}/luokat/07-01-04/"):
        assert web.get(f"{language}/kuvaus/versiot/{tail}").status_code == 200, tail
    assert web.get(f"{language}/kuvaus/versiot/{number}/tietojarjestelmat/ei-ole/").status_code == 404


@pytest.mark.usefixtures("complete_catalog")
def test_the_page_of_the_gate_publishes(manager: User, web: Client) -> None:
    web.force_login(manager)
    address = reverse("catalog_gate")
    assert web.get(address).status_code == 200
    assert web.post(address, {"acknowledged": "", "note": ""}).status_code == 400
    answer = web.post(address, {"acknowledged": REASON, "note": "Ensimmäinen"})
    assert answer.status_code == 302
    assert web.get(answer["Location"]).context["version"].note == "Ensimmäinen"


@pytest.mark.usefixtures("helsinki")
def test_the_page_of_the_gate_is_for_publishers(registrar: User, web: Client) -> None:
    assert web.get(reverse("catalog_gate")).status_code == 302
    web.force_login(registrar)
    assert web.get(reverse("catalog_gate")).status_code == 403


def test_a_comparison_names_what_came_went_and_changed() -> None:
    def entry(slug: str, **more: object) -> content.Content:
        return {"kind": "system", "slug": slug, "title": {"fi": slug}, "order": 0, **more}

    before = {"system": {"a": entry("a", users={"fi": "kaikki"}), "b": entry("b")}}
    after = {"system": {"a": entry("a", users={"fi": "osa", "sv": "en del"}), "c": entry("c")}}
    found = {(change.what, change.slug): change for change in changes.compare(before, after, "fi")}
    assert set(found) == {("changed", "a"), ("added", "c"), ("removed", "b")}
    (field,) = found["changed", "a"].fields
    assert (field.before, field.after) == (["kaikki"], ["osa"])


def test_a_day_in_a_comparison_is_written_as_people_write_it() -> None:
    assert changes.readable({"since": "2026-11-22", "number": "20261122"}, "fi") == ["22.11.2026", "20261122"]


def test_a_change_of_another_language_is_shown_as_such() -> None:
    def entry(sv: str) -> content.Content:
        return {"kind": "system", "slug": "a", "title": {"fi": "a", "sv": sv}, "order": 0}

    (change,) = changes.compare({"system": {"a": entry("x")}}, {"system": {"a": entry("y")}}, "fi")
    assert (change.fields[0].before, change.fields[0].after) == (["sv: x"], ["sv: y"])


@pytest.mark.usefixtures("helsinki")
def test_the_description_of_the_first_authority_lacks_nothing_that_section_28_asks() -> None:
    assert [(row.slug, row.problem) for row in gate.judge(content.build()).missing] == []
