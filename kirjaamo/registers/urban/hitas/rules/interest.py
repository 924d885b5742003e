"""Interest during construction: each instalment bears interest from its payment to the completion, by years of 360 days.

Every instalment's interest is rounded half up to a whole euro before they are summed, as the city has always done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kirjaamo.registers.urban.hitas.rules.figures import exact, show
from kirjaamo.registers.urban.hitas.rules.lines import Lines
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.registers.urban.hitas.rules.words import work_label
from kirjaamo.values.calculation import Calculation
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.language import format_day
from kirjaamo.values.money import Money

MONTH = 30
YEAR = 360
LONG_MONTH = 31
WHOLE = 100
EURO = Decimal(1)


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of the price, in percent, and the day on which it was paid."""

    paid_on: date
    percent: Decimal


def interest_days(paid_on: date, completed_on: date) -> int:
    """Days by months of 30, from the payment to the completion.

    One more when paid on a 31st and completed on another day; none when paid on the day before the completion or later.
    """
    if paid_on >= shift(completed_on, -1, Unit.DAYS):
        return 0
    months = (completed_on.year - paid_on.year) * 12 + completed_on.month - paid_on.month
    extra = 1 if paid_on.day == LONG_MONTH and completed_on.day != LONG_MONTH else 0
    return months * MONTH + completed_on.day - paid_on.day + extra


def construction_interest(price: Money, loan: Money, rate: Decimal, completed_on: date, instalments: Sequence[Instalment]) -> Calculation:
    """Sum the interest of the instalments of (price − loan) at a yearly `rate` in percent. Result in whole euros."""
    shares = sum((part.percent for part in instalments), Decimal(0))
    if not 0 < shares <= WHOLE:
        raise HitasProblem("payment_share", sum=show(shares))
    lines = Lines.titled("title_interest")
    base = lines.amount("basic", exact(price) - exact(loan), f"{show(price)} − {show(loan)}")
    lines.plain("interest_percent", rate, unit="%")
    sums = [_instalment(lines, number, part, base, rate, completed_on) for number, part in enumerate(instalments, 1)]
    total = sum(sums, Fraction(0))
    return lines.close(lines.amount("sum", total, " + ".join(map(show, sums))))


def _instalment(lines: Lines, number: int, part: Instalment, base: Fraction, rate: Decimal, completed_on: date) -> Fraction:
    days = interest_days(part.paid_on, completed_on)
    name = f"{number}. {format_day(part.paid_on, 'fi')}, {show(part.percent)} %"
    lines.plain(f"{number}.days", days, named=work_label(name, "days"))
    value = days * exact(part.percent) / WHOLE * base * exact(rate) / WHOLE / YEAR
    formula = f"{show(part.percent)} % × {show(base)} × {show(rate)} % / 360 × {days}"
    return lines.rounded(f"{number}.interest", value, EURO, formula, named=work_label(name, "interest"))
