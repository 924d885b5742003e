"""The Finnish business id (Y-tunnus) with its check digit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kirjaamo.values.problems import ValueProblem

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_MODULUS = 11
_DIGITS = 7
_SHAPE = re.compile(r"(?:FI)?([0-9]{6,7})-?([0-9])")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


@dataclass(frozen=True, slots=True)
class BusinessId:
    """A valid business id in the form '0201256-6'."""

    code: str

    def __post_init__(self) -> None:
        if re.fullmatch(r"[0-9]{7}-[0-9]", self.code) is None:
            raise ValueProblem("business_id.shape")
        if check_digit(self.code[:_DIGITS]) != int(self.code[-1]):
            raise ValueProblem("business_id.check")

    @classmethod
    def parse(cls, text: str) -> BusinessId:
        """Read an id: spaces, a missing hyphen, the VAT form 'FI…' and six digits are understood.

        Raises ValueProblem `business_id.missing`, `business_id.shape` or `business_id.check`.
        """
        squeezed = "".join(text.split()).translate(_DASHES).upper()
        if not squeezed:
            raise ValueProblem("business_id.missing")
        shape = _SHAPE.fullmatch(squeezed)
        if shape is None or ("-" not in squeezed and len(shape[1]) < _DIGITS):
            raise ValueProblem("business_id.shape")
        return cls(f"{shape[1].zfill(_DIGITS)}-{shape[2]}")

    @property
    def vat_number(self) -> str:
        """The form used in value added tax: 'FI02012566'."""
        return "FI" + self.code.replace("-", "")

    def __str__(self) -> str:
        return self.code


def check_digit(digits: str) -> int | None:
    """Compute the check digit of seven digits; None when no id can have them."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    if total == 0:
        return None
    remainder = total % _MODULUS
    if remainder == 1:
        return None
    return (_MODULUS - remainder) % _MODULUS
