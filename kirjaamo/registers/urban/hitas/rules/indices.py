"""Monthly index series as dated rows: each figure knows its row and its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.values.calculation import RowUsed
from kirjaamo.values.language import Text3


class IndexKind(StrEnum):
    """The series. Rules before 2011 use the older series, those from 2011 the series whose year 2005 is 100."""

    CONSTRUCTION = "construction"
    MARKET = "market"
    CONSTRUCTION_2005 = "construction_2005"
    MARKET_2005 = "market_2005"
    CEILING = "ceiling"
    MAXIMUM = "maximum"
    """Published beside the others; no rule computes with it."""

    @property
    def label(self) -> Text3:
        """Name in three languages."""
        return _LABELS[self]


_LABELS = {
    IndexKind.CONSTRUCTION: Text3("Rakennuskustannusindeksi", "Byggnadskostnadsindex", "Construction price index"),
    IndexKind.MARKET: Text3("Markkinahintaindeksi", "Marknadsprisindex", "Market price index"),
    IndexKind.CONSTRUCTION_2005: Text3(
        "Rakennuskustannusindeksi (2005 = 100)", "Byggnadskostnadsindex (2005 = 100)", "Construction price index (2005 = 100)"
    ),
    IndexKind.MARKET_2005: Text3("Markkinahintaindeksi (2005 = 100)", "Marknadsprisindex (2005 = 100)", "Market price index (2005 = 100)"),
    IndexKind.CEILING: Text3("Rajaneliöhinta (€/m²)", "Gränspris per kvadratmeter (€/m²)", "Surface-area price ceiling (€/m²)"),
    IndexKind.MAXIMUM: Text3("Enimmäishintaindeksi", "Maximiprisindex", "Maximum price index"),
}


def month_of(day: date) -> date:
    """The first day of the day's month, by which a month is named."""
    return day.replace(day=1)


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One month's figure of a series: which row it is and where it comes from."""

    kind: IndexKind
    month: date
    value: Decimal
    source: str
    id: str

    def used(self) -> RowUsed:
        """The row as a step names it."""
        return RowUsed(f"hitas-index:{self.id}", f"{self.kind.label.fi} {self.month.month}/{self.month.year}", self.source)


@dataclass(frozen=True, slots=True)
class IndexPair:
    """The figure of the calculation month and that of an earlier month, of one series."""

    now: IndexRow
    then: IndexRow

    @property
    def ratio(self) -> Fraction:
        """How much the index has grown: exactly."""
        return Fraction(self.now.value) / Fraction(self.then.value)

    @property
    def rows(self) -> tuple[RowUsed, ...]:
        """Both rows, as a step names them."""
        return (self.now.used(), self.then.used())


@dataclass(frozen=True, slots=True)
class Indices:
    """The rows that a calculation may read."""

    rows: Mapping[tuple[IndexKind, date], IndexRow]

    @classmethod
    def of(cls, rows: Iterable[IndexRow]) -> Indices:
        """Gather rows by series and month."""
        return cls({(row.kind, month_of(row.month)): row for row in rows})

    def at(self, kind: IndexKind, day: date) -> IndexRow:
        """The row of a day's month; a missing one is the problem `index_missing`, which names the series and the month."""
        row = self.rows.get((kind, month_of(day)))
        if row is None:
            raise HitasProblem("index_missing", index=kind.label, month=f"{day.month}/{day.year}")
        return row

    def pair(self, kind: IndexKind, now: date, then: date) -> IndexPair:
        """The rows of two months of a series."""
        return IndexPair(self.at(kind, now), self.at(kind, then))
