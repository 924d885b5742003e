"""Each refusal at the door: the worker's form and the public one say which rule or state, the values, and the section or row behind it."""

from __future__ import annotations

import datetime as dt
import html
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kirjaamo.contract.actions import void
from kirjaamo.documents.models import Way
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.premises import actions
from kirjaamo.registers.education.premises.choices import Weekday
from kirjaamo.registers.education.premises.models import (
    Agreement,
    Bill,
    Booking,
    Damage,
    Season,
    TaxRate,
    TurnApplication,
    UseTerms,
)
from kirjaamo.registers.education.premises.rules.times import Slot
from kirjaamo.registers.education.premises.tests.made import (
    ASSOCIATION,
    CLERK,
    asked_for,
    day_ahead,
    made_club,
    made_person,
    made_prices,
    made_room,
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
from kirjaamo.ui import wording

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("helsinki", "finnish"),
    pytest.mark.urls("kirjaamo.registers.education.premises.tests.addresses"),
]
TERMS = "(HEL 2017-012070)"
NO_PRICE = ["omatoiminen", "(Hinnasto 2016 (esimerkkipäätös))"]
DAY = dt.timedelta(days=1)
TODAY = timezone.localdate()
TUE = day_ahead(TUESDAY)
SOON = TODAY + 5 * DAY


@pytest.fixture
def finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield


def fi(day: dt.date) -> str:
    """A day as people write it."""
    with translation.override("fi"):
        return wording.day(day)


@dataclass
class Desk:
    """A worker at the desk: what there is by name, and what a form of a verb answers."""

    client: Client
    rows: dict[str, int]

    def told(self, verb: str, on: str, posted: Mapping[str, str]) -> str:
        """Send the form of a verb; return what the page says when it refuses."""
        name = "record-act" if on else "register-act"
        args = ["kasko-tilavaraus", verb, *([self.rows[on]] if on else [])]
        answer = self.client.post(reverse(name, args=args), {"csrfmiddlewaretoken": "-", **posted})
        assert answer.status_code == 422, answer.status_code
        return html.unescape(answer.content.decode())


@pytest.fixture
def desk(client: Client) -> Desk:
    made_prices()
    room, maija, club = made_room(), made_person(), made_club()
    asked = Booking.objects.get(case__identifier=actions.ask(asked_for(room, Slot(TUE, T(17), T(18))), actor=VISITOR))
    held = actions.book(room, maija.number, TUE, "18", "20", "kielikerho", 12, actor=CLERK)
    actions.close_room(room, "remontti", TUE + 7 * DAY, TUE + 8 * DAY, actor=CLERK)
    past = last_month_tuesday()
    stored_in_the_past(held, club, past, actor=CLERK)
    used = Booking.objects.get(account=club)
    season = open_season()
    user = make_user(Role.REGISTER_WORKER)
    client.force_login(user)
    rows = {"room": room, "asked": asked, "held": held, "used": used, "season": season}
    return Desk(client, {name: row.pk for name, row in rows.items()})


BOOK = {"customer_number": "A-000001", "day": fi(TUE), "start": "18", "end": "20", "purpose": "kokous", "headcount": "5"}
AGREE = {
    "customer_number": "A-000001",
    "weekday": "1",
    "start": "18",
    "end": "20",
    "first": fi(TUE),
    "last": fi(TUE + 28 * DAY),
    "purpose": "kokous",
    "headcount": "5",
}


