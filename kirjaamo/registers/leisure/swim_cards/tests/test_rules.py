"""Worked examples and properties of the rules: who gets a card, for how long, with how many assistants and at what price."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.registers.leisure.swim_cards import rules
from kirjaamo.values.language import Text3
from kirjaamo.values.money import Money
from kirjaamo.values.period import Period

DAY = dt.date(2026, 5, 5)
FOUR = frozenset({"parking_badge", "transport_card", "visual_card", "eu_card"})
TERMS = rules.CardTerms("1", Period(dt.date(2024, 3, 1)), FOUR, 1, 2, Text3("Päätös", "Beslut", "Decision"))
ELSEWHERE = replace(TERMS, key="2", proofs=frozenset({"other"}), most_assistants=1)
PRICE = rules.CardPrice("1", Period(dt.date(2019, 9, 1)), Decimal("56.00"), Decimal("4.00"), "Tiedote")


@pytest.mark.parametrize(
    ("proof", "resident", "code"),
    [
        ("eu_card", True, ""),
        ("parking_badge", True, ""),
        ("transport_card", True, ""),
        ("visual_card", True, ""),
        ("", True, "no_proof"),
        ("other", True, "no_proof"),
        ("kela_103", True, "no_proof"),
        ("eu_card", False, "not_resident"),
        ("", False, "not_resident"),
    ],
)
def test_who_gets_a_card(proof: str, *, resident: bool, code: str) -> None:
    """A resident with one of four proofs; a Kela code alone is refused."""
    judged = rules.judge(TERMS, proof=proof, resident=resident)
    assert (judged.granted, judged.code) == (not code, code)
    assert judged.granted or (judged.reason and all((judged.reason.fi, judged.reason.sv, judged.reason.en)))


def test_the_refusal_says_what_was_shown_what_is_enough_and_since_when() -> None:
    reason = rules.judge(TERMS, proof="other", resident=True).reason
    assert reason is not None
    for text, values in (
        (reason.fi, ("Kelan korvausoikeuden koodi", "1.3.2024", "EU:n vammaiskortti", "näkövammaiskortti")),
        (reason.sv, ("FPA:s ersättningskod", "1.3.2024", "synskadekort")),
        (reason.en, ("Kela code", "1 March 2024", "EU disability card")),
    ):
        assert [value for value in values if value not in text] == []


def test_where_the_terms_take_other_evidence_a_code_is_enough_and_a_card_is_not() -> None:
    """Other cities keep their own rules: what is enough is data."""
    assert rules.judge(ELSEWHERE, proof="other", resident=True).granted
    assert not rules.judge(ELSEWHERE, proof="eu_card", resident=True).granted


@pytest.mark.parametrize(
    ("first", "years", "last"),
    [
        (DAY, 1, dt.date(2027, 5, 4)),
        (dt.date(2024, 3, 1), 1, dt.date(2025, 2, 28)),
        (dt.date(2028, 2, 29), 1, dt.date(2029, 2, 27)),
        (DAY, 2, dt.date(2028, 5, 4)),
    ],
)
def test_a_card_is_valid_for_the_years_of_its_terms(first: dt.date, years: int, last: dt.date) -> None:
    """Bought on 5 May 2026 for a year, valid to 4 May 2027."""
    assert rules.last_day(first, years) == last


@pytest.mark.parametrize(("day", "found"), [(dt.date(2024, 2, 29), None), (dt.date(2024, 3, 1), TERMS), (DAY, TERMS)])
def test_before_the_known_terms_nothing_is_judged(day: dt.date, found: rules.CardTerms | None) -> None:
    assert rules.in_force([TERMS], day) is found


@pytest.mark.parametrize(
    ("terms", "assistants", "refused"), [(TERMS, 0, ""), (TERMS, 2, ""), (TERMS, 3, "2"), (ELSEWHERE, 2, "1"), (TERMS, -1, "2")]
)
def test_assistants_as_the_terms_allow(terms: rules.CardTerms, assistants: int, refused: str) -> None:
    problem = rules.assistants_problem(terms, assistants)
    if not refused:
        assert problem is None
        return
    assert problem is not None
    assert problem.source == terms.source
    for sentence in (problem.sentence.fi, problem.sentence.sv, problem.sentence.en):
        assert str(assistants) in sentence
        assert refused in sentence


@pytest.mark.parametrize(("new_chip", "paid"), [(False, "56.00"), (True, "60.00")])
def test_the_price_has_its_steps_and_its_row(*, new_chip: bool, paid: str) -> None:
    worked = rules.price(PRICE, new_chip=new_chip)
    assert worked.result == Money(paid)
    assert [row.source for row in worked.rows] == ["Tiedote"]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 5))
def test_a_later_purchase_never_ends_sooner_and_a_card_lasts_its_years(first: dt.date, years: int) -> None:
    last = rules.last_day(first, years)
    assert rules.last_day(first + dt.timedelta(days=1), years) >= last
    assert 365 * years - 1 <= (last - first).days + 1 <= 366 * years


@given(st.sets(st.sampled_from(list(rules.PROOFS))), st.sampled_from([*rules.PROOFS, ""]), st.booleans())
def test_more_accepted_proofs_never_refuse_who_was_granted(proofs: set[str], proof: str, resident: bool) -> None:
    fewer, more = replace(TERMS, proofs=frozenset(proofs)), replace(TERMS, proofs=frozenset(rules.PROOFS))
    if rules.judge(fewer, proof=proof, resident=resident).granted:
        assert resident
        assert rules.judge(more, proof=proof, resident=resident).granted


@given(st.decimals(0, 500, places=2), st.decimals(0, 50, places=2), st.booleans())
def test_the_price_is_the_sum_of_its_parts_to_the_cent(card: Decimal, chip: Decimal, new_chip: bool) -> None:
    worked = rules.price(replace(PRICE, card=card, chip=chip), new_chip=new_chip)
    assert worked.result == Money(card + (chip if new_chip else 0))
