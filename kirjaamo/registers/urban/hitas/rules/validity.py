"""How long a maximum price holds. Both rules count calendar months by the deadline engine."""

from __future__ import annotations

from datetime import date

from kirjaamo.values.deadlines import Unit, shift

INDEX_MONTHS = 3
QUARTER = 3
_FIRST_OF_QUARTERS = 2  # Hitas quarters begin in February, May, August and November


def hitas_quarter(day: date) -> date:
    """The first day of the Hitas quarter of a day: 1 February, 1 May, 1 August or 1 November."""
    passed = (day.month - _FIRST_OF_QUARTERS) % QUARTER
    return shift(day.replace(day=1), -passed, Unit.MONTHS)


def index_price_until(on: date) -> date:
    """The last day of a price that rests on an index: three months from the day of calculation."""
    return shift(on, INDEX_MONTHS, Unit.MONTHS)


def ceiling_price_until(on: date) -> date:
    """The last day of a price that rests on the ceiling: the end of the month after the running quarter.

    February–April: 31 May; May–July: 31 August; August–October: 30 November; November–January: the last of February.
    """
    after = shift(hitas_quarter(on), QUARTER + 1, Unit.MONTHS)
    return shift(after, -1, Unit.DAYS)
