"""What an asker follows stands on the public face, and only the token of the address opens what was said and given."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.documents.actions import decide
from kirjaamo.documents.models import Way
from kirjaamo.face import intake
from kirjaamo.face.actions import keep_arrival_key, take_arrival
from kirjaamo.face.comparing import compare
from kirjaamo.face.jobs import compare_public_face
from kirjaamo.face.models import Arrival, BoxKind, FaceDelivery, FaceFile, FaceMessage, FaceRequest
from kirjaamo.face.tests.test_intake import OneConnection
from kirjaamo.kernel.actors import VISITOR, Machine
from kirjaamo.organisation.models import User
from kirjaamo.requests import actions, doors
from kirjaamo.requests.models import InformationRequest
from kirjaamo.requests.tests.asking import at, new_key, request_of, send
from kirjaamo.requests.tests.test_follow import PDF, document
from kirjaamo.requests.tests.test_letters import FACTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
TABLES = ("face_request", "face_message", "face_delivery", "face_file")


def everything() -> bytes:
    """All that stands on the public face of requests, as bytes: what a stolen credential could read."""
    found = b""
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM public_face.{name} t")  # noqa: S608 - names of ours
            found += "".join(row[0] for row in cursor.fetchall()).encode()
        for name, column in (("face_message", "box"), ("face_delivery", "label"), ("face_file", "box")):
            cursor.execute(f"SELECT {column} FROM public_face.{name}")  # noqa: S608 - as above
            found += b"".join(bytes(row[0]) for row in cursor.fetchall())
    return found


def followed(client: Client, token: str) -> str:
    return client.get(at("fi", "request_follow", token)).content.decode().replace("\u00ad", "")


def test_what_is_said_and_given_lies_closed_and_opens_by_the_address_alone(client: Client, handler: User) -> None:
    token = send(client, what="Yksityinen kysymys", name="Maija Meikäläinen")
    item = request_of(token)
    actions.write(item, "Avoin vastaus", actor=handler)
    delivery = actions.give(item, document(item, handler), way=Way.E_SERVICE, actor=handler)
    held = everything()
    for secret in ("Yksityinen", "Meikäläinen", "Avoin vastaus", "Aineisto XYZ", token, PDF.data.decode()):
        assert secret.encode() not in held, secret
    assert "Avoin vastaus" in followed(client, token)
    assert "Aineisto XYZ" in followed(client, token)
    assert client.get(at("fi", "request_file", token, delivery.pk)).content == PDF.data
    assert compare(timezone.now()) == []


def test_bytes_go_when_the_document_is_no_longer_public(client: Client, handler: User) -> None:
    item = request_of(send(client))
    delivery = actions.give(item, document(item, handler), way=Way.E_SERVICE, actor=handler)
    assert FaceFile.objects.count() == 1
    decide(delivery.document, {"publicity": "secret", "grounds": ["JulkL-24-1-25"]}, reason="Uusi arvio", actor=handler)
    assert (FaceDelivery.objects.get().open, FaceFile.objects.count()) == (False, 0)
    assert compare(timezone.now()) == []


def test_each_step_of_a_request_stands_on_the_public_face(client: Client, handler: User) -> None:
    token = send(client)
    item = request_of(token)
    assert (FaceRequest.objects.get().identifier, FaceRequest.objects.get().state) == (item.case.identifier, "pending")
    refusal = actions.refuse(item, FACTS, actor=handler)
    assert (FaceRequest.objects.get().refused, FaceRequest.objects.get().wanted_at) == (True, None)
    actions.want_decision(refusal, actor=VISITOR)
    assert FaceRequest.objects.get().wanted_at is not None
    assert compare(timezone.now()) == []


LEAKS = (
    ("UPDATE public_face.face_request SET identifier = 'Maija'", "differs", "facerequest"),
    ("INSERT INTO public_face.face_message VALUES (999, 1, false, now(), 'Maija')", "leak", "facemessage"),
    ("UPDATE public_face.face_delivery SET label = 'Maija'", "differs", "facedelivery"),
    ("INSERT INTO public_face.face_file VALUES (999, 'Maija')", "leak", "facefile"),
    ("DELETE FROM public_face.face_file", "missing", "facefile"),
)


@pytest.mark.parametrize(("statement", "kind", "table"), LEAKS)
def test_a_leak_planted_among_requests_is_named_and_mended(client: Client, handler: User, statement: str, kind: str, table: str) -> None:
    item = request_of(send(client))
    actions.write(item, "Vastaus", actor=handler)
    actions.give(item, document(item, handler), way=Way.E_SERVICE, actor=handler)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    found = compare(timezone.now())
    assert {(one.kind, one.table) for one in found} == {(kind, table)}
    assert "Maija" not in " ".join(map(str, found))
    compare_public_face(0)
    assert compare(timezone.now()) == []


@pytest.fixture
def boxed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The door of the public process, on the connection of the test."""
    monkeypatch.setattr(intake, "connections", OneConnection())
    monkeypatch.setattr(intake, "PATIENCE", 0.0)
    keep_arrival_key(actor=Machine("test"))
    monkeypatch.setattr(doors, "_door", [intake.Boxes()])


def take_all() -> None:
    while take_arrival(actor=VISITOR):
        pass


@pytest.mark.usefixtures("boxed")
def test_in_the_public_process_each_act_of_an_asker_is_a_box_that_is_taken_once(client: Client, handler: User) -> None:
    token = send(client)
    assert "hetken kuluttua" in client.get(at("fi", "request_sent", token)).content.decode()
    take_all()
    item = request_of(token)
    assert item.case.identifier in client.get(at("fi", "request_sent", token)).content.decode()
    told: dict[str, Any] = {"text": "Tarkoitan vuotta 2025", "key": new_key()}
    for _ in range(2):
        assert client.post(at("fi", "request_reply", token), told).status_code == 302
    take_all()
    assert item.messages.count() == 1
    assert FaceMessage.objects.get().own
    delivery = actions.give(item, document(item, handler), way=Way.E_SERVICE, actor=handler)
    for _ in range(2):
        assert client.get(at("fi", "request_file", token, delivery.pk)).content == PDF.data
    take_all()
    delivery.refresh_from_db()
    assert delivery.fetched_at is not None
    actions.refuse(item, FACTS, actor=handler)
    assert client.post(at("fi", "request_decision", token)).status_code == 302
    take_all()
    assert item.refusals.get().decision_wanted_at is not None
    kinds = list(Arrival.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [BoxKind.REQUEST, BoxKind.REPLY, BoxKind.FETCHED, BoxKind.WISH]
    assert set(Arrival.objects.values_list("state", flat=True)) == {"taken"}
    assert InformationRequest.objects.count() == 1


@pytest.mark.usefixtures("boxed")
def test_a_reply_to_no_request_ends_in_a_state(client: Client) -> None:
    intake.Boxes().reply("ei ole", "Viesti", uuid.uuid4())
    take_all()
    assert Arrival.objects.get().state == "failed"
    assert client.get(reverse("request_follow", args=["ei ole"])).status_code == 404
