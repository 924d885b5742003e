"""The register: the contract tests, then its own promises from agreement to ending, and the request of the city's page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kirjaamo.contract.actions import change, edit
from kirjaamo.contract.importing import actions as imports
from kirjaamo.contract.register import REGISTERS
from kirjaamo.contract.testing import RegisterTestCase
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.errors import Refused
from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.apprenticeships import actions, due
from kirjaamo.registers.education.apprenticeships.choices import OwnCause, RateFigure
from kirjaamo.registers.education.apprenticeships.models import (
    Apprenticeship,
    ArrangementAgreement,
    BenefitClaim,
    CompensationDecision,
    CompensationPayment,
    EndingNotice,
    StudyRight,
    TrainingRate,
)
from kirjaamo.registers.education.apprenticeships.register import register
from kirjaamo.registers.education.apprenticeships.tests import made
from kirjaamo.registers.education.apprenticeships.tests.made import CLERK
from kirjaamo.requests import actions as requests
from kirjaamo.requests.arrivals import NewRequest
from kirjaamo.requests.models import InformationRequest, RequestKind
from kirjaamo.requests.plan import find_entry, searches
from kirjaamo.subjects.models import Subject
from kirjaamo.testing import make_user
from kirjaamo.values.business_id import BusinessId

DAY = dt.timedelta(days=1)
FIFTH_OF_MAY = dt.date(2026, 5, 5)


class TestApprenticeships(RegisterTestCase):
    """The contract, and what is particular to this register."""

    register = register

    def example(self) -> Apprenticeship:
        """Maija's contract in force."""
        return made.confirmed()

    def test_a_confirmed_contract_is_a_case_with_its_document(self) -> None:
        """Two linked contracts, one case, the contract as a PDF with the plan's secrecy."""
        row = made.confirmed()
        assert row.case is not None
        assert (row.state, [one.name for one in row.arrangement.workplace.instructing()]) == ("in_force", ["Oili Ohjaaja"])
        documents = {one.document.type_code: one.document.publicity for one in row.case.case_documents.all()}
        assert documents == {
            "apprenticeship_contract": "partly_secret",
            "arrangement_agreement": "partly_secret",
            "hoks_extract": "secret",
        }
        assert row.case.revision.code == "12 01 01"
        with pytest.raises(Refused, match="jo vahvistettu"):
            actions.confirm(row, actor=CLERK)

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"weekly_hours": Decimal(24)}, "vähintään 25 tuntia; sopimuksessa on 24"),
            ({"hoks_on": None}, "HOKS"),
            ({"pay_basis": ""}, "Palkan peruste puuttuu"),
            ({"probation_last": dt.date(2026, 7, 1)}, "enintään 6 kuukautta"),
        ],
    )
    def test_a_contract_that_lacks_something_is_refused_with_its_section(self, facts: dict[str, Any], sentence: str) -> None:
        """24 hours a week, no plan, no pay, a long probation."""
        row = made.draft(**facts)
        with pytest.raises(Refused, match=sentence) as told:
            actions.confirm(row, actor=CLERK)
        assert told.value.section
        row.refresh_from_db()
        assert row.state == "draft"

    def test_without_an_instructor_nothing_is_confirmed_until_one_is_named(self) -> None:
        """The refusal says where to put it right, and then it goes through."""
        place = made.workplace(instructor="")
        row = made.draft(agreement=made.agreed(place))
        with pytest.raises(Refused, match="työpaikkaohjaajaa"):
            actions.confirm(row, actor=CLERK)
        named = actions.name_instructor(place, "Oili Ohjaaja", made.FIRST, "Ammattitutkinto", actor=CLERK)
        change(named, {"ended_on": made.FIRST}, version=named.version, actor=CLERK)
        with pytest.raises(Refused, match="Mallilan leipomo ei ole nimetty työpaikkaohjaajaa"):
            actions.confirm(Apprenticeship.objects.get(pk=row.pk), actor=CLERK)
        actions.name_instructor(place, "Otto Ohjaaja", made.FIRST, actor=CLERK)
        assert actions.confirm(Apprenticeship.objects.get(pk=row.pk), actor=CLERK).state == "in_force"

    def test_an_agreement_must_be_there_and_in_force(self) -> None:
        """No number, no draft; an agreement that ended carries no contract."""
        study, agreement = made.right(), made.agreed()
        row = made.draft(study, agreement)
        with pytest.raises(Refused, match="ei löydy"):
            actions.draft(study, "J-999999", made.FIRST, made.LAST, Decimal(30), "TES", actor=CLERK)
        actions.end_arrangement(agreement, FIFTH_OF_MAY, "Yritys lopettaa.", actor=CLERK)
        with pytest.raises(Refused, match=r"päättyi 5\.5\.2026"):
            actions.confirm(row, actor=CLERK)

    def test_a_student_has_one_contract_at_a_time_and_an_agreement_carries_one(self) -> None:
        """The database decides; the sentence says why."""
        first = made.confirmed()
        other = made.draft(first.study_right, made.agreed(made.workplace(code="2345678-0")))
        with pytest.raises(Refused, match="Opiskelijalla on jo"):
            actions.confirm(other, actor=CLERK)
        matti = made.draft(made.right(made.MATTI, "Matti Mallikas"), first.arrangement)
        with pytest.raises(Refused, match="Järjestämissopimuksella on jo"):
            actions.confirm(matti, actor=CLERK)

    # Endings --------------------------------------------------------------------------------------------------------------

    def test_withdrawing_the_study_right_ends_both_contracts_on_that_day(self) -> None:
        """5 May: contract, agreement, compensation; notices to all, the case has the document, the retention is counted."""
        row = made.compensated()
        actions.withdraw_study_right(row.study_right, FIFTH_OF_MAY, "Opiskelija erosi.", actor=CLERK)
        row.refresh_from_db()
        agreement = ArrangementAgreement.objects.get()
        assert (row.state, row.ended_on, row.cause) == ("ended", FIFTH_OF_MAY, "study_right")
        assert (agreement.state, agreement.ended_on) == ("ended", FIFTH_OF_MAY)
        assert StudyRight.objects.get().withdrawn_on == FIFTH_OF_MAY
        assert CompensationDecision.objects.get().valid.upper == FIFTH_OF_MAY + DAY
        assert list(EndingNotice.objects.values_list("receiver", flat=True)) == ["student", "employer", "studies", "payments"]
        assert set(EndingNotice.objects.values_list("due_on", flat=True)) == {FIFTH_OF_MAY}
        assert row.retention_due == dt.date(2031, 5, 5)
        assert row.case is not None
        assert "apprenticeship_ending" in row.case.case_documents.values_list("document__type_code", flat=True)
        with pytest.raises(Refused, match="jo päättynyt"):
            actions.withdraw_study_right(row.study_right, FIFTH_OF_MAY, "uudelleen", actor=CLERK)

    def test_the_end_of_the_agreement_ends_the_contract_and_not_the_study_right(self) -> None:
        """The student goes on in another way."""
        row = made.confirmed()
        actions.end_arrangement(row.arrangement, FIFTH_OF_MAY, "Työt loppuivat.", actor=CLERK)
        row.refresh_from_db()
        assert (row.state, row.cause, row.arrangement.state) == ("ended", "arrangement", "ended")
        assert StudyRight.objects.get().withdrawn_on is None

    def test_a_contract_ends_on_probation_only_during_it(self) -> None:
        """The last day of probation is the last on which it may be ended so."""
        row = made.confirmed(probation_last=dt.date(2026, 3, 31))
        with pytest.raises(Refused, match=r"koeajan viimeinen päivä on 31\.3\.2026"):
            actions.end_contract(row, OwnCause.PROBATION, dt.date(2026, 4, 1), actor=CLERK)
        assert actions.end_contract(row, OwnCause.PROBATION, dt.date(2026, 3, 31), actor=CLERK).state == "ended"

    def test_what_is_paid_beyond_an_ending_is_put_right_first(self) -> None:
        """No silent overpayment."""
        row = made.compensated()
        payment = actions.compute_payment(row, dt.date(2026, 5, 1), dt.date(2026, 5, 31), actor=CLERK)
        actions.confirm_payment(payment, actor=CLERK)
        with pytest.raises(Refused, match="Mitätöi se ensin"):
            actions.end_contract(row, OwnCause.MUTUAL, FIFTH_OF_MAY, actor=CLERK)

    # Money ----------------------------------------------------------------------------------------------------------------

    def test_compensation_accrues_without_suspended_days_and_is_paid_once(self) -> None:
        """April with 15 suspended days: half; a confirmed day is never confirmed again."""
        row = made.compensated()
        actions.suspend(row, dt.date(2026, 4, 1), dt.date(2026, 4, 15), "Perhevapaa", actor=CLERK)
        april = (dt.date(2026, 4, 1), dt.date(2026, 4, 30))
        payments = [actions.compute_payment(row, *april, actor=CLERK) for _ in range(2)]
        assert payments[0].amount == Decimal("50.00")
        page = self.client(Role.REGISTER_WORKER).get(payments[0].get_absolute_url()).content.decode()
        assert "Keskeytyspäiviä" in page
        assert "15/30" in page
        actions.confirm_payment(payments[0], actor=CLERK)
        with pytest.raises(Refused, match="jo vahvistettu"):
            actions.confirm_payment(payments[1], actor=CLERK)
        with pytest.raises(Refused, match="jo vahvistettu"):
            actions.confirm_payment(payments[0], actor=CLERK)
        with pytest.raises(Refused, match="keskeytyksen jälkeen"):
            actions.suspend(row, dt.date(2026, 4, 20), dt.date(2026, 4, 21), "Sairausloma", actor=CLERK)

    def test_a_month_is_reckoned_for_every_contract_once(self) -> None:
        """The second run finds nothing; a month that is not over is refused."""
        made.compensated()
        actions.compute_month(dt.date(2026, 2, 10), actor=CLERK)
        assert CompensationPayment.objects.get().amount == Decimal("100.00")
        with pytest.raises(Refused, match="2/2026 ei ole laskettavaa"):
            actions.compute_month(dt.date(2026, 2, 10), actor=CLERK)
        with pytest.raises(Refused, match="kun se on päättynyt"):
            actions.compute_month(made.today(), actor=CLERK)

    def test_an_entrepreneur_is_refused_compensation(self) -> None:
        """In their own firm."""
        row = made.confirmed(own_firm=True)
        with pytest.raises(Refused, match="omassa yrityksessään"):
            actions.decide_compensation(row, Decimal(100), made.FIRST, made.LAST, "–", actor=CLERK)
        with pytest.raises(Refused, match="omassa yrityksessään"):
            actions.compute_payment(row, made.FIRST, made.LAST, actor=CLERK)

    def test_benefits_of_the_worked_example(self) -> None:
        """3 unpaid days, one minor child, 2 nights, 62 km: 112 € and one round trip; granted once, with its decision."""
        row = made.confirmed()
        monday = dt.date(2026, 9, 7)
        actions.add_training_days(row, monday, monday + 2 * DAY, actor=CLERK)
        actions.add_training_days(row, monday + 3 * DAY, monday + 3 * DAY, paid=True, actor=CLERK)
        claim = actions.claim_benefits(row, monday, monday + 6 * DAY, 1, 2, Decimal(62), Decimal("24.80"), actor=CLERK)
        assert claim.amount == Decimal("136.80")
        calculation = claim.kept_calculations()[0]
        assert [calculation.step(key).formula for key in ("per_diem", "family", "lodging")] == [
            "3 × 15,00\u00a0€", "3 × 17,00\u00a0€", "2 × 8,00\u00a0€",
        ]  # fmt: skip
        actions.decide_benefits(claim, actor=CLERK)
        assert row.case is not None
        decision = row.case.case_documents.get(document__type_code="benefit_decision").document
        assert decision.publicity == "secret"
        again = actions.claim_benefits(row, monday, monday, actor=CLERK)
        with pytest.raises(Refused, match="jo myönnetty"):
            actions.decide_benefits(again, actor=CLERK)
        assert BenefitClaim.objects.filter(state="confirmed").count() == 1

    def test_weekends_are_no_training_days_and_a_day_is_entered_once(self) -> None:
        """From Thursday to Monday three days; the same again is refused."""
        row = made.confirmed()
        actions.add_training_days(row, dt.date(2026, 9, 10), dt.date(2026, 9, 14), actor=CLERK)
        assert row.training_days.count() == 3
        with pytest.raises(Refused, match="jo kirjattu"):
            actions.add_training_days(row, dt.date(2026, 9, 14), dt.date(2026, 9, 14), actor=CLERK)

    def test_dated_rows_follow_each_other(self) -> None:
        """Two rows of one figure never hold at once; a new one begins when the old one has ended."""
        made.rates()
        told = (RateFigure.PER_DIEM, Decimal("16.00"), "uusi asetus", RowKnown.READ, dt.date(2026, 8, 1))
        with pytest.raises(Refused, match="Päätä se ensin"):
            actions.add_rate(*told, actor=CLERK)
        actions.end_rate(TrainingRate.objects.get(figure="per_diem"), dt.date(2026, 7, 31), actor=CLERK)
        assert actions.add_rate(*told, actor=CLERK).amount == 16
        with pytest.raises(Refused, match="jo ladattu"):
            actions.load_rates(actor=CLERK)

    def test_an_employer_is_registered_once(self) -> None:
        """By the business id."""
        made.workplace()
        with pytest.raises(Refused):
            actions.register_employer(BusinessId.parse("1234567-1"), "Toinen nimi", actor=CLERK)

    # Work and requests ----------------------------------------------------------------------------------------------------

    def test_the_start_page_shows_what_is_due_and_what_a_draft_lacks(self) -> None:
        """Drafts with what they lack, claims and payments that wait, notices that were not sent, rows to be checked."""
        row = made.draft(weekly_hours=Decimal(24))
        other = made.right(made.MATTI, "Matti Mallikas")
        ended = actions.confirm(made.draft(other, made.agreed(made.workplace(code="2345678-0"))), actor=CLERK)
        actions.end_contract(ended, OwnCause.MUTUAL, FIFTH_OF_MAY, actor=CLERK)
        page = self.client(Role.REGISTER_WORKER).get(self.url).content.decode()
        assert row.number in page
        assert "vähintään 25 tuntia" in page
        assert "Opiskelija, " + ended.number in page
        assert "Myöhässä" in page
        assert "1150/2021" in page
        actions.notify(EndingNotice.objects.get(receiver="student"), made.today(), actor=CLERK)
        assert "Opiskelija, " + ended.number not in self.client(Role.REGISTER_WORKER, Role.HANDLER).get(self.url).content.decode()

    def test_the_page_of_a_draft_says_what_it_lacks_and_the_form_refuses_with_the_section_once(self) -> None:
        """Before anyone tries to confirm it, and when they do."""
        row = made.draft(weekly_hours=Decimal(24))
        client = self.client(Role.REGISTER_WORKER)
        told = "sopimuksessa on 24 tuntia. (Laki ammatillisesta koulutuksesta 531/2017 70 §)"
        assert told in client.get(row.get_absolute_url()).content.decode()
        lead = Client()
        lead.force_login(make_user(Role.REGISTER_WORKER, name="päättäjä"))
        answer = lead.post(reverse("record-act", args=[due.SLUG, "confirm", row.pk]), {"csrfmiddlewaretoken": "-"})
        assert answer.status_code == 422
        refused = answer.content.decode()
        assert told in refused
        assert f"{told} (" not in refused
        edit = reverse("record-edit", args=[due.SLUG, "apprenticeship", row.pk])
        assert "Viikkotyöaika" in client.get(edit).content.decode()
        change(row, {"weekly_hours": Decimal(30)}, version=row.version, actor=CLERK)
        assert "on korjattava" not in client.get(row.get_absolute_url()).content.decode()

    def test_an_own_data_request_finds_the_students_records_only(self) -> None:
        """Contract, study right, claims; nothing of another student."""
        row = made.confirmed()
        actions.confirm(made.draft(made.right(made.MATTI, "Matti Mallikas"), made.agreed(made.workplace(code="2345678-0"))), actor=CLERK)
        maija = Subject.by_personal_id(made.MAIJA)
        assert maija is not None
        told = str(register.extract(maija.pk, actor=CLERK).records)
        assert row.number in told
        assert made.QUALIFICATION in told
        assert "Matti" not in told

    def test_the_request_of_the_citys_page_is_answered(self) -> None:
        """The second worked example: the published keys in their order, the unit, a hit by each key, masked for the official."""
        row = made.confirmed()
        entry = find_entry("system", due.SLUG)
        assert entry is not None
        (search,) = searches(entry)
        assert (search.slug, search.unit.slug) == (due.SLUG, "stadin-ammatti-ja-aikuisopisto")
        assert [str(key.label) for key in REGISTERS[due.SLUG].search_keys][:4] == [
            "Oppisopimusopiskelijan tiedot",
            "Opiskelijan oppisopimuskoulutukseen liittyvät tiedot",
            "Kouluttavien työnantajien tiedot",
            "Yhteistyöoppilaitosten tiedot",
        ]
        told = requests.send_request(NewRequest(RequestKind.DOCUMENT, entry, "Oppisopimukseni", name=made.NAME), actor=VISITOR)
        request = InformationRequest.objects.get(case__identifier=told.identifier)
        task = request.searches.get(system_slug=due.SLUG)
        official = make_user(Role.HANDLER, unit="stadin-ammatti-ja-aikuisopisto", name="virkailija")
        for keys in (
            {"student": "Meikäläinen Maija"},
            {"training": "elintarvike"},
            {"employer": "leipomo"},
            {"institute": "mallilan", "day": "1.6.2026"},
        ):
            (hit,) = requests.search(task, keys, actor=official)
            assert hit.ref == str(row.pk)
            assert made.NAME not in str(hit)
        assert requests.search(task, {"employer": "leipomo", "day": "1.6.2020"}, actor=official) == []
        client = Client()
        client.force_login(official)
        page = client.post(reverse("request_search", args=[request.pk, task.pk]), {"key1": made.NAME})
        assert page.status_code in {200, 302}


