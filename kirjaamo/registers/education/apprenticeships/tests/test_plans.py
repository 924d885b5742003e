"""The plan that a contract is for, its papers, how a student goes on, and how long what belongs to a contract is kept."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from kirjaamo.contract.actions import void
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.apprenticeships import actions, due
from kirjaamo.registers.education.apprenticeships.choices import Continuation, DemonstrationResult, LearningPlace, OwnCause, TrainingForm
from kirjaamo.registers.education.apprenticeships.models import Apprenticeship, CompensationPayment, PlanPart
from kirjaamo.registers.education.apprenticeships.tests import made
from kirjaamo.registers.education.apprenticeships.tests.made import CLERK
from kirjaamo.testing import make_user

pytestmark = pytest.mark.django_db
JANUARY, JULY, MONDAY = dt.date(2026, 1, 1), dt.date(2026, 7, 1), dt.date(2026, 9, 7)
DAY = dt.timedelta(days=1)


def part(row: Apprenticeship, last: dt.date = dt.date(2026, 3, 31)) -> PlanPart:
    """A part of the plan that is learnt at work."""
    return actions.add_plan_part(row, "Asiakaspalvelu", LearningPlace.WORKPLACE, JANUARY, last, "Tilausten vastaanotto", actor=CLERK)


def start_page() -> str:
    """The start page of the register's worker."""
    client = Client()
    client.force_login(User.objects.filter(username__startswith="olli").first() or make_user(Role.REGISTER_WORKER, name="olli"))
    return client.get(f"/rekisterit/{due.SLUG}/").content.decode()


def test_the_papers_of_a_contract_say_what_the_law_asks_them_to_say() -> None:
    row = made.draft(probation_last=dt.date(2026, 3, 31))
    part(row)
    contract = dict(row.letter("apprenticeship_contract")["lines"])  # type: ignore[call-overload]
    assert (contract["Oppisopimus voimassa"], contract["Viikkotyöaika keskimäärin (tuntia)"]) == ("1.1.2026–31.12.2027", "37,50")
    assert (contract["Koeajan viimeinen päivä"], contract["Palkan peruste"]) == ("31.3.2026", "TES")
    agreement = row.letter("arrangement_agreement")
    assert dict(agreement["lines"])["Työpaikkaohjaaja"] == "Oili Ohjaaja"  # type: ignore[call-overload]
    assert agreement["ground"] == "JulkL 621/1999 24 § 1 mom. 20 ja 25 kohta"
    extract = row.letter("hoks_extract")
    assert extract["steps"] == [["Asiakaspalvelu. Tilausten vastaanotto", "Työpaikalla", "1.1.2026–31.3.2026"]]


def test_decisions_on_money_tell_how_to_ask_for_a_review() -> None:
    row = made.compensated()
    assert row.decisions.get().letter("compensation_decision")["review"] is True
    actions.add_training_days(row, MONDAY, MONDAY, actor=CLERK)
    assert actions.claim_benefits(row, MONDAY, MONDAY, actor=CLERK).letter("benefit_decision")["review"] is True


def test_a_part_of_the_plan_waits_for_its_demonstration_until_it_is_shown() -> None:
    """The start page asks for it when its time is over; one to be done again may be recorded again, one that was passed not."""
    row = made.confirmed()
    one = part(row)
    assert "Asiakaspalvelu" in start_page()
    failed = actions.record_demonstration(one, dt.date(2026, 3, 31), DemonstrationResult.AGAIN, actor=CLERK)
    assert failed.demonstrated_at == "Mallilan leipomo"
    assert "Näyttö uusitaan" in start_page()
    done = actions.record_demonstration(one, dt.date(2026, 4, 10), DemonstrationResult.PASSED, "Oppilaitos", actor=CLERK)
    assert (done.result, done.demonstrated_at) == ("passed", "Oppilaitos")
    assert "Asiakaspalvelu" not in start_page()


def test_a_student_whose_contract_ended_in_the_middle_goes_on_in_another_way() -> None:
    """The start page asks until it is told; of a completed contract and of studies that ended nothing is asked."""
    row = actions.end_contract(made.confirmed(), OwnCause.MUTUAL, dt.date(2026, 5, 5), actor=CLERK)
    assert "Opintojen jatko sopimatta" in start_page()
    told = actions.agree_continuation(row, Continuation.AGREEMENT, actor=CLERK)
    assert told.get_continuation_display() == "Koulutussopimuksella"
    assert "Opintojen jatko sopimatta" not in start_page()


def test_a_contract_whose_time_is_over_stays_on_the_start_page_until_it_is_ended() -> None:
    study = actions.add_study_right(
        made.MAIJA, made.NAME, "Tutkinto", "Opisto", TrainingForm.QUALIFICATION, dt.date(2024, 1, 1), None, actor=CLERK
    )
    agreed = actions.agree(made.workplace(), dt.date(2024, 1, 1), dt.date(2025, 12, 31), dt.date(2024, 1, 1), actor=CLERK)
    made.rates()
    row = actions.draft(
        study, agreed.number, dt.date(2024, 1, 1), dt.date(2025, 6, 30), Decimal(30), "TES", dt.date(2024, 1, 1), actor=CLERK
    )
    actions.confirm(row, actor=CLERK)
    page = start_page()
    assert "Määräaika on päättynyt tai päättyy 60 päivän kuluessa" in page
    assert "30.6.2025" in page


