"""What the public process puts in is a closed box; the worker registers it once, with the time at which it came."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import DataError, connection
from django.test import Client
from django.utils import timezone

from kirjaamo.catalog.models import InformationResource
from kirjaamo.face import intake, parcels
from kirjaamo.face.actions import keep_arrival_key, take_arrival
from kirjaamo.face.models import Arrival, ArrivalKey, ArrivalState
from kirjaamo.kernel import arriving, receipts, vault
from kirjaamo.kernel.actors import VISITOR, Machine
from kirjaamo.kernel.boxes import close
from kirjaamo.notices.models import Notice, NoticeKind
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.requests import sealed
from kirjaamo.requests.arrivals import NewRequest
from kirjaamo.requests.models import InformationRequest
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


class OneConnection(dict[str, Any]):
    """Lets the intake use the connection of the test, so that its boxes are undone with it."""

    def __missing__(self, alias: str) -> Any:
        """The connection of the test, whatever is asked for."""
        assert alias == intake.ALIAS
        return connection


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> NewRequest:
    """A request to be, and an intake that does not wait for the worker."""
    monkeypatch.setattr(intake, "connections", OneConnection())
    monkeypatch.setattr(intake, "PATIENCE", 0.0)
    keep_arrival_key(actor=Machine("test"))
    entry = InformationResource.objects.filter(stub=False).order_by("pk")[0]
    answers = [{"kind": "text", "label": "Osoite", "value": "Esimerkkikatu 1"}]
    return NewRequest("document", entry, "Pyydän Meluselvitystä", answers, name="Aino Esimerkki", email="aino@example.fi", language="sv")


def test_a_request_lies_closed_and_is_registered_with_the_time_of_its_arrival(asked: NewRequest) -> None:
    token = intake.Boxes().send(asked)
    arrival = Arrival.objects.get()
    for word in ("Meluselvitys", "Aino", "example.fi", token):
        assert word.encode() not in bytes(arrival.box)
    assert take_arrival(actor=VISITOR) is True
    assert take_arrival(actor=VISITOR) is False
    made = InformationRequest.objects.get(token_hash=receipts.token_hash(token))
    told = sealed.unseal(made.sealed)
    assert (told["what"], told["name"], told["answers"]) == (asked.what, asked.name, list(asked.answers))
    assert (made.received_at, made.language, made.case.initiated_at) == (arrival.arrived_at, "sv", arrival.arrived_at)
    arrival.refresh_from_db()
    assert (arrival.state, bytes(arrival.box)) == (ArrivalState.TAKEN, b"")


def test_what_a_form_of_a_register_tells_lies_closed_and_is_taken_once_with_its_time(asked: NewRequest) -> None:
    got: list[Any] = []

    def taker(*told: Any) -> str:
        got.append(told)
        return "HEL 2026-000042"

    arriving.takes("test.form", taker)
    for _time in range(2):
        assert intake.record("test.form", asked.key, {"purpose": "Kuoroharjoitus", "people": 12}) == ""
    arrival = Arrival.objects.get()
    assert b"Kuoroharjoitus" not in bytes(arrival.box)
    assert intake.identifier(asked.key) == ""
    assert take_arrival(actor=VISITOR)
    assert intake.identifier(asked.key) == "HEL 2026-000042"
    assert intake.identifier(uuid.uuid4()) == ""
    assert intake.record("test.form", asked.key, {}) == "HEL 2026-000042"
    assert got == [({"purpose": "Kuoroharjoitus", "people": 12}, arrival.arrived_at, VISITOR)]
    intake.record("nobody.takes", uuid.uuid4(), {})
    take_arrival(actor=VISITOR)
    assert list(Arrival.objects.order_by("pk").values_list("state", flat=True)) == [ArrivalState.TAKEN, ArrivalState.FAILED]


def test_the_same_form_sent_twice_is_one_request_with_one_address(asked: NewRequest) -> None:
    first, second = intake.Boxes().send(asked), intake.Boxes().send(asked)
    assert first == second
    take_arrival(actor=VISITOR)
    third = intake.Boxes().send(asked)
    take_arrival(actor=VISITOR)
    assert third == first
    assert InformationRequest.objects.count() == 1


def test_a_box_that_cannot_be_opened_ends_in_a_state_and_holds_up_nobody(asked: NewRequest) -> None:
    bad = {"kind": "request", "token_hash": "a" * 64, "arrived_at": timezone.now()}
    newest = ArrivalKey.objects.first()
    assert newest is not None
    public = bytes(newest.public)
    told, _files = parcels.unpacked(parcels.of_request(asked, "t"))
    nowhere = parcels.packed(told | {"entry": ["resource", "ei-ole"]})
    for box in (b"rubbish", close(b"no request", public), close(nowhere, public)):
        Arrival.objects.create(key=uuid.uuid4(), box=box, **bad)
    token = intake.Boxes().send(asked)
    for _ in range(4):
        assert take_arrival(actor=VISITOR)
    states = list(Arrival.objects.order_by("pk").values_list("state", flat=True))
    assert states == [ArrivalState.FAILED] * 3 + [ArrivalState.TAKEN]
    assert InformationRequest.objects.get().token_hash == receipts.token_hash(token)


@pytest.mark.usefixtures("asked")
def test_whoever_minds_the_intake_is_told_of_a_failed_box_once_until_they_look_and_not_what_it_holds(
    registrar: User,
) -> None:
    minder = make_user(Role.ADMINISTRATOR, name="ylläpitäjä")
    make_user(Role.HANDLER, name="muu")
    public = bytes(ArrivalKey.objects.all()[0].public)
    for content in (b"no request", parcels.packed({"sizes": None})[:4] + b"null", b"\x00\x00\x00\x04null"):
        Arrival.objects.create(
            key=uuid.uuid4(), box=close(content, public), kind="request", token_hash="a" * 64, arrived_at=timezone.now()
        )  # fmt: skip
        assert take_arrival(actor=VISITOR)
    assert set(Arrival.objects.values_list("state", flat=True)) == {ArrivalState.FAILED}
    told = Notice.objects.filter(kind=NoticeKind.BOX)
    assert sorted(one.user.pk for one in told) == sorted((minder.pk, registrar.pk))
    assert {(one.about, one.url) for one in told} == {("", "/tyo/lahetykset/")}
    client = Client()
    client.force_login(minder)
    assert client.get(f"/tyo/ilmoitukset/{told.get(user=minder).pk}/").headers["Location"] == "/tyo/lahetykset/"
    page = client.get("/tyo/lahetykset/")
    assert (page.status_code, page.content.decode().count("Yritä uudelleen")) == (200, 3)
    Arrival.objects.create(key=uuid.uuid4(), box=b"roskaa", kind="request", token_hash="a" * 64, arrived_at=timezone.now())
    take_arrival(actor=VISITOR)
    assert (told.filter(user=minder).count(), told.filter(user=registrar).count()) == (2, 1)


def test_a_box_whose_content_the_database_refuses_holds_up_nobody(asked: NewRequest) -> None:
    def refuse(*_told: Any) -> str:
        raise DataError

    arriving.takes("test.refused", refuse)
    intake.record("test.refused", uuid.uuid4(), {})
    token = intake.Boxes().send(asked)
    assert take_arrival(actor=VISITOR)
    assert take_arrival(actor=VISITOR)
    assert InformationRequest.objects.get().token_hash == receipts.token_hash(token)
    assert Arrival.objects.get(state=ArrivalState.FAILED).problem == "DataError"


def test_without_its_key_file_an_arrival_waits_and_is_not_lost(asked: NewRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program restored without its keys says so and loses nothing; with them the request is registered after all."""
    intake.Boxes().send(asked)
    with monkeypatch.context() as without:
        without.setattr(vault, "unseal", _no_key)
        with pytest.raises(vault.KeysMissing):
            take_arrival(actor=VISITOR)
    assert Arrival.objects.get().state == ArrivalState.WAITING
    assert take_arrival(actor=VISITOR)
    assert InformationRequest.objects.count() == 1


def _no_key(_sealed: bytes) -> str:
    raise vault.KeysMissing


def test_the_private_half_stands_sealed_and_nowhere_else() -> None:
    key = ArrivalKey.objects.all()[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(value, ' ') FROM public_face.face_state")
        shown = cursor.fetchone()[0]
    assert len(bytes(key.public)) == 32
    assert bytes(key.private_sealed).decode() not in shown
