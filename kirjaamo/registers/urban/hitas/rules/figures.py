"""Exact figures: nothing is rounded on the way, only what is shown and what is paid.

Sums run as fractions, so that a ratio of two indices loses nothing. A step shows its amount in whole cents; the result
alone is rounded for use.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kirjaamo.values.money import Money

SHOWN = "half_up_shown"
"""Rounding of a step: written in whole cents, half up, while the calculation goes on with the exact figure."""
HALF_UP = "half_up"
"""Rounding of a step: the rounded figure is the one that is used from here on."""

Figure = Money | Decimal | Fraction | int
_CENT = Decimal("0.01")
_EURO = Decimal(1)
_NBSP = "\u00a0"


def exact(value: Figure) -> Fraction:
    """Give any figure as a fraction, without loss."""
    return Fraction(value.amount) if isinstance(value, Money) else Fraction(value)


def half_up(value: Fraction, step: Decimal = _CENT) -> Decimal:
    """Round to the nearest multiple of `step`, a half away from zero."""
    units = abs(value) / Fraction(step)
    whole = (2 * units.numerator + units.denominator) // (2 * units.denominator)
    return step * (whole if value >= 0 else -whole)


def cents(value: Fraction) -> Money:
    """Round to whole cents, half up."""
    return Money(half_up(value))


def euros(value: Fraction) -> Money:
    """Round to whole euros, half up."""
    return Money(half_up(value, _EURO))


def show(value: Figure) -> str:
    """Write a figure for a formula: decimals with a comma, amounts with two of them, fractions as amounts."""
    if isinstance(value, Fraction):
        return show(cents(value))
    number = value.amount if isinstance(value, Money) else Decimal(value)
    return f"{number:,f}".replace(",", _NBSP).replace(".", ",")
