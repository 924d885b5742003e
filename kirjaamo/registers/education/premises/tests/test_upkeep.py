"""Damages, shifts, tax rates, and applications for turns that come by the public form."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kirjaamo.cases.models import CaseState
from kirjaamo.contract.actions import void
from kirjaamo.kernel import arriving
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.errors import Refused
from kirjaamo.registers.education.premises import actions
from kirjaamo.registers.education.premises.choices import DamageState, Outcome
from kirjaamo.registers.education.premises.models import Bill, Booking, Damage, Shift, TaxRate, TurnApplication
from kirjaamo.registers.education.premises.rules.times import Slot
from kirjaamo.registers.education.premises.tests.made import (
    CLERK,
    asked_for,
    day_ahead,
    made_club,
    made_person,
    made_prices,
    made_ranks,
    made_room,
    made_terms,
)
from kirjaamo.registers.education.premises.tests.test_register import (
    TUESDAY,
    T,
    end_applying,
    last_month_tuesday,
    open_season,
    stored_in_the_past,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki", "finnish")]


@pytest.fixture
def finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield


@pytest.fixture
def used() -> Booking:
    """A use of last month."""
    made_prices()
    room, maija = made_room(), made_person()
    booking = actions.book(room, maija.number, day_ahead(TUESDAY), "18", "20", "kielikerho", 12, actor=CLERK)
    stored_in_the_past(booking, maija, last_month_tuesday(), actor=CLERK)
    return Booking.objects.order_by("starts_at")[0]


# Damages -------------------------------------------------------------------------------------------------------------------


def test_a_damage_is_claimed_by_a_letter_and_its_case_ends_when_it_is_paid(used: Booking) -> None:
    today = timezone.localdate()
    damage = actions.report_damage(used, today, "Pianon jalka on katkennut.", actor=CLERK)
    claimed = actions.claim_damage(damage, Decimal("85.00"), actor=CLERK)
    assert claimed.case is not None
    assert claimed.case.case_documents.get().document.type_code == "damage_claim"
    settled = actions.settle_damage(claimed, today, actor=CLERK)
    claimed.case.refresh_from_db()
    assert (settled.state, claimed.case.state) == (DamageState.SETTLED, CaseState.CLOSED)
    with pytest.raises(Refused, match="jo päättynyt"):
        actions.drop_damage(settled, "x", actor=CLERK)


def test_a_claim_that_is_dropped_says_why(used: Booking) -> None:
    damage = actions.report_damage(used, timezone.localdate(), "Tuoli", actor=CLERK)
    dropped = actions.drop_damage(damage, "Vahinko oli vanha.", actor=CLERK)
    assert (dropped.state, dropped.end_reason, dropped.case) == (DamageState.DROPPED, "Vahinko oli vanha.", None)


@pytest.mark.parametrize("days", [-400, 1])
def test_a_damage_is_found_between_the_use_and_today(used: Booking, days: int) -> None:
    with pytest.raises(Refused, match="viimeistään tänään"):
        actions.report_damage(used, timezone.localdate() + dt.timedelta(days=days), "Tuoli", actor=CLERK)
    assert not Damage.objects.exists()


def test_a_claim_is_of_a_sum(used: Booking) -> None:
    damage = actions.report_damage(used, timezone.localdate(), "Tuoli", actor=CLERK)
    with pytest.raises(Refused, match="suurempi kuin nolla"):
        actions.claim_damage(damage, Decimal(0), actor=CLERK)


# Shifts --------------------------------------------------------------------------------------------------------------------


def test_a_week_of_uses_gives_a_shift_for_each_school_and_day() -> None:
    """From a quarter before the first use to a quarter after the last; a second run follows the uses and keeps the name."""
    made_prices()
    room, other, maija = made_room(), made_room("ALPPI-202"), made_person()
    day = day_ahead(TUESDAY)
    actions.book(room, maija.number, day, "17", "18", "kokous", 5, actor=CLERK)
    actions.book(other, maija.number, day, "19", "20.30", "kokous", 5, actor=CLERK)
    actions.book(room, maija.number, day, "20.30", "21", "kokous", 5, self_supervised=True, actor=CLERK)
    actions.plan_shifts(day, actor=CLERK)
    shift = Shift.objects.get()
    assert (str(shift.opens_at), str(shift.closes_at), shift.uses) == ("16.45", "20.45", 2)
    actions.book(other, maija.number, day, "20.30", "21", "kokous", 5, actor=CLERK)
    actions.plan_shifts(day, actor=CLERK)
    shift.refresh_from_db()
    assert (str(shift.closes_at), shift.uses, Shift.objects.count()) == ("21.15", 3, 1)
    with pytest.raises(Refused, match="ei ole valvottuja"):
        actions.plan_shifts(day + dt.timedelta(weeks=3), actor=CLERK)


# Tax and bills -------------------------------------------------------------------------------------------------------------


def test_a_month_is_not_billed_without_a_rate_of_tax(used: Booking) -> None:
    day = last_month_tuesday()
    for rate in TaxRate.objects.all():
        void(rate, "kirjattu väärin", actor=CLERK)
    with pytest.raises(Refused, match=f"Arvonlisäverokantaa ei ole {day.day}") as refused:
        actions.bill_month(day, actor=CLERK)
    assert "1501/1993" in str(refused.value.section)
    assert not Bill.objects.exists()
    actions.load_tax_rates(actor=CLERK)
    assert actions.bill_month(day, actor=CLERK).payable == Decimal("43.67")
    assert used.pk
    with pytest.raises(Refused, match="jo lisätty: 24 %, 25,5 %"):
        actions.load_tax_rates(actor=CLERK)


# Applications of the public form -------------------------------------------------------------------------------------------


def told_of(room: int, **changed: str) -> dict[str, str]:
    """What a visitor writes: one wish."""
    wish = {"room_1": str(room), "weekday_1": "1", "start_1": "18", "end_1": "20"}
    sender = {"headcount": "12", "purpose": "kerho", "name": "Pirkko Pyytäjä", "email": "p@example.org", "adult": "on"}
    return {**wish, **sender, "activity": "youth", "key": str(uuid.uuid4()), **changed}


def test_a_visitor_applies_and_is_given_a_turn_when_linked_to_a_customer() -> None:
    made_prices()
    made_ranks()
    room, club, season = made_room(), made_club(), open_season()
    client, address = Client(), reverse("premises-apply", args=[season.pk])
    assert "luokka 201" in client.get(address).content.decode()
    told = told_of(room.pk, customer_number=club.number)
    sent = [client.post(address, told, follow=True) for _time in range(2)][-1]
    application = TurnApplication.objects.get()
    assert application.case is not None
    assert application.case.identifier in sent.content.decode()
    assert application.case.case_documents.get().document.type_code == "turn_application"
    linked = actions.link_customer(application, actor=CLERK)
    assert linked.customer == club.holder
    end_applying(season, actor=CLERK)
    actions.allocate(season, actor=CLERK)
    linked.refresh_from_db()
    assert linked.outcome == Outcome.GRANTED


def test_only_a_registered_customer_is_given_a_turn_and_the_loser_reads_why() -> None:
    made_terms()
    made_ranks()
    room, season = made_room(), open_season()
    Client().post(reverse("premises-apply", args=[season.pk]), told_of(room.pk))
    end_applying(season, actor=CLERK)
    actions.allocate(season, actor=CLERK)
    wish = TurnApplication.objects.get().wishes.get()
    assert (wish.outcome, wish.code) == (Outcome.LOST, "not_registered")
    assert "HEL 2017-012070" in wish.reason


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"start_2": "18"}, "kokonaan"),
        ({"end_1": "17"}, "Annoit ajan 18.00–17.00"),
        ({"room_1": ""}, "room_1"),
        ({"room_1": "0"}, "room_1"),
        ({"purpose": "kerho 150594Y9022"}, "henkilötunnus"),
        ({"start_1": "kuusi"}, "muodossa 18"),
    ],
)
def test_a_form_that_is_not_whole_says_what_is_wrong(changed: dict[str, str], said: str) -> None:
    room, season = made_room(), open_season()
    answer = Client().post(reverse("premises-apply", args=[season.pk]), told_of(room.pk, **changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not TurnApplication.objects.exists()


def test_an_application_after_its_time_is_refused() -> None:
    room, season = made_room(), open_season()
    end_applying(season, actor=CLERK)
    answer = Client().post(reverse("premises-apply", args=[season.pk]), told_of(room.pk))
    assert "Hakuaika on" in answer.content.decode()
    assert not TurnApplication.objects.exists()


def test_what_lay_in_a_box_is_registered_with_the_time_at_which_it_came() -> None:
    """Plain values there and back; the room that was taken in between does not lose the request."""
    made_prices()
    room, maija, day = made_room(), made_person(), day_ahead(TUESDAY)
    at = timezone.now() - dt.timedelta(hours=3)
    told = asked_for(room, Slot(day, T(18), T(20)), number=maija.number)
    actions.book(room, maija.number, day, "18", "20", "kokous", 5, actor=CLERK)
    identifier = arriving.take("premises.ask", told.plain(), at, VISITOR)
    assert arriving.take("premises.ask", told.plain(), at, VISITOR) == identifier
    booking = Booking.objects.get(case__identifier=identifier)
    assert booking.case is not None
    assert (booking.case.initiated_at, booking.told_number) == (at, maija.number)
    with pytest.raises(Refused, match="jo varattu"):
        actions.confirm(booking, actor=CLERK)
    with pytest.raises(LookupError):
        arriving.take("premises.ask", told.plain() | {"room": 0}, at, VISITOR)
