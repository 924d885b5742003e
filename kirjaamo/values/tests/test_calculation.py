"""Calculations: built as arithmetic, kept as JSON, compared step by step."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.values import (
    Calculation,
    ChangeKind,
    Money,
    RowUsed,
    Step,
    Text3,
    ValueProblem,
    Workings,
    compare,
)

FEE_ROW = RowUsed("fee/2025-02", "Sivun hinta", "Kaupunginhallitus 20.1.2025 § 12")
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.integers(-(10**12), 10**12).map(Money.of_cents),
)


def fee(pages: int, free: int = 20) -> Calculation:
    """Compute a copying fee, the way a rule would."""
    work = Workings({"fi": "Kopiomaksu", "en": "Copying fee"})
    charged = work.step("charged", "Maksulliset sivut", max(pages - free, 0), unit="s.")
    price = work.step("price", Text3("Sivun hinta"), Money("3"), rows=[FEE_ROW])
    total = work.step("total", "Maksu", price * charged, formula="sivut x hinta", law="JulkL 621/1999 34 §")
    return work.result(total)


def test_rule_reads_as_arithmetic_and_explains_itself() -> None:
    result = fee(25)
    assert result.result == Money("15.00")
    assert result.title.pick("en") == "Copying fee"
    assert [step.key for step in result.steps] == ["charged", "price", "total"]
    assert result.step("total").law == "JulkL 621/1999 34 §"
    assert result.rows == (FEE_ROW,)
    with pytest.raises(KeyError):
        result.step("nothing")


def test_stored_calculation_is_plain_json_and_comes_back_whole() -> None:
    result = fee(25)
    assert Calculation.from_data(json.loads(json.dumps(result.as_data()))) == result


@given(st.lists(values, max_size=6), values)
def test_every_value_survives_storing(steps: list[Any], result: Any) -> None:
    work = Workings("Laskelma")
    for number, value in enumerate(steps):
        work.step(str(number), "Rivi", value)
    whole = work.result(result)
    back = Calculation.from_data(json.loads(json.dumps(whole.as_data())))
    assert back == whole
    assert [type(step.value) for step in back.steps] == [type(value) for value in steps]


@pytest.mark.parametrize("value", [0.1, datetime(2026, 1, 1), [1], {"a": 1}])  # noqa: DTZ001
def test_inexact_or_compound_value_is_refused(value: object) -> None:
    with pytest.raises(ValueProblem) as caught:
        Workings("Laskelma").step("a", "A", cast("int", value))
    assert caught.value.code == "calculation.value"


def test_two_steps_of_one_key_are_refused() -> None:
    work = Workings("Laskelma")
    work.step("a", "A", 1)
    work.step("a", "A", 2)
    with pytest.raises(ValueProblem) as caught:
        work.result(2)
    assert caught.value.code == "calculation.repeated_step"


def test_comparison_names_what_changed() -> None:
    changes = compare(fee(25), fee(30))
    assert [(c.key, c.kind, c.fields) for c in changes] == [
        ("charged", ChangeKind.CHANGED, ("value",)),
        ("total", ChangeKind.CHANGED, ("value",)),
    ]
    assert compare(fee(25), fee(25)) == ()


def test_comparison_names_added_and_removed_steps() -> None:
    one = Calculation(Text3("L"), (Step("a", Text3("A"), 1), Step("b", Text3("B"), 1)), 1)
    two = Calculation(Text3("L"), (Step("c", Text3("C"), 1), Step("a", Text3("A"), Decimal(1))), 1)
    changes = compare(one, two)
    assert [(c.key, c.kind) for c in changes] == [
        ("c", ChangeKind.ADDED),
        ("a", ChangeKind.CHANGED),
        ("b", ChangeKind.REMOVED),
    ]
    assert changes[0].old is None
    assert changes[2].new is None


def test_date_and_moment_are_not_confused() -> None:
    assert Workings("L").step("d", "D", date(2026, 1, 1)) == date(2026, 1, 1)


@pytest.mark.parametrize("label", ["Rivi", Text3("Rivi", "Rad", "Row")])
def test_a_row_is_read_back_as_it_was_written_in_one_language_or_in_three(label: str | Text3) -> None:
    row = RowUsed("r1", label, "laki")
    assert RowUsed.from_data(json.loads(json.dumps(row.as_data()))) == row
