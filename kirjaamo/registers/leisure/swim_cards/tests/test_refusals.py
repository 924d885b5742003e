"""What the register refuses, at the door of its worker: the sentence holds the values, and the row of the terms stands behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import pytest
from django.test import Client
from django.utils import timezone

from kirjaamo.contract.actions import void
from kirjaamo.contract.testing import at_once
from kirjaamo.documents.models import Way
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.leisure.swim_cards import actions, rules
from kirjaamo.registers.leisure.swim_cards.models import Application, CardPrice, SwimCard
from kirjaamo.registers.leisure.swim_cards.tests.made import CLERK, DAY, MAIJA, SOURCE, applied, terms
from kirjaamo.testing import make_user
from kirjaamo.ui import wording

HERE = "/rekisterit/erityisuimakortit/"
TOMORROW = timezone.localdate() + dt.timedelta(days=1)
FORM = {
    "personal_id": "150594Y9022",
    "name": "Maija Meikäläinen",
    "proof": "eu_card",
    "seen_on": "5.5.2026",
    "resident": "on",
    "assistants": "0",
}


@pytest.fixture
def desk(helsinki: None) -> Client:
    """The browser of a worker of the register, with the terms of the data pack in it."""
    del helsinki
    terms()
    client = Client()
    client.force_login(make_user(Role.REGISTER_WORKER, unit="kulttuurin-ja-vapaa-ajan-toimiala", name="neuvoja"))
    return client


def page(client: Client, address: str, data: Mapping[str, str]) -> str:
    answer = client.post(address, data)
    assert answer.status_code == 422, answer.content.decode()
    return answer.content.decode().replace("\u00ad", "")


def words(client: Client, address: str, data: Mapping[str, str], *told: str) -> None:
    """Every one of the words stands on the page that refuses."""
    text = page(client, address, data)
    assert [one for one in told if one not in text] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"assistants": "3"}, ("Avustajia 3: kortilla voi olla enintään 2 avustajaa.", SOURCE)),
        ({"seen_on": "29.2.2024"}, ("29.2.2024", "1.3.2024–", SOURCE)),
        ({"seen_on": wording.day(TOMORROW)}, (wording.day(TOMORROW), wording.day(timezone.localdate()))),
    ],
)
def test_an_application_is_refused_with_its_values_and_the_terms(desk: Client, change: Mapping[str, str], told: tuple[str, ...]) -> None:
    words(desk, f"{HERE}toiminto/apply/", {**FORM, **change}, *told)
    assert not Application.objects.exists()


@pytest.mark.django_db
def test_a_plain_edit_keeps_the_terms_too(desk: Client) -> None:
    row = applied()
    data = {"assistants": "3", "proof": "eu_card", "seen_on": "5.5.2026", "seen_by": "x", "resident": "kyllä", "version": str(row.version)}
    words(desk, f"{row.get_absolute_url()}muuta/", data, "Avustajia 3", "enintään 2", SOURCE)


@pytest.mark.django_db
def test_a_second_card_is_refused_with_the_first_one_and_its_last_day(desk: Client) -> None:
    """One valid card per person: the database decides, and the clerk is told which card and until when."""
    today = timezone.localdate()
    actions.hand_over(actions.decide(applied(), actor=CLERK), actor=CLERK)
    second, card = applied(), SwimCard.objects.get()
    last = rules.last_day(today, 1)
    following = last + dt.timedelta(days=1)
    words(desk, f"{HERE}toiminto/decide/{second.pk}/", {"sent": "1"}, str(card.number), wording.day(last), wording.day(following), SOURCE)
    later = actions.decide(Application.objects.get(pk=second.pk), actor=CLERK, on=following)
    assert later.outcome == "granted"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda row: actions.hand_over(row, actor=CLERK), "vireillä. Päätä hakemus ensin"),
        (lambda row: actions.serve(row, Way.POST, actor=CLERK), "vireillä. Päätä hakemus ensin"),
        (lambda row: actions.decide(actions.decide(row, actor=CLERK, on=DAY), actor=CLERK), "jo ratkaistu: myönnetty 5.5.2026"),
        (lambda row: actions.serve(actions.decide(row, actor=CLERK, on=DAY), Way.POST, actor=CLERK), "Hakemus on myönnetty"),
        (lambda row: actions.hand_over(actions.hand_over(actions.decide(row, actor=CLERK, on=DAY), actor=CLERK, on=DAY), actor=CLERK),
         "on jo päätetty"),
        (lambda _row: actions.make_report(timezone.localdate().year, actor=CLERK), f"Vuosi {timezone.localdate().year} ei ole päättynyt"),
        (lambda _row: actions.load_terms(actor=CLERK), "jo ladattu"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("desk")
def test_what_comes_too_early_or_twice_says_the_state(act: Callable[[Application], object], told: str) -> None:
    with pytest.raises(OutOfOrder, match=told):
        act(applied())


@pytest.mark.django_db
@pytest.mark.usefixtures("helsinki")
def test_without_terms_or_price_nothing_is_guessed() -> None:
    with pytest.raises(OutOfOrder, match="Lataa ehdot"):
        actions.apply(MAIJA, "Maija", None, DAY, resident=True, actor=CLERK)
    granted = actions.decide(applied(), actor=CLERK, on=DAY)
    price = CardPrice.objects.get()
    void(price, "virheellinen", actor=CLERK)
    with pytest.raises(OutOfOrder, match=r"päivälle 5\.5\.2026"):
        actions.hand_over(granted, actor=CLERK, on=DAY)


@pytest.mark.django_db
@pytest.mark.usefixtures("helsinki")
def test_a_proof_seen_tomorrow_is_input_and_not_a_rule() -> None:
    terms()
    with pytest.raises(BadInput):
        actions.apply(MAIJA, "Maija", None, TOMORROW, resident=True, actor=CLERK)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("helsinki")
def test_of_two_decisions_at_once_one_card_comes_and_the_other_is_told_of_it() -> None:
    """The database decides; who came second reads which card there is."""
    first, second = applied(), applied()
    told = at_once([lambda: actions.decide(first, actor=CLERK, on=DAY), lambda: actions.decide(second, actor=CLERK, on=DAY)])
    assert SwimCard.objects.count() == 1
    (refused,) = [one for one in told if one != "ok"]
    assert SwimCard.objects.get().number in refused
    assert "4.5.2027" in refused
