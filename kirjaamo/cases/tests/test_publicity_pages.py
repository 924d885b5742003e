"""The pages on which people confirm the end of a secrecy and decide what the web shows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases.models import WebRule
from kirjaamo.cases.tests import made
from kirjaamo.cases.visibility import is_document_visible
from kirjaamo.documents import actions as documents
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user
from kirjaamo.values.publicity import PersonalData, Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_person_confirms_that_a_secrecy_has_ended(handler: User) -> None:
    case = made.open_case()
    document = made.add_document(case, made.draft("Vanha lausunto", Publicity.SECRET, PersonalData.CONTAINS), handler)
    client = signed_in(handler)
    assert "Vanha lausunto" not in client.get(reverse("publicity")).content.decode()
    documents.end_secrecy(document, until=timezone.localdate() - dt.timedelta(days=1), reason="Kuollut 1970", actor=handler)
    assert "Vanha lausunto" in client.get(reverse("publicity")).content.decode()
    url = reverse("publicity_confirm", args=[document.pk])
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "Tarkistettu väestötiedoista"}).status_code == 302
    document.refresh_from_db()
    assert is_document_visible(document, VISITOR, timezone.now())
    assert client.get(url).status_code == 404
    assert "Mikään ei odota" in client.get(reverse("publicity")).content.decode()


def test_whoever_approves_the_plan_decides_what_the_web_shows(handler: User) -> None:
    case = made.open_case(title="Torikauppa", public_title="Torikauppa")
    assert signed_in(handler).get(reverse("web_rules")).status_code == 403
    client = signed_in(make_user(Role.RECORDS_MANAGER))
    told = {"class_code": "99 99", "level": "row", "why": "Nimikkeessä voi olla nimi", "source": "JulkL 16.3 §"}
    assert "ei ole tehtäväluokkaa" in client.post(reverse("web_rules"), told).content.decode()
    assert client.post(reverse("web_rules"), told | {"class_code": case.revision.code}).status_code == 302
    assert WebRule.objects.get(class_code=case.revision.code).why["fi"] == "Nimikkeessä voi olla nimi"
    assert "Torikauppa" not in Client().get(reverse("public_case", args=[case.address])).content.decode()