def test_half_a_year_is_reckoned_at_once() -> None:
    """From January six months: one payment of each contract, each month a line."""
    made.compensated()
    payment = actions.compute_month(JANUARY, 6, actor=CLERK)
    assert (payment.days.lower, payment.days.upper) == (JANUARY, JULY)
    assert payment.amount == Decimal("600.00")
    assert [step.key for step in payment.kept_calculations()[0].steps if step.key.startswith("month_")][-1] == "month_2026_06"
    assert CompensationPayment.objects.count() == 1


def test_what_belongs_to_a_contract_is_kept_as_long_as_the_contract() -> None:
    """Money, days at the provider, the plan, suspensions and notices are destroyed with it, not before and not never."""
    row = made.compensated()
    part(row)
    actions.add_training_days(row, MONDAY, MONDAY + 2 * DAY, actor=CLERK)
    actions.claim_benefits(row, MONDAY, MONDAY + 2 * DAY, actor=CLERK)
    actions.suspend(row, dt.date(2026, 4, 1), dt.date(2026, 4, 2), "Perhevapaa", actor=CLERK)
    actions.compute_payment(row, JANUARY, dt.date(2026, 1, 31), actor=CLERK)
    ended = actions.end_contract(row, OwnCause.MUTUAL, dt.date(2026, 10, 5), actor=CLERK)
    assert ended.retention_due is not None
    kinds = (row.decisions, row.payments, row.claims, row.suspensions, row.training_days, row.plan_parts, row.notices)
    assert {day for kind in kinds for day in kind.values_list("retention_due", flat=True)} == {ended.retention_due}
    assert all(kind.exists() for kind in kinds)
    row = Apprenticeship.objects.get()
    assert row.study_right.retention_due == row.arrangement.retention_due == ended.retention_due
    again = made.draft(row.study_right, made.agreed(made.workplace(code="2345678-0")))
    assert (again.study_right.retention_due, again.study_right.withdrawn_on) == (None, None)


def test_the_page_of_a_contract_tells_of_each_thing_that_belongs_to_it() -> None:
    """Not only that there is a payment, but of which days and how much; and what it rests on is one click away."""
    row = made.compensated()
    actions.compute_payment(row, JANUARY, dt.date(2026, 1, 31), actor=CLERK)
    client = Client()
    client.force_login(make_user(Role.REGISTER_WORKER, name="olli"))
    page = client.get(row.get_absolute_url()).content.decode().replace("\u00a0", " ")
    assert "1.1.2026–31.1.2026" in page
    assert "100,00 €" in page
    assert f'<a href="{row.study_right.get_absolute_url()}">' in page
    assert f'<a href="{row.arrangement.get_absolute_url()}">' in page


def test_a_sum_that_changed_is_not_confirmed_past_who_saw_it() -> None:
    """100 € was reckoned, then half of April was suspended: told with both sums; reckoned again, the two stand side by side."""
    row = made.compensated()
    april = (dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    payment = actions.compute_payment(row, *april, actor=CLERK)
    actions.suspend(row, april[0], dt.date(2026, 4, 15), "Perhevapaa", actor=CLERK)
    with pytest.raises(OutOfOrder) as told:
        actions.confirm_payment(payment, actor=CLERK)
    assert str(told.value).replace("\u00a0", " ").startswith("Laskelma on 100,00 €, mutta tiedot ovat muuttuneet: nyt se olisi 50,00 €")
    again = actions.reckon_payment_again(payment, actor=CLERK)
    client = Client()
    client.force_login(make_user(Role.REGISTER_WORKER, name="olli"))
    beside = client.get(f"/rekisterit/{due.SLUG}/compensationpayment/{again.pk}/vertaa/?kanssa={payment.pk}").content.decode()
    assert "Keskeytyspäiviä" in beside
    assert actions.confirm_payment(again, actor=CLERK).amount == Decimal("50.00")
    payment.refresh_from_db()
    assert payment.voided_at is not None


def test_a_claim_is_reckoned_again_from_the_days_that_stand_on_the_contract_now() -> None:
    """A day that the employer pays after all is no longer among the unpaid ones."""
    row = made.confirmed()
    actions.add_training_days(row, MONDAY, MONDAY + 2 * DAY, actor=CLERK)
    claim = actions.claim_benefits(row, MONDAY, MONDAY + 6 * DAY, 1, 1, Decimal(5), actor=CLERK)
    void(row.training_days.all()[0], "työnantaja maksaa sittenkin", actor=CLERK)
    with pytest.raises(OutOfOrder, match="Laske uudelleen"):
        actions.decide_benefits(claim, actor=CLERK)
    again = actions.reckon_claim_again(claim, actor=CLERK)
    assert (claim.amount - again.amount, again.nights, again.minor_children) == (Decimal("32.00"), 1, 1)
    assert actions.decide_benefits(again, actor=CLERK).state == "confirmed"


def test_a_calculation_names_its_dated_rows_in_the_language_of_its_reader() -> None:
    row = made.confirmed()
    actions.add_training_days(row, MONDAY, MONDAY + 2 * DAY, actor=CLERK)
    claim = actions.claim_benefits(row, MONDAY, MONDAY + 6 * DAY, 1, actor=CLERK)
    client = Client()
    client.force_login(make_user(Role.REGISTER_WORKER, name="olli"))
    pages = {
        language: client.get(f"{prefix}{claim.get_absolute_url()}").content.decode() for language, prefix in (("fi", ""), ("en", "/en"))
    }
    assert "Päiväraha (€/päivä): 15: Asetus" in pages["fi"]
    assert "Per diem (€/day): 15: Asetus" in pages["en"]
    assert "Päiväraha" not in pages["en"]
