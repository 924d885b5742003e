"""One box finds across rooms, counts only what the reader may open, and keeps searches for their maker alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import PartyRole
from kirjaamo.cases.tests.made import add_document, draft, open_case
from kirjaamo.documents import actions
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.finding import Question, ask
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.premises.tests.made import made_room
from kirjaamo.search.models import SavedSearch
from kirjaamo.subjects.actions import add_subject
from kirjaamo.testing import make_user
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from kirjaamo.organisation.models import User

pytestmark = pytest.mark.django_db
BOX = "/tyo/haku/"


@pytest.fixture
def desk(client: Client, registrar: User) -> Client:
    client.force_login(registrar)
    return client


def shown(client: Client, text: str, **more: str) -> str:
    return client.get(BOX, {"q": text, **more}).content.decode()


def test_one_box_finds_cases_and_the_description_by_any_form_of_a_word(desk: Client) -> None:
    case = open_case(title="Meluaidan rakentaminen Koskelantielle")
    assert case.identifier in shown(desk, "meluaidat koskelantiellä")
    assert "erityisuimakort" in shown(desk, "erityisuimakorttien").lower()


def test_an_identifier_leads_straight_to_the_case(desk: Client) -> None:
    case = open_case()
    answer = desk.get(BOX, {"q": case.identifier.lower()})
    assert answer.status_code == 302
    assert answer["Location"] == case.get_absolute_url()


def test_what_narrows_is_counted_and_narrows(desk: Client) -> None:
    open_case(title="Kaislatien levennys")
    page = shown(desk, "kaislatien", laji="case")
    assert "1 tulos" in page
    assert "0 tulosta" in shown(desk, "kaislatien", laji="system")


def test_an_entry_of_several_classes_counts_in_each_of_them(registrar: User) -> None:
    counts = ask(Question("avustus"), registrar, timezone.now()).counts["class"]
    assert counts["02 05 01"]
    assert all(re.fullmatch(r"[0-9 ]+", code) for code in counts)


def test_the_newest_come_first_when_asked(desk: Client) -> None:
    older, newer = open_case(title="Kaislatien levennys"), open_case(title="Kaislatien päällystys")
    page = shown(desk, "kaislatien", jarjestys="uusin")
    assert page.index(newer.identifier) < page.index(older.identifier)


def test_one_without_the_right_to_cases_neither_finds_nor_counts_their_titles(client: Client) -> None:
    open_case(title="Kaislatien salainen selvitys", public_title="")
    client.force_login(make_user(Role.ADMINISTRATOR))
    assert "0 tulosta" in shown(client, "kaislatien")


def test_a_question_takes_two_statements_beside_the_session(
    desk: Client, registrar: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        open_case(title=f"Kaislatien hanke {number}")
    registrar.may("cases.read")
    with django_assert_max_num_queries(2):
        found = ask(Question("kaislatie"), registrar, timezone.now())
    assert found.total == 30
    assert found.pages == 2
    with django_assert_max_num_queries(8):
        desk.get(BOX, {"q": "kaislatie"})


def test_a_search_is_kept_once_by_its_name_and_only_its_maker_sees_it(desk: Client, registrar: User, client: Client) -> None:
    for _ in range(2):
        desk.post(reverse("search_save"), {"name": "Melu", "address": "q=melu&laji=case"})
    kept = SavedSearch.objects.get(user=registrar)
    assert f"{BOX}?q=melu&amp;laji=case" in desk.get(BOX).content.decode()
    client.force_login(make_user(Role.HANDLER))
    assert "laji=case" not in client.get(BOX).content.decode()
    client.post(reverse("search_remove", args=[kept.pk]))
    assert SavedSearch.objects.filter(pk=kept.pk).exists()
    client.force_login(registrar)
    client.post(reverse("search_remove", args=[kept.pk]))
    assert not SavedSearch.objects.filter(pk=kept.pk).exists()


def test_a_search_without_a_name_is_asked_for_one(desk: Client) -> None:
    answer = desk.post(reverse("search_save"), {"name": " ", "address": "q=melu"}, follow=True)
    assert "Anna haulle nimi." in answer.content.decode()


@pytest.mark.parametrize("text", ["", "  ", "\x00", "'", ":*", "a & | !", "ja", '"'])
def test_whatever_is_typed_is_answered(desk: Client, text: str) -> None:
    assert desk.get(BOX, {"q": text, "sivu": "99999"}).status_code == 200


def test_a_document_is_found_by_its_text_but_a_secret_one_by_its_title_alone(desk: Client, handler: User) -> None:
    case = open_case()
    for title, publicity, text in (
        ("Selvitys", Publicity.PUBLIC, "Hulevesien johtaminen ojaan."),
        ("Lausunto terveydestä", Publicity.SECRET, "Salattu diagnoosi."),
    ):
        add_document(case, draft(title, publicity, data=text.encode()), handler)
    for key in actions.queue_waiting(actor=Machine("test")):
        actions.read_file(key, actor=Machine("test"))
    assert "Selvitys" in shown(desk, "hulevesi", laji="document")
    assert "0 tulosta" in shown(desk, "diagnoosi", laji="document")
    assert f"{case.get_absolute_url()}#asiakirjat" in shown(desk, "lausunto terveys", laji="document")


def test_what_becomes_secret_leaves_the_search_with_the_decision(desk: Client, handler: User) -> None:
    case = open_case()
    document = add_document(case, draft("Selvitys", data=b"Hulevesien johtaminen."), handler)
    for key in actions.queue_waiting(actor=Machine("test")):
        actions.read_file(key, actor=Machine("test"))
    assert "0 tulosta" not in shown(desk, "hulevesi", laji="document")
    changes = {"publicity": Publicity.SECRET.value, "grounds": ["JulkL-24-1-32"]}
    actions.decide(document, changes, reason="Liikesalaisuus", actor=handler)
    assert "0 tulosta" in shown(desk, "hulevesi", laji="document")


def test_a_party_is_found_by_name_and_only_within_cases(desk: Client) -> None:
    aino = add_subject("Aino Esimerkki", actor=Machine("test"))
    open_case(parties=[NewParty(PartyRole.INITIATOR, aino)])
    add_subject("Aino Irrallinen", actor=Machine("test"))
    page = shown(desk, "aino", laji="party")
    assert "1 tulos" in page
    assert reverse("party", args=[aino.pk]) in page


def test_a_register_record_is_found_by_its_open_words_by_who_may_read_the_register(client: Client) -> None:
    record = made_room()
    client.force_login(make_user(Role.REGISTER_WORKER, unit="kasvatuksen-ja-koulutuksen-toimiala"))
    assert record.get_absolute_url() in shown(client, record.school)
    client.force_login(make_user(Role.RECORDS_MANAGER))
    assert record.get_absolute_url() not in shown(client, record.school)
