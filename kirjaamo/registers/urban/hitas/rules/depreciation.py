"""The depreciation multiplier of the construction price run before 2011: a hand-kept table, read as data.

No formula of it is known and its publisher doubts single values, so nothing is derived: the first months give 1, the table gives
the rest, and after its last month the multiplier falls evenly, never below 0 (rows `free-months` and `after-table`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kirjaamo.registers.urban.hitas.rules.terms import term
from kirjaamo.values.calculation import RowUsed
from kirjaamo.values.deadlines import Unit, shift

YEAR = 12
ALWAYS = date.max
"""Rows of the table hold on any day."""


@dataclass(frozen=True, slots=True)
class DepreciationTable:
    """Months since completion and their multipliers, with the source of the table."""

    multipliers: Mapping[int, Decimal]
    source: str

    @classmethod
    def of_csv(cls, lines: Iterable[str], source: str) -> DepreciationTable:
        """Read `months,multiplier` rows; a gap in the months is refused with its month."""
        rows = {int(row["months"]): Decimal(row["multiplier"]) for row in csv.DictReader(lines)}
        gaps = sorted(set(range(free_months() + 1, max(rows) + 1)) - set(rows))
        if gaps:
            message = f"The depreciation table has no row of month {gaps[0]}"
            raise ValueError(message)
        return cls(rows, source)

    def multiplier(self, months: int) -> Decimal:
        """The multiplier of a number of full months since completion."""
        if months <= free_months():
            return Decimal(1)
        last = max(self.multipliers)
        if months <= last:
            return self.multipliers[months]
        return max(self.multipliers[last] - term("after-table", ALWAYS).value * (months - last), Decimal(0))

    def row(self, months: int) -> RowUsed:
        """The row that a multiplier came from."""
        free, known = free_months(), min(months, max(self.multipliers))
        name = f"{known} kk" if months > free else f"0–{free} kk"
        return RowUsed(f"hitas-depreciation:{known if months > free else 0}", name, self.source)


def free_months() -> int:
    """How many months after the completion the multiplier stays at one."""
    return term("free-months", ALWAYS).whole


def months_between(first: date, later: date) -> int:
    """Full months from one day to a later one; a partial month counts when the later day is the last of its month.

    31 January to 28 February is one month.
    """
    months = (later.year - first.year) * YEAR + later.month - first.month
    whole = later.day >= first.day or shift(later, 1, Unit.DAYS).day == 1
    return months if whole else months - 1
