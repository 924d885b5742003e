"""How long a maximum price holds. Both rules count calendar months by the deadline engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kirjaamo.registers.urban.hitas.rules.terms import term
from kirjaamo.registers.urban.hitas.rules.types import Basis
from kirjaamo.values.calculation import RowUsed
from kirjaamo.values.deadlines import Unit, shift

_FIRST_OF_QUARTERS = 2  # Hitas quarters begin in February, May, August and November


def hitas_quarter(day: date) -> date:
    """The first day of the Hitas quarter of a day: 1 February, 1 May, 1 August or 1 November."""
    passed = (day.month - _FIRST_OF_QUARTERS) % quarter_months(day)
    return shift(day.replace(day=1), -passed, Unit.MONTHS)


def quarter_months(day: date) -> int:
    """For how many months a price ceiling is computed at a time."""
    return term("ceiling-quarter", day).whole


def index_price_until(on: date) -> date:
    """The last day of a price that rests on an index: three months from the day of calculation."""
    return shift(on, term("index-validity", on).whole, Unit.MONTHS)


def ceiling_price_until(on: date) -> date:
    """The last day of a price that rests on the ceiling: the end of the month after the running quarter.

    February–April: 31 May; May–July: 31 August; August–October: 30 November; November–January: the last of February.
    """
    after = shift(hitas_quarter(on), quarter_months(on) + term("ceiling-after", on).whole, Unit.MONTHS)
    return shift(after, -1, Unit.DAYS)


def rows_of(basis: Basis, on: date) -> Sequence[RowUsed]:
    """The rows by which the last day of a price is counted."""
    codes = ("ceiling-quarter", "ceiling-after") if basis is Basis.CEILING else ("index-validity",)
    return [term(code, on).used() for code in codes]
