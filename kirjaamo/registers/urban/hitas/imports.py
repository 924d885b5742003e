"""Reading rows that are pasted or loaded: index values and area prices. Each bad row is named by its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kirjaamo.registers.urban.hitas.rules.interest import Instalment
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.personal_id import PersonalId
from kirjaamo.values.problems import ValueProblem

T = TypeVar("T")
CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 10
"""What a row of twelve digits cannot keep."""
MOST_SALES = 1_000_000


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
        return told_faults(self.faults)


def told_faults(faults: Sequence[tuple[int, str]]) -> str:
    """Each fault with the number of its line."""
    return " ".join(_("Rivi %(line)d: %(fault)s") % {"line": line, "fault": fault} for line, fault in faults)


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


@dataclass(frozen=True)
class Buyer:
    """Who buys: the code, the name and the share in percent, when it is told."""

    code: PersonalId | BusinessId
    name: str
    percent: Decimal | None = None


@dataclass(frozen=True)
class Replacements:
    """The postal codes that stand in for others, and the line number and fault of each bad line."""

    rows: Mapping[str, Sequence[str]]
    faults: Sequence[tuple[int, str]]

    def told(self) -> str:
        """The faults in words."""
        return told_faults(self.faults)


def read_replacements(lines: Iterable[str]) -> Replacements:
    """Read `00550=00510,00520` by lines: the postal codes that stand in for one."""
    rows: dict[str, Sequence[str]] = {}
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        code, _sign, others = (part.strip() for part in line.partition("="))
        if not line.strip():
            continue
        told = [other.strip() for other in others.split(",")]
        if not all(map(_is_postal_code, (code, *told))) or code in rows:
            faults.append(
                (number, _("”%(line)s” ei ole muotoa 00550=00510,00520, tai sama postinumero on korvattu kahdesti.") % {"line": line})
            )
        else:
            rows[code] = told
    return Replacements(rows, faults)


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
    if not _is_postal_code(row["postal_code"]):
        raise ValueError(_("postinumerossa on viisi numeroa, ei ”%(told)s”.") % {"told": row["postal_code"]})
    if not (row["sales"].isascii() and row["sales"].isdigit() and 0 < int(row["sales"]) <= MOST_SALES):
        raise ValueError(_("kauppojen määrä on kokonaisluku 1–%(most)d, ei ”%(told)s”.") % {"most": MOST_SALES, "told": row["sales"]})
    return AreaLine(row["postal_code"], number(row["price"]), int(row["sales"]), _needed(row["source"]))


def read_buyers(lines: Iterable[str]) -> Read[Buyer]:
    """Read `code;name;percent` by lines, the percent left out when all are to have alike. A fault never repeats the code."""
    cells = (line if line.count(";") != 1 else f"{line};" for line in lines)
    return _read(cells, ("code", "name", "percent"), _buyer)


def _buyer(row: Mapping[str, str]) -> Buyer:
    kind = BusinessId if re.fullmatch(r"\d{6,7}-\d", row["code"]) else PersonalId
    try:
        code = kind.parse(row["code"])
    except ValueProblem as problem:
        raise ValueError(problem.message(get_language() or "fi")) from None
    if not row["name"]:
        raise ValueError(_("nimi puuttuu."))
    return Buyer(code, row["name"], number(row["percent"]) if row["percent"] else None)


def _is_postal_code(text: str) -> bool:
    return len(text) == 5 and text.isascii() and text.isdigit()  # noqa: PLR2004 - a postal code


def month(text: str) -> date:
    """A month as its first day."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ValueError(_("kuukausi on muotoa 2026-03, ei ”%(told)s”.") % {"told": text}) from None


def day(text: str) -> date:
    """A day in either form."""
    try:
        if "-" in text:
            return date.fromisoformat(text)
        first, second, third = (int(part) for part in text.split("."))
        return date(third, second, first)
    except ValueError:
        raise ValueError(_("päivä on muotoa 15.3.2026, ei ”%(told)s”.") % {"told": text}) from None


def number(text: str) -> Decimal:
    """An exact number with a comma or a point, above zero, with at most the decimals and digits that a row keeps."""
    try:
        value = Decimal(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        value = Decimal(0)
    if not value.is_finite() or not 0 < value < LARGEST or value != value.quantize(CENT):
        raise ValueError(_("luku on yli nollan ja siinä on enintään kaksi desimaalia, ei ”%(told)s”.") % {"told": text})
    return value


def _needed(text: str) -> str:
    if not text:
        raise ValueError(_("lähde puuttuu."))
    return text
