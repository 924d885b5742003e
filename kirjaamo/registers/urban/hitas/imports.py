"""Reading rows that are pasted or loaded: index values and area prices. Each bad row is named by its line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from kirjaamo.registers.urban.hitas.rules.interest import Instalment

T = TypeVar("T")


@dataclass(frozen=True)
class IndexLine:
    """A month's figure and its source."""

    month: date
    value: Decimal
    source: str


@dataclass(frozen=True)
class AreaLine:
    """A postal code's average price, the number of sales and the source."""

    postal_code: str
    price: Decimal
    sales: int
    source: str


@dataclass(frozen=True)
class Read(Generic[T]):
    """What was read: good rows, and the line number and fault of each bad one."""

    rows: Sequence[T]
    faults: Sequence[tuple[int, str]]

    def told(self) -> str:
        """The faults in words."""
        return " ".join(_("Rivi %(line)d: %(fault)s") % {"line": line, "fault": fault} for line, fault in self.faults)


def read_indices(lines: Iterable[str]) -> Read[IndexLine]:
    """Read `month;value;source` with the month as 2026-03; a heading is passed over."""
    return _read(
        lines, ("month", "value", "source"), lambda row: IndexLine(month(row["month"]), number(row["value"]), _needed(row["source"]))
    )


def read_areas(lines: Iterable[str]) -> Read[AreaLine]:
    """Read `postal_code;price;sales;source`; a heading is passed over."""
    return _read(lines, ("postal_code", "price", "sales", "source"), _area)


def read_instalments(lines: Iterable[str]) -> Read[Instalment]:
    """Read `day;percent` with the day as 2026-03-15 or 15.3.2026."""
    return _read(lines, ("day", "percent"), lambda row: Instalment(day(row["day"]), number(row["percent"])))


def read_replacements(text: str) -> dict[str, list[str]]:
    """Read `00550=00510,00520` by lines: the postal codes that stand in for one."""
    pairs = (line.partition("=") for line in text.splitlines() if line.strip())
    return {code.strip(): [other.strip() for other in others.split(",") if other.strip()] for code, _sign, others in pairs}


def _read(lines: Iterable[str], names: Sequence[str], make: Callable[[Mapping[str, str]], T]) -> Read[T]:
    rows: list[T] = []
    faults: list[tuple[int, str]] = []
    for line, cells in enumerate(csv.reader(lines, delimiter=";"), 1):
        if not any(cell.strip() for cell in cells) or [cell.strip() for cell in cells] == list(names):
            continue
        try:
            rows.append(make(_cells(cells, names)))
        except ValueError as fault:
            faults.append((line, str(fault)))
    return Read(rows, faults)


def _cells(cells: Sequence[str], names: Sequence[str]) -> Mapping[str, str]:
    if len(cells) != len(names):
        raise ValueError(_("sarakkeita on %(found)d, pitää olla %(wanted)d.") % {"found": len(cells), "wanted": len(names)})
    return dict(zip(names, (cell.strip() for cell in cells), strict=True))


def _area(row: Mapping[str, str]) -> AreaLine:
    if len(row["postal_code"]) != 5 or not row["postal_code"].isdigit():  # noqa: PLR2004 - a postal code
        raise ValueError(_("postinumerossa on viisi numeroa."))
    if not row["sales"].isdigit():
        raise ValueError(_("kauppojen määrä ei ole kokonaisluku."))
    return AreaLine(row["postal_code"], number(row["price"]), int(row["sales"]), _needed(row["source"]))


def month(text: str) -> date:
    """A month as its first day."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ValueError(_("kuukausi on muotoa 2026-03.")) from None


def day(text: str) -> date:
    """A day in either form."""
    try:
        if "-" in text:
            return date.fromisoformat(text)
        first, second, third = (int(part) for part in text.split("."))
        return date(third, second, first)
    except ValueError:
        raise ValueError(_("päivä on muotoa 15.3.2026.")) from None


def number(text: str) -> Decimal:
    """An exact number with a comma or a point, above zero."""
    try:
        value = Decimal(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        value = Decimal(0)
    if not value.is_finite() or value <= 0:
        raise ValueError(_("luvun on oltava yli nollan."))
    return value


def _needed(text: str) -> str:
    if not text:
        raise ValueError(_("lähde puuttuu."))
    return text