@pytest.mark.django_db
def test_study_rights_come_from_a_file_and_stay_as_they_are_once_a_contract_rests_on_one() -> None:
    resting = made.confirmed().study_right
    heads = ["student", "qualification", "form", "institute", "valid"]
    told = ["010100A900F Matti Mallikas", made.QUALIFICATION, "qualification", made.INSTITUTE, "1.1.2026–31.12.2027"]
    rows = [heads, told, ["150594Y9023 Väärä", *told[1:]], [*told[:4], "2026"]]
    batch = imports.stage(StudyRight, rows, "a" * 64, language="fi", actor=CLERK)
    checked = imports.check(imports.map_columns(batch, batch.mapping, actor=CLERK), actor=CLERK)
    assert [(fault.line, fault.column) for fault in checked.faults.all()] == [(3, "student"), (4, "valid")]
    imports.load(checked, actor=CLERK)
    right = StudyRight.objects.exclude(pk=resting.pk).get()
    assert (right.student.name, right.valid.lower) == ("Matti Mallikas", made.FIRST)
    assert edit(right, {"institute": "Tarulan aikuiskoulutuskeskus"}, version=right.version, actor=CLERK).institute.startswith("Tarulan")
    with pytest.raises(Refused, match="nojaa vahvistettu"):
        edit(resting, {"institute": "Muu"}, version=resting.version, actor=CLERK)
