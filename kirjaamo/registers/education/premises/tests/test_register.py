"""The register: the contract, then its own promises from request to bill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kirjaamo.cases.models import CaseState
from kirjaamo.contract import parts
from kirjaamo.contract.actions import create, void
from kirjaamo.contract.testing import RegisterTestCase
from kirjaamo.documents.models import Way
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import VISITOR, Actor
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.premises import actions, reading
from kirjaamo.registers.education.premises.choices import Activity, AgreementState, BookingState, CustomerKind, Group, Outcome, Weekday
from kirjaamo.registers.education.premises.models import Agreement, Bill, Booking, Customer, PriceList, Room, Season, TurnApplication
from kirjaamo.registers.education.premises.register import register
from kirjaamo.registers.education.premises.rules.times import CALENDAR, Slot
from kirjaamo.registers.education.premises.tests.made import (
    ASSOCIATION,
    CLERK,
    MATTI,
    asked_for,
    day_ahead,
    made_club,
    made_person,
    made_prices,
    made_ranks,
    made_room,
    made_tax,
    made_terms,
)
from kirjaamo.testing import make_user
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.personal_id import PersonalId

T = dt.time
TUESDAY = 1


def asked(room: Room, day: dt.date, *, start: int = 18, end: int = 20, number: str = "") -> Booking:
    """A request of the public form, stored."""
    slot = Slot(day, T(start), T(end))
    told = asked_for(room, slot, number=number, people=12)
    identifier = actions.ask(told, actor=VISITOR)
    return Booking.objects.get(case__identifier=identifier)


@pytest.mark.urls("kirjaamo.registers.education.premises.tests.addresses")
class TestPremises(RegisterTestCase):
    """The contract, and what is particular to this register."""

    register = register

    @pytest.fixture(autouse=True)
    def finnish(self) -> Iterator[None]:
        """Sentences are compared in Finnish, whatever language a page was asked in before."""
        with translation.override("fi"):
            yield

    def example(self) -> Booking:
        """A confirmed booking of Maija."""
        made_prices()
        room, maija = made_room(), made_person()
        return actions.book(room, maija.number, day_ahead(TUESDAY), "18", "20", "kielikerho", 12, actor=CLERK)

    def test_the_list_takes_a_fixed_number_of_statements(self, django_assert_max_num_queries: pytest.FixtureRequest) -> None:
        """However many bookings: the contract's bound holds a register of few kinds; here each kind is counted on the start page."""
        booking = self.example()
        client = self.client(Role.REGISTER_WORKER)
        client.get(self.url)
        with django_assert_max_num_queries(15 + len(register.others)):  # type: ignore[operator]
            client.get(self.url)
        for week in range(5, 9):
            actions.book(booking.room, booking.account.number, day_ahead(TUESDAY, week), "18", "20", "kielikerho", 12, actor=CLERK)
            asked(booking.room, day_ahead(TUESDAY, week), start=17, end=18)
        with django_assert_max_num_queries(15 + len(register.others)):  # type: ignore[operator]
            client.get(self.url)

    # Bookings ----------------------------------------------------------------------------------------------------------

    def test_a_booking_is_a_case_with_its_answer_and_its_fee_explained(self) -> None:
        """Case of the class, decision with a PDF, fee with the rows that made it, day of destruction."""
        booking = self.example()
        case = booking.case
        assert case is not None
        assert case.revision.code == "10 01 03"
        assert (booking.fee, booking.state) == (Decimal("34.80"), BookingState.CONFIRMED)
        assert booking.kept_calculations()[0].step("hourly").rows[0].source == "Hinnasto 2016 (esimerkkipäätös)"
        assert list(case.events.values_list("kind", flat=True)) == ["opened", "decision"]
        answer = case.case_documents.get().document
        assert (answer.type_code, answer.publicity) == ("booking_answer", "partly_secret")
        used_on = timezone.localtime(booking.starts_at).date()
        assert booking.retention_due is not None
        assert booking.retention_due.year == used_on.year + 6

    def test_a_request_is_taken_answered_and_ended(self) -> None:
        """From the public form to the closed case; the asker's request is the first document."""
        made_prices()
        room, maija = made_room(), made_person()
        booking = asked(room, day_ahead(TUESDAY), number=maija.number)
        assert booking.state == BookingState.REQUESTED
        assert booking.case is not None
        assert booking.case.case_documents.get().document.type_code == "booking_request"
        done = actions.confirm(booking, actor=CLERK)
        assert (done.state, done.fee, str(done.customer)) == (BookingState.CONFIRMED, Decimal("34.80"), "Maija Meikäläinen")
        actions.serve(done, Way.EMAIL, actor=CLERK)
        booking.case.refresh_from_db()
        assert (booking.case.state, booking.case.service_way) == (CaseState.CLOSED, Way.EMAIL)
        assert booking.case.resolved_at is not None

    def test_sent_twice_taken_once(self) -> None:
        """The same form makes one case."""
        room = made_room()
        told = asked_for(room, Slot(day_ahead(TUESDAY), T(18), T(20)))
        assert actions.ask(told, actor=VISITOR) == actions.ask(told, actor=VISITOR)
        assert Booking.objects.count() == 1

    def test_a_request_is_confirmed_only_for_a_registered_customer(self) -> None:
        """The refusal says what to do."""
        made_prices()
        booking = asked(made_room(), day_ahead(TUESDAY))
        with pytest.raises(Refused, match="Rekisteröi asiakas") as refused:
            actions.confirm(booking, actor=CLERK)
        assert refused.value.section == "HEL 2017-012070"

    def test_a_refusal_needs_its_reason_and_a_request_is_answered_once(self) -> None:
        """An empty reason is refused, then the case ends without a room taken."""
        booking = asked(made_room(), day_ahead(TUESDAY))
        with pytest.raises(Refused):
            actions.refuse(booking, " ".strip(), actor=CLERK)
        done = actions.refuse(booking, "Tila on remontissa.", actor=CLERK)
        assert done.state == BookingState.REFUSED
        with pytest.raises(Refused, match="jo vastattu"):
            actions.confirm(done, actor=CLERK)
        actions.serve(done, Way.POST, actor=CLERK)

    @pytest.mark.parametrize(
        ("start", "end", "taken"),
        [
            ("18", "20", True),
            ("19.45", "20.45", True),
            ("17", "18.15", True),
            ("18.30", "19", True),
            ("17", "18", False),
            ("20", "21", False),
        ],
    )
    def test_two_confirmed_bookings_of_a_room_never_overlap(self, start: str, end: str, *, taken: bool) -> None:
        """Neighbours are fine; an overlap is told with the time that is taken."""
        booking = self.example()
        day = timezone.localtime(booking.starts_at).date()
        club = made_club()
        if not taken:
            assert actions.book(booking.room, club.number, day, start, end, "kokous", 5, actor=CLERK).pk
            return
        with pytest.raises(Refused, match=r"jo varattu .* 18\.00–20\.00"):
            actions.book(booking.room, club.number, day, start, end, "kokous", 5, actor=CLERK)

    def test_two_rooms_are_booked_at_one_time(self) -> None:
        """Another room is another room."""
        booking = self.example()
        day = timezone.localtime(booking.starts_at).date()
        assert actions.book(made_room("ALPPI-202"), booking.account.number, day, "18", "20", "kokous", 5, actor=CLERK).pk

    def test_requests_compete_and_void_and_cancelled_bookings_take_no_room(self) -> None:
        """Two may ask for one time; a void or cancelled booking gives the room back."""
        made_prices()
        room, maija, club = made_room(), made_person(), made_club()
        day = day_ahead(TUESDAY)
        first, second = asked(room, day, number=maija.number), asked(room, day, number=club.number)
        done = actions.confirm(first, actor=CLERK)
        with pytest.raises(Refused, match="jo varattu"):
            actions.confirm(second, actor=CLERK)
        void(done, "kirjattu väärälle asiakkaalle", actor=CLERK)
        third = actions.confirm(second, actor=CLERK)
        actions.cancel(third, timezone.localdate(), actor=CLERK)
        assert actions.book(room, maija.number, day, "18", "20", "kokous", 5, actor=CLERK).state == BookingState.CONFIRMED

    def test_the_database_itself_refuses_an_overlap(self) -> None:
        """Without the reading that comes before, the constraint says the same kindly."""
        booking = self.example()
        same = Booking(
            room=booking.room, starts_at=booking.starts_at, ends_at=booking.ends_at, customer=booking.customer, account=booking.account
        )
        same.state, same.fee, same.worked, same.purpose, same.headcount = BookingState.CONFIRMED, Decimal(0), booking.worked, "x", 1
        with pytest.raises(Refused, match="Valitse toinen aika"):
            create(same, actor=CLERK)

    @pytest.mark.parametrize(
        ("day", "start", "people", "said"),
        [
            (day_ahead(TUESDAY), "16", 5, r"17\.00–21\.00"),
            (day_ahead(TUESDAY), "18.10", 5, "15 minuutin välein"),
            (day_ahead(TUESDAY), "kuusi", 5, "”kuusi” ei ole kellonaika"),
            (day_ahead(TUESDAY), "18", 31, "mahtuu 30 henkilöä, osallistujia on 31"),
            (timezone.localdate() + dt.timedelta(days=5), "18", 5, "14 päivää"),
        ],
    )
    def test_a_refusal_names_the_rule_and_the_values(self, day: dt.date, start: str, people: int, said: str) -> None:
        """Hours, quarters, capacity, notice."""
        made_prices()
        room, maija = made_room(), made_person()
        with pytest.raises(Refused, match=said):
            actions.book(room, maija.number, day, start, "20", "kokous", people, actor=CLERK)
        assert not Booking.objects.exists()

    def test_closed_days_are_not_booked_and_say_why(self) -> None:
        """A closure of every room and of one room."""
        booking = self.example()
        day = day_ahead(TUESDAY, 6)
        actions.close_all("koulun syysloma", day, day, actor=CLERK)
        with pytest.raises(Refused) as refused:
            actions.book(booking.room, booking.account.number, day, "18", "20", "kokous", 5, actor=CLERK)
        assert "koulun syysloma" in refused.value.told()

    @pytest.mark.parametrize(("days", "charged"), [(14, False), (13, True)])
    def test_a_cancellation_is_charged_when_late(self, days: int, *, charged: bool) -> None:
        """The sentence of the rule is kept on the booking."""
        made_prices()
        room, maija = made_room(), made_person()
        day = timezone.localdate() + dt.timedelta(days=days)
        booking = actions.book(room, maija.number, day, "18", "20", "kokous", 5, deviation="äkillinen tarve", actor=CLERK)
        done = actions.cancel(booking, timezone.localdate(), "este", actor=CLERK)
        assert done.charged is charged
        assert f"{days} päivää ennen käyttöä" in done.reason

    # Customers ---------------------------------------------------------------------------------------------------------

    def test_a_responsible_person_is_an_adult_and_a_body_names_theirs(self) -> None:
        """Born this century and still a child: refused."""
        made_terms()
        born = timezone.localdate() - dt.timedelta(days=17 * 365)
        digits = f"{born:%d%m%y}900"
        code = PersonalId.parse(f"{born:%d%m%y}A900{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(digits) % 31]}")
        with pytest.raises(Refused, match="vähintään 18 vuotta"):
            actions.register_customer(CustomerKind.PERSON, "Nuori Näyte", Group.GENERAL, code, actor=CLERK)
        with pytest.raises(Refused, match="vastuuhenkilön nimi"):
            actions.register_customer(CustomerKind.ASSOCIATION, "Seura ry", Group.GENERAL, MATTI, actor=CLERK)

    def test_a_body_is_one_by_its_business_id(self) -> None:
        """Two registrations of one association share the party."""
        made_terms()
        told = BusinessId.parse("2617416-4")
        first = actions.register_customer(CustomerKind.ASSOCIATION, "Seura ry", Group.GENERAL, MATTI, "Matti Mallikas", told, actor=CLERK)
        again = actions.register_customer(CustomerKind.ASSOCIATION, "Seura ry", Group.GENERAL, MATTI, "Matti Mallikas", told, actor=CLERK)
        assert first.holder == again.holder
        assert first.number != again.number

    def test_an_own_data_request_finds_the_responsible_person_of_a_club(self) -> None:
        """Published keys: private customers, and the responsible persons of clubs and other bodies."""
        made_prices()
        room, club = made_room(), made_club()
        booking = actions.book(room, club.number, day_ahead(TUESDAY), "18", "20", "harjoitus", 12, actor=CLERK)
        extract = register.extract(club.contact.pk, actor=CLERK)
        assert {str(one["record"]) for one in extract.records} == {"Varaus", "Asiakas"}
        worker = make_user(Role.REGISTER_WORKER)
        assert [found.ref for found in register.find({"contact": "Mallikas Matti"}, actor=worker)] == [str(booking.pk)]
        assert [found.ref for found in register.find({"customer": "Esimerkkiseura"}, actor=worker)] == [str(booking.pk)]
        day = timezone.localtime(booking.starts_at).date()
        assert [found.ref for found in register.find({"school": "alppila", "day": day.isoformat()}, actor=worker)] == [str(booking.pk)]
        assert not register.find({"day": (day + dt.timedelta(days=1)).isoformat()}, actor=worker)

    # Standing turns ----------------------------------------------------------------------------------------------------

    def test_a_club_agrees_on_fifteen_tuesdays(self) -> None:
        """522.00 €; the day that is a holiday and the one cancelled in time are not billed: 452.40 €; a late one is."""
        made_prices()
        room, club = made_room(), made_club()
        tuesdays = fifteen_tuesdays()
        whole = actions.agree(room, club.number, Weekday.TUESDAY, "18", "20", tuesdays[0], tuesdays[-1], "harjoitus", 12, actor=CLERK)
        assert (whole.total, whole.bookings.count()) == (Decimal("522.00"), 15)
        other = made_room("ALPPI-202")
        actions.close_room(other, "koulun juhla", tuesdays[4], tuesdays[4], actor=CLERK)
        agreed = actions.agree(other, club.number, Weekday.TUESDAY, "18", "20", tuesdays[0], tuesdays[-1], "harjoitus", 12, actor=CLERK)
        assert (agreed.total, agreed.bookings.count()) == (Decimal("487.20"), 14)
        assert "koulun juhla" in agreed.kept_calculations()[0].step(tuesdays[4].isoformat()).label.fi
        told = actions.cancel(agreed.bookings.order_by("starts_at")[1], timezone.localdate(), actor=CLERK)
        assert told.charged is False
        assert sum(one.fee for one in agreed.bookings.filter(charged=True)) == Decimal("452.40")

    def test_an_agreement_skips_days_already_booked_and_says_so(self) -> None:
        """The earlier booking stays; the agreement's workings name the day."""
        booking = self.example()
        day = timezone.localtime(booking.starts_at).date()
        club = made_club()
        agreed = actions.agree(
            booking.room,
            club.number,
            Weekday.TUESDAY,
            "18",
            "20",
            day - dt.timedelta(days=7),
            day + dt.timedelta(days=7),
            "harjoitus",
            12,
            actor=CLERK,
        )
        assert agreed.bookings.count() <= 2
        assert "tila on jo varattu" in agreed.kept_calculations()[0].step(day.isoformat()).label.fi

    def test_ending_an_agreement_cancels_later_uses_by_the_same_rule(self) -> None:
        """Uses far ahead are free of charge, and the room is free again."""
        made_prices()
        room, club = made_room(), made_club()
        tuesdays = fifteen_tuesdays()
        agreed = actions.agree(room, club.number, Weekday.TUESDAY, "18", "20", tuesdays[0], tuesdays[-1], "harjoitus", 12, actor=CLERK)
        ended = actions.terminate(agreed, tuesdays[9], "seura lopettaa", actor=CLERK)
        assert ended.state == AgreementState.ENDED
        assert ended.bookings.filter(state=BookingState.CONFIRMED).count() == 10
        assert not ended.bookings.filter(state=BookingState.CANCELLED, charged=True).exists()
        with pytest.raises(Refused, match="jo päätetty"):
            actions.terminate(ended, tuesdays[8], "x", actor=CLERK)

    def test_a_season_from_applications_to_agreements(self) -> None:
        """Ranks decide, the loser reads why, the winner has an agreement with bookings; both cases end."""
        made_prices()
        made_ranks()
        made_terms()
        room, maija, club = made_room(), made_person(), made_club()
        season = open_season()
        first = actions.apply_for_turn(season, club.number, ASSOCIATION, "kerho", 10, yesterday(), f"{room.code};ti;18;20", actor=CLERK)
        second = actions.apply_for_turn(
            season, maija.number, Activity.YOUTH, "lasten kerho", 10, yesterday(), f"{room.code};tiistai;19;21", actor=CLERK
        )
        with pytest.raises(Refused, match="Hakuaika päättyy"):
            actions.allocate(season, actor=CLERK)
        end_applying(season, actor=CLERK)
        actions.allocate(season, actor=CLERK)
        first, second = TurnApplication.objects.get(pk=first.pk), TurnApplication.objects.get(pk=second.pk)
        assert (first.outcome, second.outcome) == (Outcome.LOST, Outcome.GRANTED)
        lost = first.wishes.get()
        assert lost.code == "rank"
        assert "lasten ja nuorten toiminta (sija 1), sinun toimintasi muu yhdistystoiminta (sija 4)" in lost.reason
        assert "Maija" not in lost.reason
        for application in (first, second):
            actions.decide(application, actor=CLERK)
            actions.announce(application, Way.EMAIL, actor=CLERK)
            assert application.case is not None
            application.case.refresh_from_db()
            assert application.case.state == CaseState.CLOSED
        agreed = Agreement.objects.get()
        assert agreed.application == second
        assert agreed.bookings.count() == agreed.kept_calculations()[0].step("count").value
        assert second.case is not None
        assert set(second.case.case_documents.values_list("document__type_code", flat=True)) == {"turn_decision", "use_agreement"}
        with pytest.raises(Refused, match="jo päätetty"):
            actions.decide(second, actor=CLERK)
        with pytest.raises(Refused, match="jo jaettu"):
            actions.allocate(season, actor=CLERK)

    def test_wishes_that_cannot_be_read_are_named(self) -> None:
        """The line, and what to write."""
        made_room()
        club = made_club()
        season = open_season()
        with pytest.raises(Refused, match="Rivi 2"):
            actions.apply_for_turn(
                season, club.number, ASSOCIATION, "kerho", 10, yesterday(), "ALPPI-201;ti;18;20\nKELLARI;ti;18;20", actor=CLERK
            )
        with pytest.raises(Refused, match="Hakuaika on"):
            actions.apply_for_turn(season, club.number, ASSOCIATION, "kerho", 10, dt.date(2020, 1, 1), "ALPPI-201;ti;18;20", actor=CLERK)

    # Price lists and bills ---------------------------------------------------------------------------------------------

    def test_two_price_lists_are_never_in_force_at_once(self) -> None:
        """The second is refused until the first has ended."""
        made_prices()
        rows = "luokkahuone;yleinen;arki;valvottu;20,00"
        with pytest.raises(Refused, match=r"on jo voimassa Hinnasto: Hinnasto 2016 \(1\.8\.2016–\)"):
            actions.add_price_list("Hinnasto 2027", "päätös", dt.date(2027, 1, 1), None, rows, actor=CLERK)
        actions.end_price_list(PriceList.objects.get(), dt.date(2026, 12, 31), actor=CLERK)
        assert actions.add_price_list("Hinnasto 2027", "päätös", dt.date(2027, 1, 1), None, rows, actor=CLERK).prices.count() == 1

    def test_a_bad_price_list_is_refused_whole(self) -> None:
        """Every bad line is named, nothing is stored."""
        with pytest.raises(Refused, match=r"Rivi 1: .*kellari.* Rivi 3"):
            actions.add_price_list(
                "x", "y", dt.date(2026, 1, 1), None, "kellari;yleinen;arki;valvottu;1\nhall;yleinen;arki;valvottu;1\nx", actor=CLERK
            )
        assert not PriceList.objects.exists()

    def test_a_use_without_a_price_is_refused_by_name(self) -> None:
        """The list has no price for a self-supervised adult education use."""
        made_prices()
        room = made_room()
        body = actions.register_customer(CustomerKind.BODY, "Aikuisopisto", Group.EDUCATION, MATTI, "Matti Mallikas", actor=CLERK)
        with pytest.raises(Refused, match="luokkahuone, aikuiskoulutus, arki, omatoiminen"):
            actions.book(room, body.number, day_ahead(TUESDAY), "18", "20", "kurssi", 10, self_supervised=True, actor=CLERK)

    def test_a_month_is_billed_once_for_each_customer(self) -> None:
        """Uses and late cancellations, each a line; a second run has nothing to bill."""
        booking = self.example()
        made_tax()
        club = made_club()
        past = last_month_tuesday()
        for row, account in ((booking, booking.account), (booking, club)):
            stored_in_the_past(row, account, past + dt.timedelta(days=7 if account == club else 0), actor=CLERK)
        bill = actions.bill_month(past, actor=CLERK)
        assert Bill.objects.count() == 2
        assert (bill.total, bill.tax, bill.payable) == (Decimal("34.80"), Decimal("8.87"), Decimal("43.67"))
        (worked,) = bill.kept_calculations()
        assert worked.step("net").value == worked.steps[0].value
        assert "arvonlisäverolaki" in worked.steps[-1].rows[0].source.lower()
        with pytest.raises(Refused, match="ei ole laskutettavaa"):
            actions.bill_month(past, actor=CLERK)
        with pytest.raises(Refused, match="päättynyt"):
            actions.bill_month(timezone.localdate(), actor=CLERK)

    # Pages -------------------------------------------------------------------------------------------------------------

    def test_the_public_week_tells_free_and_busy_and_no_names(self) -> None:
        """A visitor sees the taken time; the worker sees who."""
        booking = self.example()
        day = timezone.localtime(booking.starts_at).date()
        address = reverse("premises-room", args=[booking.room.pk])
        body = Client().get(address, {"viikko": day.isoformat()}).content.decode()
        assert "18.00–20.00" in body
        assert "Varattu" in body
        assert "Maija" not in body
        assert "kielikerho" not in body
        assert "alkaa=17.00&amp;paattyy=18.00" in body
        worker = (
            self.client(Role.REGISTER_WORKER)
            .get(reverse("premises-week", args=[booking.room.pk]), {"viikko": day.isoformat()})
            .content.decode()
        )
        assert "Maija Meikäläinen" in worker
        assert Client().get(reverse("premises-week", args=[booking.room.pk])).status_code == 302

    def test_a_visitor_asks_for_a_room_without_script(self) -> None:
        """Form, redirect, case identifier; nothing typed is lost when refused; an identity code is not taken."""
        made_terms()
        room = made_room()
        client, day = Client(), day_ahead(TUESDAY)
        address = reverse("premises-ask", args=[room.pk])
        shown = client.get(address, {"paiva": day.isoformat(), "alkaa": "18.00", "paattyy": "20.00"}).content.decode()
        assert 'value="18.00"' in shown
        told = {
            "day": f"{day:%d.%m.%Y}",
            "start": "16",
            "end": "18",
            "headcount": "12",
            "purpose": "kokous",
            "name": "Pirkko Pyytäjä",
            "email": "p@example.org",
            "adult": "on",
        }
        refused = client.post(address, told)
        assert refused.status_code == 422
        assert "17.00–21.00" in refused.content.decode()
        assert "Pirkko Pyytäjä" in refused.content.decode()
        told["start"] = "17"
        sent = client.post(address, told, follow=True)
        booking = Booking.objects.get()
        assert booking.case is not None
        assert booking.case.identifier in sent.content.decode()
        assert client.post(address, told | {"purpose": "kokous 150594Y9022"}).status_code == 422
        assert Client().get(reverse("premises-sent")).status_code == 404

    @pytest.mark.parametrize("week", ["", "2026-W99", "x", "9999-W01", "1900-01-01", "2026-W41", "\x00"])
    def test_any_week_in_the_address_opens(self, week: str) -> None:
        """A week that is none is this week."""
        room = made_room()
        assert Client().get(reverse("premises-room", args=[room.pk]), {"viikko": week}).status_code == 200

    def test_rooms_are_found_by_school_kind_and_size(self) -> None:
        """The public list narrows; prices in force stand below it."""
        made_prices()
        made_room()
        made_room("ALPPI-299", capacity=10)
        address = reverse("premises")
        assert b"luokka 299" in Client().get(address).content
        body = Client().get(address, {"q": "alppila", "henkiloita": "20", "laji": "classroom"}).content.decode()
        assert "luokka 201" in body
        assert "luokka 299" not in body
        assert "17,40" in body
        assert "luokka 201" not in Client().get(address, {"laji": "sauna"}).content.decode()

    def test_the_start_page_shows_what_is_due(self) -> None:
        """A request whose time is taken says so; an agreement that ends soon stands there."""
        booking = self.example()
        day = timezone.localtime(booking.starts_at).date()
        club = made_club()
        asked(booking.room, day_ahead(TUESDAY, 6))
        actions.agree(
            booking.room,
            club.number,
            Weekday.WEDNESDAY,
            "18",
            "20",
            day + dt.timedelta(days=1),
            day + dt.timedelta(days=20),
            "harjoitus",
            5,
            actor=CLERK,
        )
        body = self.client(Role.REGISTER_WORKER).get(self.url).content.decode()
        assert "Pirkko Pyytäjä" in body
        assert "Vapaa" in body
        assert "Esimerkkiseura ry" in body

    def test_every_verb_has_its_form_and_its_right(self) -> None:
        """The forms open for the worker, and no verb runs without the right."""
        booking = self.example()
        client = self.client(Role.REGISTER_WORKER)
        for info in parts.infos(register):
            if not parts.acts_on_record(info):
                name = info.name.rsplit(".", 1)[1]
                assert client.get(reverse("register-act", args=[register.slug, name])).status_code == 200
        with pytest.raises(NotAllowed):
            actions.cancel(booking, timezone.localdate(), actor=make_user(Role.REGISTRAR))


