"""The staffing ratio: students of a school to one worker, against the most that the Act allows (1287/2013 § 9 a).

The numbers are dated rows with their source; here is arithmetic only.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from kirjaamo.values.calculation import Calculation, RowUsed, Workings
from kirjaamo.values.language import Text3

LAW = "1287/2013 9 a §"
HUNDRED = Decimal(100)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Norm:
    """The most students of one worker, and the row that says so."""

    most: int
    row: RowUsed


def ratio(title: Text3, students: int, percent: int, norm: Norm) -> Calculation:
    """The students of one worker, the posts that the norm asks for, and how many are missing (the result, never below zero)."""
    work = Workings(title)
    work.step("students", Text3("Opiskelijoita", "Studerande", "Students"), students)
    posts = work.step(
        "posts", Text3("Työntekijöitä", "Anställda", "Workers"), Decimal(percent) / HUNDRED, formula=f"{percent} % / 100", unit="htv"
    )
    work.step("most", Text3("Opiskelijoita enintään työntekijää kohti", "Högst studerande per anställd", "Most students of a worker"),
              norm.most, rows=(norm.row,), law=LAW)  # fmt: skip
    if posts:
        each = (Decimal(students) / posts).quantize(Decimal(1), ROUND_HALF_UP)
        work.step("each", Text3("Opiskelijoita työntekijää kohti", "Studerande per anställd", "Students of a worker"), each,
                  formula=f"{students} / {told(posts)}", rounding="0,5 ↑")  # fmt: skip
    needed = work.step(
        "needed", Text3("Työntekijöitä tarvitaan", "Anställda behövs", "Workers needed"),
        (Decimal(students) / norm.most).quantize(CENT, ROUND_CEILING), formula=f"{students} / {norm.most}", unit="htv", rounding="0,01 ↑",
    )  # fmt: skip
    missing = max(needed - posts, Decimal(0))
    work.step("missing", Text3("Puuttuu", "Saknas", "Missing"), missing, formula=f"{told(needed)} − {told(posts)}", unit="htv")
    return work.result(missing, unit="htv")


def told(number: Decimal) -> str:
    """A figure of a formula with a decimal comma and no idle zeros."""
    return f"{number.normalize():f}".replace(".", ",")


def met(calculation: Calculation) -> bool:
    """Whether nothing is missing."""
    return calculation.result == Decimal(0)
