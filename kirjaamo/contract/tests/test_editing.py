"""Plain edits: one record by a form, many by one form with a preview; what is refused is named and nothing else is changed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kirjaamo.contract import actions
from kirjaamo.contract.tests.conftest import CLERK, DAY
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.organisation.models import User
from kirjaamo.registers.leisure.swim_cards import actions as cards
from kirjaamo.registers.leisure.swim_cards.models import Application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
Apply = Callable[..., Application]
MANY = "/rekisterit/erityisuimakortit/application/joukkomuutos/"


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00ad", "").split())


def stamp(page: str) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', page)
    assert found, text(page)
    return found[1]


def test_a_record_is_changed_by_its_form(apply: Apply, worker_client: Client) -> None:
    row = apply()
    url = reverse("record-edit", args=["erityisuimakortit", "application", row.pk])
    assert f'href="{url}"' in worker_client.get(row.get_absolute_url()).content.decode()
    page = worker_client.get(url).content.decode()
    assert 'value="05.05.2026"' in page
    sent = {"version": row.version, "proof": "visual_card", "seen_on": "6.5.2026", "resident": "kyllä", "assistants": "1"}
    assert worker_client.post(url, sent).status_code == 302
    row.refresh_from_db()
    assert (row.proof, row.seen_on.isoformat(), row.assistants, row.version) == ("visual_card", "2026-05-06", 1, 2)


def test_a_value_that_is_none_is_told_at_its_field_and_nothing_typed_is_lost(apply: Apply, worker_client: Client) -> None:
    row = apply()
    url = reverse("record-edit", args=["erityisuimakortit", "application", row.pk])
    answer = worker_client.post(url, {"version": 1, "proof": "eu_card", "seen_on": "toukokuussa", "resident": "kyllä", "assistants": "7"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "22.11.2026" in page
    assert 'value="toukokuussa"' in page
    answer = worker_client.post(url, {"version": 1, "proof": "eu_card", "seen_on": "5.5.2026", "resident": "kyllä", "assistants": "7"})
    assert "Avustajia 7: kortilla voi olla enintään 2 avustajaa" in answer.content.decode()
    row.refresh_from_db()
    assert row.version == 1


def test_two_who_change_the_same_record_both_learn_of_it(apply: Apply, worker_client: Client) -> None:
    row = apply()
    url = reverse("record-edit", args=["erityisuimakortit", "application", row.pk])
    actions.edit(row, {"assistants": 2}, version=1, actor=CLERK)
    answer = worker_client.post(url, {"version": 1, "proof": "eu_card", "seen_on": "5.5.2026", "resident": "kyllä", "assistants": "1"})
    assert answer.status_code == 422
    assert "Toinen käyttäjä" in answer.content.decode()


def test_what_a_register_keeps_for_its_verbs_is_not_written_as_such(apply: Apply, register_worker: User, administrator: User) -> None:
    row = apply()
    with pytest.raises(Refused, match="outcome"):
        actions.edit(row, {"outcome": "granted"}, version=1, actor=register_worker)
    with pytest.raises(NotAllowed):
        actions.edit(row, {"assistants": 1}, version=1, actor=administrator)
    with pytest.raises(Refused, match="holder"):
        actions.add(Application, {"holder": row.holder, "seen_on": DAY}, actor=register_worker)


def test_the_list_offers_its_rows_for_one_change(apply: Apply, worker_client: Client) -> None:
    row = apply()
    page = worker_client.get("/rekisterit/erityisuimakortit/?laji=application").content.decode()
    assert f'name="valitse" value="{row.pk}"' in page
    assert f'action="{MANY}"' in page
    cards_page = worker_client.get("/rekisterit/erityisuimakortit/").content.decode()
    assert 'name="valitse"' not in cards_page  # cards are made and changed by verbs only


def test_many_rows_are_changed_after_a_preview_that_names_what_is_refused(apply: Apply, worker_client: Client) -> None:
    first, second, decided = apply(0), apply(1), apply(2)
    cards.decide(decided, actor=CLERK, on=DAY)
    url = f"{MANY}?valitse={first.pk}&valitse={second.pk}&valitse={decided.pk}"
    assert "Muuta 3 riviä" in text(worker_client.get(url).content.decode())
    seen = worker_client.post(url, {"assistants": "2", "step": "look"}).content.decode()
    assert "2 riviä muuttuu." in text(seen)
    assert "Hakemus on ratkaistu" in seen
    first.refresh_from_db()
    assert first.assistants == 0
    before = JournalEntry.objects.count()
    assert worker_client.post(url, {"assistants": "2", "step": "do", "stamp": stamp(seen)}).status_code == 302
    for row in (first, second, decided):
        row.refresh_from_db()
    assert (first.assistants, second.assistants, decided.assistants) == (2, 2, 0)
    entry = JournalEntry.objects.latest("id")
    assert (JournalEntry.objects.count(), entry.action) == (before + 1, "contract.edit_many")
    assert entry.body["writes"][0]["rows"] == [str(first.pk), str(second.pk)]
    again = worker_client.post(url, {"assistants": "2", "step": "do", "stamp": stamp(seen)}).content.decode()
    assert "muuttuivat esikatselun jälkeen" in again  # a second press does not do it twice
    assert JournalEntry.objects.count() == before + 1


def test_the_database_refuses_a_row_of_many_and_the_others_are_told_apart(apply: Apply, worker_client: Client) -> None:
    rows = [apply(0), apply(1)]
    url = f"{MANY}?kaikki=1&outcome=pending"
    seen = text(worker_client.post(url, {"assistants": "-1", "step": "look"}).content.decode())
    assert seen.count("Avustajia voi olla 0, 1 tai 2") == 2
    assert "0 riviä muuttuu." in seen
    for row in rows:
        row.refresh_from_db()
        assert (row.assistants, row.version) == (0, 1)


def test_rows_that_changed_after_the_preview_are_shown_anew(apply: Apply, worker_client: Client) -> None:
    row = apply()
    url = f"{MANY}?valitse={row.pk}"
    seen = worker_client.post(url, {"proof": "visual_card", "step": "look"}).content.decode()
    actions.edit(row, {"assistants": 1}, version=1, actor=CLERK)
    answer = worker_client.post(url, {"proof": "visual_card", "step": "do", "stamp": stamp(seen)})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.proof == "eu_card"


def test_nobody_without_the_right_to_write_reaches_the_forms(apply: Apply, administrator: User) -> None:
    row = apply()
    client = Client()
    client.force_login(administrator)
    for url in (MANY, reverse("record-edit", args=["erityisuimakortit", "application", row.pk])):
        assert client.get(url).status_code == 403
