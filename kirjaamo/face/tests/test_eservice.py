"""Anyone sends a matter, follows it by an address that nobody guesses, and adds to it; what was sent shows nowhere in public."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases import actions, doors
from kirjaamo.cases.arrivals.likeness import Asked, alike
from kirjaamo.cases.models import Arrival, ArrivalFile, ArrivalState
from kirjaamo.cases.tests import made
from kirjaamo.documents.models import Way
from kirjaamo.face import intake
from kirjaamo.face.actions import keep_arrival_key, take_arrival
from kirjaamo.face.comparing import compare
from kirjaamo.face.jobs import compare_public_face
from kirjaamo.face.models import Arrival as Box
from kirjaamo.face.models import ArrivalState as BoxState
from kirjaamo.face.models import BoxKind, FaceReceipt
from kirjaamo.face.tests.test_intake import OneConnection
from kirjaamo.kernel.actors import VISITOR, Machine
from kirjaamo.kernel.receipts import token_hash
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
PDF = b"%PDF-1.7 liite"
TOLD = {"subject": "Aloite penkeistä", "text": "Rannalle penkkejä", "name": "Aino Esimerkki", "telephone": "040 123 4567"}


def form(**more: Any) -> dict[str, Any]:
    return TOLD | {"key": str(uuid.uuid4())} | more


def attached(name: str = "liite.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def send(client: Client, **more: Any) -> str:
    """Send a matter; return the token of its receipt."""
    answer = client.post(reverse("matter_new"), form(**more))
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"].strip("/").split("/")[-2]


def page(client: Client, name: str, *parts: Any) -> str:
    return client.get(reverse(name, args=parts)).content.decode().replace("\u00ad", "")


def test_a_matter_stands_in_the_queue_as_it_came_and_its_sender_follows_it(client: Client) -> None:
    token = send(client, uploads=attached())
    arrival = Arrival.objects.get()
    assert (arrival.way, arrival.state, arrival.counts_at) == (Way.E_SERVICE, ArrivalState.WAITING, arrival.received_at)
    assert (arrival.subject, arrival.sender_name, arrival.sender_telephone) == ("Aloite penkeistä", "Aino Esimerkki", "040 123 4567")
    assert list(ArrivalFile.objects.values_list("name", "refused")) == [("lahetys.pdf", ""), ("liite.pdf", "")]
    assert arrival.identifier in page(client, "receipt_sent", token)
    shown = page(client, "receipt", token)
    assert "Odottaa kirjaamista" in shown
    assert not any(word in shown for word in ("penkeistä", "penkkejä", "Aino", "040 123", "liite.pdf"))
    answer = client.get(reverse("receipt", args=[token]))
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store, private", "no-referrer")
    assert compare(timezone.now()) == []


def test_the_registrar_sees_the_channel_and_registers_it_and_the_sender_sees_the_case(client: Client, registrar: User) -> None:
    token = send(client)
    arrival = Arrival.objects.get()
    work = Client()
    work.force_login(registrar)
    assert str(Way.E_SERVICE.label) in work.get(reverse("arrivals")).content.decode()
    assert "040 123 4567" in work.get(arrival.get_absolute_url()).content.decode()
    case = made.open_case()
    ending = actions.Ending(ArrivalState.TO_CASE, case=case, metadata=made.draft("x").metadata, title="Aloite")
    actions.end_arrival(arrival, ending, version=1, key=uuid.uuid4(), actor=registrar)
    shown = page(client, "receipt", token)
    assert case.identifier in shown
    assert reverse("public_case", args=[case.address]) in shown


def test_a_case_that_the_web_does_not_show_stays_unnamed(client: Client, registrar: User) -> None:
    token = send(client)
    case = made.open_case("05 02 08", unit="kasvatuksen-ja-koulutuksen-toimiala", title="Elatusapu", public_title="", stage=None)
    ending = actions.Ending(ArrivalState.TO_CASE, case=case, metadata=made.draft("x").metadata, title="Kirje")
    actions.end_arrival(Arrival.objects.get(), ending, version=1, key=uuid.uuid4(), actor=registrar)
    shown = page(client, "receipt", token)
    if client.get(reverse("public_case", args=[case.address])).status_code == 404:
        assert case.identifier not in shown
        assert "Asian tietoja ei näytetä verkossa" in shown


def test_the_same_form_sent_twice_is_one_arrival_with_one_address(client: Client) -> None:
    key = str(uuid.uuid4())
    assert send(client, key=key) == send(client, key=key)
    assert Arrival.objects.count() == 1


def test_a_supplement_follows_the_first_and_is_suggested_to_its_case(client: Client, registrar: User) -> None:
    token = send(client)
    first, case = Arrival.objects.get(), made.open_case()
    ending = actions.Ending(ArrivalState.TO_CASE, case=case, metadata=made.draft("x").metadata, title="Aloite")
    actions.end_arrival(first, ending, version=1, key=uuid.uuid4(), actor=registrar)
    told = {"text": "Vielä yksi kuva", "uploads": attached("kuva.pdf"), "key": str(uuid.uuid4())}
    assert client.post(reverse("receipt_add", args=[token]), told).status_code == 302
    second = Arrival.objects.get(follows=first)
    assert (second.sender_name, second.unit, second.subject) == ("Aino Esimerkki", case.unit, "Täydennys: Aloite penkeistä")
    found = alike(Asked(arrival=second), registrar)
    assert (found[0].case, found[0].sure) == (case, True)
    assert second.identifier in page(client, "receipt", token)


BAD = (
    ({"text": "Tunnukseni on 010190-999E"}, "henkilötunnusta"),
    ({"telephone": ""}, "hallintolaki 16"),
    ({"telephone": "soita"}, "puhelinnumero"),
    ({"name": ""}, "Täytä tämä kohta"),
    ({"uploads": attached("ohjelma.exe", b"MZ\x00")}, "tiedostomuotoa"),
)


@pytest.mark.parametrize(("told", "sentence"), BAD)
def test_bad_input_is_told_and_nothing_typed_is_lost(client: Client, told: dict[str, Any], sentence: str) -> None:
    answer = client.post(reverse("matter_new"), form(**told))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Aloite penkeistä" in answer.content.decode()
    assert not Arrival.objects.exists()


def test_an_identifier_is_known_by_its_pattern_alone(client: Client) -> None:
    """Whether there is such a case is not told: that would be an answer about secret ones too."""
    for typed, status in (("HEL 2026-999999", 302), ("hel-2026-17", 302), ("en muista", 422)):
        assert client.post(reverse("matter_to_case"), form(case=typed)).status_code == status
    assert Arrival.objects.filter(subject__startswith="HEL 2026-999999: ").exists()


@pytest.fixture
def boxed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The door of the public process, on the connection of the test."""
    monkeypatch.setattr(intake, "connections", OneConnection())
    monkeypatch.setattr(intake, "PATIENCE", 0.0)
    keep_arrival_key(actor=Machine("test"))
    monkeypatch.setattr(doors, "_door", [intake.matter])


