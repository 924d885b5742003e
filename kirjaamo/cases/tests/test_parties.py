"""Parties of a case: added in a role, an agent with the mandate, and a code that is wrong explained."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import Case, PartyRole
from kirjaamo.cases.tests import made
from kirjaamo.organisation.models import User
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import Mandate, Subject, SubjectKind
from kirjaamo.values.personal_id import PersonalId

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


@pytest.fixture
def work(handler: User) -> Client:
    """A browser in which the handler is signed in."""
    client = Client()
    client.force_login(handler)
    return client


def case_of(aino: Subject) -> Case:
    """A case that Aino brought up."""
    return made.open_case(parties=[NewParty(PartyRole.INITIATOR, aino)])


def told(**changes: Any) -> dict[str, Any]:
    """What a handler types of a new party."""
    return {"key": str(uuid.uuid4()), "role": "party", "kind": "person", "name": "Eino Esimerkki"} | changes


def test_a_party_is_added_once_and_leads_to_its_page(work: Client) -> None:
    case = case_of(add_subject("Aino Esimerkki", actor=made.MACHINE))
    form = told(personal_id="150594Y9022")
    for _send in range(2):
        assert work.post(f"/tyo/asiat/{case.address}/osapuoli/", form).status_code == 302
    eino = Subject.objects.get(name="Eino Esimerkki")
    page = work.get(case.get_absolute_url()).content.decode()
    assert f"/tyo/osapuolet/{eino.pk}/" in page
    assert "150594" not in page
    assert "Osapuoli lisättiin" in page
    again = work.post(f"/tyo/asiat/{case.address}/osapuoli/", told(personal_id="150594Y9022"))
    assert again.status_code == 422
    assert "on jo asiassa" in again.content.decode()


def test_an_agent_names_whom_and_the_mandate(work: Client) -> None:
    aino = add_subject("Aino Esimerkki", actor=made.MACHINE)
    case = case_of(aino)
    bare = work.post(f"/tyo/asiat/{case.address}/osapuoli/", told(role="agent"))
    assert bare.status_code == 422
    assert "ketä hän edustaa" in bare.content.decode()
    whole = {"principal": str(aino.pk), "mandate": "agent", "scope": "Rakennuslupa", "valid_from": "1.1.2026", "checked_how": "Valtakirja"}
    assert work.post(f"/tyo/asiat/{case.address}/osapuoli/", told(role="agent", **whole)).status_code == 302
    assert Mandate.objects.get().principal == aino
    assert "edustaa osapuolta Aino Esimerkki" in work.get(case.get_absolute_url()).content.decode()


def test_a_guardian_speaks_for_a_minor_and_the_page_says_when_nobody_does(work: Client) -> None:
    """The page warns of a minor and an estate that nobody speaks for; the role takes only the mandates that fit it (HL § 14–15)."""
    child = add_subject("Lauri Esimerkki", personal_id=PersonalId.parse("050614A901R"), actor=made.MACHINE)
    case = case_of(child)
    assert "puhevaltaa käyttää huoltaja" in work.get(case.get_absolute_url()).content.decode()
    whole = {"principal": str(child.pk), "scope": "Kaikki", "valid_from": "1.1.2026", "checked_how": "Väestötietojärjestelmä"}
    wrong = work.post(f"/tyo/asiat/{case.address}/osapuoli/", told(role="guardian", mandate="signatory", **whole))
    assert "Edunvalvoja, Huoltaja" in wrong.content.decode()
    assert work.post(f"/tyo/asiat/{case.address}/osapuoli/", told(role="guardian", mandate="custodian", **whole)).status_code == 302
    page = work.get(case.get_absolute_url()).content.decode()
    assert "edustaa osapuolta Lauri Esimerkki" in page
    assert "puhevaltaa käyttää huoltaja" not in page


def test_an_estate_has_its_representatives(work: Client) -> None:
    estate = add_subject("Aino Esimerkin kuolinpesä", kind=SubjectKind.ESTATE, actor=made.MACHINE)
    case = case_of(estate)
    assert "kuolinpesän edustajaa ei ole kirjattu" in work.get(case.get_absolute_url()).content.decode()
    whole = {"principal": str(estate.pk), "scope": "Kaikki", "valid_from": "1.1.2026", "checked_how": "Perukirja"}
    for name, kind in (("Osakas Yksi", "estate_share"), ("Selvittäjä Kaksi", "administrator")):
        sent = told(role="representative", mandate=kind, name=name, **whole)
        assert work.post(f"/tyo/asiat/{case.address}/osapuoli/", sent).status_code == 302
    page = work.get(case.get_absolute_url()).content.decode()
    assert page.count("edustaa osapuolta Aino Esimerkin kuolinpesä") == 2
    assert "kuolinpesän edustajaa ei ole" not in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"personal_id": "150594Y9023"}, "tarkistusmerkki"),
        ({"kind": "organisation", "business_id": "0201256-7"}, "arkistusnumero"),
        ({"kind": "organisation", "personal_id": "150594Y9022"}, "Vain henkilöllä"),
    ],
)
def test_a_wrong_code_is_explained_and_nothing_is_added(work: Client, wrong: dict[str, Any], sentence: str) -> None:
    case = case_of(add_subject("Aino Esimerkki", actor=made.MACHINE))
    answer = work.post(f"/tyo/asiat/{case.address}/osapuoli/", told(**wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert case.parties.count() == 1
