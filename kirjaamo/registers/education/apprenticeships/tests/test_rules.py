"""The rules: the worked examples as tables, then what holds of any values."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.registers.education.apprenticeships.rules.benefits import Claim, benefits
from kirjaamo.registers.education.apprenticeships.rules.compensation import Granted, Trained, accrued
from kirjaamo.registers.education.apprenticeships.rules.ending import Cause, Part, Receiver, Standing, cascade
from kirjaamo.registers.education.apprenticeships.rules.preconditions import Draft, Place, problems
from kirjaamo.registers.education.apprenticeships.rules.problems import RuleError
from kirjaamo.registers.education.apprenticeships.rules.rates import Figure, RateRow, Rates
from kirjaamo.values.money import Money
from kirjaamo.values.period import Period

ALWAYS = Period(dt.date(2018, 1, 1), None)
AMOUNTS = {
    Figure.AGE: "15",
    Figure.HOURS: "25",
    Figure.PROBATION: "6",
    Figure.PER_DIEM: "15.00",
    Figure.FAMILY: "17.00",
    Figure.LODGING: "8.00",
    Figure.DISTANCE: "10",
}
YOUNG = RateRow(
    "u20", Figure.UNDER_TWENTY, Decimal(120), Period.through(dt.date(2022, 1, 1), dt.date(2025, 12, 31)), "1150/2021", sure=False
)
RATES = Rates.of([*(RateRow(figure.value, figure, Decimal(amount), ALWAYS, "laki") for figure, amount in AMOUNTS.items()), YOUNG])
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
GOOD = Draft(
    born=dt.date(2005, 5, 5),
    valid=Period.through(FIRST, LAST),
    weekly_hours=Decimal("37.5"),
    pay_basis="TES",
    form="qualification",
    study_right=Period.through(FIRST, LAST),
    arrangement=Period.through(FIRST, LAST),
    place=Place(enough_work=True, tools=True, qualified_staff=True, instructor="Oili Ohjaaja"),
    hoks_on=FIRST,
    probation_last=dt.date(2026, 6, 30),
)
DAYS = [dt.date(2026, 9, 7), dt.date(2026, 9, 8), dt.date(2026, 9, 9)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"born": dt.date(2011, 1, 2)}, "too_young"),
        ({"born": dt.date(2011, 1, 1)}, ""),
        ({"born": None}, "no_birth_date"),
        ({"weekly_hours": Decimal(24)}, "too_few_hours"),
        ({"weekly_hours": Decimal("24.99")}, "too_few_hours"),
        ({"weekly_hours": Decimal(25)}, ""),
        ({"form": "preparatory"}, "excluded_training"),
        ({"form": "labour_market"}, "excluded_training"),
        ({"form": "part"}, ""),
        ({"arrangement": None}, "no_arrangement"),
        ({"arrangement": Period.through(FIRST, dt.date(2026, 12, 30))}, "outside_arrangement"),
        ({"study_right": Period.through(dt.date(2026, 1, 2), None)}, "outside_study_right"),
        ({"study_right": Period(None, None)}, ""),
        ({"hoks_on": None}, "no_hoks"),
        ({"pay_basis": " "}, "no_pay_basis"),
        ({"place": replace(GOOD.place, instructor="")}, "no_instructor"),
        ({"place": replace(GOOD.place, tools=False)}, "no_tools"),
        ({"place": replace(GOOD.place, enough_work=False)}, "no_enough_work"),
        ({"place": replace(GOOD.place, qualified_staff=False)}, "no_qualified_staff"),
        ({"probation_last": dt.date(2026, 7, 1)}, "probation_too_long"),
        ({"probation_last": None}, ""),
        ({"valid": Period.through(FIRST, dt.date(2026, 6, 30)), "probation_last": dt.date(2026, 4, 1)}, "probation_over_half"),
        ({"valid": Period.through(FIRST, dt.date(2026, 6, 30)), "probation_last": dt.date(2026, 3, 31)}, ""),
        ({}, ""),
    ],
)
def test_each_precondition_alone_refuses_with_its_section(change: dict[str, object], code: str) -> None:
    """A good contract with one thing changed: that rule and no other, its sentence in three languages."""
    found = problems(replace(GOOD, **change), RATES)  # type: ignore[arg-type]
    assert [one.code for one in found] == ([code] if code else [])
    for one in found:
        assert one.section
        assert len({one.sentence.fi, one.sentence.sv, one.sentence.en}) == 3
        assert "{" not in f"{one.sentence.fi}{one.sentence.sv}{one.sentence.en}"


def test_a_refusal_names_its_values() -> None:
    """24.5 hours a week: both figures, and the source of the dated row that says 25."""
    (found,) = problems(replace(GOOD, weekly_hours=Decimal("24.5")), RATES)
    assert "vähintään 25 tuntia" in found.sentence.fi
    assert "24,5 tuntia" in found.sentence.fi
    assert "24.5" in found.sentence.en
    assert found.section == "laki"


def test_everything_that_is_missing_is_said_at_once() -> None:
    """Nobody mends one thing to learn of the next."""
    bad = replace(GOOD, born=dt.date(2015, 1, 1), weekly_hours=Decimal(10), hoks_on=None, place=Place(False, False, False, ""))  # noqa: FBT003
    assert [one.code for one in problems(bad, RATES)] == [
        "too_young", "too_few_hours", "no_hoks", "no_enough_work", "no_tools", "no_qualified_staff", "no_instructor",
    ]  # fmt: skip


def test_without_the_dated_row_nothing_is_judged() -> None:
    """The missing row is named, not guessed."""
    with pytest.raises(RuleError) as told:
        problems(GOOD, Rates(()))
    assert "Mitoitustieto puuttuu" in told.value.problem.sentence.fi


@pytest.mark.parametrize(
    ("claim", "benefit", "trips"),
    [
        (Claim(DAYS, 1, 2, Decimal(62), Money(0)), "112.00", 1),
        (Claim(DAYS, 1, 2, Decimal(62), Money("24.80")), "136.80", 1),
        (Claim(DAYS, 3, 2, Decimal(62), Money(0)), "112.00", 1),
        (Claim(DAYS, 0, 0, Decimal(10), Money(9)), "45.00", 0),
        (Claim(DAYS, 0, 0, Decimal("10.01"), Money(9)), "54.00", 1),
        (Claim(DAYS, 0, 2, Decimal(40), Money(9), daily_travel=True), "72.00", 3),
        (Claim([*DAYS, dt.date(2026, 9, 14)], 0, 0, Decimal(40), Money(9)), "78.00", 2),
    ],
)
def test_benefits(claim: Claim, benefit: str, trips: int) -> None:
    """Three unpaid days, a minor child, two nights, 62 km: 3×15 + 3×17 + 2×8 = 112 € and one round trip."""
    told = benefits(claim, RATES)
    assert told.result == Money(benefit)
    assert told.step("trips").value == trips
    assert told.step("per_diem").formula.startswith(f"{len(claim.days)} × 15,00")
    assert [row.id for row in told.step("per_diem").rows] == ["per_diem"]


def test_a_new_rate_in_the_middle_of_a_claim_is_counted_by_day() -> None:
    """Each day by the row of its day; both rows stand in the calculation."""
    old = RateRow("old", Figure.PER_DIEM, Decimal(15), Period(None, DAYS[2]), "a")
    new = RateRow("new", Figure.PER_DIEM, Decimal(20), Period(DAYS[2], None), "b")
    rest = [row for row in RATES.rows if row.figure is not Figure.PER_DIEM]
    told = benefits(Claim(DAYS), Rates.of([old, new, *rest]))
    assert told.result == Money(50)
    assert [row.id for row in told.step("per_diem").rows] == ["old", "new"]


@pytest.mark.parametrize(("claim", "code"), [(Claim([]), "no_unpaid_days"), (Claim(DAYS, nights=4), "too_many_nights")])
def test_what_no_benefit_is_granted_for(claim: Claim, code: str) -> None:
    """No unpaid day, or more nights than days."""
    with pytest.raises(RuleError) as told:
        benefits(claim, RATES)
    assert told.value.problem.code == code


def trained(**change: object) -> Trained:
    """A contract of the year 2026 with 100 € a month."""
    base = Trained(Period.through(FIRST, LAST), (), (Granted("1", Money(100), Period.through(FIRST, LAST)),), dt.date(2000, 1, 1))
    return replace(base, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("of", "first", "last", "amount"),
    [
        (trained(), dt.date(2026, 1, 1), dt.date(2026, 1, 31), "100.00"),
        (trained(), dt.date(2026, 2, 1), dt.date(2026, 2, 14), "50.00"),
        (trained(), dt.date(2026, 1, 31), dt.date(2026, 2, 1), "6.80"),
        (trained(), dt.date(2025, 12, 1), dt.date(2026, 1, 31), "100.00"),
        (
            trained(suspended=(Period.through(dt.date(2026, 4, 1), dt.date(2026, 4, 15)),)),
            dt.date(2026, 4, 1),
            dt.date(2026, 4, 30),
            "50.00",
        ),
        (trained(valid=Period.through(FIRST, dt.date(2026, 5, 5))), dt.date(2026, 5, 1), dt.date(2026, 5, 31), "16.13"),
        (trained(decisions=()), dt.date(2026, 1, 1), dt.date(2026, 1, 31), "0.00"),
    ],
)
def test_compensation_accrues_by_day(of: Trained, first: dt.date, last: dt.date, amount: str) -> None:
    """Days in force over the days of the month, halves of a cent up each month; suspended and undecided days nothing."""
    assert accrued(of, Period.through(first, last), RATES).result == Money(amount)


def test_the_addition_for_the_young_ends_on_the_birthday_and_with_its_row() -> None:
    """120 € a month of 2022–2025 until the student turns 20; the row says that it is not sure."""
    days = Period.through(dt.date(2025, 11, 1), dt.date(2026, 1, 31))
    young = trained(valid=days, decisions=(Granted("1", Money(100), days),), born=dt.date(2005, 11, 16), without_degree=True)
    told = accrued(young, days, RATES)
    assert told.step("month_2025_11").value == Money(160)
    assert told.step("month_2025_12").value == Money(100)
    assert "muistinvarainen" in next(row.source for row in told.step("month_2025_11").rows if row.id == "u20")
    assert accrued(replace(young, without_degree=False), days, RATES).result == Money(300)


def test_an_entrepreneur_gets_no_compensation() -> None:
    """In their own firm nothing accrues, and the rule is named."""
    with pytest.raises(RuleError) as told:
        accrued(trained(own_firm=True), Period.through(FIRST, LAST), RATES)
    assert told.value.problem.section


@pytest.mark.parametrize(
    ("cause", "parts"),
    [
        (Cause.STUDY_RIGHT, {Part.STUDY_RIGHT, Part.ARRANGEMENT, Part.CONTRACT, Part.COMPENSATION}),
        (Cause.ARRANGEMENT, {Part.ARRANGEMENT, Part.CONTRACT, Part.COMPENSATION}),
        (Cause.MUTUAL, {Part.ARRANGEMENT, Part.CONTRACT, Part.COMPENSATION}),
        (Cause.COMPLETED, {Part.ARRANGEMENT, Part.CONTRACT, Part.COMPENSATION}),
    ],
)
def test_what_ends_with_what(cause: Cause, parts: set[Part]) -> None:
    """All on one day; a minor's guardian is told as well."""
    day = dt.date(2026, 5, 5)
    told = cascade(cause, day, Standing(Period.through(FIRST, LAST)))
    assert (told.on, set(told.parts)) == (day, parts)
    assert Receiver.GUARDIAN not in told.told
    assert Receiver.GUARDIAN in cascade(cause, day, Standing(Period.through(FIRST, LAST), minor=True)).told