@pytest.mark.usefixtures("boxed")
def test_in_the_public_process_it_lies_closed_until_the_worker_registers_it(client: Client) -> None:
    token = send(client, uploads=attached())
    box = Box.objects.get()
    assert box.kind == BoxKind.MATTER
    assert not any(word in bytes(box.box) for word in (b"penkeist", b"Aino", PDF, token.encode()))
    assert "hetken kuluttua" in page(client, "receipt_sent", token)
    assert take_arrival(actor=VISITOR)
    arrival = Arrival.objects.get()
    assert (arrival.received_at, arrival.receipt_hash) == (box.arrived_at, token_hash(token))
    assert arrival.files.get(name="liite.pdf").size == len(PDF)
    assert FaceReceipt.objects.get().token_hash == token_hash(token)


@pytest.mark.usefixtures("boxed")
def test_a_failed_box_is_listed_and_taken_when_it_is_tried_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    send(client)
    with monkeypatch.context() as broken:
        broken.setattr("kirjaamo.face.parcels.to_matter", _broken)
        assert take_arrival(actor=VISITOR)
    box = Box.objects.get()
    assert box.state == BoxState.FAILED
    work = Client()
    work.force_login(make_user(Role.REGISTRAR, name="kirjaaja"))
    shown = work.get(reverse("boxes")).content.decode()
    assert str(box.key) in shown
    assert "Aino" not in shown
    assert client.post(reverse("box_retry", args=[box.pk])).status_code in {302, 403}
    assert work.post(reverse("box_retry", args=[box.pk])).status_code == 302
    assert take_arrival(actor=VISITOR)
    assert Arrival.objects.get().subject == "Aloite penkeistä"


def _broken(*_args: object) -> None:
    raise ValueError


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE public_face.face_receipt SET identifier = 'Aino'", "differs"),
        ("UPDATE public_face.face_receipt SET arrival_id = 999999", "leak"),
        ("DELETE FROM public_face.face_receipt", "missing"),
    ],
)
def test_a_leak_planted_among_receipts_is_named_and_mended(client: Client, statement: str, kind: str) -> None:
    send(client)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    found = compare(timezone.now())
    assert kind in {one.kind for one in found}
    assert "Aino" not in " ".join(map(str, found))
    compare_public_face(0)
    assert compare(timezone.now()) == []
