"""Non-disclosure for personal safety holds at every exit: no page, list, export, interface or form shows how the person is reached.

The person's contacts stand as words of their own in the register of parties, in an arrival, in an information request and in a
register that copies contacts. Whoever has every right walks all addresses; only opening with a purpose shows them, and that is noted.
What the person wrote into a document of their own is that document's content: it is no contact fact of ours.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from kirjaamo.api.actions import create_token
from kirjaamo.api.models import Scope
from kirjaamo.cases.actions import NewArrival, NewParty, take_in
from kirjaamo.cases.models import PartyRole
from kirjaamo.cases.tests import made
from kirjaamo.contract.kept import own_fields
from kirjaamo.contract.register import REGISTERS
from kirjaamo.documents.models import Way
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.fields import Contact, Person, Text
from kirjaamo.kernel.models import UseEntry
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.apprenticeships.models import TrainingEmployer
from kirjaamo.requests import actions as requests
from kirjaamo.requests.tests.asking import request_of, send
from kirjaamo.subjects.actions import add_subject, change_subject, set_non_disclosure
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.testing import make_user
from kirjaamo.values.personal_id import PersonalId
from tests.access.test_exits import LISTED, addresses

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
ADDRESS, EMAIL, TELEPHONE, PLACE = "Salaisenkuja 7", "piilossa@esimerkki.example", "040 7654321", "Kätkölä"
HIDDEN = re.compile("|".join(map(re.escape, (ADDRESS, EMAIL, TELEPHONE, PLACE))))
OWN_DOCUMENTS = re.compile(r"/asiakirja/\d|/tiedosto/|/versio/|\.pdf")
"""Files: what a person wrote in them is theirs."""
CONTACT = re.compile(r"address|email|telephone|phone|municipality|domicile|osoite|puhelin|sähköposti|kotikunta", re.IGNORECASE)
OF_A_PLACE = {"housingcompany.address", "apartment.door", "workplace.address", "room.address"}
"""Addresses of buildings and workplaces, not of people."""


@pytest.fixture
def reader() -> User:
    return make_user(*Role, unit="kaupunginkanslia", name="Kaikki Näkevä")


@pytest.fixture
def person(client: Client, reader: User) -> dict[str, str]:
    """Someone whose contacts are everywhere, and then under non-disclosure; return the parameters that lead to them."""
    aino = add_subject("Aino Piilonen", kind=SubjectKind.PERSON, personal_id=PersonalId.parse("150594Y9022"), actor=made.MACHINE)
    change_subject(aino, address=ADDRESS, email=EMAIL, telephone=TELEPHONE, municipality=PLACE, actor=made.MACHINE)
    case = made.open_case(parties=[NewParty(PartyRole.INITIATOR, aino)])
    new = NewArrival(
        "avain-1", Way.E_SERVICE, timezone.now(), sender_name="Aino Piilonen", sender_email=EMAIL, sender_telephone=TELEPHONE,
        sender_address=ADDRESS, subject="Aloite", text="Hei",
    )  # fmt: skip
    arrival = take_in(new, actor=made.MACHINE)[0]
    asked = request_of(send(client, name="Aino Piilonen", email=EMAIL, address=ADDRESS))
    requests.identify(asked, PersonalId.parse("150594Y9022"), "Aino Piilonen", how="Passi", actor=reader)
    reached = {"contact_email": EMAIL, "contact_telephone": TELEPHONE}
    employer = TrainingEmployer(name="Toiminimi Piilonen", business_id="0201256-6", party=aino, **reached)
    keep(employer, actor=made.MACHINE)
    set_non_disclosure(aino, on=True, reason="DVV", actor=made.MACHINE)
    told = {"identifier": case.address, "key": aino.pk, "arrival": arrival.pk, "number": asked.pk, "employer": employer.pk}
    return {name: str(value) for name, value in told.items()}


@action("Tallenna testissä", needs="organisation.manage")
def keep(row: TrainingEmployer, *, actor: Actor) -> None:
    """Save a record as it is."""
    del actor
    row.save()


def test_no_exit_shows_the_contacts_of_a_person_under_non_disclosure(person: dict[str, str], reader: User) -> None:
    """Pages, lists, searches, exports, parts of pages."""
    client = Client(raise_request_exception=False)
    client.force_login(reader)
    employer = f"/rekisterit/oppisopimuskoulutus/trainingemployer/{person['employer']}/"
    walked = [*addresses(person), employer, f"{employer}muuta/", "/rekisterit/oppisopimuskoulutus/?laji=trainingemployer"]
    walked += [f"/rekisterit/oppisopimuskoulutus/vienti/{form}/?laji=trainingemployer" for form in ("csv", "json")]
    opened, leaks = 0, []
    for address in dict.fromkeys(one for one in walked if not OWN_DOCUMENTS.search(one)):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        opened += response.status_code == 200 and b"Piilonen" in body
        if HIDDEN.search(body.decode("utf-8", "replace").replace("\u00ad", "").replace("&shy;", "")):
            leaks.append(address)
    assert leaks == [], "\n".join(leaks)
    assert opened > len(LISTED) > 3  # the walk met the person


def test_the_interface_gives_nothing_and_the_column_keeps_what_it_had(person: dict[str, str], reader: User) -> None:
    until = timezone.localdate() + dt.timedelta(days=9)
    _row, text = create_token(reader, "siirto", scope=Scope.READ, valid_to=until, actor=reader)
    answer = Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/registers/oppisopimuskoulutus/trainingemployer")
    assert answer.status_code == 200
    assert not HIDDEN.search(json.dumps(answer.json(), ensure_ascii=False))
    row = TrainingEmployer.objects.get(pk=person["employer"])
    assert (row.contact_email, row.contact_telephone) == ("", "")
    row.name = "Uusi nimi"
    keep(row, actor=made.MACHINE)
    set_non_disclosure(Subject.objects.get(pk=person["key"]), on=False, reason="Päättyi", actor=made.MACHINE)
    row = TrainingEmployer.objects.get(pk=person["employer"])
    assert (row.contact_email, row.contact_telephone) == (EMAIL, TELEPHONE)


def test_the_walk_would_see_a_leak(person: dict[str, str], reader: User) -> None:
    """Without the mark the same pages do show the contacts."""
    set_non_disclosure(Subject.objects.get(pk=person["key"]), on=False, reason="Päättyi", actor=made.MACHINE)
    client = Client()
    client.force_login(reader)
    pages = [
        f"/tyo/osapuolet/{person['key']}/",
        f"/tyo/saapuneet/{person['arrival']}/",
        f"/tyo/tietopyynnot/{person['number']}/",
        f"/rekisterit/oppisopimuskoulutus/trainingemployer/{person['employer']}/",
        "/rekisterit/oppisopimuskoulutus/vienti/csv/?laji=trainingemployer",
    ]
    for address in pages:
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        assert HIDDEN.search(body.decode().replace("\u00ad", "")), address


def test_opening_with_a_purpose_shows_them_and_is_noted(person: dict[str, str], reader: User) -> None:
    client = Client()
    client.force_login(reader)
    shown = client.post(f"/tyo/osapuolet/{person['key']}/yhteystiedot/", {"purpose": "Kirje asiaan"}).content.decode()
    assert ADDRESS in shown
    noted = UseEntry.objects.filter(place="read_contacts").get()
    assert (noted.subjects, noted.reason) == ([int(person["key"])], "Kirje asiaan")


def test_a_register_that_copies_contacts_masks_them() -> None:
    """Every text of a record that names a person and holds a contact is a `Contact`, or is listed as the address of a place."""
    plain = []
    for register in REGISTERS.values():
        for model in register.models:
            fields = own_fields(model)
            people = {field.name for field in fields if isinstance(field, Person)}
            for field in fields:
                named = f"{model._meta.model_name}.{field.name}"
                if isinstance(field, Contact):
                    assert field.of in people, named
                elif isinstance(field, Text) and CONTACT.search(f"{field.name} {field.verbose_name}"):
                    plain.append(named)
    assert set(plain) - OF_A_PLACE == set()
