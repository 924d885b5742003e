"""Each refusal at the door where a worker meets it: what they see names the values, and a rule also the row or terms behind it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kirjaamo.contract.record import Record
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.urban.hitas import actions
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    AreaPrice,
    AskerRole,
    ConditionOfSale,
    Grace,
    HitasKind,
    HousingCompany,
    ImprovementRun,
    IndexSeries,
    IndexValue,
    MaximumPriceCalculation,
    PriceRequest,
    Sale,
)
from kirjaamo.registers.urban.hitas.rules.problems import INPUT, LACKING, PROBLEMS, HitasProblem, Kind
from kirjaamo.registers.urban.hitas.tests.test_register import (
    CLERK,
    DONE,
    MATTI,
    SOURCE,
    company,
    draft,
    flat_sold_first,
    home,
    indices,
    load,
    sold,
    today,
)
from kirjaamo.registers.urban.hitas.tests.test_register import TestRelease as World
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
NBSP, SHY = "\u00a0", "\u00ad"
TERMS = "Hitas-ehdot"
MATTI_CODE, THIRD = "010100A900F", "0201256-6;Yksi Oy"


@pytest.fixture(autouse=True)
def finnish() -> Iterator[None]:
    """Sentences are compared in Finnish."""
    with override("fi"):
        yield


def shown(day: dt.date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def worker() -> Client:
    client = Client()
    client.force_login(make_user(Role.REGISTER_WORKER))
    return client


@dataclass(frozen=True)
class Door:
    """A form of the register, what is typed on it, and what the page then says."""

    verb: str
    row: Record | None
    typed: dict[str, str]
    says: tuple[str, ...]

    def page(self) -> str:
        args = ["hitas", self.verb, *([self.row.pk] if self.row is not None else [])]
        address = reverse("record-act" if self.row is not None else "register-act", args=args)
        answer = worker().post(address, {"sent": "1", **self.typed})
        assert answer.status_code == 422, answer.status_code
        return answer.content.decode().replace(SHY, "").replace(NBSP, " ").replace("&quot;", '"')


def today_shown() -> str:
    return shown(today())


def price(flat: Apartment, *says: str, on: dt.date | None = None, loan: str = "0") -> Door:
    day = shown(on or today())
    return Door("calculate", flat, {"on": day, "loan": loan, "loan_on": day}, says)


def sale(flat: Apartment, *says: str, on: dt.date | None = None, **typed: str) -> Door:
    day = shown(on or today())
    told = {"sold_on": day, "notified_on": day, "price": "100", "loan": "0", "buyer_id": MATTI_CODE, "buyer": "Matti Mallikas"}
    return Door("record_sale", flat, told | typed, says)


# What is refused when a price is computed --------------------------------------------------------------------------------------


def not_hitas() -> Door:
    flat = home(company(kind=HitasKind.NON_HITAS))
    return price(flat, "As Oy Helsingin Keksitty ei ole Hitas-yhtiö", TERMS)


def released() -> Door:
    flat = flat_sold_first()
    actions.release_by_plot(flat.company, dt.date(2024, 2, 3), actor=CLERK)
    return price(Apartment.objects.get(pk=flat.pk), "Keksitty vapautui sääntelystä 3.2.2024", TERMS)


def completion_unknown() -> Door:
    of = company()
    flat = home(of)
    home(of, "Esimerkkikuja 1 B 2", first=51, completed_on=None)
    return price(flat, "puuttuu valmistumispäivä: Esimerkkikuja 1 B 2", "indeksi valmistumisen kuukaudelta")


def completion_ahead() -> Door:
    return price(home(company()), "Valmistumispäivä 30.6.2015 on laskentapäivän 1.6.2015 jälkeen", on=dt.date(2015, 6, 1))


def no_area() -> Door:
    return price(home(company(), area=None), "Esimerkkikuja 1 A 1 pinta-ala puuttuu", "pinta-ala × rajaneliöhinta")


def no_first_sale() -> Door:
    return price(home(company(), catalogue_price=Decimal(100)), "Esimerkkikuja 1 A 1 ensimmäinen kauppa puuttuu", "hankinta-arvo on")


def no_index() -> Door:
    flat = home(company())
    sold(flat, DONE, 100)
    return price(flat, f"Markkinahintaindeksi (2005 = 100) kuukaudelta {today().month}/{today().year} puuttuu", "laskentakuukaudelta")


def work_ahead() -> Door:
    flat, ahead = flat_sold_first(), today() + dt.timedelta(days=2)
    actions.improve_company(flat.company, "Hissit", Decimal(70000), ahead, actor=CLERK)
    return price(flat, f"Hissit valmistui {shown(ahead)}", today_shown(), "yhtiön ja huoneiston parannukset")


def no_percentage() -> Door:
    flat = home(company(kind=HitasKind.HITAS_1))
    sold(flat, DONE, 100)
    for series in (IndexSeries.MARKET, IndexSeries.CONSTRUCTION, IndexSeries.CEILING):
        load(series, *{day.replace(day=1): (day, "100") for day in (DONE, today())}.values())
    actions.improve_apartment(flat, "Sauna", Decimal(9000), DONE, ImprovementRun.CONSTRUCTION, actor=CLERK)
    return price(flat, "Sauna vuosittainen poistoprosentti puuttuu")


def loan_too_large() -> Door:
    """By hand: 266,666.67 − 900,000 = −633,333.33."""
    return price(flat_sold_first(), "−633 333,33 €", "900 000,00 €", "korkein kolmesta hinnasta", loan="900000")


# Confirming, sending, voiding ---------------------------------------------------------------------------------------------------


def confirmed_before() -> Door:
    done = actions.confirm(draft(flat_sold_first()), actor=CLERK)
    return Door("confirm", done, {}, (done.number, "vahvistettiin jo", "266 666,67 €", shown(done.valid_until)))


def void_draft() -> Door:
    void = actions.void_calculation(draft(flat_sold_first()), "Väärä lainaosuus", actor=CLERK)
    return Door("confirm", void, {}, (void.number, "mitätöitiin", "Väärä lainaosuus"))


def stale_draft() -> Door:
    flat, past = flat_sold_first(), today() - dt.timedelta(days=200)
    for series in (IndexSeries.MARKET_2005, IndexSeries.CONSTRUCTION_2005, IndexSeries.CEILING):
        load(series, (past, "190"))
    old = actions.calculate(flat, past, Decimal(0), past, actor=CLERK)
    says = (old.number, f"laskettiin {shown(past)}", f"voimassa {shown(old.valid_until)} asti", today_shown(), "laskelman voimassaolo")
    return Door("confirm", old, {}, (*says, "City-of-Helsinki/hitas, max_prices"))


def changed_facts() -> Door:
    made = draft(flat_sold_first())
    actions.improve_company(made.apartment.company, "Hissit", Decimal(70000), DONE, actor=CLERK)
    return Door("confirm", made, {}, ("hinta oli 266 666,67 €", "nyt se olisi 358 000,00 €"))


def sent_unconfirmed() -> Door:
    made = draft(flat_sold_first())
    return Door("send", made, {}, (made.number, "on vielä luonnos"))


def rests_on_it() -> Door:
    flat = flat_sold_first()
    done = actions.confirm(draft(flat), actor=CLERK)
    sold(flat, today(), 100, code=MATTI, name="Matti Mallikas")
    return Door("void_calculation", done, {"reason": "x"}, (f"Kauppa Esimerkkikuja 1 A 1 {today_shown()} on tarkistettu", done.number))


# Sales -------------------------------------------------------------------------------------------------------------------------


def nothing_confirmed() -> Door:
    says = (f"Esimerkkikuja 1 A 1 ei ole vahvistettua enimmäishintaa, johon kauppapäivän {today_shown()} hinta 100,00 €", TERMS)
    return sale(flat_sold_first(), *says)


def above_maximum() -> Door:
    flat = flat_sold_first()
    done = actions.confirm(draft(flat, 2500), actor=CLERK)
    says = (
        "266 666,68 €",
        f"enimmäishinnan {done.number}",
        "266 666,67 €",
        "Ylitys on 0,01 €",
        f"{TERMS}: myyntihinta",
        f"; {done.number})",
    )
    return sale(flat, *says, price="264166,68", loan="2500")


def after_validity() -> Door:
    flat = flat_sold_first()
    done = actions.confirm(draft(flat), actor=CLERK)
    late = done.valid_until + dt.timedelta(days=1)
    valid = f"{done.number} on voimassa {today_shown()}–{shown(done.valid_until)}"
    return sale(flat, valid, shown(late), TERMS, "City-of-Helsinki/hitas, max_prices", on=late)


def before_the_last() -> Door:
    return sale(flat_sold_first(), "Kauppapäivä on 30.6.2015", "kauppa 1.7.2015", on=DONE)


def shares_over() -> Door:
    return sale(home(company()), "summa on 110,00 %", "yhteensä 100 %", share="60", more=f"{THIRD};50")


def share_for_one() -> Door:
    return sale(home(company()), "Se puuttuu: Yksi Oy", share="60", more=THIRD)


def sold_tomorrow() -> Door:
    day = today() + dt.timedelta(days=1)
    return sale(home(company()), f"Päivä {shown(day)} on tulevaisuudessa: tänään on {today_shown()}", on=day)


def half_a_buyer() -> Door:
    return sale(home(company()), "nimi on annettu ilman henkilötunnusta", buyer_id="")


def no_buyer() -> Door:
    return sale(home(company()), "ei ole annettu ostajaa", buyer_id="", buyer="")


def buyer_twice() -> Door:
    return sale(home(company()), "Sama ostaja on annettu kahdesti: Matti", second_id=MATTI_CODE, second="Matti")


def bad_buyer_line() -> Door:
    return sale(home(company()), "Rivi 2:", more=f"{THIRD}\n010190-9999;Väärä Tunnus")


def resold() -> Sale:
    flat = flat_sold_first()
    actions.confirm(draft(flat), actor=CLERK)
    return sold(flat, today(), 100, code=MATTI, name="Matti Mallikas")


def deed_came() -> Door:
    done = actions.record_deed(resold(), today(), actor=CLERK)
    return Door("record_deed", done, {"on": today_shown()}, (f"Kauppakirja saapui jo {today_shown()}",))


def redeemed_late() -> Door:
    again = resold()
    assert again.redeem_until is not None
    late = again.redeem_until + dt.timedelta(days=1)
    says = (f"päättyi {shown(again.redeem_until)}", f"Ratkaisun päivä {shown(late)}", "Yhtiöjärjestyksen lunastuslauseke")
    return Door("decide_redemption", again, {"on": shown(late), "redeemed": "on"}, says)


def redeemed_before() -> Door:
    done = actions.decide_redemption(resold(), today(), actor=CLERK)
    return Door("decide_redemption", done, {"on": today_shown()}, (f"ratkaistiin jo {today_shown()}: Ei lunasteta",))


def earlier_sale() -> Door:
    resold()
    first = Sale.objects.earliest("sold_on")
    return Door("void_sale", first, {"reason": "x"}, ("Kauppaa 1.7.2015", f"myöhempää kauppaa {today_shown()}"))


def condition_over() -> Door:
    flat_sold_first()
    sold(home(company("As Oy Helsingin Toinen"), "Toinen 1 A 1"), dt.date(2016, 3, 1), 100)
    done = actions.fulfil_condition(ConditionOfSale.objects.get(), dt.date(2026, 2, 1), actor=CLERK)
    return Door("give_grace", done, {"grace": Grace.THREE}, ("päättyi 1.2.2026: Muu peruste",))


# Rows --------------------------------------------------------------------------------------------------------------------------


def month_known() -> Door:
    indices()
    lines = f"{today():%Y-%m};3100;x"
    says = (f"{today().month}/{today().year}: 3 000,00 ({SOURCE})", "Rajaneliöhinta")
    return Door("load_indices", None, {"series": "ceiling", "lines": lines}, says)


def month_twice() -> Door:
    return Door("load_indices", None, {"series": "market", "lines": "2026-03;1;x\n2026-03;2;x"}, ("kahdesti: 3/2026",))


def bad_rows() -> Door:
    lines = "2026-13;1;x\n2026-02;-1;x\n2026-03;1\n2026-04;1;\n2026-05;1,234;x\n2026-06;99999999999;x"
    says = ("Rivi 1: kuukausi on muotoa 2026-03, ei ”2026-13”", "Rivi 2:", "ei ”-1”", "Rivi 3: sarakkeita on 2, pitää olla 3", "Rivi 4:")
    return Door("load_indices", None, {"series": "market", "lines": lines}, (*says, "ei ”1,234”", "ei ”99999999999”"))


def area_known() -> Door:
    actions.load_area_prices(dt.date(2026, 1, 1), f"00550;5210,50;14;{SOURCE}", actor=CLERK)
    typed = {"quarter": "1.1.2026", "lines": "00560;1;1;x\n00550;5000;3;x"}
    return Door("load_area_prices", None, typed, ("Neljänneksellä 1.1.2026", f"00550: 5 210,50 €, 14 ({SOURCE})"))


def area_twice() -> Door:
    return Door("load_area_prices", None, {"quarter": "1.1.2026", "lines": "00550;1;1;x\n00550;2;1;x"}, ("kahdesti: 00550",))


def area_rows() -> Door:
    typed = {"quarter": "1.1.2026", "lines": "0055;1;1;x\n00550;1;nolla;x"}
    return Door("load_area_prices", None, typed, ("ei ”0055”", "ei ”nolla”"))


def ceiling_known() -> Door:
    indices()
    month = f"{today().month}/{today().year}: 3 000,00"
    return Door("compute_ceiling", None, {"on": today_shown()}, (month, SOURCE))


def no_companies() -> Door:
    return Door("compute_ceiling", None, {"on": "15.3.2026"}, ("alkaa 1.2.2026", "keskiarvo"))


def instalments() -> Door:
    flat = home(company())
    typed = {"price": "1000", "loan": "0", "rate": "6", "lines": "16.5.2015;60\n16.6.2015;40,01", "run": "both"}
    return Door("compute_interest", flat, typed, ("summa on 100,01 %", "enintään 100 %", "30/360"))


def bad_instalment() -> Door:
    typed = {"price": "1000", "loan": "0", "rate": "6", "lines": "16.5.2015;60\nhuomenna;40", "run": "both"}
    return Door("compute_interest", home(company()), typed, ("Rivi 2:", "ei ”huomenna”"))


# Release -----------------------------------------------------------------------------------------------------------------------


def none_due() -> Door:
    flat_sold_first()
    says = ("alkaa 1.2.2026", "30 vuotta", "2 vuotta", "30 vuoden tarkistus", "thirty_year_regulation")
    return Door("prepare_run", None, {"on": "10.3.2026"}, says)


def bad_replacement() -> Door:
    World().world(None)
    return Door("prepare_run", None, {"on": "10.3.2026", "instead": "00550=0051"}, ("Rivi 1:", "00550=0051"))


def prices_missing() -> Door:
    World().world(None)
    run = actions.prepare_run(World.ON, actor=CLERK)
    return Door("confirm_run", run, {}, ("Postinumeroilta 00550", "1.1.2025–31.12.2025", "30 vuoden tarkistus"))


def verdicts_changed() -> Door:
    World().world("9000")
    run = actions.prepare_run(World.ON, actor=CLERK)
    actions.load_area_prices(dt.date(2025, 7, 1), f"00550;100;999;{SOURCE}", actor=CLERK)
    return Door("confirm_run", run, {}, ("As Oy Helsingin Keksitty: Sääntely jatkuu → Vapautuu",))


def run_confirmed() -> Door:
    World().world("9000")
    first, second = (actions.prepare_run(World.ON, actor=CLERK) for _number in range(2))
    actions.confirm_run(first, actor=CLERK)
    return Door("confirm_run", second, {}, ("Neljänneksen 1.2.2026 tarkistus vahvistettiin jo", "10.3.2026"))


def letter_of_a_draft() -> Door:
    World().world("9000")
    verdict = actions.prepare_run(World.ON, actor=CLERK).verdicts.get()
    return Door("write_letter", verdict, {}, ("2/2026", "on vielä luonnos"))


def letter_of_nothing() -> Door:
    World().world(None)
    run = actions.confirm_run(actions.prepare_run(World.ON, skipping=True, actor=CLERK), actor=CLERK)
    return Door("write_letter", run.verdicts.get(), {}, ("As Oy Helsingin Keksitty odottaa postinumeron 00550",))


def released_before() -> Door:
    of = company()
    actions.release_by_plot(of, dt.date(2024, 2, 3), actor=CLERK)
    says = ("Keksitty on vapautunut jo 3.2.2024: Vapautunut tontin luovutuksen perusteella",)
    return Door("release_by_plot", HousingCompany.objects.get(pk=of.pk), {"on": today_shown()}, says)


# Requests ----------------------------------------------------------------------------------------------------------------------


def asked(door: str = "A 1", **told: object) -> PriceRequest:
    flat = flat_sold_first()
    facts = {"loan": Decimal(2500), "loan_on": today()} | told
    actions.ask_price(actions.Asked(flat.company, door, "Maija", "m@example.fi", AskerRole.OWNER, **facts), actor=VISITOR)  # type: ignore[arg-type]
    return PriceRequest.objects.get()


def answered() -> Door:
    request = asked()
    actions.answer_request(request, today(), actor=CLERK)
    return Door("answer_request", request, {"on": today_shown()}, (f"laskettiin {today_shown()}",))


def without_flat() -> Door:
    return Door("answer_request", asked("B 99"), {"on": today_shown()}, ("”B 99”", "As Oy Helsingin Keksitty"))


def loan_untold() -> Door:
    return Door("answer_request", asked(loan=None, loan_on=None), {"on": today_shown()}, ("lainaosuutta", "2500,00"))


def flat_unknown() -> Door:
    return Door("choose_flat", asked("B 99"), {"door": "C 1"}, ("As Oy Helsingin Keksitty", "”C 1”", "Esimerkkikuja 1 A 1"))


DOORS: tuple[Callable[[], Door], ...] = (
    not_hitas, released, completion_unknown, completion_ahead, no_area, no_first_sale, no_index, work_ahead, no_percentage, loan_too_large,
    confirmed_before, void_draft, stale_draft, changed_facts, sent_unconfirmed, rests_on_it,
    nothing_confirmed, above_maximum, after_validity, before_the_last, shares_over, share_for_one, half_a_buyer, no_buyer, buyer_twice,
    sold_tomorrow,
    bad_buyer_line, deed_came, redeemed_late, redeemed_before, earlier_sale, condition_over,
    month_known, month_twice, bad_rows, area_known, area_twice, area_rows, ceiling_known, no_companies, instalments, bad_instalment,
    none_due, bad_replacement, prices_missing, verdicts_changed, run_confirmed, letter_of_a_draft, letter_of_nothing, released_before,
    answered, without_flat, loan_untold, flat_unknown,
)  # fmt: skip


@pytest.mark.parametrize("made", DOORS, ids=lambda made: made.__name__)
def test_a_refusal_names_its_values_and_what_is_behind_it(made: Callable[[], Door]) -> None:
    door = made()
    page = door.page()
    assert [said for said in door.says if said not in page] == []


def test_the_code_of_a_wrong_buyer_is_repeated_in_no_fault() -> None:
    flat = home(company())
    with pytest.raises(BadInput) as refused:
        actions.record_sale(flat, DONE, DONE, Decimal(1), Decimal(0), MATTI, "Matti", more="010190-9999;Väärä", actor=CLERK)
    assert "010190" not in refused.value.told()


def test_what_was_loaded_in_part_is_loaded_not_at_all() -> None:
    area_known().page()
    assert list(AreaPrice.objects.values_list("postal_code", "price")) == [("00550", Decimal("5210.50"))]


def test_no_month_of_a_load_with_a_month_twice_is_stored() -> None:
    month_twice().page()
    assert not IndexValue.objects.exists()


def test_what_is_lacking_what_cannot_be_used_and_what_a_rule_refuses_are_told_apart() -> None:
    """A rule that refuses, a fact that is not known yet, and input that cannot be used are other kinds of error."""
    assert set(PROBLEMS) >= LACKING | INPUT
    kinds = {"price_above_maximum": Kind.RULE, "index_missing": Kind.LACKING, "payment_share": Kind.INPUT}
    assert {code: HitasProblem(code).kind for code in kinds} == kinds
    flat = home(company())
    with pytest.raises(OutOfOrder):
        draft(flat)
    with pytest.raises(BadInput):
        actions.compute_interest(flat, Decimal(1), Decimal(0), Decimal(6), "16.5.2015;101", actor=CLERK)
    with pytest.raises(Refused) as refused:
        actions.calculate(flat, dt.date(2014, 1, 1), Decimal(0), today(), actor=CLERK)
    assert type(refused.value) is Refused


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_refusal_is_told_in_the_language_of_the_reader(language: str) -> None:
    flat = flat_sold_first()
    actions.confirm(draft(flat), actor=CLERK)
    with override(language), pytest.raises(Refused) as refused:
        sold(flat, today(), 300_000, code=MATTI, name="Matti Mallikas")
    with override(language):
        told = refused.value.told()
    assert {"sv": "300\u00a0000,00\u00a0€", "en": "€300,000.00"}[language] in told
    assert {"sv": "Hitasvillkoren", "en": "Hitas terms"}[language] in told


# Two people at once ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_the_button_together_one_confirms_and_the_other_reads_what_stands() -> None:
    """On the pages: the database takes one, and the second sees the number, the moment and the price without doing anything."""
    calculation = draft(flat_sold_first())
    address = reverse("record-act", args=["hitas", "confirm", calculation.pk])
    clients = [Client(), Client()]
    for number, client in enumerate(clients):
        client.force_login(make_user(Role.REGISTER_WORKER, name=f"worker {number}"))
    gate, answers = threading.Barrier(2), []

    def press(client: Client) -> None:
        try:
            gate.wait(10)
            answers.append(client.post(address, {"sent": "1"}))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    page = next(answer for answer in answers if answer.status_code == 422).content.decode().replace(NBSP, " ").replace(SHY, "")
    for said in (calculation.number, "vahvistettiin jo", "266 666,67 €", "Sinun ei tarvitse tehdä mitään"):
        assert said in page
    assert MaximumPriceCalculation.objects.filter(state="confirmed").count() == 1
    assert calculation.case is not None
    assert calculation.case.case_documents.count() == 1


def test_a_draft_that_another_confirmation_voided_says_which_one_stands() -> None:
    flat = flat_sold_first()
    first, second = draft(flat), draft(flat, 1000)
    actions.confirm(first, actor=CLERK)
    with pytest.raises(OutOfOrder, match=f"Toinen luonnos vahvistettiin: {first.number}"):
        actions.confirm(MaximumPriceCalculation.objects.get(pk=second.pk), actor=CLERK)