def posted(base: Mapping[str, str], **changed: str) -> dict[str, str]:
    return {**base, **changed}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"start": "16", "end": "18"}, [fi(TUE), "klo 17.00–21.00", "16.00–18.00", TERMS]),
        ({"start": "20", "end": "21.15"}, ["17.00–21.00", "20.00–21.15", TERMS]),
        ({"start": "20.10", "end": "21"}, ["15 minuutin välein", "20.10–21.00", TERMS]),
        ({"start": "20", "end": "18"}, ["20.00–18.00"]),
        ({"start": "kuusi"}, ["”kuusi” ei ole kellonaika"]),
        ({"day": fi(SOON)}, ["14 päivää ennen", fi(SOON), fi(TODAY + 14 * DAY), TERMS]),
        ({"headcount": "31"}, ["mahtuu 30 henkilöä, osallistujia on 31", "(Tila: Alppilan koulu, luokka 201)"]),
        ({"day": fi(TUE + 7 * DAY)}, [fi(TUE + 7 * DAY), "(Käyttökatko: remontti)"]),
        ({"start": "19", "end": "21"}, [f"jo varattu {fi(TUE)} 18.00–20.00"]),
        ({"customer_number": "A-9"}, ["”A-9” ei ole rekisteröityä asiakasta", TERMS]),
        ({"day": "4.1.2016"}, ["Käyttöehtoja ei ole 4.1.2016"]),
        (
            {"start": "20", "end": "21", "self_supervised": "on", "day": fi(day_ahead(5))},
            NO_PRICE,
        ),
    ],
)
def test_a_booking_that_is_refused_says_by_which_rule_and_row(desk: Desk, changed: dict[str, str], said: list[str]) -> None:
    number = Booking.objects.get(pk=desk.rows["held"]).account
    told = desk.told("book", "room", posted(BOOK, customer_number=str(number)) | changed)
    assert [part for part in said if part not in told] == []
    assert Booking.objects.count() == 3


@pytest.mark.parametrize(
    ("verb", "on", "changed", "said"),
    [
        ("move", "held", {"day": fi(SOON), "start": "18", "end": "20"}, ["14 päivää ennen", fi(SOON), TERMS]),
        ("move", "held", {"day": fi(TUE), "start": "18", "end": "20", "room_code": "KELLARI"}, ["”KELLARI” ei ole tilaa"]),
        ("move", "held", {"day": fi(TUE), "start": "15", "end": "17"}, ["17.00–21.00", "15.00–17.00", TERMS]),
        ("move", "asked", {"day": fi(TUE), "start": "18", "end": "20"}, ["vaihe on ”Pyydetty”"]),
        ("cancel", "held", {"cancelled_on": fi(TODAY + DAY)}, [fi(TODAY), fi(TODAY + DAY)]),
        ("cancel", "held", {"cancelled_on": fi(TODAY - DAY)}, ["kun varaus tehtiin", fi(TODAY), fi(TODAY - DAY)]),
        ("cancel", "asked", {"cancelled_on": fi(TODAY)}, ["vaihe on ”Pyydetty”"]),
        ("confirm", "held", {}, ["jo vastattu", "”Vahvistettu”"]),
        ("confirm", "asked", {}, ["vain rekisteröidylle asiakkaalle", TERMS]),
        ("serve", "asked", {"way": "email"}, ["Vahvista tai hylkää pyyntö ensin"]),
    ],
)
def test_an_answer_or_a_change_that_is_refused_says_why(desk: Desk, verb: str, on: str, changed: dict[str, str], said: list[str]) -> None:
    told = desk.told(verb, on, changed)
    assert [part for part in said if part not in told] == []


def test_a_billed_use_is_not_changed_before_its_bill_is_corrected(desk: Desk) -> None:
    actions.bill_month(last_month_tuesday(), actor=CLERK)
    told = desk.told("cancel", "used", {"cancelled_on": fi(TODAY)})
    assert f"jo laskutettu: {Bill.objects.get()}" in told
    assert "Oikaise lasku ensin" in told


def test_a_responsible_person_who_is_too_young_reads_the_age_the_day_and_the_terms(desk: Desk) -> None:
    born = TODAY - dt.timedelta(days=17 * 365)
    digits = f"{born:%d%m%y}900"
    code = f"{born:%d%m%y}A900{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(digits) % 31]}"
    sent = {"kind": "person", "name": "Nuori Näyte", "group": "general", "personal_id": code}
    told = desk.told("register_customer", "", sent)
    assert [part for part in ("vähintään 18 vuotta", fi(born.replace(year=born.year + 18)), TERMS) if part not in told] == []
    told = desk.told("register_customer", "", sent | {"kind": "body", "personal_id": "010190-900P"})
    assert "Kirjaa yhteisön vastuuhenkilön nimi" in told


def test_without_a_rate_of_tax_nothing_is_priced_and_the_act_is_named(desk: Desk) -> None:
    for rate in TaxRate.objects.all():
        void(rate, "kirjattu väärin", actor=CLERK)
    number = Booking.objects.get(pk=desk.rows["held"]).account
    told = desk.told("book", "room", posted(BOOK, customer_number=str(number), start="20", end="21"))
    assert f"Arvonlisäverokantaa ei ole {fi(TUE)}" in told
    assert "(arvonlisäverolaki 1501/1993 84 §)" in told


