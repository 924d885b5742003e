"""The public pages: what is regulated, what a price rests on, asking for one; and nothing of anyone who owns."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kirjaamo.registers.urban.hitas import actions
from kirjaamo.registers.urban.hitas.models import PriceRequest
from kirjaamo.registers.urban.hitas.tests.test_register import CLERK, company, flat_sold_first, today

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


def text(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00ad", "").replace("\u00a0", " ")


def test_anyone_finds_a_company_and_no_owner() -> None:
    flat = flat_sold_first()
    company("As Oy Helsingin Toinen", postal_code="00990", address="Muualla 2")
    client = Client()
    assert "As Oy Helsingin Toinen" in text(client, "hitas")
    found = text(client, "hitas", q="Esimerkkikuja 00550")
    assert "As Oy Helsingin Keksitty" in found
    assert "As Oy Helsingin Toinen" not in found
    assert "3 000,00" in found
    pages = [found, text(client, "hitas-company", flat.company.pk), text(client, "hitas-figures")]
    assert not any("Meikäläinen" in page or "A 1" in page for page in pages)


def test_the_figures_of_the_months_are_shown() -> None:
    flat_sold_first()
    shown = text(Client(), "hitas-figures")
    assert f"{today().month}/{today().year}" in shown
    assert "200,00" in shown


@pytest.mark.parametrize(("area", "told"), [("54,5", "163 500 €"), ("50", "150 000 €"), ("x", ""), ("-3", ""), ("1e9", ""), ("nan", "")])
def test_the_least_price_is_area_times_ceiling_in_whole_euros(area: str, told: str) -> None:
    flat = flat_sold_first()
    shown = text(Client(), "hitas-company", flat.company.pk, ala=area)
    assert ("<strong>" + told if told else "esimerkiksi 54,5") in shown


def test_a_request_is_sent_once_and_says_its_case() -> None:
    flat = flat_sold_first()
    client, day = Client(), f"{timezone.localdate():%-d.%-m.%Y}"
    form = {"door": "A 1", "role": "owner", "name": "Maija Meikäläinen", "email": "maija@example.fi", "key": str(uuid.uuid4())}
    address = reverse("hitas-ask", args=[flat.company.pk])
    lacking = client.post(address, form | {"loan": "2500,00"})
    assert lacking.status_code == 422
    assert "Kirjoita päivä, jonka osuus on" in lacking.content.decode()
    identity = client.post(address, form | {"information": "Tunnukseni on 150594Y9022"})
    assert identity.status_code == 422
    assert not PriceRequest.objects.exists()
    first, sent = (client.post(address, form | {"loan": "2500,00", "loan_on": day}, follow=True) for _send in range(2))
    assert first.status_code == 200
    request = PriceRequest.objects.get()
    assert request.case is not None
    assert request.case.identifier in sent.content.decode()
    assert (request.apartment, request.loan) == (flat, 2500)
    assert Client().get(reverse("hitas-sent")).status_code == 404


def test_a_released_company_has_no_form() -> None:
    flat = flat_sold_first()
    actions.release_by_plot(flat.company, today(), actor=CLERK)
    client = Client()
    assert "vapautunut sääntelystä" in text(client, "hitas-company", flat.company.pk)
    assert client.get(reverse("hitas-ask", args=[flat.company.pk])).status_code == 302


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_are_had_in_the_other_languages(language: str) -> None:
    flat = flat_sold_first()
    with override("fi"):
        names = {"hitas": [], "hitas-company": [flat.company.pk], "hitas-figures": [], "hitas-ask": [flat.company.pk]}
        addresses = [reverse(name, args=args) for name, args in names.items()]
    for address in addresses:
        page = Client().get(f"/{language}{address}")
        assert page.status_code == 200
        assert f'lang="{language}"' in page.content.decode()
