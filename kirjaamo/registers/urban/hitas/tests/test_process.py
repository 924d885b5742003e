"""What surrounds a price: requests, deeds, redemption, conditions of sale, regulation letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pypdfium2 as pdfium
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kirjaamo.cases.models import Case, CaseState
from kirjaamo.contract.actions import create, edit
from kirjaamo.documents import blobs
from kirjaamo.documents.models import Document
from kirjaamo.kernel import arriving
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.urban.hitas import actions, due, facts
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    AskerRole,
    Building,
    CalculationState,
    ConditionOfSale,
    Fulfilment,
    Grace,
    HitasKind,
    HousingCompany,
    MaximumPriceCalculation,
    PriceRequest,
    Redemption,
    RegulationLetter,
    Sale,
)
from kirjaamo.registers.urban.hitas.rules.problems import PROBLEMS, RULE_OF, RULES
from kirjaamo.registers.urban.hitas.tests.test_register import (
    CLERK,
    DONE,
    MATTI,
    company,
    draft,
    flat_sold_first,
    home,
    sold,
    today,
)
from kirjaamo.registers.urban.hitas.tests.test_register import TestHitas as Suite
from kirjaamo.registers.urban.hitas.tests.test_register import TestRelease as World
from kirjaamo.subjects.actions import add_subject, set_non_disclosure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


@pytest.fixture(autouse=True)
def finnish() -> Iterator[None]:
    """Sentences are compared in Finnish."""
    with override("fi"):
        yield


def resold() -> Sale:
    """A flat that was sold again today within its confirmed price."""
    flat = flat_sold_first()
    actions.confirm(draft(flat), actor=CLERK)
    return sold(flat, today(), 200_000, code=MATTI, name="Matti Mallikas")


def test_every_problem_names_its_rule() -> None:
    assert set(RULE_OF) == set(PROBLEMS)
    assert set(RULE_OF.values()) == set(RULES)


class TestDeedAndRedemption:
    """A resale awaits its deed for two weeks, and the city may redeem for a month."""

    def test_a_resale_has_its_days_and_a_first_sale_none(self) -> None:
        sale = resold()
        assert sale.deed_due == today() + dt.timedelta(days=14)
        assert (sale.redemption, sale.deed_on) == (Redemption.OPEN, None)
        first = Sale.objects.order_by("sold_on")[0]
        assert (first.deed_due, first.redemption) == (None, Redemption.NONE)
        assert list(due.deeds()) == [sale]

    def test_a_deed_comes_once_and_not_before_the_sale(self) -> None:
        sale = resold()
        with pytest.raises(Refused, match="ennen kauppapäivää"):
            actions.record_deed(sale, today() - dt.timedelta(days=1), actor=CLERK)
        done = actions.record_deed(sale, today(), actor=CLERK)
        assert not due.deeds()
        with pytest.raises(Refused, match="saapui jo"):
            actions.record_deed(done, today(), actor=CLERK)

    def test_the_city_redeems_within_its_month_only(self) -> None:
        sale = resold()
        assert sale.redeem_until is not None
        with pytest.raises(Refused, match="Lunastusoikeus päättyi") as refused:
            actions.decide_redemption(sale, sale.redeem_until + dt.timedelta(days=1), redeemed=True, actor=CLERK)
        assert "lunastuslauseke" in refused.value.section
        done = actions.decide_redemption(sale, sale.redeem_until, redeemed=True, actor=CLERK)
        assert (done.redemption, done.redemption_on) == (Redemption.USED, sale.redeem_until)
        with pytest.raises(Refused, match="Lunastus ratkaistiin jo"):
            actions.decide_redemption(done, today(), actor=CLERK)

    def test_a_right_that_is_not_used_may_be_ended_late(self) -> None:
        sale = resold()
        assert actions.decide_redemption(sale, today() + dt.timedelta(days=90), actor=CLERK).redemption == Redemption.WAIVED


class TestCaseOfASale:
    """A resale is a matter of its own once the price was sent: what is told of it, its deed and the redemption stand there."""

    def sold_after_sending(self) -> Sale:
        flat = flat_sold_first()
        actions.send(actions.confirm(draft(flat), actor=CLERK), actor=CLERK)
        return sold(flat, today(), 200_000, code=MATTI, name="Matti Mallikas")

    def test_while_the_case_of_the_price_is_open_the_sale_belongs_to_it(self) -> None:
        sale = resold()
        assert sale.checked_against is not None
        assert sale.case == sale.checked_against.case
        actions.record_deed(sale, today(), actor=CLERK)
        assert sale.case is not None
        assert Case.objects.get(pk=sale.case.pk).state != CaseState.CLOSED

    def test_a_later_one_opens_a_case_that_ends_with_its_deed_and_redemption(self) -> None:
        sale = self.sold_after_sending()
        assert sale.case is not None
        assert (sale.case.title, sale.case.public_title) == ("Hitas-huoneiston kauppa: Esimerkkikuja 1 A 1", "Hitas-huoneiston kauppa")
        roles = {(party.role, party.subject.name) for party in sale.case.parties.select_related("subject") if party.subject}
        assert roles == {("initiator", "Maija Meikäläinen"), ("party", "Matti Mallikas")}
        sale = actions.record_deed(sale, today(), actor=CLERK)
        assert sale.case is not None
        assert Case.objects.get(pk=sale.case.pk).state != CaseState.CLOSED
        sale = actions.decide_redemption(sale, today(), actor=CLERK)
        assert sale.case is not None
        case = Case.objects.get(pk=sale.case.pk)
        assert case.state == CaseState.CLOSED
        assert list(case.events.values_list("kind", flat=True)) == ["opened", "sale", "deed", "closed", "redemption"]

    def test_a_deed_may_be_added_to_the_case_as_its_plan_says(self) -> None:
        case = self.sold_after_sending().case
        assert case is not None
        assert case.revision.nodes.filter(code="sale_deed").exists()

    def test_a_void_sale_ends_its_case(self) -> None:
        sale = self.sold_after_sending()
        actions.void_sale(sale, "Kauppa purkautui", actor=CLERK)
        assert sale.case is not None
        assert Case.objects.get(pk=sale.case.pk).state == CaseState.CLOSED

    def test_a_protected_seller_or_buyer_is_not_named_beside_the_flat(self) -> None:
        flat = flat_sold_first()
        actions.send(actions.confirm(draft(flat), actor=CLERK), actor=CLERK)
        set_non_disclosure(facts.current_owners(flat)[0], on=True, reason="DVV", actor=CLERK)
        set_non_disclosure(add_subject("Matti Mallikas", personal_id=MATTI, actor=CLERK), on=True, reason="DVV", actor=CLERK)
        sale = sold(flat, today(), 200_000, code=MATTI, name="Matti Mallikas")
        assert sale.case is not None
        assert [(party.subject, party.anonymous) for party in sale.case.parties.all()] == [(None, True)]


class TestConditions:
    """Who buys a second flat of the rules of 2011 sells the first one."""

    def two(self, **facts: object) -> tuple[Apartment, Apartment]:
        first = flat_sold_first()
        second = home(company("As Oy Helsingin Toinen", **facts), "Toinen 1 A 1")
        sold(second, dt.date(2016, 3, 1), 100)
        return first, second

    def test_the_second_flat_binds_the_first(self) -> None:
        first, second = self.two()
        condition = ConditionOfSale.objects.get()
        assert (condition.old.apartment, condition.new.apartment) == (first, second)
        assert condition.owner is not None
        assert condition.owner.name == "Maija Meikäläinen"
        assert condition.sell_by == dt.date(2016, 3, 1)
        assert list(due.conditions()) == [condition]

    def test_grace_moves_the_day_and_a_later_completion_too(self) -> None:
        self.two()
        condition = actions.give_grace(ConditionOfSale.objects.get(), Grace.SIX, actor=CLERK)
        assert condition.sell_by == dt.date(2016, 9, 1)
        flat = condition.new.apartment
        edit(flat, {"completed_on": dt.date(2016, 8, 31)}, version=flat.version, actor=CLERK)
        assert ConditionOfSale.objects.get().sell_by == dt.date(2017, 2, 28)

    def test_a_flat_of_the_earlier_rules_binds_nobody(self) -> None:
        self.two(kind=HitasKind.HITAS_2)
        assert not ConditionOfSale.objects.exists()

    def test_selling_the_old_flat_fulfils_and_voiding_that_sale_reopens(self) -> None:
        first, _second = self.two()
        actions.confirm(draft(first), actor=CLERK)
        sale = sold(first, today(), 100, code=MATTI, name="Matti Mallikas")
        condition = ConditionOfSale.objects.get()
        assert (condition.fulfilled_on, condition.fulfilment) == (today(), Fulfilment.SOLD)
        actions.void_sale(sale, "Väärä päivä", actor=CLERK)
        assert ConditionOfSale.objects.get().fulfilled_on is None

    def test_voiding_the_new_sale_voids_the_condition(self) -> None:
        _first, second = self.two()
        actions.void_sale(second.sales.get(), "Kauppa purkautui", actor=CLERK)
        assert ConditionOfSale.objects.get().voided_at is not None

    def test_release_fulfils_and_forgets(self) -> None:
        first, second = self.two()
        actions.release_by_plot(first.company, today(), actor=CLERK)
        condition = ConditionOfSale.objects.get()
        assert (condition.fulfilled_on, condition.fulfilment) == (today(), Fulfilment.RELEASED)
        assert condition.owner is not None
        actions.release_by_plot(second.company, today(), actor=CLERK)
        assert ConditionOfSale.objects.get().owner is None

    def test_another_ground_ends_it_once(self) -> None:
        self.two()
        done = actions.fulfil_condition(ConditionOfSale.objects.get(), today(), actor=CLERK)
        assert done.fulfilment == Fulfilment.OTHER
        with pytest.raises(Refused, match=r"Myyntiehto päättyi .*: Muu peruste"):
            actions.give_grace(done, Grace.THREE, actor=CLERK)


class TestLetters:
    """Each company of a confirmed run is told its verdict."""

    def verdicts(self, average: str) -> None:
        world = World()
        world.world(average)
        actions.confirm_run(actions.prepare_run(world.ON, actor=CLERK), actor=CLERK)

    @pytest.mark.parametrize(("average", "outcome"), [("4500", "released"), ("4500.01", "stays")])
    def test_a_letter_is_a_tagged_pdf_in_a_public_case_of_the_company(self, average: str, outcome: str) -> None:
        self.verdicts(average)
        letter = self.written()
        assert letter.outcome == outcome
        assert letter.case is not None
        assert (letter.case.publicity, letter.case.public_title.endswith("Keksitty")) == ("public", True)
        document = letter.case.case_documents.get().document
        assert (document.type_code, document.publicity) == ("regulation_letter", "public")
        pdf = blobs.read(document.files.get().sha256)
        assert pdf.startswith(b"%PDF")
        for language in ("fi", "sv", "en"):
            letter.case.language = language
            told = letter.letter("regulation_letter")
            assert told["compared"]
            assert told["calculations"]

    def written(self) -> RegulationLetter:
        run = HousingCompany.objects.get().verdicts.get().run
        actions.write_letters(run, actor=CLERK)
        return RegulationLetter.objects.get()

    def test_letters_of_a_run_are_made_once_and_sending_closes_the_case(self) -> None:
        self.verdicts("4500")
        letter = self.written()
        actions.write_letters(letter.verdict.run, actor=CLERK)
        assert RegulationLetter.objects.count() == 1
        with pytest.raises(Refused, match="jo tehty kirje"):
            actions.write_letter(letter.verdict, actor=CLERK)
        assert list(due.letters()) == [letter]
        sent = actions.send_letter(letter, today(), actor=CLERK)
        assert sent.case is not None
        assert Case.objects.get(pk=sent.case.pk).state == CaseState.CLOSED
        with pytest.raises(Refused, match="jo lähetetty"):
            actions.send_letter(sent, today(), actor=CLERK)

    def test_a_preview_has_no_letters(self) -> None:
        world = World()
        world.world("4500")
        run = actions.prepare_run(world.ON, actor=CLERK)
        with pytest.raises(Refused, match="Vahvista tarkistus ennen"):
            actions.write_letter(run.verdicts.get(), actor=CLERK)


class TestRequests:
    """What an owner sends becomes a case, and the calculation joins it."""

    def asked(self, door: str = "A 1", **facts: object) -> PriceRequest:
        flat = flat_sold_first()
        told = {"loan": Decimal(2500), "loan_on": today()} | facts
        new = actions.Asked(flat.company, door, "Maija Meikäläinen", "maija@example.fi", AskerRole.OWNER, **told)  # type: ignore[arg-type]
        first, second = actions.ask_price(new, actor=VISITOR), actions.ask_price(new, actor=VISITOR)
        assert first == second
        return PriceRequest.objects.get()

    def test_a_request_is_a_case_with_its_document_and_its_flat(self) -> None:
        request = self.asked(" a1 ")
        assert request.apartment is not None
        assert request.apartment.door == "Esimerkkikuja 1 A 1"
        assert request.case is not None
        document = request.case.case_documents.get().document
        assert (document.type_code, document.publicity) == ("price_request", "partly_secret")

    def test_a_request_that_lay_in_a_box_is_the_same_and_has_its_own_time(self) -> None:
        flat = flat_sold_first()
        asked = actions.Asked(flat.company, "A 1", "Maija", "m@example.fi", AskerRole.MANAGER, loan=Decimal("2500.50"), loan_on=today())
        at = dt.datetime(2026, 5, 5, 10, tzinfo=dt.UTC)
        arriving.take("hitas.ask", asked.plain(), at, VISITOR)
        request = PriceRequest.objects.get()
        assert request.case is not None
        assert (request.loan, request.role, request.case.initiated_at) == (Decimal("2500.50"), AskerRole.MANAGER, at)
        with pytest.raises(LookupError):
            arriving.take("hitas.ask", asked.plain() | {"company": 0}, at, VISITOR)

    def test_the_price_is_computed_in_the_case_of_the_request(self) -> None:
        request = self.asked()
        made = actions.answer_request(request, today(), actor=CLERK)
        assert (made.case, made.loan) == (request.case, Decimal(2500))
        assert not due.requests()
        with pytest.raises(Refused, match="laskettiin"):
            actions.answer_request(request, today(), actor=CLERK)
        assert made.case is not None
        actions.send(actions.confirm(made, actor=CLERK), actor=CLERK)
        assert Case.objects.get(pk=made.case.pk).state == CaseState.CLOSED

    def test_a_flat_that_is_not_found_is_chosen(self) -> None:
        request = self.asked("B 99")
        assert request.apartment is None
        with pytest.raises(Refused, match="Valitse ensin huoneisto"):
            actions.answer_request(request, today(), actor=CLERK)
        with pytest.raises(Refused, match="Esimerkkikuja 1 A 1"):
            actions.choose_flat(request, "C 1", actor=CLERK)
        chosen = actions.choose_flat(request, "Esimerkkikuja 1 A 1", actor=CLERK)
        assert actions.answer_request(chosen, today(), actor=CLERK).apartment == chosen.apartment

    def test_a_loan_that_was_not_told_is_asked_for(self) -> None:
        request = self.asked(loan=None, loan_on=None)
        with pytest.raises(Refused, match="ei kerrottu lainaosuutta"):
            actions.answer_request(request, today(), actor=CLERK)
        assert actions.answer_request(request, today(), Decimal(0), actor=CLERK).loan == 0

    def test_a_released_company_is_not_asked_about(self) -> None:
        flat = flat_sold_first()
        actions.release_by_plot(flat.company, today(), actor=CLERK)
        flat.company.refresh_from_db()
        with pytest.raises(Refused, match="vapautui sääntelystä"):
            actions.ask_price(actions.Asked(flat.company, "A 1", "M", "m@example.fi", AskerRole.MANAGER), actor=VISITOR)


def test_statistics_count_resales_and_leave_out_what_is_excluded() -> None:
    """By hand: 200,000 € for 50 m² is 4,000 €/m²; the first sale is no resale."""
    sale = resold()
    (told,) = facts.statistics(dt.date(2010, 1, 1))
    assert (told.sales, told.square, told.total, told.postal_code) == (1, Decimal(4000), Decimal(200_000), "00550")
    client = Suite().client(Role.REGISTER_WORKER)
    assert "4\u00a0000,00" in client.get(reverse("hitas-statistics")).content.decode()
    lines = client.get(reverse("hitas-statistics-csv")).content.decode()
    assert lines.endswith(f"{(today().month + 2) // 3}/{today().year};00550;1;4000.00;200000.00\r\n")
    left_out = actions.exclude_sale(sale, actor=CLERK)
    assert facts.statistics(dt.date(2010, 1, 1)) == []
    actions.include_sale(left_out, actor=CLERK)
    assert len(facts.statistics(dt.date(2010, 1, 1))) == 1


def test_what_others_rest_on_is_not_voided_as_such() -> None:
    """A flat with a sale stays in the sums of its company, a company with flats stays too; an empty one may go."""
    flat = flat_sold_first()
    empty = company("As Oy Helsingin Tyhjä")
    client = Suite().client(Role.REGISTER_WORKER)
    for row, told in ((flat, "kauppoja 1 ja enimmäishintalaskelmia 0"), (flat.company, "huoneistoja 1")):
        address = reverse("record-void", args=["hitas", row._meta.model_name, row.pk])
        assert address not in client.get(row.get_absolute_url()).content.decode()
        refused = client.post(address, {"reason": "Kirjattu kahdesti"}).content.decode().replace("\u00ad", "")
        assert told in refused
        row.refresh_from_db()
        assert row.voided_at is None
    client.post(reverse("record-void", args=["hitas", "housingcompany", empty.pk]), {"reason": "Kirjattu kahdesti"})
    empty.refresh_from_db()
    assert empty.voided_at is not None


def test_a_sale_is_voided_by_its_verb_alone() -> None:
    """Voided as such, a sale would leave its owners behind."""
    sale = resold()
    client = Suite().client(Role.REGISTER_WORKER)
    page = client.get(sale.get_absolute_url()).content.decode()
    assert reverse("record-act", args=["hitas", "void_sale", sale.pk]) in page
    assert reverse("record-void", args=["hitas", "sale", sale.pk]) not in page
    client.post(reverse("record-void", args=["hitas", "sale", sale.pk]), {"reason": "Väärä"})
    assert Sale.objects.get(pk=sale.pk).voided_at is None


def test_the_time_of_the_prices_is_told_by_quarter() -> None:
    """Two prices of one quarter, one from a request ten days ago: (10 + 0) / 2 = 5.0 days."""
    flat = flat_sold_first()
    asked = actions.Asked(flat.company, "A 1", "Maija", "m@example.fi", AskerRole.OWNER, loan=Decimal(0), loan_on=today())
    arriving.take("hitas.ask", asked.plain(), timezone.now() - dt.timedelta(days=10), VISITOR)
    actions.confirm(actions.answer_request(PriceRequest.objects.get(), today(), actor=CLERK), actor=CLERK)
    other = home(flat.company, "Esimerkkikuja 1 A 2", first=51)
    sold(other, dt.date(2015, 7, 1), 200_000)
    actions.confirm(draft(other), actor=CLERK)
    (told,) = facts.handled(dt.date(2010, 1, 1))
    assert (told.prices, told.days) == (2, Decimal("5.0"))
    page = Suite().client(Role.REGISTER_WORKER).get(reverse("hitas-statistics")).content.decode()
    assert "Laskelmien käsittelyaika" in page
    assert "5,0" in page


def test_a_draft_is_printed_as_one_that_is_not_confirmed() -> None:
    made = draft(flat_sold_first(), 2500)
    actions.print_draft(made, actor=CLERK)
    assert made.case is not None
    document = made.case.case_documents.get().document
    assert (document.type_code, document.publicity) == ("max_price_draft", "partly_secret")
    assert blobs.read(document.files.get().sha256).startswith(b"%PDF")
    assert "Kaupunki ei ole vahvistanut tätä laskelmaa" in words_of(document)
    assert MaximumPriceCalculation.objects.get().state == CalculationState.DRAFT
    done = actions.confirm(made, actor=CLERK)
    (letter,) = [one.document for one in made.case.case_documents.all() if one.document_id != document.pk]
    assert "Huoneiston saa myydä enintään tällä hinnalla" in words_of(letter)
    assert "ei ole vahvistanut" not in words_of(letter)
    with pytest.raises(actions.AlreadyConfirmed, match=done.number):
        actions.print_draft(done, actor=CLERK)


def words_of(document: Document) -> str:
    """The text of a document's file, as a reader would have it read aloud."""
    pages = pdfium.PdfDocument(blobs.read(document.files.get().sha256))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def test_the_page_of_a_flat_tells_who_owns_it_now() -> None:
    sale = resold()
    client = Suite().client(Role.REGISTER_WORKER)
    page = client.get(sale.apartment.get_absolute_url()).content.decode()
    owners = page.partition("<h2>Omistajat</h2>")[2].partition("<h2>Tiedot</h2>")[0]
    assert "Matti Mallikas" in owners
    assert "Maija Meikäläinen" not in owners
    set_non_disclosure(facts.current_owners(sale.apartment)[0], on=True, reason="DVV", actor=CLERK)
    page = client.get(sale.apartment.get_absolute_url()).content.decode()
    assert "Matti Mallikas" not in page
    assert "Turvakiellon alainen henkilö" in page


