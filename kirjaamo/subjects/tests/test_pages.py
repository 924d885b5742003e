"""The pages of parties: found without a code in any address, masked until opened, represented, merged."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import PartyRole
from kirjaamo.cases.tests.made import open_case
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.organisation.models import User
from kirjaamo.subjects import actions
from kirjaamo.subjects.models import Mandate, Subject, SubjectKind
from kirjaamo.values.personal_id import PersonalId

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
MACHINE = Machine("test")
CODE = "010100A900F"
BORN = dt.date(1988, 2, 3)
PARTIES = "/tyo/osapuolet/"


@pytest.fixture
def desk(registrar: User) -> Client:
    """A browser in which the registrar is signed in."""
    client = Client()
    client.force_login(registrar)
    return client


def person(name: str = "Aino Esimerkki", **facts: Any) -> Subject:
    """An invented person."""
    return actions.add_subject(name, actor=MACHINE, **facts)


def hidden() -> Subject:
    """A person under non-disclosure."""
    aino = person(
        personal_id=PersonalId.parse(CODE), address="Salakatu 7", municipality="Espoo", email="piilo@example.org", telephone="0401"
    )
    return actions.set_non_disclosure(aino, on=True, reason="DVV", actor=MACHINE)


def text(response: Any) -> str:
    """A page without soft hyphens."""
    return str(response.content.decode()).replace("\u00ad", "")


def test_a_party_is_found_by_name_in_any_order_by_business_id_and_by_code(desk: Client) -> None:
    aino = person(personal_id=PersonalId.parse(CODE))
    firm = actions.add_subject("Firma Oy", actor=MACHINE, kind=SubjectKind.ORGANISATION, business_id="0201256-6")
    assert "Aino Esimerkki" in text(desk.post(PARTIES, {"q": "esimerkki aino"}, follow=True))
    assert firm.name in text(desk.post(PARTIES, {"q": "02012566"}, follow=True))
    found = desk.post(PARTIES, {"q": CODE})
    assert found["Location"] == f"{PARTIES}{aino.pk}/"


def test_words_are_found_by_their_beginnings_and_within_only_where_none_begins_so(desk: Client) -> None:
    for name in ("Niinimäki Veera", "Mäkinen Onni", "Åberg d'Arc Ville"):
        person(name)
    assert {"Niinimäki Veera", "Mäkinen Onni"} & shown(desk, "mäk onn") == {"Mäkinen Onni"}
    assert {"Niinimäki Veera", "Mäkinen Onni"} & shown(desk, "MÄK") == {"Mäkinen Onni"}
    assert "Niinimäki Veera" in shown(desk, "nimäk")
    assert "Åberg d'Arc Ville" in shown(desk, "arc åber d'")
    assert not shown(desk, "onni veera")


def shown(desk: Client, typed: str) -> set[str]:
    """The names in the list that a search leads to."""
    page = text(desk.post(PARTIES, {"q": typed}, follow=True)).replace("&#x27;", "'")
    return {name for name in ("Niinimäki Veera", "Mäkinen Onni", "Åberg d'Arc Ville") if name in page}


def test_no_code_reaches_an_address_and_a_wrong_one_is_explained(desk: Client) -> None:
    answer = desk.post(PARTIES, {"q": "150594Y9022"})
    assert "150594" not in answer["Location"]
    assert "ei ole osapuolta" in text(desk.get(answer["Location"]))
    wrong = desk.post(PARTIES, {"q": "010100A900E"})
    assert wrong.status_code == 422
    assert "tarkistusmerkki" in text(wrong)
    person()
    assert desk.get(PARTIES, {"q": CODE})["Location"] == PARTIES


def test_nothing_of_what_non_disclosure_hides_is_on_any_page(desk: Client) -> None:
    aino = hidden()
    case = open_case(parties=[NewParty(PartyRole.INITIATOR, aino)])
    other = person("Aino Esimerkki", birth_date=dt.date(2000, 1, 1))
    pages = [
        PARTIES,
        f"{PARTIES}{aino.pk}/",
        f"{PARTIES}{aino.pk}/muuta/",
        f"{PARTIES}{other.pk}/yhdista/{aino.pk}/",
        case.get_absolute_url(),
        case.get_public_url(),
    ]
    for url in pages:
        page = text(desk.get(url))
        assert not [one for one in ("Salakatu", "Espoo", "piilo@", "0401", CODE) if one in page], url
    assert "Turvakielto" in text(desk.get(f"{PARTIES}{aino.pk}/"))


def test_what_is_masked_opens_for_a_purpose_once_and_is_kept_nowhere(desk: Client, registrar: User) -> None:
    aino = hidden()
    refused = desk.post(f"{PARTIES}{aino.pk}/henkilotunnus/", {"purpose": ""})
    assert refused.status_code == 422
    assert CODE not in text(refused)
    opened = desk.post(f"{PARTIES}{aino.pk}/henkilotunnus/", {"purpose": "HEL 2026-1, tiedoksianto"})
    assert CODE in text(opened)
    assert "no-store" in opened["Cache-Control"]
    entry = JournalEntry.objects.filter(action="subjects.open_personal_id").latest("id")
    assert (entry.actor, entry.salt.reason) == (registrar.actor_ref, "HEL 2026-1, tiedoksianto")
    assert "Salakatu 7" in text(desk.post(f"{PARTIES}{aino.pk}/yhteystiedot/", {"purpose": "Päätöksen lähetys"}))
    assert CODE not in text(desk.get(f"{PARTIES}{aino.pk}/henkilotunnus/"))


def test_facts_are_changed_and_a_wrong_business_id_is_explained(desk: Client) -> None:
    firm = actions.add_subject("Firma Oy", actor=MACHINE, kind=SubjectKind.ORGANISATION)
    told = {"name": "Firma Oy Ab", "business_id": "0201256-7", "language": "fi"}
    answer = desk.post(f"{PARTIES}{firm.pk}/muuta/", told)
    assert answer.status_code == 422
    assert "tarkistusnumero" in text(answer).lower()
    assert desk.post(f"{PARTIES}{firm.pk}/muuta/", told | {"business_id": "0201256-6"}).status_code == 302
    firm.refresh_from_db()
    assert (firm.name, firm.business_id) == ("Firma Oy Ab", "0201256-6")


def test_saving_facts_under_non_disclosure_keeps_what_is_hidden(desk: Client) -> None:
    aino = hidden()
    assert desk.post(f"{PARTIES}{aino.pk}/muuta/", {"name": "Aino E", "language": "sv", "address": "Uusi 1"}).status_code == 302
    aino.refresh_from_db()
    assert (aino.name, aino.known_address) == ("Aino E", "Salakatu 7")


def test_a_representative_is_recorded_and_ended(desk: Client) -> None:
    aino = person()
    told = {
        "kind": "agent", "name": "Eino Edustaja", "scope": "Rakennuslupa", "valid_from": "1.1.2026", "checked_how": "Valtakirja",
        "personal_id": "", "email": "", "valid_to": "", "document": "",
    }  # fmt: skip
    assert desk.post(f"{PARTIES}{aino.pk}/edustaja/", told).status_code == 302
    page = text(desk.get(f"{PARTIES}{aino.pk}/"))
    assert "Eino Edustaja" in page
    assert "Voimassa" in page
    row = Mandate.objects.get()
    end = {"on": "1.6.2026", "reason": "Peruutettu"}
    assert desk.post(f"{PARTIES}{aino.pk}/edustaja/{row.pk}/", end).status_code == 302
    assert "Ei voimassa" in text(desk.get(f"{PARTIES}{aino.pk}/"))
    unknown = desk.post(f"{PARTIES}{aino.pk}/edustaja/", told | {"document": "ASK-0"})
    assert "ei ole asiakirjaa" in text(unknown)


def test_duplicates_are_proposed_compared_merged_and_parted(desk: Client) -> None:
    one, other = person("Aino Virtanen", birth_date=BORN), person("Virtanen Aino", birth_date=BORN)
    case = open_case(parties=[NewParty(PartyRole.INITIATOR, other)])
    url = f"{PARTIES}{one.pk}/yhdista/{other.pk}/"
    assert url in text(desk.get(f"{PARTIES}kaksoiskappaleet/"))
    assert desk.post(url, {"reason": "Sama syntymäaika ja osoite"}).status_code == 302
    page = text(desk.get(f"{PARTIES}{one.pk}/"))
    assert case.identifier in page
    assert "Tähän yhdistetyt" in page
    assert desk.post(f"{PARTIES}{other.pk}/erota/", {"reason": "Kaksoset"}).status_code == 302
    assert case.identifier in text(desk.get(f"{PARTIES}{other.pk}/"))


def test_the_list_is_paged_by_key(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kirjaamo.subjects.reading.PAGE", 2)
    for number in range(5):
        person(f"Sivu {number}")
    first = desk.get(PARTIES, {"q": "sivu"})
    names, seen = [], first
    while True:
        names += [row.title for row in seen.context["rows"]]
        if not seen.context["pager"].next_url:
            break
        seen = desk.get(seen.context["pager"].next_url)
    assert names == [f"Sivu {number}" for number in range(5)]
    back = desk.get(seen.context["pager"].previous_url)
    assert [row.title for row in back.context["rows"]] == ["Sivu 2", "Sivu 3"]


def test_who_does_not_work_with_parties_sees_none(administrator: User) -> None:
    client = Client()
    client.force_login(administrator)
    assert client.get(PARTIES).status_code == 403
    assert Client().get(PARTIES).status_code == 302


def test_an_estate_is_joined_to_its_deceased_by_the_identity_code(desk: Client) -> None:
    gone = actions.add_subject("Vainaja Esimerkki", actor=MACHINE, personal_id=PersonalId.parse("150594Y9022"))
    estate = actions.add_subject("Vainaja Esimerkin kuolinpesä", actor=MACHINE, kind=SubjectKind.ESTATE)
    url, told = f"{PARTIES}{estate.pk}/muuta/", {"name": estate.name, "language": "fi"}
    assert "ei ole osapuolta" in desk.post(url, told | {"deceased": CODE}).content.decode()
    assert desk.post(url, told | {"deceased": "150594Y9022"}).status_code == 302
    assert desk.post(url, told).status_code == 302  # nothing typed changes nothing
    assert gone.estates.get() == estate
    page = desk.get(f"{PARTIES}{estate.pk}/").content.decode()
    assert f"{PARTIES}{gone.pk}/" in page
    assert "150594Y9022" not in page
    assert "deceased" not in desk.get(f"{PARTIES}{gone.pk}/muuta/").content.decode()
