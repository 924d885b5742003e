"""Each refusal at the page of its verb: the values that were given, the limit, and the section or dated row behind a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kirjaamo.contract.actions import change, void
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.apprenticeships import actions, due
from kirjaamo.registers.education.apprenticeships.choices import DemonstrationResult, LearningPlace, TrainingForm
from kirjaamo.registers.education.apprenticeships.models import Apprenticeship, EndingNotice, TrainingRate
from kirjaamo.registers.education.apprenticeships.tests import made
from kirjaamo.registers.education.apprenticeships.tests.made import CLERK, FIRST, LAST
from kirjaamo.testing import make_user
from kirjaamo.values.personal_id import PersonalId

ACT = "Laki ammatillisesta koulutuksesta 531/2017 70 §"
LAW = "531/2017 70–77 §"
APRIL = (dt.date(2026, 4, 1), dt.date(2026, 4, 30))
FIFTH_OF_MAY = dt.date(2026, 5, 5)
YOUNG = PersonalId.parse("020711A9082")
Told = tuple[Any, dict[str, object]]
Case = tuple[str, Callable[[], Told], list[str]]


def days(first: str, last: str, **more: object) -> dict[str, object]:
    """The days of a form, with what else it asks."""
    return {"first": first, "last": last, **more}


def drafted(**facts: Any) -> Callable[[], Told]:
    """A contract that lacks something, to be confirmed."""
    return lambda: (made.draft(**facts), {})


def placed(**found: object) -> Told:
    """A contract at a workplace where something was not found, to be confirmed."""
    row = made.draft()
    place = row.arrangement.workplace
    change(place, found, version=place.version, actor=CLERK)
    return Apprenticeship.objects.get(pk=row.pk), {}


def without_instructor() -> Told:
    return made.draft(agreement=made.agreed(made.workplace(instructor=""))), {}


def studying(**found: object) -> Told:
    """A contract on a study right that will not do, to be confirmed."""
    row = made.draft()
    change(row.study_right, found, version=row.study_right.version, actor=CLERK)
    return Apprenticeship.objects.get(pk=row.pk), {}


def too_young() -> Told:
    study = actions.add_study_right(YOUNG, "Nuori", "Tutkinto", "Opisto", TrainingForm.QUALIFICATION, FIRST, LAST, actor=CLERK)
    return made.draft(study), {}


def agreement_ended() -> Told:
    row = made.draft()
    actions.end_arrangement(row.arrangement, FIFTH_OF_MAY, "Yritys lopettaa.", actor=CLERK)
    return Apprenticeship.objects.get(pk=row.pk), {}


def own_firm() -> Told:
    return made.confirmed(own_firm=True), {"monthly": "100", **days("1.1.2026", "31.1.2026"), "grounds_told": "–"}


def claimed() -> Told:
    row = made.confirmed()
    actions.add_training_days(row, dt.date(2026, 9, 7), dt.date(2026, 9, 8), actor=CLERK)
    return row, days("7.9.2026", "13.9.2026", nights="3", minor_children="0", kilometres="0", round_trip="0")


def shown(on: str) -> Callable[[], Told]:
    def prepare() -> Told:
        row = made.confirmed()
        part = actions.add_plan_part(row, "Asiakaspalvelu", LearningPlace.WORKPLACE, *APRIL, actor=CLERK)
        return part, {"on": on, "result": "passed"}

    return prepare


RULES: list[Case] = [
    ("confirm", too_young, ["vähintään 15 vuotta", "2.7.2026", "1.1.2026", f"({ACT})"]),
    ("confirm", drafted(weekly_hours=Decimal(24)), ["vähintään 25 tuntia", "sopimuksessa on 24", f"({ACT})"]),
    ("confirm", drafted(weekly_hours=Decimal(45)), ["enintään 40 tuntia", "sopimuksessa on 45", "(Työaikalaki 872/2019 5 §)"]),
    ("confirm", drafted(probation_last=dt.date(2026, 7, 1)), ["6 kuukautta", "1.1.2026", "30.6.2026", "1.7.2026", "55/2001 1 luku 4 §)"]),
    ("confirm", drafted(hoks_on=None), ["HOKS) puuttuu", "1.1.2026", f"({LAW})"]),
    ("confirm", drafted(pay_basis=""), ["Palkan peruste puuttuu", "(531/2017 70 §)"]),
    (
        "confirm",
        without_instructor,
        ["Mallilan leipomo", "työpaikkaohjaajaa", f"({LAW})"],
    ),
    ("confirm", lambda: placed(enough_work=False), ["Mallilan leipomo", "riittävästi", f"({LAW})"]),
    ("confirm", lambda: placed(tools=False), ["Mallilan leipomo", "työvälineitä", f"({LAW})"]),
    ("confirm", lambda: placed(qualified_staff=False), ["Mallilan leipomo", "henkilöstöä", f"({LAW})"]),
    ("confirm", lambda: studying(form="labour_market"), ["työvoimakoulutus", f"({LAW})"]),
    ("confirm", lambda: studying(withdrawn_on=FIFTH_OF_MAY), ["1.1.2026–31.12.2027", "1.1.2026–5.5.2026", f"({LAW})"]),
    ("confirm", agreement_ended, ["J-", "päättyi 5.5.2026", f"({LAW})"]),
    (
        "suspend",
        lambda: (made.confirmed(), days("20.12.2025", "2.1.2026", reason="Perhevapaa")),
        ["20.12.2025–2.1.2026", "1.1.2026–31.12.2027", f"({LAW})"],
    ),
    (
        "add_plan_part",
        lambda: (made.confirmed(), days("1.12.2027", "1.1.2028", unit="Työ", place="workplace")),
        ["1.12.2027–1.1.2028", "(531/2017 44–45 §)"],
    ),
    ("record_demonstration", shown("31.12.2025"), ["31.12.2025", "1.1.2026–31.12.2027", "(531/2017 52 §)"]),
    ("decide_compensation", own_firm, ["omassa yrityksessään", f"({LAW})"]),
    (
        "decide_compensation",
        lambda: (made.confirmed(), {"monthly": "100", **days("1.12.2025", "31.1.2026"), "grounds_told": "–"}),
        ["1.12.2025–31.1.2026", "1.1.2026–31.12.2027", "(673/2017 16–19 §)"],
    ),
    ("claim_benefits", claimed, ["Majoitusöitä on 3", "koulupäiviä vain 2", "(679/2017)"]),
    ("claim_benefits", lambda: (made.confirmed(), days("7.9.2026", "13.9.2026")), ["ei ole palkattomia koulupäiviä", "(679/2017)"]),
    ("end_contract", lambda: (made.confirmed(), {"cause": "mutual", "on": "1.1.2028"}), ["1.1.2028", "1.1.2026–31.12.2027", f"({LAW})"]),
    (
        "end_contract",
        lambda: (made.confirmed(probation_last=dt.date(2026, 3, 31)), {"cause": "probation", "on": "1.4.2026"}),
        ["1.4.2026", "31.3.2026", "(55/2001 1 luku 4 §)"],
    ),
    (
        "withdraw_study_right",
        lambda: (made.right(), {"on": "1.1.2028", "reason": "Erosi."}),
        ["1.1.2028", "1.1.2026–31.12.2027", f"({LAW})"],
    ),
    ("end_arrangement", lambda: (made.agreed(), {"on": "31.12.2025", "reason": "–"}), ["31.12.2025", "1.1.2026–31.12.2027", f"({LAW})"]),
]


def ended() -> Told:
    row = made.confirmed()
    actions.withdraw_study_right(row.study_right, FIFTH_OF_MAY, "Erosi.", actor=CLERK)
    return Apprenticeship.objects.get(pk=row.pk), {}


def paid() -> Apprenticeship:
    row = made.compensated()
    actions.confirm_payment(actions.compute_payment(row, *APRIL, actor=CLERK), actor=CLERK)
    return row


def passed() -> Told:
    part, _form = shown("30.4.2026")()
    actions.record_demonstration(part, APRIL[1], DemonstrationResult.PASSED, actor=CLERK)
    return part, {"on": "5.5.2026", "result": "again"}


def voided_payment() -> Told:
    payment = actions.compute_payment(made.compensated(), *APRIL, actor=CLERK)
    return void(payment, "väärä jakso", actor=CLERK), {}


def notice() -> Told:
    ended()
    return EndingNotice.objects.first(), {"sent_on": "1.1.2999"}


def rates() -> Told:
    made.rates()
    return None, {}


def two_rows() -> Told:
    made.rates()
    return None, days("1.8.2026", "", figure="per_diem", amount="16,00", source="uusi asetus", known="read")


def no_row() -> Told:
    row = made.draft()
    void(TrainingRate.objects.get(figure="hours"), "pois", actor=CLERK)
    return row, {}


OTHERS: list[Case] = [
    ("confirm", lambda: (made.confirmed(), {}), ["on jo vahvistettu", "O-"]),
    ("confirm", no_row, ["Mitoitustieto puuttuu", "Viikkotyöaika vähintään", "1.1.2026"]),
    ("suspend", lambda: (made.draft(), days("1.4.2026", "2.4.2026", reason="–")), ["valmisteilla", "Vahvista se ensin"]),
    ("suspend", lambda: (ended()[0], days("1.4.2026", "2.4.2026", reason="–")), ["päättyi 5.5.2026"]),
    ("suspend", lambda: (paid(), days("10.4.2026", "12.4.2026", reason="–")), ["1.4.2026–30.4.2026", "100,00", "Mitätöi se"]),
    ("add_training_days", lambda: (made.confirmed(), days("1.3.2026", "30.6.2026")), ["122 päivää", "enintään 60"]),
    ("add_training_days", lambda: (made.confirmed(), days("3.1.2026", "4.1.2026")), ["3.1.2026–4.1.2026", "1.1.2026–31.12.2027"]),
    ("add_training_days", lambda: (made.confirmed(), days("5.1.2026", "4.1.2026")), ["4.1.2026", "5.1.2026"]),
    ("withdraw_study_right", lambda: (ended()[0].study_right, {"on": "6.5.2026", "reason": "–"}), ["jo päättynyt 5.5.2026"]),
    ("end_arrangement", lambda: (ended()[0].arrangement, {"on": "6.5.2026", "reason": "–"}), ["J-", "jo päättynyt 5.5.2026"]),
    (
        "end_contract",
        lambda: (paid(), {"cause": "mutual", "on": "5.4.2026"}),
        ["5.4.2026", "1.4.2026–30.4.2026", "100,00", "Mitätöi se ensin"],
    ),
    ("agree_continuation", lambda: (ended()[0], {"continuation": "provider"}), ["päättynyt kesken"]),
    ("record_demonstration", passed, ["osoitettiin 30.4.2026"]),
    ("record_demonstration", shown("1.1.2999"), ["1.1.2999", "tulevaisuudessa"]),
    ("notify", notice, ["1.1.2999", "tulevaisuudessa"]),
    ("compute_month", lambda: (None, {"month": "1.1.2999", "months": "1"}), ["1/2999", "31.1.2999"]),
    ("compute_month", lambda: (None, {"month": "1.1.2020", "months": "1"}), ["1/2020", "ei ole laskettavaa"]),
    ("confirm_payment", lambda: (paid().payments.get(), {}), ["1.4.2026–30.4.2026", "100,00", "on jo vahvistettu"]),
    ("confirm_payment", voided_payment, ["väärä jakso", "Laske jakso uudelleen"]),
    ("load_rates", rates, ["jo ladattu (9 riviä)"]),
    ("add_rate", two_rows, ["Päätä se ensin", "Annettu: ", "Päiväraha", "1.8.2026"]),
    (
        "draft",
        lambda: (made.right(), days("1.1.2026", "31.12.2026", arrangement_number="J-9", weekly_hours="30", pay_basis="TES")),
        ["J-9", "J-000123"],
    ),
    (
        "draft",
        lambda: (
            made.right(),
            days("1.1.2026", "31.12.2026", arrangement_number=made.agreed().number, weekly_hours="169", pay_basis="TES"),
        ),
        ["168"],
    ),
]


def names(cases: list[Case]) -> list[str]:
    """A name for each case: its verb and what it says."""
    return [f"{verb}: {parts[0]}" for verb, _prepare, parts in cases]


def answered(verb: str, prepare: Callable[[], Told]) -> str:
    """The page on which a verb is refused."""
    row, form = prepare()
    client = Client()
    client.force_login(make_user(Role.REGISTER_WORKER, name="olli"))
    where = reverse("record-act", args=[due.SLUG, verb, row.pk]) if row is not None else reverse("register-act", args=[due.SLUG, verb])
    answer = client.post(where, {"csrfmiddlewaretoken": "-", **form})
    assert answer.status_code == 422, answer
    return answer.content.decode().replace("\u00a0", " ")


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "prepare", "parts"), RULES, ids=names(RULES))
def test_a_rule_that_refuses_tells_its_values_and_its_section(verb: str, prepare: Callable[[], Told], parts: list[str]) -> None:
    page = answered(verb, prepare)
    assert [part for part in parts if part not in page] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "prepare", "parts"), OTHERS, ids=names(OTHERS))
def test_what_is_not_ready_or_not_readable_says_in_which_state_it_is_and_what_was_given(
    verb: str, prepare: Callable[[], Told], parts: list[str]
) -> None:
    page = answered(verb, prepare)
    assert [part for part in parts if part not in page] == []


@pytest.mark.django_db
def test_several_rules_refuse_at_once_each_with_its_own_section() -> None:
    """24 hours and no plan: two sentences, two sections, each once; a program reads both."""
    row = made.draft(weekly_hours=Decimal(24), hoks_on=None)
    assert f"HOKS) puuttuu. Liitä se sopimukseen, joka alkaa 1.1.2026. ({LAW})" in answered("confirm", lambda: (row, {}))
    with pytest.raises(Refused) as told:
        actions.confirm(row, actor=CLERK)
    assert [told.value.told().count(section) for section in (f"({ACT})", f"({LAW})")] == [1, 1]
    assert told.value.section == f"{ACT}; {LAW}"
    assert not isinstance(told.value, BadInput | OutOfOrder)


@pytest.mark.django_db
def test_a_corrected_dated_row_is_the_source_that_the_refusal_names() -> None:
    """The limit and its source are the row's, not the program's."""
    row = made.draft(weekly_hours=Decimal(27))
    hours = TrainingRate.objects.get(figure="hours")
    change(hours, {"amount": Decimal(28), "source": "Laki 999/2030 7 §"}, version=hours.version, actor=CLERK)
    with pytest.raises(Refused, match="vähintään 28 tuntia; sopimuksessa on 27 tuntia") as told:
        actions.confirm(row, actor=CLERK)
    assert told.value.section == "Laki 999/2030 7 §"
