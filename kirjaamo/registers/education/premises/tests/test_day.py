"""The worked example from agreement to bills, changes of bookings, terms that change, bills as documents, the list of a day."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from kirjaamo.cases.models import CaseState
from kirjaamo.documents import blobs
from kirjaamo.documents.models import Way
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.premises import actions, jobs, letters, reading
from kirjaamo.registers.education.premises.choices import Activity, BookingState, Group, RoomKind, Weekday
from kirjaamo.registers.education.premises.models import (
    Agreement,
    Bill,
    Booking,
    Customer,
    PriceList,
    Room,
    Season,
    Shift,
    TurnApplication,
    UseTerms,
    Wish,
)
from kirjaamo.registers.education.premises.rules.times import Slot
from kirjaamo.registers.education.premises.tests.made import (
    CLERK,
    MAIJA,
    MATTI,
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
from kirjaamo.testing import make_user
from kirjaamo.values.clock import HELSINKI

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("helsinki", "finnish"),
    pytest.mark.urls("kirjaamo.registers.education.premises.tests.addresses"),
]
DAY = dt.timedelta(days=1)
Go = Callable[[dt.date], None]


@pytest.fixture
def finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Go:
    """Let a day be today."""

    def go(day: dt.date) -> None:
        at = dt.datetime.combine(day, dt.time(9), tzinfo=HELSINKI)
        monkeypatch.setattr(timezone, "now", lambda: at)

    return go


# The worked example --------------------------------------------------------------------------------------------------------


def test_a_club_pays_for_thirteen_of_fifteen_tuesdays_and_for_what_it_cancelled_late(on: Go) -> None:
    """522.00 € in all; a holiday and one cancelled 20 days before leave 452.40 €; one cancelled 5 days before is billed."""
    on(dt.date(2026, 8, 3))
    made_prices()
    room, club = made_room(), made_club()
    days = (dt.date(2026, 9, 1), dt.date(2026, 12, 8))
    whole = actions.agree(room, club.number, Weekday.TUESDAY, "18", "20", *days, "harjoitus", 12, actor=CLERK)
    assert (whole.total, whole.bookings.count()) == (Decimal("522.00"), 15)
    other = made_room("ALPPI-202")
    actions.close_all("syysloma", dt.date(2026, 10, 12), dt.date(2026, 10, 16), actor=CLERK)
    agreed = actions.agree(other, club.number, Weekday.TUESDAY, "18", "20", *days, "harjoitus", 12, actor=CLERK)
    assert agreed.bookings.count() == 14
    early, late = (agreed.bookings.get(starts_at=reading.moment(day, T(18))) for day in (dt.date(2026, 11, 3), dt.date(2026, 11, 24)))
    on(dt.date(2026, 10, 14))
    assert actions.cancel(early, dt.date(2026, 10, 14), actor=CLERK).charged is False
    on(dt.date(2026, 11, 19))
    assert actions.cancel(late, dt.date(2026, 11, 19), actor=CLERK).charged is True
    actions.terminate(whole, dt.date(2026, 9, 1), "vain toinen tila jää", actor=CLERK)
    on(dt.date(2027, 1, 4))
    totals = [_billed(club, month, other) for month in (9, 10, 11, 12)]
    assert sum(totals) == Decimal("452.40")
    assert totals == [Decimal("174.00"), Decimal("104.40"), Decimal("104.40"), Decimal("69.60")]


def _billed(club: Customer, month: int, room: Room) -> Decimal:
    bill = actions.bill_month(dt.date(2026, month, 15), actor=CLERK)
    assert bill.account == club
    return sum((one.fee for one in bill.bookings.filter(room=room) if one.fee is not None), Decimal(0))


# Changes -------------------------------------------------------------------------------------------------------------------


def test_a_booking_is_moved_in_time_and_its_fee_and_answer_follow() -> None:
    made_prices()
    room, maija = made_room(), made_person()
    day = day_ahead(TUESDAY)
    booking = actions.book(room, maija.number, day, "18", "20", "kokous", 5, actor=CLERK)
    other = made_room("ALPPI-202")
    moved = actions.move(booking, day, "19", "20", "alppi-202", actor=CLERK)
    assert (moved.room, moved.clock, moved.fee) == (other, "19.00–20.00", Decimal("17.40"))
    assert moved.case is not None
    assert list(moved.case.events.values_list("kind", flat=True)) == ["opened", "decision", "change"]
    assert moved.case.case_documents.count() == 2
    assert actions.book(room, maija.number, day, "18", "20", "kokous", 5, actor=CLERK).pk
    with pytest.raises(Refused, match=r"jo varattu .* 18\.00–20\.00"):
        actions.move(moved, day, "18", "19", room.code, actor=CLERK)
    assert actions.move(moved, day, "19.30", "20.30", actor=CLERK).clock == "19.30–20.30"


def test_a_late_change_needs_its_reason() -> None:
    made_prices()
    room, maija = made_room(), made_person()
    day = timezone.localdate() + 5 * DAY
    booking = actions.book(room, maija.number, day, "18", "20", "kokous", 5, deviation="vesivahinko muualla", actor=CLERK)
    with pytest.raises(Refused, match="14 päivää ennen"):
        actions.move(booking, day_ahead(TUESDAY), "18", "20", actor=CLERK)
    moved = actions.move(booking, day_ahead(TUESDAY), "18", "20", deviation="koulun oma tilaisuus", actor=CLERK)
    assert moved.reason == "koulun oma tilaisuus"


def test_a_body_changes_its_responsible_person_who_is_identified() -> None:
    club = made_club()
    changed = actions.change_contact(club, MAIJA, "Maija Meikäläinen", "maija@example.org", "040 1", actor=CLERK)
    assert (str(changed.contact), changed.identity_checked_on) == ("Maija Meikäläinen", timezone.localdate())
    assert changed.holder == club.holder


def test_who_asked_is_registered_out_of_what_they_sent_and_their_request_confirmed() -> None:
    """Name and contact facts come from the form, the identity from a document; the request bears the number of the customer."""
    made_prices()
    room, day = made_room(), day_ahead(TUESDAY)
    told = asked_for(room, Slot(day, T(18), T(20)), name="Maija Meikäläinen")
    booking = Booking.objects.get(case__identifier=actions.ask(told, actor=VISITOR))
    asked = actions.register_asker(booking, Group.GENERAL, MAIJA, actor=CLERK)
    account = Customer.objects.get()
    assert (asked.told_number, str(account.holder), account.contact.email) == (account.number, "Maija Meikäläinen", "p@example.org")
    with pytest.raises(Refused, match=f"asiakasnumero {account.number}"):
        actions.register_asker(asked, Group.GENERAL, MATTI, actor=CLERK)
    done = actions.confirm(asked, actor=CLERK)
    assert (done.account, done.fee) == (account, Decimal("34.80"))
    with pytest.raises(Refused, match=f"asiakasnumero {account.number}"):
        actions.register_asker(done, Group.GENERAL, MAIJA, actor=CLERK)
    again = Booking.objects.get(case__identifier=actions.ask(asked_for(room, Slot(day, T(20), T(21))), actor=VISITOR))
    assert actions.register_asker(again, Group.GENERAL, MAIJA, actor=CLERK).told_number == account.number
    assert Customer.objects.count() == 1


def test_a_body_that_applied_is_registered_with_its_responsible_person_and_given_its_turn() -> None:
    made_prices()
    made_ranks()
    room, season = made_room(), open_season()
    wish = Wish(room=room, weekday=Weekday.TUESDAY, starts=T(18), ends=T(20))
    told = actions.Applied(
        season=season,
        activity=Activity.YOUTH,
        wishes=[wish],
        name="Matti Mallikas",
        organisation="Esimerkkiseura ry",
        email="m@example.org",
        purpose="kerho",
        headcount=9,
    )
    actions.send_turn(told, actor=VISITOR)
    application = actions.register_applicant(TurnApplication.objects.get(), Group.YOUTH, MATTI, actor=CLERK)
    linked = actions.link_customer(application, actor=CLERK)
    assert linked.account is not None
    assert (str(linked.account.holder), str(linked.account.contact), linked.account.group) == (
        "Esimerkkiseura ry",
        "Matti Mallikas",
        "youth",
    )
    end_applying(season, actor=CLERK)
    held = actions.allocate(Season.objects.get(), actor=CLERK)
    with pytest.raises(Refused, match="Päättämättä on 1 hakemusta"):
        actions.announce_all(held, Way.EMAIL, actor=CLERK)
    actions.add_price(PriceList.objects.get(), RoomKind.CLASSROOM, Group.YOUTH, Decimal(0), actor=CLERK)
    actions.decide(TurnApplication.objects.get(), actor=CLERK)
    actions.announce_all(held, Way.EMAIL, actor=CLERK)
    assert linked.case is not None
    linked.case.refresh_from_db()
    assert (linked.case.state, linked.case.service_way) == (CaseState.CLOSED, Way.EMAIL)


def test_the_applications_of_a_season_are_decided_together_in_the_name_of_who_ordered_it() -> None:
    """The button queues the work; one whose room was closed meanwhile stays undecided and can be seen."""
    made_prices()
    made_ranks()
    rooms, season = [made_room("ALPPI-201"), made_room("ALPPI-202")], open_season()
    for club, room in zip((made_club(), made_club("Toinen seura ry")), rooms, strict=True):
        actions.apply_for_turn(
            season, club.number, Activity.ASSOCIATION, "kerho", 9, timezone.localdate(), f"{room.code};ti;18;20", actor=CLERK
        )
    end_applying(season, actor=CLERK)
    held = actions.allocate(Season.objects.get(), actor=CLERK)
    actions.close_room(rooms[1], "remontti", held.days.lower, held.days.upper, actor=CLERK)
    user, client = make_user(Role.REGISTER_WORKER), Client()
    client.force_login(user)
    address = reverse("record-act", args=["kasko-tilavaraus", "decide_all", held.pk])
    assert client.post(address, {"csrfmiddlewaretoken": "-"}).status_code == 302
    assert jobs.decide_season(held.pk, user.pk) == 1
    assert jobs.decide_season(held.pk, user.pk) == 0
    first, second = TurnApplication.objects.order_by("pk")
    assert first.case is not None
    assert second.case is not None
    assert first.case.events.get(kind="decision").actor == user.actor_ref
    assert not second.case.events.filter(kind="decision").exists()
    assert Agreement.objects.get().application == first


def test_an_agreement_outside_of_a_round_is_delivered_and_its_case_ends() -> None:
    made_prices()
    room, club, day = made_room(), made_club(), day_ahead(TUESDAY)
    agreed = actions.agree(room, club.number, Weekday.TUESDAY, "18", "20", day, day + 20 * DAY, "harjoitus", 5, actor=CLERK)
    assert agreed.case is not None
    actions.deliver(agreed, Way.EMAIL, actor=CLERK)
    agreed.case.refresh_from_db()
    assert (agreed.case.state, agreed.case.service_way) == (CaseState.CLOSED, Way.EMAIL)
    assert not TurnApplication.objects.exists()


def test_the_page_of_a_case_reads_the_rooms_of_its_bookings_with_them() -> None:
    made_prices()
    room, club, day = made_room(), made_club(), day_ahead(TUESDAY)
    client = Client()
    client.force_login(make_user(*Role, name="kaikki"))
    counts = []
    for weeks in (1, 6):
        agreed = actions.agree(room, club.number, Weekday.TUESDAY, "18", "20", day, day + weeks * 7 * DAY, "harjoitus", 5, actor=CLERK)
        assert agreed.case is not None
        client.get(agreed.case.get_absolute_url())
        with CaptureQueriesContext(connection) as told:
            assert str(room) in client.get(agreed.case.get_absolute_url()).content.decode()
        counts.append(len(told))
        day += 60 * DAY - (60 % 7) * DAY
    assert counts[0] == counts[1]


# Terms ---------------------------------------------------------------------------------------------------------------------


def test_terms_that_change_change_the_rules_the_calendar_the_forms_and_the_answer() -> None:
    """A worker ends a row and adds another; nothing else is touched."""
    made_prices()
    room, maija = made_room(), made_person()
    today, day = timezone.localdate(), day_ahead(TUESDAY, 6)
    actions.end_terms(UseTerms.objects.get(), today - DAY, actor=CLERK)
    told = ("16", "22", "10", "20", 7, 30, 30, 21)
    actions.add_terms("HEL 2026-000777", today, *told, actor=CLERK)
    booking = actions.book(room, maija.number, day, "16", "22", "kokous", 5, actor=CLERK)
    with pytest.raises(Refused, match="30 minuutin välein") as refused:
        actions.book(room, maija.number, day + 7 * DAY, "16.15", "17", "kokous", 5, actor=CLERK)
    assert refused.value.section == "HEL 2026-000777"
    letter = letters.answer(booking)
    assert (letter["notice"], letter["margin"], letter["law"]) == (7, 30, "HEL 2026-000777")
    for address in (reverse("premises"), reverse("premises-ask", args=[room.pk])):
        body = Client().get(address).content.decode()
        assert "16.00–22.00" in body
        assert "viimeistään 7 päivää ennen" in body
        assert "HEL 2026-000777" in body
    week = Client().get(reverse("premises-room", args=[room.pk]), {"viikko": day.isoformat()}).content.decode()
    assert "16.00–22.00" in week
    assert 'colspan="72"' in week
    actions.plan_shifts(day, actor=CLERK)
    shift = Shift.objects.get()
    assert (str(shift.opens_at), str(shift.closes_at)) == ("15.30", "22.30")


def test_a_desk_without_terms_is_told_so_and_its_calendar_stays_open() -> None:
    room = made_room()
    client = Client()
    client.force_login(make_user(Role.REGISTER_WORKER))
    start = client.get(reverse("register", args=["kasko-tilavaraus"])).content.decode()
    assert "Käyttöehtoja ei ole voimassa tänään" in start
    assert "load_terms" in start
    assert Client().get(reverse("premises-room", args=[room.pk])).status_code == 200
    assert Client().get(reverse("premises-ask", args=[room.pk])).status_code == 200
    assert Client().get(reverse("premises")).status_code == 200
    made_terms()
    assert "Käyttöehtoja ei ole" not in client.get(reverse("register", args=["kasko-tilavaraus"])).content.decode()


# Money ---------------------------------------------------------------------------------------------------------------------


def test_the_answer_tells_the_fee_with_and_without_tax_and_the_rate() -> None:
    made_prices()
    room, maija = made_room(), made_person()
    booking = actions.book(room, maija.number, day_ahead(TUESDAY), "18", "20", "kokous", 5, actor=CLERK)
    letter = letters.answer(booking)
    assert (letter["fee"], letter["payable"]) == ("34,80\u00a0€", "43,67\u00a0€")
    assert letter["office"] == "Helsingin kaupunki, Kasvatuksen ja koulutuksen toimialan tilapalvelut"
    steps: Sequence[Sequence[str]] = letter["steps"]  # type: ignore[assignment]
    assert steps[-1] == ["Arvonlisävero", "34,80\u00a0€ × 25,5 %", "8,87\u00a0€"]
    client = Client()
    client.force_login(make_user(Role.REGISTER_WORKER))
    assert "43,67" in client.get(booking.get_absolute_url()).content.decode()


def test_a_refusal_tells_who_decided_and_how_review_is_sought_by_the_rows_of_the_law() -> None:
    made_prices()
    told = asked_for(made_room(), Slot(day_ahead(TUESDAY), T(18), T(20)))
    booking = Booking.objects.get(case__identifier=actions.ask(told, actor=VISITOR))
    decider = make_user(Role.REGISTER_WORKER, name="Tila Vastaava")
    refused = actions.refuse(booking, "Tila on remontissa.", actor=decider)
    review = str(letters.answer(refused)["review"])
    words = ("kirjaamoon", "14 päivää", "Kuntalaki 410/2015 134", "mihin päätökseen haet oikaisua")
    assert [word for word in words if word not in review] == []
    assert refused.case is not None
    answer = refused.case.case_documents.get(document__type_code="booking_answer").document.files.get()
    text = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(blobs.read(answer.sha256)))
    assert f"Päätöksen tekijä: {decider.name}" in text


def test_the_worker_makes_bills_documents_which_are_delivered_together() -> None:
    """Two customers, two bills, two documents in cases of their own; both cases end by one act."""
    month = last_month_tuesday()
    used(month)
    assert jobs.issue_bills(0) == 2
    assert jobs.issue_bills(0) == 0
    for bill in Bill.objects.all():
        assert bill.case is not None
        assert bill.case.case_documents.get().document.type_code == "use_invoice"
        assert (letters.bill(bill)["number"], letters.bill(bill)["payable"]) == (bill.number, "43,67\u00a0€")
    actions.deliver_bills(month, Way.POST, actor=CLERK)
    assert set(Bill.objects.values_list("case__state", "case__service_way")) == {(CaseState.CLOSED, Way.POST)}


def test_a_wrong_bill_is_corrected_its_use_mended_and_billed_anew() -> None:
    month = last_month_tuesday()
    bill = used(month)
    actions.issue(bill, actor=CLERK)
    void = actions.correct(Bill.objects.get(pk=bill.pk), "tila oli poissa käytöstä", actor=CLERK)
    assert void.case is not None
    void.case.refresh_from_db()
    assert (bool(void.voided_at), void.case.state) == (True, CaseState.CLOSED)
    use = Booking.objects.get(account=bill.account, starts_at__lt=timezone.now())
    assert use.bill is None
    assert "correction" in void.case.events.values_list("kind", flat=True)
    again = actions.bill_month(month, actor=CLERK)
    assert (again.account, again.number > bill.number) == (bill.account, True)


def used(month: dt.date) -> Bill:
    """Two customers used a room in a month that has been billed; the bill of the later one."""
    made_prices()
    room, maija, club = made_room(), made_person(), made_club()
    held = actions.book(room, maija.number, day_ahead(TUESDAY), "18", "20", "kokous", 5, actor=CLERK)
    stored_in_the_past(held, maija, month, actor=CLERK)
    stored_in_the_past(held, club, month + 7 * DAY, actor=CLERK)
    return actions.bill_month(month, actor=CLERK)


# The day -------------------------------------------------------------------------------------------------------------------


def test_the_list_of_a_day_tells_who_is_where_and_whom_to_call() -> None:
    made_prices()
    room, club = made_room(), made_club()
    day = day_ahead(TUESDAY)
    actions.book(room, club.number, day, "18", "20", "harjoitus", 12, actor=CLERK)
    actions.plan_shifts(day, actor=CLERK)
    client = Client()
    client.force_login(make_user(Role.REGISTER_WORKER))
    address = reverse("premises-day")
    body = html.unescape(client.get(address, {"paiva": day.isoformat(), "koulu": "Alppilan koulu"}).content.decode())
    for said in ("18.00–20.00", "Esimerkkiseura ry", "Matti Mallikas", "17.45–20.15", "valvojaa ei ole nimetty"):
        assert said in body
    assert "ei ole käyttöä" in client.get(address, {"paiva": "1.1.x"}).content.decode()
    assert Client().get(address).status_code == 302
    assert address in client.get(Shift.objects.get().get_absolute_url()).content.decode()


def test_the_request_takes_no_room_before_it_is_confirmed() -> None:
    made_prices()
    room, maija, day = made_room(), made_person(), day_ahead(TUESDAY)
    actions.ask(asked_for(room, Slot(day, T(18), T(20))), actor=CLERK)
    assert actions.book(room, maija.number, day, "18", "20", "kokous", 5, actor=CLERK).state == BookingState.CONFIRMED
