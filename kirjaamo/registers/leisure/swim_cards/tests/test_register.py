"""The special swimming card: its promises from application to sale, refusal and destruction date, and its yearly report."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from kirjaamo.cases.models import CaseState
from kirjaamo.contract.actions import add, change
from kirjaamo.contract.record import Record
from kirjaamo.contract.testing import RegisterTestCase
from kirjaamo.documents.models import Way
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.leisure.swim_cards import actions, report
from kirjaamo.registers.leisure.swim_cards.models import Application, CardPrice, CardTerms, Outcome, Proof, SwimCard, YearReport
from kirjaamo.registers.leisure.swim_cards.register import register
from kirjaamo.registers.leisure.swim_cards.tests.made import CLERK, DAY, MAIJA, SOURCE, applied, terms
from kirjaamo.retention.models import RetentionClock, TriggerEvent
from kirjaamo.subjects.models import Subject
from kirjaamo.testing import make_user
from kirjaamo.values.personal_id import PersonalId


class TestSwimCards(RegisterTestCase):
    """The contract, and what is particular to this register."""

    register = register

    def example(self) -> SwimCard:
        """A granted card of Maija."""
        actions.decide(applied(), actor=CLERK, on=DAY)
        return SwimCard.objects.get()

    def test_a_granted_application_gives_a_card_a_decision_and_a_destruction_date(self) -> None:
        """The chain: case, measure, tagged PDF with the plan's secrecy, card of a year, day of destruction."""
        card = self.example()
        case = card.case
        assert case is not None
        assert (card.valid.lower, card.valid.upper, card.sold_on) == (DAY, dt.date(2027, 5, 5), None)
        assert card.retention_due == dt.date(2029, 5, 4)
        assert case.revision.code == "12 03 01"
        decision = case.case_documents.get().document
        assert (decision.type_code, decision.publicity) == ("card_decision", "secret")
        assert decision.grounds == ["JulkL-24-1-25", "JulkL-24-1-32"]
        assert list(case.events.values_list("kind", flat=True)) == ["opened", "decision"]

    def test_handing_over_closes_the_case_with_its_resolution(self) -> None:
        """The case ends with the time of the decision."""
        application = actions.decide(applied(), actor=CLERK, on=DAY)
        actions.hand_over(application, actor=CLERK)
        application.refresh_from_db()
        assert application.case is not None
        assert application.case.state == CaseState.CLOSED
        assert application.case.resolved_at is not None

    def test_only_what_can_be_done_now_is_offered(self) -> None:
        """A waiting application is decided, a decided one handed over, a closed one neither."""
        client = self.client(Role.REGISTER_WORKER)
        decide, hand = "/toiminto/decide/", "/toiminto/hand_over/"
        application = applied()
        seen = []
        for step in (
            lambda: actions.decide(application, actor=CLERK, on=DAY),
            lambda: actions.hand_over(Application.objects.get(), actor=CLERK),
            None,
        ):
            page = client.get(application.get_absolute_url()).content.decode()
            seen.append((decide in page, hand in page))
            if step is not None:
                step()
        assert seen == [(True, False), (False, True), (False, False)]

    def test_two_people_hold_cards_at_the_same_time(self) -> None:
        """The refusal is of one person's second card only."""
        self.example()
        actions.decide(applied(PersonalId.parse("010100A900F"), name="Matti Mallikas"), actor=CLERK, on=DAY)
        assert SwimCard.objects.count() == 2

    def test_an_eu_card_seen_on_5_may_gives_a_card_to_4_may_and_nothing_medical_is_held(self) -> None:
        """The acceptance: the file holds the kind of proof, who saw it and when; the card is valid for a year from its sale."""
        terms()
        worker = make_user(Role.REGISTER_WORKER, name="uimahallin neuvoja")
        application = actions.apply(MAIJA, "Maija Meikäläinen", Proof.EU_CARD, DAY, resident=True, actor=worker)
        actions.decide(application, actor=CLERK, on=DAY)
        actions.hand_over(Application.objects.get(), actor=CLERK, on=DAY)
        page = self.client(Role.REGISTER_WORKER).get(application.get_absolute_url()).content.decode()
        assert [text for text in ("EU:n vammaiskortti", worker.name, "5.5.2026", SOURCE) if text not in page] == []
        card = SwimCard.objects.get()
        assert "5.5.2026–4.5.2027" in self.client_page(card)

    def client_page(self, row: Record) -> str:
        """The page of a record as its worker reads it."""
        client = Client()
        client.force_login(make_user(Role.REGISTER_WORKER, name=f"lukija {row.pk} {type(row).__name__}"))
        return client.get(row.get_absolute_url()).content.decode().replace("\u00ad", "")

    def test_a_card_sold_later_is_valid_from_its_sale_and_shows_how_its_price_was_made(self) -> None:
        """The decision waits at the cash desk; the year runs from the purchase, and the price stands with its row."""
        application = actions.decide(applied(assistants=1), actor=CLERK, on=DAY)
        sold = DAY + dt.timedelta(days=10)
        actions.hand_over(application, new_chip=True, actor=CLERK, on=sold)
        card = SwimCard.objects.get()
        assert (card.sold_on, card.valid.lower, card.valid.upper) == (sold, sold, dt.date(2027, 5, 15))
        assert (card.paid, card.kind, card.retention_due) == (Decimal("60.00"), 2, dt.date(2029, 5, 14))
        page = self.client_page(card)
        assert [text for text in ("60,00", "56,00", "4,00", CardPrice.objects.get().source, "Uimakortti 2") if text not in page] == []

    def test_a_raised_price_changes_no_card_that_was_sold(self) -> None:
        """The tariff is dated rows: each sale keeps the row that it was made by."""
        actions.hand_over(actions.decide(applied(), actor=CLERK, on=DAY), actor=CLERK, on=DAY)
        price = CardPrice.objects.get()
        change(price, {"valid": DateRange(price.valid.lower, dt.date(2026, 6, 1))}, version=price.version, actor=CLERK)
        raised = {"card": Decimal("61.50"), "chip": Decimal("5.00"), "source": "Uusi", "known": "read"}
        add(CardPrice, {"valid": DateRange(dt.date(2026, 6, 1), None), **raised}, actor=CLERK)
        second = actions.decide(applied(PersonalId.parse("010100A900F"), name="Matti Mallikas"), actor=CLERK, on=DAY)
        actions.hand_over(second, actor=CLERK, on=dt.date(2026, 6, 1))
        assert sorted(SwimCard.objects.values_list("paid", "tariff__source")) == [
            (Decimal("56.00"), price.source),
            (Decimal("61.50"), "Uusi"),
        ]

    def test_without_a_proof_the_refusal_says_why_and_no_card_is_made(self) -> None:
        """The reason stands on the record and in the decision; the proof shown is told by its kind, whatever it said."""
        application = actions.decide(applied(proof=Proof.OTHER), actor=CLERK, on=DAY)
        assert (application.outcome, application.decided_on) == (Outcome.REFUSED, DAY)
        assert "EU:n vammaiskortti" in application.reason
        assert "Kelan korvausoikeuden koodi" in application.reason
        told = application.letter("card_decision")
        assert (told["rules"], told["decider"], told["decided"]) == (f"{SOURCE} (1.3.2024–)", CLERK.name, "5.5.2026")
        review = str(told["review"])  # what HL 46–47 § asks of the instruction, by the dated rows of the law
        words = ("kirjaamoon", "14 päivää", "7. päivänä lähettämisestä", "Kuntalaki 410/2015 134", "mihin päätökseen haet oikaisua")
        assert [word for word in words if word not in review] == []
        assert not SwimCard.objects.exists()

    def test_a_refusal_is_served_and_its_retention_counts_from_the_decision(self) -> None:
        """No card's end ever comes of a refused application: its day is that of the decision."""
        application = actions.decide(applied(proof=None), actor=CLERK, on=DAY)
        served = actions.serve(application, Way.POST, actor=CLERK)
        assert served.case is not None
        assert (served.case.state, served.case.service_way) == (CaseState.CLOSED, Way.POST)
        assert served.retention_due == dt.date(2028, 5, 5)
        event = TriggerEvent.objects.get(case=served.case)
        assert (event.trigger, event.happened_on) == ("validity_end", DAY)
        clocks = RetentionClock.objects.filter(document__in_cases__case=served.case)
        assert {clock.trigger_on for clock in clocks} == {DAY}

    def test_a_yearly_report_counts_a_year_that_has_ended_and_is_open_data(self) -> None:
        """Counts are public: anyone gets them, and no row of a person with them."""
        actions.hand_over(actions.decide(applied(assistants=1), actor=CLERK, on=DAY), new_chip=True, actor=CLERK, on=DAY)
        actions.decide(applied(PersonalId.parse("010100A900F"), name="Matti Mallikas", proof=None), actor=CLERK, on=DAY)
        assert report.of_year(2026) == {
            "applied": 2, "granted": 1, "refused": 1, "sold": 1, "with_assistant": 1, "paid": Decimal("60.00"),
            "parking_badge": 0, "transport_card": 0, "visual_card": 0, "eu_card": 1, "other": 0,
        }  # fmt: skip
        first = actions.make_report(2025, actor=CLERK)
        again = actions.make_report(2025, actor=CLERK)
        first.refresh_from_db()
        assert first.void_reason == "Laadittu uudelleen"
        assert YearReport.objects.get(voided_at=None) == again
        told = Client().get("/api/v1/open/erityisuimakortit/yearreport")
        assert told.status_code == 200
        assert [row["fields"]["year"] for row in told.json()["items"]] == [2025]
        assert "Maija" not in told.content.decode()

    def test_the_start_page_says_what_waits_and_which_rows_are_missing_or_unsure(self) -> None:
        """Without terms nothing is judged; a price from memory is told until someone checks it."""
        client = self.client(Role.REGISTER_WORKER)
        assert "/toiminto/load_terms/" in client.get(self.url).content.decode()
        actions.decide(applied(), actor=CLERK, on=DAY)
        page = client.get(self.url).content.decode()
        assert "Odottaa kassalla" in page
        assert CardPrice.objects.get().source in page
        assert not CardTerms.objects.exclude(known="read").exists()

    def test_no_diagnosis_can_be_stored(self) -> None:
        """Since 1 March 2024 the register holds the kind of proof only."""
        names = {field.name for model in register.models for field in model._meta.concrete_fields}
        assert not {name for name in names if "diagnos" in name or "icd" in name or "kela" in name}

    def test_an_own_data_request_finds_everything_of_the_person(self) -> None:
        """The extract holds the card and the application, and nobody else's."""
        self.example()
        other = applied(PersonalId.parse("010100A900F"), name="Matti Mallikas", proof=Proof.VISUAL_CARD)
        maija = Subject.by_personal_id(MAIJA)
        assert maija is not None
        extract = register.extract(maija.pk, actor=CLERK)
        assert len(extract.records) == 2
        assert "Matti" not in str(extract.records)
        assert other.case is not None
        assert other.case.identifier not in str(extract.records)