# Seasons and turns ---------------------------------------------------------------------------------------------------------


def test_a_season_says_when_it_is_applied_for_and_what_comes_first(desk: Desk) -> None:
    first = TODAY + 60 * DAY
    season = {"title": "Kausi", "first": fi(first), "last": fi(first + 60 * DAY), "apply_from": fi(TODAY), "apply_to": fi(first)}
    assert f"päättyisi {fi(first)}, ja kausi alkaa {fi(first)}" in desk.told("open_season", "", season)
    backwards = posted(season, apply_to=fi(TODAY + DAY), last=fi(first - DAY))
    assert f"{fi(first - DAY)} ei voi olla ennen ensimmäistä päivää {fi(first)}" in desk.told("open_season", "", backwards)
    assert f"Hakuaika päättyy {fi(TODAY)}" in desk.told("allocate", "season", {})
    end_applying(Season.objects.get(), actor=CLERK)
    assert "Jakojärjestystä ei ole" in desk.told("allocate", "season", {})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"arrived_on": "1.1.2020"}, ["ja hakemus saapui 1.1.2020", "(Vuorohaku: Syyskausi)"]),
        ({"wishes": "ALPPI-201;ti;18;20\nKELLARI;ti;18;20"}, ["Rivi 2, ”KELLARI;ti;18;20”"]),
        ({"wishes": "ALPPI-201;ti;18;ilta"}, ["”ilta” ei ole kellonaika"]),
    ],
)
def test_an_application_that_cannot_be_taken_says_why(desk: Desk, changed: dict[str, str], said: list[str]) -> None:
    number = str(Booking.objects.get(pk=desk.rows["held"]).account)
    whole = {"customer_number": number, "activity": "youth", "purpose": "kerho", "headcount": "9", "wishes": "ALPPI-201;ti;18;20"}
    told = desk.told("apply_for_turn", "season", whole | {"arrived_on": fi(TODAY)} | changed)
    assert [part for part in said if part not in told] == []
    assert not TurnApplication.objects.exists()


def test_turns_that_are_allocated_or_not_yet_say_so(desk: Desk) -> None:
    season, account = Season.objects.get(), Booking.objects.get(pk=desk.rows["held"]).account
    assert account is not None
    one = actions.apply_for_turn(season, account.number, ASSOCIATION, "kerho", 9, TODAY, "ALPPI-201;ke;18;20", actor=CLERK)
    desk.rows["application"] = one.pk
    assert "”Syyskausi” vuoroja ei ole jaettu" in desk.told("decide", "application", {})
    assert "ei ole jaettua hakemusta, joka odottaa päätöstä" in desk.told("decide_all", "season", {})
    assert "Päättämättä on 1 hakemusta" in desk.told("announce_all", "season", {"way": "email"})
    sender = {"group": "general", "personal_id": "010190-900P"}
    assert f"asiakasnumero {account}" in desk.told("register_applicant", "application", sender)
    assert f"asiakasnumero {account}" in desk.told("register_asker", "held", sender)
    assert f"asiakasnumero {account}, ratkaisu ”Vireillä”" in desk.told("link_customer", "application", {})
    end_applying(season, actor=CLERK)
    actions.add_rank_order("youth special education association other", "päätös", dt.date(2020, 1, 1), actor=CLERK)
    actions.allocate(Season.objects.get(), actor=CLERK)
    assert f"”Syyskausi” vuorot on jo jaettu {fi(TODAY)}" in desk.told("allocate", "season", {})
    assert "Asiassa ei ole vielä päätöstä" in desk.told("announce", "application", {"way": "email"})
    actions.decide(TurnApplication.objects.get(), actor=CLERK)
    assert f"jo päätetty {fi(TODAY)}" in desk.told("decide", "application", {})
    assert "ei ole myönnettyä vuoroa" in desk.told("make_agreement", "application", {})


