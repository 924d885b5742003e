"""The register from the first sale to release: its contract, its verbs, and what the database refuses."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kirjaamo.cases.models import CaseState
from kirjaamo.contract.actions import create
from kirjaamo.contract.testing import RegisterTestCase
from kirjaamo.documents import blobs
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.errors import KirjaamoError, NotAllowed, Refused
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.urban.hitas import actions, facts
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    CalculationState,
    HitasKind,
    HousingCompany,
    ImprovementRun,
    IndexSeries,
    IndexValue,
    MaximumPriceCalculation,
    Ownership,
    PriceBasis,
    PriceFamily,
    RegulationOutcome,
    RegulationStatus,
    Sale,
)
from kirjaamo.registers.urban.hitas.register import register
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind
from kirjaamo.registers.urban.hitas.rules.release import ReleaseOutcome
from kirjaamo.registers.urban.hitas.rules.types import Basis, HitasType, RuleFamily, WorkIndex
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import Subject
from kirjaamo.testing import make_user
from kirjaamo.values.money import Money
from kirjaamo.values.personal_id import PersonalId

CLERK = Machine("clerk")
MAIJA = PersonalId.parse("150594Y9022")
MATTI = PersonalId.parse("010100A900F")
DONE = dt.date(2015, 6, 30)
SOURCE = "invented (demo)"


@pytest.fixture(autouse=True)
def finnish() -> Iterator[None]:
    """Sentences are compared in Finnish, whatever language a page of another test was read in."""
    with override("fi"):
        yield


def today() -> dt.date:
    return timezone.localdate()


def load(series: IndexSeries, *rows: tuple[dt.date, str]) -> None:
    lines = "\n".join(f"{month:%Y-%m};{value};{SOURCE}" for month, value in rows)
    actions.load_indices(series, lines, actor=CLERK)


def indices() -> None:
    """Round invented figures, so that prices can be done by hand."""
    load(IndexSeries.MARKET_2005, (DONE, "150"), (today(), "200"))
    load(IndexSeries.CONSTRUCTION_2005, (DONE, "120"), (today(), "150"))
    load(IndexSeries.CEILING, (today(), "3000"))


def company(name: str = "As Oy Helsingin Keksitty", **facts: object) -> HousingCompany:
    told = {"kind": HitasKind.NEW_HITAS_1, "address": "Esimerkkikuja 1", "postal_code": "00550"} | facts
    return actions.add_company(name, actor=CLERK, **told)  # type: ignore[arg-type]


def home(of: HousingCompany, door: str = "Esimerkkikuja 1 A 1", first: int = 1, **facts: object) -> Apartment:
    told = {"area": Decimal(50), "completed_on": DONE} | facts
    return actions.add_apartment(of, door, first, first + 49, actor=CLERK, **told)  # type: ignore[arg-type]


def sold(flat: Apartment, day: dt.date, price: int, loan: int = 0, code: PersonalId = MAIJA, name: str = "Maija Meikäläinen") -> Sale:
    return actions.record_sale(flat, day, day, Decimal(price), Decimal(loan), code, name, actor=CLERK)


def flat_sold_first() -> Apartment:
    """By hand: 200,000 × 200 / 150 = 266,666.67; × 150 / 120 = 250,000; 50 × 3,000 = 150,000."""
    indices()
    flat = home(company())
    sold(flat, dt.date(2015, 7, 1), 120_000, 80_000)
    return flat


def draft(flat: Apartment, loan: int = 0) -> MaximumPriceCalculation:
    return actions.calculate(flat, today(), Decimal(loan), today(), actor=CLERK)


def test_the_codes_of_the_columns_are_those_of_the_rules() -> None:
    pairs = [
        (HitasKind, HitasType),
        (ImprovementRun, WorkIndex),
        (IndexSeries, IndexKind),
        (PriceBasis, Basis),
        (PriceFamily, RuleFamily),
        (RegulationOutcome, ReleaseOutcome),
    ]
    for column, rule in pairs:
        assert set(column.values) == {member.value for member in rule}


class TestHitas(RegisterTestCase):
    """The contract suite over the register."""

    register = register

    def example(self) -> Apartment:
        """A flat with an owner and a confirmed price."""
        flat = flat_sold_first()
        flat.note = "Maksujärjestely sovittu"
        actions.confirm(draft(flat), actor=CLERK)
        return flat

    def test_the_list_takes_a_fixed_number_of_statements(self, django_assert_max_num_queries: pytest.FixtureRequest) -> None:
        """However many rows, the same statements: one count for each kind of record, one for each kind of work that waits, and the rest."""
        flat = self.example()
        client = self.client(Role.REGISTER_WORKER)
        client.get(self.url)
        with django_assert_max_num_queries(14 + len(self.register.models)) as one:  # type: ignore[operator]
            client.get(self.url)
        for number in range(2, 8):
            calculated = home(flat.company, f"Esimerkkikuja 1 A {number}", first=number * 50)
            sold(calculated, dt.date(2015, 7, 1), 200_000)
            draft(calculated)
        with django_assert_max_num_queries(len(one)):  # type: ignore[operator]
            client.get(self.url)


@pytest.mark.django_db
class TestPrice:
    """Calculate, confirm, send, void."""

    def test_a_calculation_is_stored_whole_with_its_rows(self) -> None:
        calculation = draft(flat_sold_first(), 2500)
        assert calculation.price == Decimal("264166.67")
        assert (calculation.basis, calculation.family, calculation.state) == ("market", "from_2011", "draft")
        summary, market, construction, ceiling = MaximumPriceCalculation.objects.get().calculations
        assert summary.result == Money("264166.67")
        assert market.step("basic").value == Money(200000)
        assert construction.result == Money(247500)
        assert ceiling.result == Money(147500)
        row = IndexValue.objects.get(series=IndexSeries.MARKET_2005, month=today().replace(day=1))
        assert f"hitas-index:{row.pk}" in {used.id for used in market.rows}

    def test_the_case_belongs_to_the_owners_and_drafts_share_it(self) -> None:
        flat = flat_sold_first()
        first, second = draft(flat), draft(flat, 1000)
        assert first.case is not None
        assert first.case == second.case
        assert first.case.revision.code == "10 07 02"
        assert [party.subject.name for party in first.case.parties.all() if party.subject] == ["Maija Meikäläinen"]
        assert first.number != second.number

    def test_confirming_makes_the_letter_and_voids_other_drafts(self) -> None:
        flat = flat_sold_first()
        other, chosen = draft(flat), draft(flat, 2500)
        confirmed = actions.confirm(chosen, actor=CLERK)
        other.refresh_from_db()
        assert confirmed.state == CalculationState.CONFIRMED
        assert other.voided_at is not None
        assert confirmed.case is not None
        letter = confirmed.case.case_documents.get().document
        assert (letter.type_code, letter.publicity) == ("max_price_letter", "public")
        pdf = blobs.read(letter.files.get().sha256)
        assert pdf.startswith(b"%PDF")
        assert b"/MarkInfo" in pdf or b"/StructTreeRoot" in pdf or b"/ObjStm" in pdf
        assert list(confirmed.case.events.values_list("kind", flat=True)) == ["opened", "calculation", "calculation", "confirmation"]
        assert confirmed.retention_due is not None

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_the_letter_says_every_line_in_the_language_of_the_case(self, language: str) -> None:
        calculation = draft(flat_sold_first(), 2500)
        assert calculation.case is not None
        calculation.case.language = language
        told = calculation.letter("max_price_letter")
        lines = [line for one in told["calculations"] for line in one["lines"]]  # type: ignore[attr-defined]
        assert len(lines) == sum(len(one.steps) for one in calculation.calculations)
        assert all(line["label"] and line["value"] for line in lines)
        assert told["price"] == {"en": "€264,166.67"}.get(language, "264\u00a0166,67\u00a0€")

    def test_confirming_twice_is_told(self) -> None:
        confirmed = actions.confirm(draft(flat_sold_first()), actor=CLERK)
        with pytest.raises(actions.AlreadyConfirmed, match=r"vahvistettiin jo .* 266\s666,67"):
            actions.confirm(confirmed, actor=CLERK)

    def test_a_draft_whose_facts_have_changed_is_not_confirmed(self) -> None:
        flat = flat_sold_first()
        calculation = draft(flat)
        actions.improve_company(flat.company, "Hissit", Decimal(70000), DONE, actor=CLERK)
        with pytest.raises(Refused, match=r"266\s666,67.*Laske enimmäishinta uudelleen") as refused:
            actions.confirm(calculation, actor=CLERK)
        assert refused.value.code == "hitas.facts_changed"

    def test_a_void_draft_is_not_confirmed(self) -> None:
        calculation = actions.void_calculation(draft(flat_sold_first()), "väärä lainaosuus", actor=CLERK)
        with pytest.raises(Refused, match=r"mitätöitiin .*väärä lainaosuus"):
            actions.confirm(calculation, actor=CLERK)

    def test_an_expired_draft_is_not_confirmed(self) -> None:
        flat = flat_sold_first()
        past = today() - dt.timedelta(days=200)
        for series, value in ((IndexSeries.MARKET_2005, "190"), (IndexSeries.CONSTRUCTION_2005, "140"), (IndexSeries.CEILING, "3000")):
            load(series, (past, value))
        calculation = actions.calculate(flat, past, Decimal(0), past, actor=CLERK)
        with pytest.raises(Refused, match="Tänään on"):
            actions.confirm(calculation, actor=CLERK)

    def test_sending_closes_the_case_once(self) -> None:
        calculation = draft(flat_sold_first())
        with pytest.raises(Refused, match="on vielä luonnos"):
            actions.send(calculation, actor=CLERK)
        actions.send(actions.confirm(calculation, actor=CLERK), actor=CLERK)
        calculation.refresh_from_db()
        assert calculation.case is not None
        assert calculation.case.state == CaseState.CLOSED
        assert calculation.case.resolved_at == calculation.confirmed_at
        with pytest.raises(Refused, match="jo päätetty"):
            actions.send(calculation, actor=CLERK)

    def test_what_is_missing_is_told_in_the_readers_language(self) -> None:
        flat = home(company())
        with pytest.raises(Refused) as refused:
            draft(flat)
        assert refused.value.code == "hitas.first_sale_missing"
        assert "Myyntihintaluettelon hinta ei riitä" in str(refused.value)
        with override("sv"):
            assert "första köpet" in str(refused.value)

    def test_a_released_company_is_not_calculated(self) -> None:
        flat = flat_sold_first()
        actions.release_by_plot(flat.company, today(), actor=CLERK)
        with pytest.raises(Refused, match="vapautui sääntelystä"):
            draft(Apartment.objects.get(pk=flat.pk))

    def test_only_a_worker_may_confirm(self) -> None:
        calculation = draft(flat_sold_first())
        with pytest.raises(NotAllowed):
            actions.confirm(calculation, actor=make_user(Role.HANDLER))

    def test_the_page_shows_every_run(self) -> None:
        calculation = draft(flat_sold_first(), 2500)
        page = TestHitas().client(Role.REGISTER_WORKER).get(calculation.get_absolute_url()).content.decode()
        assert page.count('class="table plain calculation"') == 4
        assert "264\u00a0166,67" in page
        assert SOURCE in page


@pytest.mark.django_db
class TestFrozen:
    """What the database holds whatever the program does."""

    @pytest.mark.parametrize(
        "change", ["price = 1", "told = '{}'", "valid_until = '2030-01-01'", "number = 'X'", "state = 'draft', confirmed_at = NULL"]
    )
    def test_a_confirmed_calculation_never_changes(self, change: str) -> None:
        confirmed = actions.confirm(draft(flat_sold_first()), actor=CLERK)
        with pytest.raises(IntegrityError, match="a_calculation_never_changes"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE hitas_maximumpricecalculation SET {change} WHERE id = %s", [confirmed.pk])  # noqa: S608 - from the table above

    def test_a_draft_keeps_its_figures_too(self) -> None:
        calculation = draft(flat_sold_first())
        with pytest.raises(IntegrityError, match="a_calculation_never_changes"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE hitas_maximumpricecalculation SET price = price + 1 WHERE id = %s", [calculation.pk])

    @pytest.mark.parametrize("statement", ["DELETE FROM hitas_maximumpricecalculation", "TRUNCATE hitas_maximumpricecalculation CASCADE"])
    def test_a_calculation_is_never_deleted(self, statement: str) -> None:
        draft(flat_sold_first())
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(IntegrityError, match=r"a_calculation_never_changes|append_only"), transaction.atomic():
                cursor.execute(statement)

    @pytest.mark.parametrize("parts", [[(1, 2)], [(1, 3), (1, 3)], [(1, 2), (2, 3)]])
    def test_shares_that_do_not_sum_to_one_are_refused_by_the_database(self, parts: list[tuple[int, int]]) -> None:
        flat = home(company())
        sale = sold(flat, DONE, 100)
        with pytest.raises(IntegrityError, match="shares_sum_to_one"), transaction.atomic(), connection.cursor() as cursor:  # noqa: PT012
            cursor.execute("DELETE FROM hitas_ownership WHERE sale_id = %s", [sale.pk])
            for part, whole in parts:
                cursor.execute(
                    "INSERT INTO hitas_ownership (sale_id, apartment_id, part, whole, made_at, changed_at, version, void_reason, extras)"
                    " VALUES (%s, %s, %s, %s, now(), now(), 1, '', '{}')",
                    [sale.pk, flat.pk, part, whole],
                )
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_a_share_carries_one_flat(self) -> None:
        of = company()
        home(of)
        with pytest.raises(Refused, match="kuuluvat jo toiselle huoneistolle"):
            home(of, "Esimerkkikuja 1 A 2", first=50)
        home(of, "Esimerkkikuja 1 A 2", first=51)

    def test_a_month_has_one_figure_and_every_bad_row_is_named(self) -> None:
        indices()
        with pytest.raises(Refused, match="Mitätöi se ennen korjatun luvun"):
            load(IndexSeries.CEILING, (today(), "3100"))
        with pytest.raises(Refused, match="3/2026"):
            actions.load_indices(IndexSeries.MARKET, "2026-03;1;x\n2026-03;2;x", actor=CLERK)
        with pytest.raises(Refused) as refused:
            actions.load_indices(IndexSeries.MARKET, "2026-01;100,5;x\n2026-13;1;x\n2026-02;-1;x\n2026-03;1\n2026-04;1;", actor=CLERK)
        told = str(refused.value)
        assert [f"Rivi {line}:" in told for line in (1, 2, 3, 4, 5)] == [False, True, True, True, True]
        assert not IndexValue.objects.filter(series=IndexSeries.MARKET).exists()

    def test_a_business_id_is_a_real_one(self) -> None:
        with pytest.raises(Refused, match="Y-tunnu"):
            create(HousingCompany(name="x", kind=HitasKind.HITAS_1, address="y", postal_code="00100", business_id="1234567-8"), actor=CLERK)


@pytest.mark.django_db
class TestSales:
    """A resale against the confirmed maximum price."""

    def test_the_first_sale_needs_no_price_and_gives_its_owner(self) -> None:
        flat = flat_sold_first()
        sale = Sale.objects.get()
        assert sale.checked_against is None
        assert [owner.name for owner in facts.current_owners(flat)] == ["Maija Meikäläinen"]

    def test_a_resale_without_a_confirmed_price_is_refused(self) -> None:
        flat = flat_sold_first()
        draft(flat)
        with pytest.raises(Refused, match="ei ole vahvistettua enimmäishintaa"):
            sold(flat, today(), 100, code=MATTI, name="Matti Mallikas")

    def test_a_price_above_the_maximum_is_refused_with_rule_values_and_calculation(self) -> None:
        flat = flat_sold_first()
        confirmed = actions.confirm(draft(flat, 2500), actor=CLERK)
        with pytest.raises(Refused) as refused:
            actions.record_sale(flat, today(), today(), Decimal("264166.68"), Decimal(2500), MATTI, "Matti Mallikas", actor=CLERK)
        assert refused.value.code == "hitas.price_above_maximum"
        assert refused.value.section.endswith(f"; {confirmed.number}")
        assert "myyntihinta on enintään" in refused.value.section
        for value in ("266\u00a0666,68", "266\u00a0666,67", "0,01", confirmed.number):
            assert value in str(refused.value)
        assert Sale.objects.count() == 1

    def test_the_maximum_itself_may_be_paid_and_a_smaller_loan_may_be_paid_in_price(self) -> None:
        flat = flat_sold_first()
        confirmed = actions.confirm(draft(flat, 2500), actor=CLERK)
        sale = actions.record_sale(flat, today(), today(), Decimal("266666.67"), Decimal(0), MATTI, "Matti Mallikas", actor=CLERK)
        assert sale.checked_against == confirmed
        assert [owner.name for owner in facts.current_owners(flat)] == ["Matti Mallikas"]
        assert Ownership.objects.filter(ended_on=today()).count() == 1
        assert confirmed.case is not None
        assert "sale" in confirmed.case.events.values_list("kind", flat=True)

    def test_a_sale_outside_the_validity_is_refused(self) -> None:
        flat = flat_sold_first()
        confirmed = actions.confirm(draft(flat), actor=CLERK)
        late = confirmed.valid_until + dt.timedelta(days=1)
        with pytest.raises(Refused) as refused:
            sold(flat, late, 100, code=MATTI, name="Matti Mallikas")
        assert refused.value.code == "hitas.price_not_valid"

    def test_two_buyers_own_halves_and_three_may_own_thirds(self) -> None:
        flat = home(company())
        actions.record_sale(flat, DONE, DONE, Decimal(100), Decimal(0), MAIJA, "Maija", second_id=MATTI, second="Matti", actor=CLERK)
        assert [one.share for one in Ownership.objects.all()] == [Fraction(1, 2)] * 2
        other = home(flat.company, "Esimerkkikuja 1 A 2", first=51)
        people = [add_subject(name, actor=CLERK) for name in ("Yksi", "Kaksi", "Kolme")]
        new = actions.NewSale(DONE, DONE, Money(100), Money(0), [(one, Fraction(1, 3)) for one in people])
        actions.sell(other, new, actor=CLERK)
        assert sum(one.share for one in Ownership.objects.filter(apartment=other)) == 1
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_shares_that_are_not_whole_are_refused_before_the_database(self) -> None:
        flat = home(company())
        new = actions.NewSale(DONE, DONE, Money(100), Money(0), [(add_subject("Yksi", actor=CLERK), Fraction(1, 3))])
        with pytest.raises(Refused, match=r"summa on 33,33 %"):
            actions.sell(flat, new, actor=CLERK)

    def test_buyers_get_the_shares_that_are_told(self) -> None:
        """By hand: 75.2 % is 94/125, 14.8 % is 37/250 and 10 % is 1/10: one in all."""
        flat = home(company())
        shares = {"share": Decimal("75.2"), "second_id": MATTI, "second": "Matti", "second_share": Decimal("14.8")}
        actions.record_sale(flat, DONE, DONE, Decimal(100), Decimal(0), MAIJA, "Maija", more="0737546-2;Säätiö;10", actor=CLERK, **shares)  # type: ignore[arg-type]
        told = {one.owner.name: one.share for one in Ownership.objects.select_related("owner") if one.owner}
        assert told == {"Maija": Fraction(94, 125), "Matti": Fraction(37, 250), "Säätiö": Fraction(1, 10)}

    def test_many_buyers_without_percentages_own_alike(self) -> None:
        flat = home(company())
        lines = "0201256-6;Yksi Oy\n0737546-2;Kaksi Oy"
        actions.record_sale(flat, DONE, DONE, Decimal(100), Decimal(0), MAIJA, "Maija", more=lines, actor=CLERK)
        assert [one.share for one in Ownership.objects.all()] == [Fraction(1, 3)] * 3

    def test_sales_run_forward(self) -> None:
        flat = flat_sold_first()
        with pytest.raises(Refused, match=r"jo kirjattu kauppa 1\.7\.2015"):
            sold(flat, DONE, 100)

    def test_voiding_the_last_sale_gives_the_flat_back(self) -> None:
        flat = flat_sold_first()
        actions.confirm(draft(flat), actor=CLERK)
        sale = sold(flat, today(), 100, code=MATTI, name="Matti Mallikas")
        with pytest.raises(Refused, match="ennen myöhempää kauppaa"):
            actions.void_sale(Sale.objects.earliest("sold_on"), "virhe", actor=CLERK)
        with pytest.raises(Refused, match="Mitätöi kauppa ensin"):
            actions.void_calculation(MaximumPriceCalculation.objects.get(), "virhe", actor=CLERK)
        actions.void_sale(sale, "purettu", actor=CLERK)
        assert [owner.name for owner in facts.current_owners(flat)] == ["Maija Meikäläinen"]

    def test_an_own_data_request_finds_what_one_owns_and_nothing_of_others(self) -> None:
        flat = flat_sold_first()
        sold(home(flat.company, "Esimerkkikuja 1 A 2", first=51), DONE, 100, code=MATTI, name="Matti Mallikas")
        maija = Subject.by_personal_id(MAIJA)
        assert maija is not None
        extract = register.extract(maija.pk, actor=CLERK)
        assert len(extract.records) == 1
        assert "Esimerkkikuja 1 A 1" in str(extract.records)
        assert "Matti" not in str(extract.records)


@pytest.mark.django_db
class TestInterestAndCeiling:
    """Figures that the register computes for its own rows."""

    def test_interest_is_written_on_the_flat_with_its_lines(self) -> None:
        """By hand: 30 % × 90,000 × 6 % / 360 × 44 days = 198; 70 % × … × 15 days (16.6. → 30.6. is 14) = 147; together 345."""
        flat = home(company())
        interest = actions.compute_interest(
            flat, Decimal(100000), Decimal(10000), Decimal(6), "16.5.2015;30\n16.6.2015;70", ImprovementRun.MARKET, actor=CLERK
        )
        flat.refresh_from_db()
        assert interest.interest == flat.interest_market == Decimal(345)
        assert flat.interest_construction == 0
        assert interest.calculations[0].step("1.days").value == 44

    def test_a_bad_instalment_is_named(self) -> None:
        with pytest.raises(Refused, match="Rivi 2"):
            actions.compute_interest(home(company()), Decimal(1), Decimal(0), Decimal(6), "16.5.2015;30\nhuomenna;70", actor=CLERK)

    def test_the_ceiling_is_stored_for_the_three_months_with_its_lines(self) -> None:
        """By hand: 200,000 / 50 × 200 / 150 = 5,333.33 → 5,333."""
        flat = home(company())
        sold(flat, dt.date(2015, 7, 1), 200_000)
        quarter = dt.date(2026, 5, 1)
        load(IndexSeries.MARKET_2005, (DONE, "150"), (quarter, "200"))
        actions.compute_ceiling(dt.date(2026, 6, 15), actor=CLERK)
        rows = IndexValue.objects.filter(series=IndexSeries.CEILING).order_by("month")
        assert [(row.month.month, row.value) for row in rows] == [(5, Decimal(5333)), (6, Decimal(5333)), (7, Decimal(5333))]
        assert rows[0].calculations[0].result == Money(5333)
        with pytest.raises(Refused, match=r"6/2026: 5\s333,00"):
            actions.compute_ceiling(dt.date(2026, 7, 1), actor=CLERK)


@pytest.mark.django_db
class TestRelease:
    """The 30-year run: preview, confirmation, forgetting."""

    ON = dt.date(2026, 3, 10)
    OLD = dt.date(1995, 11, 30)

    def world(self, average: str | None) -> Apartment:
        """An old company of one flat: 40,000 / 50 × 560 / 140 = 3,200 €/m², below the ceiling of 4,500."""
        flat = home(company(kind=HitasKind.HITAS_1), completed_on=self.OLD)
        sold(flat, dt.date(1995, 12, 15), 40_000)
        load(IndexSeries.MARKET, (self.OLD, "140"), (dt.date(2026, 2, 1), "560"))
        load(IndexSeries.CEILING, (dt.date(2026, 2, 1), "4500"))
        if average:
            actions.load_area_prices(dt.date(2025, 4, 1), f"00550;{average};12;{SOURCE}", actor=CLERK)
        return flat

    def test_a_preview_changes_no_company_and_confirming_releases(self) -> None:
        flat = self.world("4500")
        run = actions.prepare_run(self.ON, actor=CLERK)
        verdict = run.verdicts.get()
        assert (verdict.outcome, verdict.compared) == ("released", Decimal(4500))
        assert HousingCompany.objects.get().status == RegulationStatus.REGULATED
        actions.confirm_run(run, actor=CLERK)
        assert (HousingCompany.objects.get().status, HousingCompany.objects.get().released_on) == ("released_by_hitas", self.ON)
        assert facts.current_owners(flat) == []

    def test_below_the_average_the_regulation_goes_on(self) -> None:
        flat = self.world("4500.01")
        actions.confirm_run(actions.prepare_run(self.ON, actor=CLERK), actor=CLERK)
        assert HousingCompany.objects.get().status == RegulationStatus.REGULATED
        assert len(facts.current_owners(flat)) == 1

    def test_an_owner_of_another_regulated_flat_is_not_forgotten(self) -> None:
        flat = self.world("4000")
        sold(home(company("As Oy Toinen"), "Toinen 1"), DONE, 100)
        actions.confirm_run(actions.prepare_run(self.ON, actor=CLERK), actor=CLERK)
        assert [owner.name for owner in facts.current_owners(flat)] == ["Maija Meikäläinen"]

    def test_an_owner_is_forgotten_everywhere_with_the_last_regulated_flat(self) -> None:
        """Kept in the first release for the other flat's sake, and forgotten in both with the second."""
        flat, other = self.world("4000"), company("As Oy Toinen")
        sold(home(other, "Toinen 1"), DONE, 100)
        actions.confirm_run(actions.prepare_run(self.ON, actor=CLERK), actor=CLERK)
        assert len(facts.current_owners(flat)) == 1
        actions.release_by_plot(other, today(), actor=CLERK)
        assert not Ownership.objects.filter(owner__isnull=False).exists()

    @pytest.mark.parametrize(("kind", "counted"), [(HitasKind.HITAS_2, ["4000.00"]), (HitasKind.HALF_HITAS, [])])
    def test_resales_of_half_hitas_flats_are_no_price_of_an_area(self, kind: HitasKind, counted: list[str]) -> None:
        """By hand: 200,000 € for 50 m² is 4,000 €/m²."""
        flat = home(company(kind=kind))
        sold(flat, dt.date(2024, 6, 1), 100_000)
        actions.release_by_plot(flat.company, dt.date(2025, 1, 1), actor=CLERK)
        sold(flat, dt.date(2025, 6, 1), 200_000, code=MATTI, name="Matti Mallikas")
        assert [str(one.price.quantize(Decimal("0.01"))) for one in facts.sold_in(self.ON)] == counted

    def test_a_run_waits_for_prices_or_is_told_to_skip(self) -> None:
        self.world(None)
        with pytest.raises(Refused, match="00550"):
            actions.confirm_run(actions.prepare_run(self.ON, actor=CLERK), actor=CLERK)
        actions.load_area_prices(dt.date(2025, 4, 1), f"00510;4000;1;{SOURCE}\n00520;5000;9;{SOURCE}", actor=CLERK)
        with_others = actions.prepare_run(self.ON, "00550=00510,00520", actor=CLERK)
        assert with_others.verdicts.get().outcome == RegulationOutcome.RELEASED
        skipping = actions.prepare_run(self.ON, skipping=True, actor=CLERK)
        actions.confirm_run(skipping, actor=CLERK)
        assert HousingCompany.objects.get().status == RegulationStatus.REGULATED

    def test_a_quarter_is_confirmed_once_and_never_changes(self) -> None:
        self.world("9000")
        first, second = (actions.prepare_run(self.ON, actor=CLERK) for _number in range(2))
        actions.confirm_run(first, actor=CLERK)
        with pytest.raises(actions.AlreadyConfirmed):
            actions.confirm_run(first, actor=CLERK)
        with pytest.raises(actions.AlreadyConfirmed):
            actions.confirm_run(second, actor=CLERK)
        for statement in (
            "UPDATE hitas_regulationrun SET made_on = '2000-01-01' WHERE state = 'confirmed'",
            "DELETE FROM hitas_regulationverdict",
        ):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)

    def test_a_preview_whose_facts_have_changed_is_made_again(self) -> None:
        self.world("9000")
        run = actions.prepare_run(self.ON, actor=CLERK)
        actions.load_area_prices(dt.date(2025, 7, 1), f"00550;100;999;{SOURCE}", actor=CLERK)
        with pytest.raises(Refused, match="esikatselu uudelleen"):
            actions.confirm_run(run, actor=CLERK)

    def test_without_companies_that_are_due_there_is_no_run(self) -> None:
        flat_sold_first()
        with pytest.raises(Refused, match=r"1\.2\.2026"):
            actions.prepare_run(self.ON, actor=CLERK)


