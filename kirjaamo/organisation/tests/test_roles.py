"""Who manages accounts gives and ends roles on pages, and reviews those that are not used."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.test import Client
from django.utils import timezone

from kirjaamo.organisation.models import RoleAssignment, Unit, User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
REVIEW = "/tyo/kayttajat/tarkastus/"


@pytest.fixture
def manager(administrator: User) -> Client:
    """The administrator's browser."""
    client = Client()
    client.force_login(administrator)
    return client


def _told(**more: str) -> dict[str, str]:
    unit = Unit.objects.get(slug="kulttuurin-ja-vapaa-ajan-toimiala")
    return {"role": Role.HANDLER.value, "unit": str(unit.pk), "class_code": "", "register": "", "since": "1.1.2026", "until": ""} | more


def test_a_role_is_given_for_a_place_and_a_period_and_ended(manager: Client) -> None:
    person = make_user(name="uusi")
    address = f"/tyo/kayttajat/{person.pk}/"
    assert address in manager.get("/tyo/kayttajat/", {"q": "uusi"}).content.decode()
    assert manager.post(address, _told(class_code="07 01  04", until="31.12.2100")).headers["Location"] == address
    given = RoleAssignment.objects.get(user=person)
    assert given.unit is not None
    assert (given.role, given.class_code, given.valid_to) == ("handler", "07 01 04", dt.date(2100, 12, 31))
    assert "cases.handle" in User.objects.get(pk=person.pk).rights()
    assert "Päätä rooli" in manager.get(address).content.decode()  # one with an end can be ended sooner too
    assert manager.get(f"/tyo/kayttajat/rooli/{given.pk}/paata/").status_code == 405
    assert manager.post(address, _told()).status_code == 302
    endless = RoleAssignment.objects.get(user=person, valid_to=None)
    manager.post(f"/tyo/kayttajat/rooli/{endless.pk}/paata/")
    endless.refresh_from_db()
    assert endless.valid_to == timezone.localdate()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"unit": ""}, "Valitse, missä se on voimassa"),
        ({"role": "register_worker"}, "missä rekisterissä"),
        ({"until": "31.12.2025"}, "ennen ensimmäistä"),
        ({"class_code": "päätökset"}, "luokan koodi numeroin"),
        ({"role": ""}, "Valitse vaihtoehto"),
    ],
)
def test_a_role_that_cannot_be_given_says_why(manager: Client, wrong: dict[str, str], sentence: str) -> None:
    person = make_user(name="uusi")
    page = manager.post(f"/tyo/kayttajat/{person.pk}/", _told(**wrong))
    assert page.status_code == 422
    assert sentence in html.unescape(page.content.decode())
    assert not RoleAssignment.objects.filter(user=person).exists()


def test_nobody_gives_a_role_to_themselves(manager: Client, administrator: User) -> None:
    page = manager.post(f"/tyo/kayttajat/{administrator.pk}/", _told())
    assert page.status_code == 422
    assert administrator.roles.count() == 1


def test_the_review_shows_what_is_unused_ended_and_endless(manager: Client) -> None:
    idle, busy = make_user(Role.HANDLER, name="hiljainen"), make_user(Role.HANDLER, name="ahkera")
    ended = make_user(name="entinen")
    busy_browser = Client()
    busy_browser.post("/kirjaudu/", {"username": busy.username, "password": "oikea hevonen niitti paristo"})
    manager.post(f"/tyo/kayttajat/{ended.pk}/", _told(since="1.1.2025", until="31.12.2025"))
    unused = manager.get(REVIEW).content.decode()
    assert idle.name in unused
    assert busy.name not in unused
    assert ended.name not in unused
    assert ended.name in manager.get(REVIEW, {"nayta": "paattyneet"}).content.decode()
    endless = manager.get(REVIEW, {"nayta": "ilman-loppua"}).content.decode()
    assert busy.name in endless
    assert ended.name not in endless


def test_others_do_not_manage_rights(handler: User) -> None:
    client = Client()
    client.force_login(handler)
    for address in ("/tyo/kayttajat/", REVIEW, f"/tyo/kayttajat/{handler.pk}/"):
        assert client.get(address).status_code == 403
