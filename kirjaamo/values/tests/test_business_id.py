"""The business id: check digit, old and foreign-facing forms, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.values import BusinessId, ValueProblem
from kirjaamo.values.business_id import check_digit


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0201256-6", "0201256-6"),
        ("201256-6", "0201256-6"),
        ("02012566", "0201256-6"),
        ("FI02012566", "0201256-6"),
        (" fi 0201256 – 6 ", "0201256-6"),
    ],
)
def test_forms_that_are_understood(typed: str, code: str) -> None:
    assert str(BusinessId.parse(typed)) == code


def test_vat_number() -> None:
    assert BusinessId.parse("0201256-6").vat_number == "FI02012566"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "business_id.missing"),
        ("  ", "business_id.missing"),
        ("2012566", "business_id.shape"),
        ("0201256-66", "business_id.shape"),
        ("0201256-A", "business_id.shape"),
        ("٠201256-6", "business_id.shape"),
        ("SE0201256-6", "business_id.shape"),
        ("0201256-5", "business_id.check"),
        ("0000000-0", "business_id.check"),
        ("1000001-0", "business_id.check"),
    ],
)
def test_refused_with_the_reason(typed: str, code: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        BusinessId.parse(typed)
    assert caught.value.code == code


def test_value_made_past_parse_is_checked_too() -> None:
    with pytest.raises(ValueProblem):
        BusinessId("201256-6")


def test_remainder_one_has_no_check_digit() -> None:
    # 2 x 6 = 12, remainder 1: the number is never given to anyone.
    assert check_digit("0000006") is None


@given(st.integers(1, 9_999_999))
def test_one_check_digit_at_most_is_accepted(number: int) -> None:
    digits = f"{number:07}"
    accepted = []
    for check in range(10):
        try:
            accepted.append(BusinessId.parse(f"{digits}-{check}").code[-1])
        except ValueProblem:
            continue
    expected = check_digit(digits)
    assert accepted == ([] if expected is None else [str(expected)])