@pytest.mark.parametrize(
    ("day", "probation", "code"),
    [
        (dt.date(2026, 5, 5), dt.date(2026, 5, 5), ""),
        (dt.date(2026, 5, 6), dt.date(2026, 5, 5), "after_probation"),
        (dt.date(2026, 5, 6), None, "after_probation"),
        (dt.date(2027, 1, 1), dt.date(2026, 5, 5), "not_in_force"),
    ],
)
def test_ending_on_probation(day: dt.date, probation: dt.date | None, code: str) -> None:
    """To the last day of probation, never after it."""
    standing = Standing(Period.through(FIRST, LAST), probation)
    if not code:
        assert cascade(Cause.PROBATION, day, standing).law == "55/2001 1 luku 4 §"
        return
    with pytest.raises(RuleError) as told:
        cascade(Cause.PROBATION, day, standing)
    assert told.value.problem.code == code


# What holds of any values -------------------------------------------------------------------------------------------------

days = st.integers(0, 364).map(lambda number: FIRST + dt.timedelta(days=number))
spans = st.tuples(days, days).map(lambda pair: Period.through(min(pair), max(pair)))
monthly = st.integers(0, 200_000).map(Money.of_cents)


@given(spans, monthly, st.lists(spans, max_size=3))
def test_suspensions_never_add_and_accrual_is_bounded(span: Period, euros: Money, suspended: list[Period]) -> None:
    """Between nothing and the whole of each month; suspending only takes away; the total is the sum of its months."""
    of = trained(decisions=(Granted("1", euros, Period.through(FIRST, LAST)),))
    whole, less = accrued(of, span, RATES), accrued(replace(of, suspended=suspended), span, RATES)
    months = [step.value for step in whole.steps if step.key.startswith("month_")]
    assert Money(0) <= less.result <= whole.result <= Money(euros.amount * len(months))  # type: ignore[operator]
    assert sum((one.amount for one in months), Decimal(0)) == whole.result.amount  # type: ignore[union-attr]


