"""The special swimming card: worked examples first, then its promises from application to destruction date."""

from __future__ import annotations

import datetime as dt

import pytest

from kirjaamo.cases.models import CaseState
from kirjaamo.contract.testing import RegisterTestCase
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.leisure.swim_cards import actions, rules
from kirjaamo.registers.leisure.swim_cards.models import Application, Outcome, Proof, SwimCard
from kirjaamo.registers.leisure.swim_cards.register import register
from kirjaamo.subjects.models import Subject
from kirjaamo.values.personal_id import PersonalId

MAIJA = PersonalId.parse("150594Y9022")
DAY = dt.date(2026, 5, 5)
CLERK = Machine("clerk")


@pytest.mark.parametrize(
    ("proof", "resident", "granted", "code"),
    [
        ("eu_card", True, True, ""),
        ("parking_badge", True, True, ""),
        ("transport_card", True, True, ""),
        ("visual_card", True, True, ""),
        ("", True, False, "no_proof"),
        ("kela_103", True, False, "no_proof"),
        ("eu_card", False, False, "not_resident"),
    ],
)
def test_who_gets_a_card(proof: str, *, resident: bool, granted: bool, code: str) -> None:
    """A resident with one of four proofs; a Kela code alone is refused."""
    judgement = rules.judge(proof=proof, resident=resident, seen_on=DAY)
    assert (judgement.granted, judgement.code) == (granted, code)


@pytest.mark.parametrize(
    ("first", "last"),
    [(DAY, dt.date(2027, 5, 4)), (dt.date(2024, 3, 1), dt.date(2025, 2, 28)), (dt.date(2028, 2, 29), dt.date(2029, 2, 27))],
)
def test_a_card_is_valid_for_a_year(first: dt.date, last: dt.date) -> None:
    """Bought on 5 May 2026, valid to 4 May 2027."""
    assert rules.last_day(first) == last


def test_before_the_present_rules_nothing_is_judged() -> None:
    """Rules of a time that the program does not know are never guessed."""
    with pytest.raises(LookupError):
        rules.judge(proof="eu_card", resident=True, seen_on=dt.date(2024, 2, 29))


def applied(code: PersonalId = MAIJA, *, name: str = "Maija Meikäläinen", proof: Proof | None = Proof.EU_CARD) -> Application:
    """An application as the clerk enters it."""
    return actions.apply(code, name, proof, DAY, resident=True, actor=CLERK)


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
        assert (card.valid.lower, card.valid.upper) == (DAY, dt.date(2027, 5, 5))
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

    def test_a_second_card_in_the_same_period_is_refused(self) -> None:
        """One person, one valid card: the database decides and the person is told."""
        self.example()
        with pytest.raises(Refused, match="voimassa oleva kortti"):
            actions.decide(applied(), actor=CLERK, on=DAY + dt.timedelta(days=30))
        assert SwimCard.objects.count() == 1

    def test_two_people_hold_cards_at_the_same_time(self) -> None:
        """The refusal is of one person's second card only."""
        self.example()
        actions.decide(applied(PersonalId.parse("010100A900F"), name="Matti Mallikas"), actor=CLERK, on=DAY)
        assert SwimCard.objects.count() == 2

    def test_without_a_proof_the_refusal_says_why_and_no_card_is_made(self) -> None:
        """The reason stands on the record and in the decision."""
        application = actions.decide(applied(proof=None), actor=CLERK, on=DAY)
        assert application.outcome == Outcome.REFUSED
        assert "EU:n vammaiskortilla" in application.reason
        assert not SwimCard.objects.exists()

    def test_no_diagnosis_can_be_stored(self) -> None:
        """Since 1 March 2024 the register holds the kind of proof only."""
        names = {field.name for model in register.models for field in model._meta.concrete_fields}
        assert not {name for name in names if "diagnos" in name or "icd" in name or "kela" in name}

    def test_an_own_data_request_finds_everything_of_the_person(self) -> None:
        """The extract holds the card and the application, and nobody else's."""
        self.example()
        other = actions.apply(PersonalId.parse("010100A900F"), "Matti Mallikas", Proof.VISUAL_CARD, DAY, resident=True, actor=CLERK)
        maija = Subject.by_personal_id(MAIJA)
        assert maija is not None
        extract = register.extract(maija.pk, actor=CLERK)
        assert len(extract.records) == 2
        assert "Matti" not in str(extract.records)
        assert other.case is not None
        assert other.case.identifier not in str(extract.records)
