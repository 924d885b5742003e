"""Conditions of sale by tables: who is to sell, and by when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.registers.urban.hitas.rules.conditions import Owned, SellingStart, must_sell, sell_by
from kirjaamo.registers.urban.hitas.rules.types import HitasType

NEW = Owned(HitasType.NEW_HITAS_1, date(2019, 5, 1))
GRACE = {0: "none", 3: "three", 6: "six"}
DAYS = st.dates(date(2011, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Owned(HitasType.NEW_HITAS_2, date(2011, 1, 1)), True),
        (Owned(HitasType.RR_NEW_HITAS, None), True),
        (Owned(HitasType.NEW_HITAS_1, date(2010, 12, 31)), False),
        (Owned(HitasType.HITAS_1, date(2012, 3, 1)), False),
        (Owned(HitasType.HALF_HITAS, date(2020, 3, 1)), False),
        (Owned(HitasType.NEW_HITAS_1, date(2015, 3, 1), regulated=False), False),
    ],
)
def test_two_flats_of_the_rules_of_2011_may_not_be_kept(other: Owned, *, expected: bool) -> None:
    assert must_sell(NEW, other) is expected
    assert must_sell(other, NEW) is expected


@pytest.mark.parametrize(
    ("completed", "first_sold", "grace", "expected"),
    [
        (date(2026, 3, 31), date(2025, 9, 1), 0, date(2026, 3, 31)),
        (date(2025, 3, 31), date(2026, 1, 15), 0, date(2026, 1, 15)),
        (date(2026, 3, 31), date(2025, 9, 1), 3, date(2026, 6, 30)),
        (date(2026, 8, 31), date(2025, 9, 1), 6, date(2027, 2, 28)),
        (None, date(2025, 9, 1), 6, None),
    ],
)
def test_the_time_runs_from_the_later_of_completion_and_first_sale(
    completed: date | None, first_sold: date, grace: int, expected: date | None
) -> None:
    told = sell_by(completed, first_sold, first_sold, GRACE[grace])
    assert (told.day if told else None) == expected


def test_who_buys_a_flat_that_is_sold_again_has_the_time_from_that_day() -> None:
    """Completed and first sold in 2022, bought in November 2026 with three months of grace: to the end of February 2027."""
    told = sell_by(date(2022, 10, 12), date(2022, 10, 31), date(2026, 11, 30), "three")
    assert told is not None
    assert (told.day, told.starts_on, told.start) == (date(2027, 2, 28), date(2026, 11, 30), SellingStart.RESALE)
    assert [(row.code, row.confirmed) for row in told.rows] == [("grace-three", True), ("resale-starts", False)]


def test_a_first_sale_rests_on_no_reading_of_our_own() -> None:
    told = sell_by(date(2022, 10, 12), date(2022, 10, 31), date(2022, 10, 31), "none")
    assert told is not None
    assert (told.start, [row.confirmed for row in told.rows]) == (SellingStart.FIRST_SALE, [True])


@given(DAYS, DAYS)
def test_grace_never_shortens_and_the_day_is_never_before_either_fact(completed: date, first_sold: date) -> None:
    told = [sell_by(completed, first_sold, first_sold, grace) for grace in GRACE.values()]
    known = [one.day for one in told if one is not None]
    assert known == sorted(known)
    assert known[0] == max(completed, first_sold)
