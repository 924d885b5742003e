"""Rules of premises: worked examples as tables, then what holds for every input."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.registers.education.premises.rules import allocation, fees, price_lines, terms, times, turns
from kirjaamo.registers.education.premises.rules.problems import Because, Problem, RuleError
from kirjaamo.registers.education.premises.rules.terms import Terms
from kirjaamo.registers.education.premises.rules.times import Closure, Slot
from kirjaamo.registers.education.premises.rules.turns import Frame, Hall, RankRow, Turn, TurnRequest
from kirjaamo.values.language import Text3
from kirjaamo.values.money import Money
from kirjaamo.values.period import Period
from kirjaamo.values.problems import ValueProblem

D = dt.date
T = dt.time
TUESDAY, SATURDAY, EPIPHANY = D(2026, 10, 6), D(2026, 10, 10), D(2026, 1, 6)
PRICES = price_lines.read_prices(
    "luokkahuone;yleinen;arki;valvottu;17,40\n"
    "luokkahuone;yleinen;viikonloppu;valvottu;26,30\n"
    "luokkahuone;yleinen;arki;omatoiminen;5,50\n"
    "luokkahuone;yleinen;viikonloppu;omatoiminen;8,30\n"
    "special;general;arki;valvottu;29,05\n"
    "special;general;viikonloppu;valvottu;43,85\n"
    "luokkahuone;aikuiskoulutus;arki;valvottu;11,20\n"
)
ROWS = [fees.PriceRow(str(i), cell, hourly, Period(D(2016, 8, 1), None), "Hinnasto 2016") for i, (cell, hourly) in enumerate(PRICES.prices)]
TAXES = [
    fees.TaxRow("24", Decimal("24.00"), Period(D(2013, 1, 1), D(2024, 9, 1)), "laki"),
    fees.TaxRow("25", Decimal("25.50"), Period(D(2024, 9, 1), None), "laki"),
]
TERMS = Terms("1", Period(D(2018, 1, 1), None), (T(17), T(21)), (T(9), T(21)), 14, 15, 15, 18, "HEL 2017-012070")


# Times --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "start", "end", "code"),
    [
        (TUESDAY, T(17), T(21), None),
        (TUESDAY, T(16, 45), T(18), "hours"),
        (TUESDAY, T(18), T(21, 15), "hours"),
        (SATURDAY, T(9), T(21), None),
        (SATURDAY, T(8), T(10), "hours"),
        (EPIPHANY, T(9), T(12), None),
        (TUESDAY, T(18), T(18), "order"),
        (TUESDAY, T(19), T(18), "order"),
        (TUESDAY, T(18, 5), T(19), "step"),
        (TUESDAY, T(18), T(19, 50), "step"),
    ],
)
def test_hours_of_use(day: D, start: T, end: T, code: str | None) -> None:
    problem = times.slot_problem(TERMS, Slot(day, start, end))
    assert (problem.code if problem else None) == code


def test_a_refusal_of_hours_names_the_rule_and_the_values() -> None:
    problem = times.slot_problem(TERMS, Slot(TUESDAY, T(16), T(18)))
    assert problem is not None
    for said in ("6.10.2026", "17.00–21.00", "16.00–18.00"):
        assert said in problem.sentence.fi
    assert problem.source == "HEL 2017-012070"


@pytest.mark.parametrize(("days", "refused"), [(14, False), (13, True), (0, True), (-3, True), (300, False)])
def test_a_booking_is_made_two_weeks_before(days: int, *, refused: bool) -> None:
    problem = times.notice_problem(TERMS, TUESDAY + dt.timedelta(days=days), TUESDAY)
    assert (problem is not None) is refused


@pytest.mark.parametrize(("days", "charged"), [(20, False), (14, False), (13, True), (5, True), (0, True), (-1, True)])
def test_a_late_cancellation_is_charged(days: int, *, charged: bool) -> None:
    told = times.cancellation(TERMS, TUESDAY, TUESDAY - dt.timedelta(days=days))
    assert (told.charged, told.days) == (charged, days)
    assert "HEL 2017-012070" in told.sentence.fi


def test_terms_that_are_not_known_are_not_guessed() -> None:
    with pytest.raises(RuleError) as refused:
        terms.terms_of([TERMS], D(2016, 1, 4))
    assert "4.1.2016" in refused.value.problem.sentence.fi
    assert refused.value.problem.because is Because.ORDER


def test_the_row_of_the_day_judges_it() -> None:
    later = Terms("2", Period(D(2027, 1, 1), None), (T(16), T(22)), (T(10), T(20)), 7, 30, 30, 21, "uusi päätös")
    rows = [Terms("1", Period(D(2018, 1, 1), D(2027, 1, 1)), *_rest(TERMS)), later]
    old, new = (terms.terms_of(rows, day) for day in (D(2026, 12, 29), D(2027, 1, 5)))
    assert times.slot_problem(old, Slot(D(2026, 12, 29), T(16), T(17))) is not None
    assert times.slot_problem(new, Slot(D(2027, 1, 5), T(16), T(17))) is None
    stepped = times.slot_problem(new, Slot(D(2027, 1, 5), T(16, 15), T(17)))
    assert stepped is not None
    assert ("30 minuutin" in stepped.sentence.fi, stepped.source) == (True, "uusi päätös")
    assert times.shift_of(new, [Slot(D(2027, 1, 5), T(16), T(17))]) == (T(15, 30), T(17, 30))
    assert times.cancellation(new, D(2027, 1, 12), D(2027, 1, 5)).charged is False


@pytest.mark.parametrize(
    ("on", "first"),
    [(D(2026, 10, 6), D(2026, 10, 20)), (D(2026, 12, 27), D(2027, 1, 3)), (D(2026, 12, 20), D(2027, 1, 1)), (D(2040, 1, 1), None)],
)
def test_the_first_day_that_can_be_asked_for_follows_the_terms_that_hold_then(on: D, first: D | None) -> None:
    later = Terms("2", Period(D(2027, 1, 1), D(2030, 1, 1)), TERMS.weekday, TERMS.weekend, 7, 15, 15, 18, "uusi päätös")
    assert terms.first_day([Terms("1", Period(D(2018, 1, 1), D(2027, 1, 1)), *_rest(TERMS)), later], on) == first


def _rest(row: Terms) -> tuple[Any, ...]:
    return row.weekday, row.weekend, row.notice_days, row.margin, row.step, row.least_age, row.source


def test_a_rule_cannot_refuse_without_its_source() -> None:
    with pytest.raises(ValueError, match="naming its source"):
        Problem("x", Text3("a", "b", "c"))


@pytest.mark.parametrize(("text", "clock"), [("18", T(18)), ("18.30", T(18, 30)), ("9:15", T(9, 15)), ("klo 20.00", T(20)), (" 0 ", T(0))])
def test_a_time_is_read_as_it_is_typed(text: str, clock: T) -> None:
    assert times.parse_clock(text) == clock


@pytest.mark.parametrize("text", ["", "25", "18.60", "18,30", "ilta", "1830"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(RuleError):
        times.parse_clock(text)


def test_a_season_skips_holidays_and_closures_with_their_names() -> None:
    season = Period.through(D(2026, 12, 1), D(2027, 1, 12))
    days = times.occurrences(2, season, [Closure(Period.through(D(2026, 12, 20), D(2027, 1, 3)), "koulun joululoma")])
    assert [one.day for one in days if one.skipped is None] == [D(2026, 12, 2), D(2026, 12, 9), D(2026, 12, 16)]
    assert {one.day: one.skipped.fi for one in days if one.skipped} == {
        D(2026, 12, 23): "Ei käytössä: koulun joululoma",
        D(2026, 12, 30): "Ei käytössä: koulun joululoma",
        D(2027, 1, 6): "Ei käytössä: loppiainen",
    }


# Fees ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "start", "end", "kind", "group", "alone", "total"),
    [
        (TUESDAY, T(18), T(20), "classroom", "general", False, "34.80"),
        (TUESDAY, T(18), T(20), "classroom", "education", False, "22.40"),
        (TUESDAY, T(18), T(19, 15), "classroom", "general", False, "21.75"),
        (TUESDAY, T(18), T(20), "classroom", "general", True, "11.00"),
        (SATURDAY, T(9), T(10, 30), "classroom", "general", False, "39.45"),
        (SATURDAY, T(9), T(10, 45), "classroom", "general", True, "14.53"),  # 14.525: half a cent up
        (TUESDAY, T(17), T(21), "special", "general", False, "116.20"),
        (SATURDAY, T(9), T(21), "special", "general", False, "526.20"),
        (EPIPHANY, T(18), T(20), "classroom", "general", False, "52.60"),
    ],
)
def test_fees_by_the_list_of_2016(day: D, start: T, end: T, kind: str, group: str, alone: bool, total: str) -> None:
    worked = fees.fee(Slot(day, start, end), kind, group, self_supervised=alone, rows=ROWS, taxes=TAXES)
    assert worked.step("net").value == Money(total)
    assert worked.result == Money(total) + fees.tax_on(Money(total), fees.tax_of(TAXES, day).percent)
    assert worked.step("hourly").rows[0].source == "Hinnasto 2016"


def test_a_season_of_fifteen_tuesdays() -> None:
    days = times.occurrences(1, Period.through(D(2026, 9, 1), D(2026, 12, 8)), [])
    assert len(days) == 15
    worked = fees.season_fee(days, T(18), T(20), "classroom", "general", self_supervised=False, rows=ROWS, taxes=TAXES)
    assert (worked.step("net").value, worked.result) == (Money("522.00"), Money("655.11"))
    closed = times.occurrences(
        1, Period.through(D(2026, 9, 1), D(2026, 12, 8)), [Closure(Period.through(D(2026, 10, 13), D(2026, 10, 13)), "syysloma")]
    )
    shorter = fees.season_fee(closed, T(18), T(20), "classroom", "general", self_supervised=False, rows=ROWS, taxes=TAXES)
    assert (shorter.step("net").value, shorter.result) == (Money("487.20"), Money("611.44"))
    assert shorter.step("2026-10-13").value == Money(0)
    assert "syysloma" in shorter.step("2026-10-13").label.fi


def test_what_the_list_does_not_price_is_refused_by_name() -> None:
    with pytest.raises(RuleError) as refused:
        fees.fee(Slot(SATURDAY, T(9), T(10)), "classroom", "education", self_supervised=False, rows=ROWS, taxes=TAXES)
    assert "luokkahuone, aikuiskoulutus, viikonloppu, valvottu, 10.10.2026" in refused.value.problem.sentence.fi


def test_the_row_in_force_on_the_day_of_use_prices_it() -> None:
    cell = ROWS[0].cell
    old = fees.PriceRow("old", cell, Money("10"), Period(D(2020, 1, 1), D(2026, 10, 6)), "vanha")
    new = fees.PriceRow("new", cell, Money("20"), Period(D(2026, 10, 6), None), "uusi")
    assert fees.price_of([old, new], cell, D(2026, 10, 5)).id == "old"
    assert fees.price_of([old, new], cell, D(2026, 10, 6)).id == "new"


def test_every_bad_line_of_a_list_is_named_and_none_is_guessed() -> None:
    lines = [
        "luokkahuone;yleinen;arki;valvottu;17,40",
        "kellari;yleinen;arki;valvottu;1",
        "",
        "# huom",
        "luokkahuone;yleinen;arki",
        "hall;general;arki;valvottu;ilmainen",
        "hall;general;arki;valvottu;-1",
        "classroom;general;arki;valvottu;2",
    ]
    read = price_lines.read_prices("\n".join(lines))
    assert len(read.prices) == 1
    assert [problem.fi.split(":")[0] for problem in read.problems] == ["Rivi 2", "Rivi 5", "Rivi 6", "Rivi 7", "Rivi 8"]
    assert "kellari" in read.problems[0].fi


def test_a_negative_price_is_no_price() -> None:
    with pytest.raises(ValueProblem):
        fees.PriceRow("x", ROWS[0].cell, Money("-0.01"), Period(), "")


cents = st.integers(0, 20_000)
minutes = st.integers(0, 24 * 60)


@given(cents, minutes, minutes)
def test_a_fee_is_never_negative_and_grows_with_time(hourly: int, one: int, other: int) -> None:
    price = Money.of_cents(hourly)
    less, more = sorted((one, other))
    assert Money(0) <= fees.amount(price, less) <= fees.amount(price, more)
    assert abs(fees.amount(price, more).amount - price.amount * more / 60) <= Decimal("0.005")


@given(st.sampled_from(ROWS), st.integers(0, 15), st.integers(1, 15))
def test_the_steps_of_a_fee_lead_to_its_result(row: fees.PriceRow, first: int, length: int) -> None:
    start = 17 * 60 + first * 15
    end = min(start + length * 15, 21 * 60)
    if end <= start:
        return
    day = SATURDAY if row.cell.weekend else TUESDAY
    slot = Slot(day, T(start // 60, start % 60), T(end // 60, end % 60))
    worked = fees.fee(slot, row.cell.kind, row.cell.group, self_supervised=row.cell.self_supervised, rows=ROWS, taxes=TAXES)
    hourly = worked.step("hourly").value
    assert isinstance(hourly, Money)
    net = fees.amount(hourly, slot.minutes)
    assert worked.step("net").value == net
    assert worked.result == net + fees.tax_on(net, TAXES[-1].percent)
    assert type(worked).from_data(worked.as_data()) == worked


AUGUST, SEPTEMBER = D(2024, 8, 31), D(2024, 9, 1)


def used(*told: tuple[str, D]) -> list[fees.Use]:
    return [fees.Use(str(number), Text3("käyttö", "användning", "use"), Money(fee), day) for number, (fee, day) in enumerate(told)]


@pytest.mark.parametrize(
    ("uses", "net", "tax", "payable"),
    [
        ([("34.80", SEPTEMBER)] * 13, "452.40", "115.36", "567.76"),
        ([("34.80", SEPTEMBER)], "34.80", "8.87", "43.67"),
        ([("10.00", AUGUST), ("10.00", SEPTEMBER)], "20.00", "4.95", "24.95"),
        ([("0", SEPTEMBER)], "0.00", "0.00", "0.00"),
        ([("0.01", SEPTEMBER)] * 2, "0.02", "0.01", "0.03"),
    ],
)
def test_a_bill_adds_the_tax_of_the_day_of_use(uses: list[tuple[str, D]], net: str, tax: str, payable: str) -> None:
    worked = fees.month_total(SEPTEMBER, used(*uses), TAXES)
    assert (worked.step("net").value, worked.result) == (Money(net), Money(payable))
    parts = [step.value for step in worked.steps if step.key.startswith("tax-")]
    assert sum((one for one in parts if isinstance(one, Money)), Money(0)) == Money(tax)


def test_a_day_without_a_rate_is_refused_by_name() -> None:
    with pytest.raises(RuleError) as refused:
        fees.month_total(D(2012, 1, 1), used(("1", D(2012, 1, 5))), TAXES)
    assert "5.1.2012" in refused.value.problem.sentence.fi


@given(st.lists(st.integers(0, 50_000), min_size=1, max_size=20), st.integers(0, 10_000))
def test_what_is_paid_is_the_fees_and_their_tax_to_the_cent(fees_: list[int], rate: int) -> None:
    row = fees.TaxRow("x", Decimal(rate) / 100, Period(), "laki")
    told = [fees.Use(str(n), Text3("k", "a", "u"), Money.of_cents(sum_), SEPTEMBER) for n, sum_ in enumerate(fees_)]
    worked = fees.month_total(SEPTEMBER, told, [row])
    net, payable = Money.of_cents(sum(fees_)), worked.result
    assert isinstance(payable, Money)
    assert worked.step("net").value == net
    assert abs((payable - net).amount - net.amount * rate / 10_000) <= Decimal("0.005")
    assert type(worked).from_data(worked.as_data()) == worked


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(1, 5)), min_size=1, max_size=12))
def test_a_shift_covers_every_use_with_its_margin(told: list[tuple[int, int]]) -> None:
    slots = [
        Slot(
            TUESDAY,
            T((17 * 60 + first * 15) // 60, first * 15 % 60),
            T((17 * 60 + (first + length) * 15) // 60, (first + length) * 15 % 60),
        )
        for first, length in told
    ]
    opens, closes = times.shift_of(TERMS, slots)
    for slot in slots:
        assert times.minutes_of(opens) <= times.minutes_of(slot.start) - 15
        assert times.minutes_of(closes) >= times.minutes_of(slot.end) + 15


# Allocation ---------------------------------------------------------------------------------------------------------------

RANKS = RankRow("r1", ("youth", "special", "education", "association", "other"), Period(D(2026, 1, 1), None), "esimerkkipäätös")
HALLS = [Hall("A", "A-luokka", 30), Hall("B", "B-luokka", 20), Hall("C", "sali", 100)]
HOURS = Frame(RANKS, TERMS)
EARLY = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


def asked(
    key: int, *wishes: Turn, customer: int = 0, activity: str = "association", people: int = 10, later: int = 0, held: tuple[Turn, ...] = ()
) -> TurnRequest:
    return TurnRequest(key, customer or key, activity, people, EARLY + dt.timedelta(hours=later), wishes, held)


TUE = Turn("A", 1, T(18), T(20))
WED = Turn("A", 2, T(18), T(20))


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (asked(1, TUE, activity="youth", later=5), asked(2, TUE), "rank"),
        (asked(1, TUE), asked(2, TUE, later=1), "arrived"),
        (asked(1, TUE), asked(2, TUE), "number"),
        (asked(1, TUE, held=(TUE,), later=9), asked(2, TUE), "continuing"),
        (asked(1, TUE), asked(2, Turn("B", 1, T(19), T(21)), people=25), "too_small"),
        (asked(1, TUE), asked(2, Turn("A", 1, T(16), T(18))), "hours"),
        (asked(1, TUE), asked(2, Turn("A", 2, T(18, 10), T(19))), "hours"),
        (asked(1, TUE), asked(2, Turn("X", 1, T(18), T(19))), "not_let"),
        (asked(1, TUE, customer=7), asked(2, Turn("A", 1, T(19), T(21)), customer=7), "own_turn"),
    ],
)
def test_every_loss_has_its_reason(first: TurnRequest, second: TurnRequest, code: str) -> None:
    done = allocation.allocate([second, first], HALLS, HOURS)
    assert done.granted(1) is not None
    lost = done.outcomes[2][0]
    assert (lost.granted, lost.code) == (False, code)
    assert lost.sentence.fi
    assert lost.sentence.sv
    assert lost.sentence.en


def test_a_loss_names_the_values_that_were_compared() -> None:
    """When both came (local time), how long the steps are, which decision says so."""
    done = allocation.allocate([asked(1, TUE), asked(2, TUE, later=1)], HALLS, HOURS)
    assert "1.3.2026 11.00; sinun 1.3.2026 12.00" in done.outcomes[2][0].sentence.fi
    stepped = allocation.allocate([asked(1, Turn("A", 2, T(18, 10), T(19)))], HALLS, HOURS).outcomes[1][0].sentence
    for said in ("17.00–21.00", "15 minuutin", "18.10–19.00", "HEL 2017-012070"):
        assert said in stepped.fi


def test_who_has_less_goes_before_who_has_more() -> None:
    first, second, other = asked(1, WED, customer=7), asked(2, TUE, customer=7, later=1), asked(3, TUE, later=9)
    done = allocation.allocate([first, second, other], HALLS, HOURS)
    assert done.granted(3) is not None
    assert done.outcomes[2][0].code == "fewer_minutes"
    assert "0 h 00 min" in done.outcomes[2][0].sentence.fi
    assert "2 h 00 min" in done.outcomes[2][0].sentence.fi


def test_a_turn_of_a_standing_agreement_is_not_given_again() -> None:
    frame = Frame(RANKS, TERMS, (TUE,))
    assert allocation.allocate([asked(1, TUE, WED)], HALLS, frame).outcomes[1][0].code == "agreed"


def test_a_reason_of_rank_names_both_ranks_and_the_decision() -> None:
    done = allocation.allocate([asked(1, TUE, activity="other"), asked(2, TUE, activity="youth")], HALLS, HOURS)
    sentence = done.outcomes[1][0].sentence.fi
    for said in ("sija 1", "sija 5", "lasten ja nuorten toiminta", "esimerkkipäätös"):
        assert said in sentence


def test_without_an_order_in_force_nothing_is_allocated() -> None:
    assert turns.ranks_on([RANKS], D(2026, 5, 1)) is RANKS
    with pytest.raises(RuleError):
        turns.ranks_on([RANKS], D(2025, 12, 31))


quarters = st.integers(66, 83)
some_turns = st.builds(
    lambda room, weekday, start, length: Turn(
        room, weekday, T(start // 4, start % 4 * 15), T(min(start + length, 84) // 4, min(start + length, 84) % 4 * 15)
    ),
    st.sampled_from("ABCX"),
    st.integers(0, 1),
    quarters,
    st.integers(1, 8),
)
requests = st.lists(
    st.tuples(
        st.integers(1, 5),
        st.sampled_from(sorted(turns.ACTIVITIES)),
        st.integers(1, 40),
        st.integers(0, 3),
        st.lists(some_turns, min_size=1, max_size=3),
        st.lists(some_turns, max_size=1),
    ),
    max_size=14,
).map(
    lambda rows: [
        TurnRequest(i, c, a, n, EARLY + dt.timedelta(hours=h), tuple(w), tuple(held)) for i, (c, a, n, h, w, held) in enumerate(rows)
    ]
)


@settings(max_examples=150, deadline=None)
@given(requests, st.randoms(use_true_random=False))
def test_the_order_of_reading_changes_nothing(rows: list[TurnRequest], chance: random.Random) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)
    assert allocation.allocate(rows, HALLS, HOURS) == allocation.allocate(mixed, HALLS, HOURS)


@settings(max_examples=150, deadline=None)
@given(requests)
def test_turns_never_meet_and_each_wish_has_one_explained_outcome(rows: list[TurnRequest]) -> None:
    done = allocation.allocate(rows, HALLS, HOURS)
    by_key = {row.key: row for row in rows}
    won = [(one, by_key[key].wishes[one.index]) for key in by_key if (one := done.granted(key))]
    for i, (_, turn) in enumerate(won):
        assert not any(turn.meets(other) for _, other in won[i + 1 :])
    for key, outcomes in done.outcomes.items():
        assert [one.index for one in outcomes] == list(range(len(by_key[key].wishes)))
        assert sum(one.granted for one in outcomes) <= 1
        for one in outcomes:
            assert one.granted == (one.code == "granted")
            assert one.sentence.fi


@settings(max_examples=150, deadline=None)
@given(requests)
def test_a_loss_to_another_names_who_holds_the_turn_and_was_not_behind(rows: list[TurnRequest]) -> None:
    done = allocation.allocate(rows, HALLS, HOURS)
    by_key = {row.key: row for row in rows}
    for key, outcomes in done.outcomes.items():
        for one in outcomes:
            if one.winner is None:
                continue
            held = done.granted(one.winner)
            assert held is not None
            assert by_key[one.winner].wishes[held.index].meets(by_key[key].wishes[one.index])
            assert (
                RANKS.rank(by_key[one.winner].activity) <= RANKS.rank(by_key[key].activity)
                or by_key[one.winner].customer == by_key[key].customer
            )
            if one.code == "rank":
                assert RANKS.rank(by_key[one.winner].activity) < RANKS.rank(by_key[key].activity)


@settings(max_examples=100, deadline=None)
@given(requests)
def test_an_application_that_got_nothing_changes_no_one_elses_turn(rows: list[TurnRequest]) -> None:
    done = allocation.allocate(rows, HALLS, HOURS)
    losers = [row for row in rows if done.granted(row.key) is None]
    for loser in losers[:2]:
        without = allocation.allocate([row for row in rows if row is not loser], HALLS, HOURS)
        assert all(without.granted(row.key) == done.granted(row.key) for row in rows if row is not loser)
