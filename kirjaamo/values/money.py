"""Money in euros, exact to the cent: nothing is rounded unless the caller says how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from kirjaamo.values.language import base_language
from kirjaamo.values.problems import ValueProblem

_CENT = Decimal("0.01")
_NBSP = "\u00a0"
_MINUS = "\u2212"
_LIMIT = Decimal(10) ** 15
_PRECISION = 60
_INPUT = re.compile(r"(-?)([0-9]{1,15}|[0-9]{1,3}(?: [0-9]{3})+)(?:[,.]([0-9]{1,2}))?(?: ?(?:€|EUR|E|EUROA))?")


class Rounding(StrEnum):
    """How a result is brought to whole cents; 'up' and 'down' are away from and toward zero."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    UP = "up"
    DOWN = "down"


_DECIMAL_MODES = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.UP: ROUND_UP,
    Rounding.DOWN: ROUND_DOWN,
}


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of euros with exactly two decimals, under 10^15 euros in size."""

    amount: Decimal

    def __init__(self, amount: Decimal | int | str) -> None:
        """Take an exact amount; part of a cent, a float or a non-number is refused."""
        if isinstance(amount, float):
            raise ValueProblem("money.float")
        number = _number(amount)
        if number != number.quantize(_CENT):
            raise ValueProblem("money.part_of_cent")
        object.__setattr__(self, "amount", number.quantize(_CENT) + Decimal("0.00"))

    @classmethod
    def rounded(cls, amount: Decimal | int | str, rounding: Rounding) -> Money:
        """Bring an exact amount to whole cents in the way named."""
        number = _number(amount)
        with localcontext(prec=_PRECISION):
            return cls(number.quantize(_CENT, rounding=_DECIMAL_MODES[rounding]))

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read what a person types: '1 234,50 €', '1234.5', '-12'. Raises `money.shape`."""
        plain = " ".join(text.replace(_MINUS, "-").upper().split())
        shape = _INPUT.fullmatch(plain)
        if shape is None:
            raise ValueProblem("money.shape")
        return cls(f"{shape[1]}{shape[2].replace(' ', '')}.{shape[3] or '00'}")

    @property
    def cents(self) -> int:
        """The amount in whole cents."""
        return int(self.amount.scaleb(2))

    @classmethod
    def of_cents(cls, cents: int) -> Money:
        """Make an amount of whole cents."""
        return cls(Decimal(cents).scaleb(-2))

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + other.amount)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - other.amount)

    def __neg__(self) -> Money:
        return Money(-self.amount)

    def __abs__(self) -> Money:
        return Money(abs(self.amount))

    def __mul__(self, count: int) -> Money:
        return Money.of_cents(self.cents * count)

    def __bool__(self) -> bool:
        return self.amount != 0

    def times(self, factor: Decimal, rounding: Rounding) -> Money:
        """Multiply by a factor and round the exact product in the way named."""
        with localcontext(prec=_PRECISION):
            return Money.rounded(self.amount * factor, rounding)

    def split(self, parts: int) -> tuple[Money, ...]:
        """Divide into equal parts without losing a cent; the first parts take what is left."""
        return self.allocate([1] * parts)

    def allocate(self, weights: Sequence[Decimal | int]) -> tuple[Money, ...]:
        """Divide by weights; left-over cents go to the largest remainders, then to the first.

        The parts always sum to the whole. Raises `money.weights` unless there is a
        weight above zero and none below.
        """
        if not weights or min(weights) < 0 or sum(weights) == 0:
            raise ValueProblem("money.weights")
        total = sum(map(Fraction, weights), Fraction(0))
        exact = [abs(self.cents) * Fraction(weight) / total for weight in weights]
        shares = [int(share) for share in exact]
        by_remainder = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))
        for index in by_remainder[: abs(self.cents) - sum(shares)]:
            shares[index] += 1
        sign = -1 if self.cents < 0 else 1
        return tuple(Money.of_cents(sign * share) for share in shares)

    def format(self, language: str = "fi") -> str:
        """Write '1 234,50 €' with no-break spaces; in English '€1,234.50'."""
        sign = _MINUS if self.amount < 0 else ""
        english = f"{abs(self.amount):,.2f}"
        if base_language(language) == "en":
            return f"{sign}€{english}"
        return sign + english.replace(",", _NBSP).replace(".", ",") + f"{_NBSP}€"

    def __str__(self) -> str:
        return self.format()


def _number(amount: Decimal | int | str) -> Decimal:
    """Read a number of acceptable size, or raise the problem that names what is wrong."""
    try:
        number = Decimal(amount)
    except ArithmeticError:
        raise ValueProblem("money.shape") from None
    if not number.is_finite():
        raise ValueProblem("money.shape")
    if abs(number) >= _LIMIT:
        raise ValueProblem("money.size")
    return number
