"""An owner under non-disclosure for personal safety: by whatever door one asks, the name leads to no flat (661/2009 § 36)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kirjaamo.api import actions as api
from kirjaamo.api.models import Scope
from kirjaamo.cases.models import CaseParty
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.urban.hitas import actions, facts
from kirjaamo.registers.urban.hitas.models import Apartment, AskerRole, PriceRequest
from kirjaamo.registers.urban.hitas.register import register
from kirjaamo.registers.urban.hitas.tests.test_register import CLERK, MAIJA, MATTI, company, draft, flat_sold_first, home, sold, today
from kirjaamo.subjects.actions import set_non_disclosure
from kirjaamo.subjects.models import Subject
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
DOOR, NAME = "Esimerkkikuja 1 A 1", "Maija Meikäläinen"
CODE = "150594Y9022"
KINDS = ("apartment", "ownership", "sale", "maximumpricecalculation", "conditionofsale")


@pytest.fixture(autouse=True)
def finnish() -> Iterator[None]:
    """Sentences are compared in Finnish."""
    with override("fi"):
        yield


def flat_of_maija(*, protected: bool) -> Apartment:
    """A flat that Maija bought and bought another beside; she is under non-disclosure or not."""
    flat = flat_sold_first()
    sold(home(company("As Oy Helsingin Toinen"), "Toinen 1 A 1"), dt.date(2016, 3, 1), 100)
    owner = Subject.by_personal_id(MAIJA)
    assert owner is not None
    if protected:
        set_non_disclosure(owner, on=True, reason="DVV", actor=CLERK)
    draft(flat)
    return flat


def henna() -> User:
    return User.objects.filter(username="henna-kirjaamo").first() or make_user(Role.REGISTER_WORKER, name="henna")


def worker() -> Client:
    client = Client()
    client.force_login(henna())
    return client


def by_list(q: str) -> str:
    client, home_page = worker(), reverse("register", args=["hitas"])
    return "".join(client.get(home_page, {"laji": kind, "q": q}, headers={"HX-Request": "true"}).content.decode() for kind in KINDS)


def by_export(q: str) -> str:
    client, told = worker(), ""
    for kind in KINDS:
        for form in ("csv", "json"):
            answer = client.get(reverse("register-export", args=["hitas", form]), {"laji": kind, "q": q})
            told += b"".join(answer).decode()
    return told


def by_api(q: str) -> str:
    user = henna()
    _token, text = api.create_token(user, f"testi {q}", scope=Scope.READ, valid_to=timezone.localdate() + dt.timedelta(days=3), actor=user)
    bearer = {"Authorization": f"Bearer {text}"}
    return "".join(Client().get(f"/api/v1/registers/hitas/{kind}", {"q": q}, headers=bearer).content.decode() for kind in KINDS)


def by_request(q: str) -> str:
    return " ".join(found.title for found in register.find({"owner": q}, actor=henna()))


def by_one_search(q: str) -> str:
    return worker().get(reverse("work_search"), {"q": q}).content.decode()


DOORS = {"list": by_list, "export": by_export, "api": by_api, "request": by_request}


@pytest.mark.parametrize("q", [NAME, CODE])
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())
def test_without_an_order_the_owner_leads_to_the_flat(door: Callable[[str], str], q: str) -> None:
    flat_of_maija(protected=False)
    assert DOOR in door(q)


@pytest.mark.parametrize("q", [NAME, CODE, "meikäläinen"])
@pytest.mark.parametrize("door", [*DOORS.values(), by_one_search], ids=[*DOORS.keys(), "one search"])
def test_under_an_order_no_door_leads_from_the_name_to_the_flat(door: Callable[[str], str], q: str) -> None:
    flat_of_maija(protected=True)
    assert "Esimerkkikuja" not in door(q)
    assert "Toinen 1" not in door(q)


def test_what_is_found_by_its_address_names_nobody_who_is_protected() -> None:
    flat_of_maija(protected=True)
    for told in (by_list("Esimerkkikuja"), by_api("Esimerkkikuja"), by_export("Esimerkkikuja")):
        assert DOOR in told
        assert "Meikäläinen" not in told


def test_another_owner_of_the_flat_is_found_as_before() -> None:
    flat = flat_of_maija(protected=True)
    actions.confirm(draft(flat), actor=CLERK)
    sold(flat, today(), 100, code=MATTI, name="Matti Mallikas")
    assert DOOR in by_request("Mallikas")
    assert by_request("Meikäläinen") == ""


def test_the_case_of_the_price_tells_the_flat_and_so_names_no_protected_owner() -> None:
    flat = flat_of_maija(protected=True)
    case = draft(flat).case
    assert case is not None
    assert DOOR in case.title
    assert [(party.subject, party.anonymous) for party in CaseParty.objects.filter(case=case)] == [(None, True)]
    maija = facts.current_owners(flat)[0]
    assert "Esimerkkikuja" not in worker().get(reverse("party", args=[maija.pk])).content.decode()


def test_a_request_of_someone_under_an_order_tells_the_flat_and_not_who() -> None:
    flat = flat_sold_first()
    actions.ask_price(actions.Asked(flat.company, "A 1", "Aino Piilossa", "a@example.fi", AskerRole.OWNER), actor=CLERK)
    request = PriceRequest.objects.get()
    page = worker().get(request.get_absolute_url()).content.decode()
    assert "Aino Piilossa" in page
    set_non_disclosure(request.asker, on=True, reason="DVV", actor=CLERK)
    page = worker().get(request.get_absolute_url()).content.decode()
    assert "Aino Piilossa" not in page
    assert "Turvakiellon alainen henkilö" in page


def test_the_flat_is_told_with_the_contacts_that_are_opened_for_a_purpose() -> None:
    flat = flat_of_maija(protected=True)
    maija = facts.current_owners(flat)[0]
    client, address = worker(), reverse("party_contacts", args=[maija.pk])
    assert DOOR not in client.get(address).content.decode()
    assert DOOR not in client.post(address, {"purpose": ""}).content.decode()
    opened = client.post(address, {"purpose": "Myyntiehdon valvonta"}).content.decode()
    assert DOOR in opened
    assert flat.get_absolute_url() in opened
    registrar = Client()
    registrar.force_login(make_user(Role.REGISTRAR))
    assert DOOR not in registrar.post(address, {"purpose": "Uteliaisuus"}).content.decode()