def listed(client: Client, kind: str, q: str) -> str:
    return client.get(reverse("register", args=["hitas"]), {"laji": kind, "q": q}, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize(
    ("kind", "q", "shown"),
    [
        ("apartment", "Mallikas", "Esimerkkikuja 1 A 1"),
        ("apartment", "27", "Esimerkkikuja 1 A 1"),
        ("apartment", "51", ""),
        ("maximumpricecalculation", "Esimerkkikuja 1 A 1", "HL-"),
        ("maximumpricecalculation", "keksitty", "HL-"),
        ("sale", "00550", "Esimerkkikuja 1 A 1"),
        ("sale", "1.7.2015", "1.7.2015"),
        ("sale", "2.7.2015", ""),
        ("ownership", "Mallikas", "Matti Mallikas"),
        ("housingcompany", "keksitty", "As Oy Helsingin Keksitty"),
        ("areaprice", "00560", ""),
    ],
)
def test_every_list_is_searched_by_the_keys_of_the_register(kind: str, q: str, shown: str) -> None:
    """The flat has the shares 1–50; its first sale was on 1 July 2015."""
    resold()
    told = listed(Suite().client(Role.REGISTER_WORKER), kind, q)
    assert shown in told if shown else "Tällä rajauksella ei löydy mitään" in told


def test_a_calculation_is_found_by_its_number_in_its_list_and_from_its_flat_once() -> None:
    flat = flat_sold_first()
    first, second = draft(flat), draft(flat, 1000)
    client = Suite().client(Role.REGISTER_WORKER)
    told = listed(client, "maximumpricecalculation", first.number)
    assert first.number in told
    assert second.number not in told
    assert listed(client, "apartment", "Esimerkkikuja").count(f'href="{flat.get_absolute_url()}"') == 1


def test_a_company_names_a_building_once() -> None:
    of = company()
    create(Building(company=of, name="Talo 1", completed_on=DONE), actor=CLERK)
    with pytest.raises(Refused, match="tämänniminen rakennus"):
        create(Building(company=of, name="Talo 1"), actor=CLERK)
