"""The public process by itself: its pages read the mirrors alone, and what is sent there is told by its identifier when registered."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kirjaamo.cases.tests.made import MACHINE
from kirjaamo.face.actions import keep_arrival_key, take_arrival
from kirjaamo.face.models import Arrival
from kirjaamo.face.tests.test_rights import visit
from kirjaamo.kernel import arriving
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.registers.education.premises.models import Booking
from kirjaamo.registers.education.premises.tests.made import day_ahead, made_prices, made_ranks, made_room
from kirjaamo.registers.education.premises.tests.test_register import TUESDAY, open_season


@pytest.mark.django_db(transaction=True)
def test_a_room_is_asked_for_in_the_public_process_and_its_case_is_told(tmp_path: Path, helsinki: None) -> None:
    """Terms, prices and seasons stand on its pages; the request lies closed until it is registered, and then its key tells the case."""
    del helsinki
    made_prices()
    made_ranks()
    room, season, day, key = made_room(), open_season(), day_ahead(TUESDAY), uuid.uuid4()
    keep_arrival_key(actor=MACHINE)
    rooms, week = reverse("premises"), reverse("premises-room", args=[room.pk])
    ask, apply = reverse("premises-ask", args=[room.pk]), reverse("premises-apply", args=[season.pk])
    who = {"headcount": "5", "purpose": "kokous", "name": "Pirkko Pyytäjä", "email": "p@example.org", "adult": "on", "key": str(key)}
    told = who | {"day": f"{day:%d.%m.%Y}", "start": "17", "end": "18"}
    late = who | {"day": f"{day:%d.%m.%Y}", "start": "16", "end": "18"}
    begin = reverse("eservice")
    refused = visit([begin, rooms, week, apply], tmp_path, {ask: late})
    assert {url: answer[0] for url, answer in refused.items()} == {begin: 200, rooms: 200, week: 200, apply: 200, ask: 422}
    assert f'href="{rooms}"' in refused[begin][2]
    for said in ("17.00–21.00", "16.00–18.00", "(HEL 2017-012070)"):
        assert said in refused[ask][2]
    assert "Syyskausi" in refused[rooms][2]
    assert "HEL 2017-012070" in refused[rooms][2]
    sent = visit([], tmp_path, {ask: told})
    assert sent[ask][0] == 302, sent[ask][2]
    assert Arrival.objects.get(key=key).identifier == ""
    assert take_arrival(actor=VISITOR)
    booking = Booking.objects.get()
    assert booking.case is not None
    assert Arrival.objects.get(key=key).identifier == booking.case.identifier


@pytest.mark.django_db
@pytest.mark.usefixtures("helsinki")
@pytest.mark.urls("kirjaamo.registers.education.premises.tests.addresses")
def test_a_receipt_without_its_identifier_tells_it_when_it_is_loaded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker is slow: the first page says that it is not registered yet, the next one tells the case."""
    made_prices()
    room, day, key = made_room(), day_ahead(TUESDAY), uuid.uuid4()
    who = {"headcount": "5", "purpose": "kokous", "name": "Pirkko Pyytäjä", "email": "p@example.org", "adult": "on", "key": str(key)}
    known: list[str] = []
    monkeypatch.setattr(arriving, "_door", [lambda _name, _key, _told: ""])
    monkeypatch.setattr(arriving, "_look", [lambda one: known[-1] if known and one == key else ""])
    client = Client()
    told = who | {"day": f"{day:%d.%m.%Y}", "start": "17", "end": "18"}
    first = client.post(reverse("premises-ask", args=[room.pk]), told, follow=True).content.decode()
    assert "Lataa sivu silloin uudelleen" in first
    known.append("HEL 2026-000042")
    assert "HEL 2026-000042" in client.get(reverse("premises-sent")).content.decode()
