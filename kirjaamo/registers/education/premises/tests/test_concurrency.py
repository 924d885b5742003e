"""Many at once: the database decides who gets the room, and tells the others kindly."""

from __future__ import annotations

import datetime as dt
import threading
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from kirjaamo.contract.testing import at_once
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.errors import Refused
from kirjaamo.registers.education.premises import actions
from kirjaamo.registers.education.premises.actions import bookings
from kirjaamo.registers.education.premises.checks import set_price
from kirjaamo.registers.education.premises.choices import BookingState
from kirjaamo.registers.education.premises.models import Booking
from kirjaamo.registers.education.premises.rules.times import Slot
from kirjaamo.registers.education.premises.tests.made import CLERK, asked_for, day_ahead, made_club, made_person, made_prices, made_room

TIMES = [("17", "19"), ("18", "20"), ("18.30", "19"), ("19", "21"), ("17", "21"), ("20", "21")]
OVERLAPS = """
SELECT count(*) FROM premises_booking a JOIN premises_booking b ON a.id < b.id AND a.room_id = b.room_id
 AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
 WHERE a.state = 'confirmed' AND b.state = 'confirmed' AND a.voided_at IS NULL AND b.voided_at IS NULL
"""


def overlaps() -> int:
    """Pairs of valid bookings of one room that overlap."""
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS)
        found: int = cursor.fetchone()[0]
    return found


@pytest.mark.django_db(transaction=True)
def test_no_two_valid_bookings_overlap_however_many_book_at_once() -> None:
    """Six clerks book overlapping times of one room in three rounds: what is stored never overlaps, each loser reads why."""
    made_prices()
    room, maija = made_room(), made_person()
    for week in range(4, 7):
        day = day_ahead(1, week)
        tasks = [partial(actions.book, room, maija.number, day, start, end, "kokous", 5, actor=CLERK) for start, end in TIMES]
        results = at_once(tasks)
        assert "ok" in results
        assert all(result == "ok" or "jo varattu" in result for result in results), results
        assert overlaps() == 0
    assert Booking.objects.filter(state=BookingState.CONFIRMED).count() >= 3


@pytest.mark.django_db(transaction=True)
def test_one_of_two_requests_of_the_same_time_is_confirmed() -> None:
    """Two clerks answer two requests at the same moment."""
    made_prices()
    room, maija, club = made_room(), made_person(), made_club()
    day: dt.date = day_ahead(1)
    requests = []
    for account in (maija, club):
        told = asked_for(room, Slot(day, dt.time(18), dt.time(20)), number=account.number)
        requests.append(Booking.objects.get(case__identifier=actions.ask(told, actor=VISITOR)))
    results = at_once([partial(actions.confirm, one, actor=CLERK) for one in requests])
    assert sorted(result == "ok" for result in results) == [False, True], results
    assert overlaps() == 0
    assert Booking.objects.filter(state=BookingState.REQUESTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_database_decides_when_both_saw_the_room_free_and_the_loser_reads_which_time_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both clerks are past every reading of the calendar before either writes: the exclusion constraint lets one in."""
    made_prices()
    room, maija, club = made_room(), made_person(), made_club()
    day: dt.date = day_ahead(1)
    requests = []
    for account, (start, end) in ((maija, (18, 20)), (club, (19, 21))):
        told = asked_for(room, Slot(day, dt.time(start), dt.time(end)), number=account.number)
        requests.append(Booking.objects.get(case__identifier=actions.ask(told, actor=VISITOR)))
    both, price = threading.Barrier(2), set_price

    def priced(*told: Any) -> None:
        price(*told)
        both.wait(timeout=30)

    monkeypatch.setattr(bookings, "set_price", priced)
    results = at_once([partial(actions.confirm, one, actor=CLERK) for one in requests])
    assert sorted(result == "ok" for result in results) == [False, True], results
    assert overlaps() == 0
    held = Booking.objects.get(state=BookingState.CONFIRMED)
    assert f"jo varattu {held.when}. Valitse toinen aika" in next(result for result in results if result != "ok")


@pytest.mark.django_db(transaction=True)
def test_one_request_is_confirmed_once() -> None:
    """Two clerks press the same button: one is told that it is done or changed, and the fee is one."""
    made_prices()
    room, maija = made_room(), made_person()
    told = asked_for(room, Slot(day_ahead(1), dt.time(18), dt.time(20)), number=maija.number)
    booking = Booking.objects.get(case__identifier=actions.ask(told, actor=VISITOR))
    copies = [Booking.objects.get(pk=booking.pk) for _ in range(2)]
    results = []

    def confirm(one: Booking) -> None:
        try:
            actions.confirm(one, actor=CLERK)
        except Exception as error:
            results.append(type(error).__name__)
            raise Refused("toinen ehti", code="x") from error

    at_once([partial(confirm, one) for one in copies])
    assert len(results) == 1
    assert results[0] in {"Conflict", "Refused"}
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
    assert booking.case is not None
    assert booking.case.events.filter(kind="decision").count() == 1
    assert timezone.localdate() < timezone.localtime(booking.starts_at).date()
