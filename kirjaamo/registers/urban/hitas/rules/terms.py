"""The numbers of the rules as dated rows with their source: own shares, lives of improvements, rates, times. None is a constant.

A row that the source does not say is marked as our own reading: it waits for the city's confirmation and says so where it is used.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from kirjaamo.values.calculation import RowUsed

FILE = Path(__file__).parents[1] / "data" / "terms.csv"
READ = "read"


@dataclass(frozen=True, slots=True)
class Term:
    """A row: what it is of, its value and unit, from when and until when it holds, how it is known and from where."""

    code: str
    name: str
    value: Decimal
    unit: str
    valid_from: date | None
    valid_to: date | None
    sure: str
    source: str

    @property
    def whole(self) -> int:
        """The value as a whole number, of rows that count months or years."""
        return int(self.value)

    @property
    def confirmed(self) -> bool:
        """Whether the source says it; False: our own reading, which the city is to confirm."""
        return self.sure == READ

    def used(self) -> RowUsed:
        """The row as a step of a calculation names it."""
        shown = f"{self.value.normalize():f}".replace(".", ",")
        begins = self.valid_from.isoformat() if self.valid_from else ""
        told = f"{self.name} {shown} {self.unit}" if self.unit else self.name
        return RowUsed(f"hitas-term:{self.code}:{begins}", told, self.source)


@cache
def rows() -> tuple[Term, ...]:
    """Every row, read once."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(_row(line) for line in csv.DictReader(lines))


def _row(line: dict[str, str]) -> Term:
    first, last = (date.fromisoformat(line[name]) if line[name] else None for name in ("valid_from", "valid_to"))
    return Term(line["code"], line["name"], Decimal(line["value"]), line["unit"], first, last, line["sure"], line["source"])


def found(code: str, on: date) -> Term | None:
    """The row of a code on a day; None when the rules have none then."""
    return next((row for row in rows() if row.code == code and _holds(row, on)), None)


def term(code: str, on: date) -> Term:
    """The row of a code on a day. LookupError when there is none: a fault of the data, never of its user."""
    row = found(code, on)
    if row is None:
        raise LookupError(code, on)
    return row


def _holds(row: Term, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or on <= row.valid_to)
