"""Contacts of the public form: taken once as a case with its document, on the start page until they are answered."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from kirjaamo.cases.models import Case
from kirjaamo.contract.actions import void
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.apprenticeships import actions, due
from kirjaamo.registers.education.apprenticeships.models import TrainingContact, TrainingRate
from kirjaamo.registers.education.apprenticeships.tests import made
from kirjaamo.registers.education.apprenticeships.tests.made import CLERK
from kirjaamo.testing import make_user

pytestmark = pytest.mark.django_db
FORM = "/oppisopimus/yhteydenotto/"


def told(**other: str) -> dict[str, str]:
    """What an employer writes."""
    form = {"role": "employer", "name": "Kerttu Näyte", "email": "kerttu@example.org", "employer_name": "Kahvila Oy"}
    return {**form, "trade": "Ravintola-ala", "information": "Paikka kokille.", "key": str(uuid.uuid4()), **other}


def sent(form: dict[str, str]) -> str:
    """Send the form and follow it to the page that says it arrived."""
    return Client().post(FORM, form, follow=True).content.decode()


def test_the_public_page_tells_the_limits_and_amounts_of_today_with_their_sources() -> None:
    made.rates()
    actions.end_rate(TrainingRate.objects.get(figure="lodging"), dt.date(2020, 1, 1), actor=CLERK)
    page = Client().get(reverse("apprenticeships")).content.decode()
    assert "Asetus oppisopimusopiskelijan etuuksista 679/2017" in page
    assert "Työsopimuslaki 55/2001 1 luku 4 § (Muistinvarainen, tarkistettava)" in page
    assert "Majoituskorvaus" not in page
    assert [amount in page for amount in (">15<", ">15,00<", ">40<")] == [True, True, True]
    assert FORM in page


def test_a_contact_becomes_a_case_with_what_was_sent_and_waits_on_the_start_page() -> None:
    """Sent twice it is taken once; the case has the document; the worker answers it."""
    form = told()
    page = sent(form)
    case = Case.objects.get()
    assert case.identifier in page
    sent(form)
    contact = TrainingContact.objects.get()
    assert (contact.case, contact.asker.name, contact.employer_name) == (case, "Kerttu Näyte", "Kahvila Oy")
    assert case.case_documents.get().document.type_code == "training_contact"
    worker = Client()
    worker.force_login(make_user(Role.REGISTER_WORKER, name="olli"))
    assert "Ravintola-ala" in worker.get(f"/rekisterit/{due.SLUG}/").content.decode()
    where = reverse("record-act", args=[due.SLUG, "answer_contact", contact.pk])
    assert worker.post(where, {"answered_on": made.today().strftime("%d.%m.%Y"), "outcome": "Tavataan."}).status_code == 302
    assert "Ravintola-ala" not in worker.get(f"/rekisterit/{due.SLUG}/").content.decode()
    answered = TrainingContact.objects.get()
    assert answered.retention_due == answered.answered_on.replace(year=answered.answered_on.year + 5)
    with pytest.raises(OutOfOrder, match="jo vastattu"):
        actions.answer_contact(contact, made.today(), "uudelleen", actor=CLERK)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"employer_name": ""}, "Kirjoita työnantajan nimi."),
        ({"information": "Tunnukseni on 150594Y9022"}, "henkilötunnus"),
        ({"trade": ""}, "Ala tai tutkinto"),
    ],
)
def test_what_is_missing_or_must_not_be_told_is_said_at_its_field_and_nothing_is_lost(other: dict[str, str], sentence: str) -> None:
    answer = Client().post(FORM, told(**other))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence.lower() in page.lower()
    assert "kerttu@example.org" in page
    assert not TrainingContact.objects.exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_of_answering_is_between_the_arrival_and_today(days: int) -> None:
    sent(told())
    contact = TrainingContact.objects.get()
    day = made.today() + dt.timedelta(days=days)
    with pytest.raises(BadInput, match=rf"Vastauspäivä on {day.day}\.{day.month}\.{day.year}, mutta yhteydenotto saapui") as refused:
        actions.answer_contact(contact, day, "–", actor=CLERK)
    assert refused.value.field == "answered_on"


def test_a_void_contact_is_not_answered() -> None:
    sent(told())
    with pytest.raises(OutOfOrder):
        actions.answer_contact(void(TrainingContact.objects.get(), "häirintä", actor=CLERK), made.today(), "–", actor=CLERK)