def test_an_agreement_says_its_days(desk: Desk) -> None:
    account = str(Booking.objects.get(pk=desk.rows["held"]).account)
    none = posted(AGREE, customer_number=account, first=fi(TUE + DAY), last=fi(TUE + 2 * DAY))
    told = desk.told("agree", "room", none)
    assert f"{fi(TUE + DAY)}–{fi(TUE + 2 * DAY)} ei ole yhtään päivää" in told
    assert "tiistai 18.00–20.00" in told
    room = Booking.objects.get(pk=desk.rows["held"]).room
    agreed = actions.agree(room, account, Weekday.WEDNESDAY, "18", "20", TUE, TUE + 60 * DAY, "x", 5, actor=CLERK)
    desk.rows["agreement"] = agreed.pk
    told = desk.told("terminate", "agreement", {"last": fi(TUE - DAY), "reason": "x"})
    assert f"({fi(TUE)}–{fi(TUE + 60 * DAY)}). Annoit päivän {fi(TUE - DAY)}" in told
    ended = actions.terminate(agreed, TUE + 20 * DAY, "seura lopettaa", actor=CLERK)
    assert f"{ended.number} on jo päätetty. Sen viimeinen päivä on {fi(TUE + 20 * DAY)}" in desk.told(
        "terminate", "agreement", {"last": fi(TUE + DAY), "reason": "x"}
    )
    actions.deliver(Agreement.objects.get(), Way.EMAIL, actor=CLERK)
    assert f"jo päättynyt {fi(TODAY)}" in desk.told("deliver", "agreement", {"way": "email"})


# Dated rows ----------------------------------------------------------------------------------------------------------------

HOURS = {"weekday_opens": "16", "weekday_closes": "22", "weekend_opens": "10", "weekend_closes": "20"}
NEW_TERMS = HOURS | {"source": "uusi päätös", "first": "1.1.2030", "notice_days": "7", "margin": "30", "step": "30", "least_age": "21"}
LIST = {"title": "Hinnasto", "source": "päätös", "first": "1.1.2030", "rows": "luokkahuone;yleinen;arki;valvottu;20"}


@pytest.mark.parametrize(
    ("verb", "sent", "said"),
    [
        ("add_terms", NEW_TERMS, ["on jo voimassa Käyttöehdot: HEL 2017-012070 (1.1.2018–)"]),
        ("add_terms", posted(NEW_TERMS, weekday_opens="aamu"), ["”aamu” ei ole kellonaika"]),
        ("load_terms", {}, ["jo lisätty: HEL 2017-012070"]),
        ("load_tax_rates", {}, ["jo lisätty: 24 %, 25,5 %"]),
        ("add_price_list", LIST, ["on jo voimassa Hinnasto: Hinnasto 2016 (1.8.2016–)"]),
        ("add_price_list", posted(LIST, rows="kellari;yleinen;arki;valvottu;1"), ["Rivi 1", "”kellari”"]),
        ("add_price_list", posted(LIST, rows="# ei mitään"), ["Kirjoita hinnat riveittäin"]),
        ("add_tax_rate", {"percent": "30", "source": "laki", "known": "read", "first": "1.1.2030"}, ["25,5 % (1.9.2024–)"]),
        ("add_rank_order", {"order": "youth other", "source": "päätös", "first": "1.1.2030"}, ["Annoit: youth other"]),
        ("bill_month", {"month": fi(TODAY)}, [f"{TODAY.month}/{TODAY.year} päättyy", TERMS]),
        ("bill_month", {"month": "1.1.2019"}, ["Kuukaudelta 1/2019 ei ole laskutettavaa"]),
        ("deliver_bills", {"month": "1.1.2019", "way": "email"}, ["Kuukaudelta 1/2019 ei ole laskuja"]),
        ("plan_shifts", {"day": "1.1.2030"}, ["31.12.2029–6.1.2030"]),
    ],
)
def test_a_row_or_a_run_that_is_refused_names_the_row_that_is_there_or_what_was_given(
    desk: Desk, verb: str, sent: dict[str, str], said: list[str]
) -> None:
    told = desk.told(verb, "", sent)
    assert [part for part in said if part not in told] == []