@given(monthly, st.lists(spans, max_size=3))
def test_whole_months_one_by_one_are_the_year(euros: Money, suspended: list[Period]) -> None:
    """A year at once and month by month come to the same cents, because each month is rounded alone."""
    of = trained(decisions=(Granted("1", euros, Period.through(FIRST, LAST)),), suspended=suspended)
    months = [Period(dt.date(2026, month, 1), dt.date(2026 + month // 12, month % 12 + 1, 1)) for month in range(1, 13)]
    parts = sum((accrued(of, month, RATES).result.amount for month in months), Decimal(0))  # type: ignore[union-attr]
    assert accrued(of, Period.through(FIRST, LAST), RATES).result == Money(parts)


@given(st.lists(days, min_size=1, max_size=12, unique=True), st.integers(0, 5), st.integers(0, 12), st.integers(0, 200), st.booleans())
def test_benefits_are_the_sum_of_their_parts(listed: list[dt.date], children: int, nights: int, kilometres: int, daily: bool) -> None:
    """Per diem for each day, family at most once a day, no lodging beside daily travel, no more trips than days."""
    claim = Claim(listed, children, min(nights, len(listed)), Decimal(kilometres), Money(7), daily_travel=daily)
    told = benefits(claim, RATES)
    total = Money(0)
    for key in ("per_diem", "family", "lodging", "travel"):
        total += told.step(key).value  # type: ignore[operator]
    assert total == told.result
    assert told.step("per_diem").value == Money(15 * len(listed))
    assert told.step("family").value in {Money(0), Money(17 * len(listed))}
    assert told.step("trips").value <= len(listed)  # type: ignore[operator]
    assert not daily or told.step("lodging").value == Money(0)
    assert type(told).from_data(told.as_data()) == told


@given(st.sampled_from(Cause), days, spans, st.one_of(st.none(), days), st.booleans())
def test_a_cascade_is_of_one_day_or_refused(cause: Cause, day: dt.date, span: Period, probation: dt.date | None, minor: bool) -> None:
    """Whatever ends, the contract and its compensation end with it on a day on which it was in force."""
    standing = Standing(span, probation, minor=minor)
    if day not in span or (cause is Cause.PROBATION and (probation is None or day > probation)):
        with pytest.raises(RuleError) as refused:
            cascade(cause, day, standing)
        assert refused.value.problem.section
        return
    told = cascade(cause, day, standing)
    assert told.on == day
    assert {Part.CONTRACT, Part.ARRANGEMENT, Part.COMPENSATION} <= set(told.parts)
