"""A price list as text: one price a line, read whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kirjaamo.registers.education.premises.rules.fees import DAYS, GROUPS, KINDS, SUPERVISION, Cell
from kirjaamo.values.language import Text3
from kirjaamo.values.money import Money
from kirjaamo.values.problems import ValueProblem

K = TypeVar("K", str, bool)


@dataclass(frozen=True, slots=True)
class ReadPrices:
    """A list as read: the cells with their prices, and every line that could not be read with its reason."""

    prices: tuple[tuple[Cell, Money], ...]
    problems: tuple[Text3, ...]


def read_prices(text: str) -> ReadPrices:
    """Read lines `kind;group;day;supervision;price` (Finnish words or codes). Every bad line is named, none is guessed."""
    prices: dict[Cell, Money] = {}
    problems = []
    for number, parts in enumerate(csv.reader(io.StringIO(text), delimiter=";"), start=1):
        cells = [part.strip() for part in parts]
        if not any(cells) or cells[0].startswith("#"):
            continue
        found = _read_line(cells)
        if isinstance(found, Text3):
            problems.append(Text3(f"Rivi {number}: {found.fi}", f"Rad {number}: {found.sv}", f"Line {number}: {found.en}"))
        elif found[0] in prices:
            problems.append(
                Text3(
                    f"Rivi {number}: sama hinta on jo aiemmalla rivillä.",
                    f"Rad {number}: samma pris finns redan på en tidigare rad.",
                    f"Line {number}: an earlier line has the same price.",
                )
            )
        else:
            prices[found[0]] = found[1]
    return ReadPrices(tuple(prices.items()), tuple(problems))


def _read_line(cells: Sequence[str]) -> tuple[Cell, Money] | Text3:
    if len(cells) != 5:  # noqa: PLR2004 - told beside it
        return Text3("rivillä on oltava viisi kohtaa.", "raden ska ha fem fält.", "a line has five fields.")
    kind, group = _code(KINDS, cells[0]), _code(GROUPS, cells[1])
    weekend, alone = _code(DAYS, cells[2]), _code(SUPERVISION, cells[3])
    if kind is None or group is None or weekend is None or alone is None:
        wrong = next(cell for cell, code in zip(cells, (kind, group, weekend, alone), strict=False) if code is None)
        return Text3(f"tuntematon arvo ”{wrong}”.", f"okänt värde ”{wrong}”.", f"unknown value “{wrong}”.")
    try:
        hourly = Money.parse(cells[4])
    except ValueProblem as problem:
        return Text3(problem.message("fi"), problem.message("sv"), problem.message("en"))
    if hourly < Money(0):
        return Text3("hinta ei voi olla negatiivinen.", "priset kan inte vara negativt.", "a price cannot be negative.")
    return Cell(kind, group, weekend, alone), hourly


def _code(names: Mapping[K, Text3], word: str) -> K | None:
    """The code of a word: the code itself or its name in any language."""
    folded = word.casefold()
    return next((code for code, name in names.items() if folded in {str(code).casefold(), name.fi, name.sv, name.en}), None)