def test_terms_that_contradict_themselves_are_refused(desk: Desk) -> None:
    actions.end_terms(UseTerms.objects.get(), dt.date(2029, 12, 31), actor=CLERK)
    assert "on päätyttävä alkamisensa jälkeen" in desk.told("add_terms", "", posted(NEW_TERMS, weekday_closes="15"))
    assert "5, 10, 15, 20, 30 tai 60" in desk.told("add_terms", "", posted(NEW_TERMS, step="25"))
    assert UseTerms.objects.count() == 1


# Damages and bills ---------------------------------------------------------------------------------------------------------


def test_a_damage_that_is_refused_says_its_days_and_its_state(desk: Desk) -> None:
    used = Booking.objects.get(pk=desk.rows["used"])
    told = desk.told("report_damage", "used", {"found_on": fi(TODAY + DAY), "description": "tuoli"})
    said = (fi(last_month_tuesday()), f"tänään {fi(TODAY)}", f"Annoit päivän {fi(TODAY + DAY)}")
    assert [part for part in said if part not in told] == []
    desk.rows["damage"] = actions.report_damage(used, TODAY, "tuoli", actor=CLERK).pk
    claimed = actions.claim_damage(Damage.objects.get(), Decimal(85), actor=CLERK)
    assert "vaihe on jo ”Korvausta vaadittu”" in desk.told("claim_damage", "damage", {"amount": "85"})
    assert f"Annoit päivän {fi(TODAY + DAY)}" in desk.told("settle_damage", "damage", {"on": fi(TODAY + DAY)})
    actions.settle_damage(claimed, TODAY, actor=CLERK)
    assert f"jo päättynyt {fi(TODAY)}: ”Korvattu”" in desk.told("drop_damage", "damage", {"reason": "x"})


def test_a_bill_is_made_a_document_and_corrected_once(desk: Desk) -> None:
    desk.rows["bill"] = actions.bill_month(last_month_tuesday(), actor=CLERK).pk
    issued = actions.issue(Bill.objects.get(), actor=CLERK)
    assert f"Laskusta {issued} on jo asiakirja" in desk.told("issue", "bill", {})
    actions.correct(issued, "väärä hinta", actor=CLERK)
    assert f"Lasku {issued} on jo mitätöity" in desk.told("correct", "bill", {"reason": "x"})


# The public forms ----------------------------------------------------------------------------------------------------------

ASK: dict[str, Any] = {"headcount": "5", "purpose": "kokous", "name": "Pirkko Pyytäjä", "email": "p@example.org", "adult": "on"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"start": "16"}, [fi(TUE), "17.00–21.00", "16.00–18.00", TERMS]),
        ({"start": "17.05"}, ["15 minuutin välein", "17.05–18.00", TERMS]),
        ({"start": "ilta"}, ["”ilta” ei ole kellonaika"]),
        ({"day": fi(SOON)}, ["14 päivää ennen", fi(SOON), fi(TODAY + 14 * DAY), TERMS]),
        ({"headcount": "99"}, ["mahtuu 30 henkilöä, osallistujia on 99", "(Tila: Alppilan koulu, luokka 201)"]),
        ({"day": fi(TUE + 7 * DAY)}, ["(Käyttökatko: remontti)"]),
        ({"start": "19", "end": "21"}, [f"jo varattu {fi(TUE)} 18.00–20.00"]),
        ({"day": "4.1.2016"}, ["Käyttöehtoja ei ole 4.1.2016"]),
    ],
)
def test_a_visitor_reads_the_same_rule_values_and_source(desk: Desk, changed: dict[str, str], said: list[str]) -> None:
    sent = ASK | {"day": fi(TUE), "start": "17", "end": "18", "key": str(uuid.uuid4())} | changed
    answer = Client().post(reverse("premises-ask", args=[desk.rows["room"]]), sent)
    told = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert [part for part in said if part not in told] == []
    assert Booking.objects.count() == 3


def test_a_visitor_who_applies_too_late_reads_when_it_was(desk: Desk) -> None:
    end_applying(Season.objects.get(), actor=CLERK)
    wish = {"room_1": str(desk.rows["room"]), "weekday_1": "1", "start_1": "18", "end_1": "20", "activity": "youth"}
    answer = Client().post(reverse("premises-apply", args=[desk.rows["season"]]), ASK | wish | {"key": str(uuid.uuid4())})
    told = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f"ja hakemus saapui {fi(TODAY)}. (Vuorohaku: Syyskausi)" in told