def yesterday() -> dt.date:
    """The day before today."""
    return timezone.localdate() - dt.timedelta(days=1)


def fifteen_tuesdays() -> list[dt.date]:
    """Fifteen Tuesdays in a row without a public holiday, weeks from now."""
    first = day_ahead(TUESDAY)
    while True:
        days = [first + dt.timedelta(weeks=number) for number in range(15)]
        if not any(CALENDAR.holiday_key(day) for day in days):
            return days
        first += dt.timedelta(weeks=1)


def open_season() -> Season:
    """A round whose time of applying is under way."""
    today = timezone.localdate()
    first = day_ahead(0, 6)
    return actions.open_season("Syyskausi", first, first + dt.timedelta(weeks=6), today - dt.timedelta(days=20), today, actor=CLERK)


@action("Siirrä aikaa", needs="registers.write")
def stored_in_the_past(row: Booking, account: Customer, day: dt.date, *, actor: Actor) -> None:
    """A use of a day that is over: what the verbs rightly refuse to make."""
    del actor
    Booking.of(
        case=row.case,
        room=row.room,
        starts_at=reading.moment(day, T(18)),
        ends_at=reading.moment(day, T(20)),
        state=BookingState.CONFIRMED,
        customer=account.holder,
        contact=account.contact,
        account=account,
        purpose="kokous",
        headcount=5,
        fee=row.fee,
        worked=row.worked,
        charged=True,
    )


@action("Siirrä aikaa", needs="registers.write")
def end_applying(season: Season, *, actor: Actor) -> None:
    """Let the time of applying be over."""
    del actor
    held = Season.objects.get(pk=season.pk)
    held.applying = type(held.applying)(held.applying.lower, timezone.localdate())
    held.save(update_fields=["applying"])


def last_month_tuesday() -> dt.date:
    """The first Tuesday of the month before this one."""
    last = timezone.localdate().replace(day=1) - dt.timedelta(days=1)
    first = last.replace(day=1)
    return first + dt.timedelta(days=(TUESDAY - first.weekday()) % 7)