@pytest.mark.django_db(transaction=True)
def test_of_two_confirmations_at_once_the_database_takes_one() -> None:
    """Two clerks press the button together: one confirms, the other is told."""
    calculation = draft(flat_sold_first())
    start, told = threading.Barrier(2), []

    def press() -> None:
        try:
            start.wait(10)
            actions.confirm(MaximumPriceCalculation.objects.get(pk=calculation.pk), actor=CLERK)
            told.append("confirmed")
        except KirjaamoError as error:
            told.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(told) == ["confirmed", "hitas.already_confirmed"]


@pytest.mark.django_db
def test_a_worker_calculates_and_confirms_by_the_pages() -> None:
    """The forms ask what the verbs need; a refusal stands on the form; what is made is shown."""
    flat = flat_sold_first()
    client = TestHitas().client(Role.REGISTER_WORKER)
    address = reverse("record-act", args=["hitas", "calculate", flat.pk])
    assert client.get(address).status_code == 200
    on = f"{today():%-d.%-m.%Y}"
    refused = client.post(address, {"on": on, "loan": "900000", "loan_on": on})
    assert "ei ole yli nollan" in refused.content.decode()
    made = client.post(address, {"on": on, "loan": "2500,00", "loan_on": on}, follow=True)
    assert "264\u00a0166,67" in made.content.decode()
    calculation = MaximumPriceCalculation.objects.get()
    client.post(reverse("record-act", args=["hitas", "confirm", calculation.pk]), {"sent": "1"})
    calculation.refresh_from_db()
    assert calculation.state == CalculationState.CONFIRMED
    start = client.get(reverse("register", args=["hitas"])).content.decode()
    assert calculation.number in start
