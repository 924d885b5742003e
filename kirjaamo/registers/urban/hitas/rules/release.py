"""The 30-year rule: which companies are released from regulation in a quarter, and why.

A company of the rules before 2011 is released when its price per square metre (with the index, or the ceiling if higher) is at
least the average of its postal code; companies of the newer rules are released as such, half-Hitas ones after two years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kirjaamo.registers.urban.hitas.rules.ceiling import CompanyPrice, adjusted_square
from kirjaamo.registers.urban.hitas.rules.figures import exact, half_up, show
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind, Indices
from kirjaamo.registers.urban.hitas.rules.lines import Lines
from kirjaamo.registers.urban.hitas.rules.terms import Term, term
from kirjaamo.registers.urban.hitas.rules.types import HitasType
from kirjaamo.registers.urban.hitas.rules.validity import hitas_quarter
from kirjaamo.values.calculation import Calculation
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.money import Money

YEAR_MONTHS = 12
QUARTER = 3


class ReleaseOutcome(StrEnum):
    """What a run says of a company."""

    AUTOMATIC = "automatic"
    RELEASED = "released"
    STAYS = "stays"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class SoldIn:
    """Sales of a postal code: the average price per square metre and how many sales it is of."""

    postal_code: str
    price: Decimal
    count: int
    source: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A regulated company and its postal code."""

    company: CompanyPrice
    postal_code: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a company and the calculation that says why (none when no comparison was needed or possible)."""

    candidate: Candidate
    outcome: ReleaseOutcome
    calculation: Calculation | None = None


def sales_period(on: date) -> tuple[date, date]:
    """The four calendar quarters before the running one: first day (in) and end day (out)."""
    end = on.replace(month=(on.month - 1) // QUARTER * QUARTER + 1, day=1)
    return shift(end, -YEAR_MONTHS, Unit.MONTHS), end


def due(candidate: Candidate, quarter: date) -> bool:
    """Whether a company comes to the run: completed 30 years before the quarter, a half-Hitas one two years."""
    return candidate.company.completed_on <= shift(quarter, -years_of(candidate.company.type, quarter).whole, Unit.YEARS)


def years_of(kind: HitasType, quarter: date) -> Term:
    """The row of how many years after its completion a company comes to the run of a quarter."""
    return term("half-hitas-years" if kind is HitasType.HALF_HITAS else "regulation-years", quarter)


def averages(sales: Sequence[SoldIn]) -> dict[str, Decimal]:
    """The average price of each postal code, weighted by the number of sales, in cents, half up. Codes without sales have none."""
    sums: dict[str, Fraction] = {}
    numbers: dict[str, int] = {}
    for sold in sales:
        sums[sold.postal_code] = sums.get(sold.postal_code, Fraction(0)) + exact(sold.price) * sold.count
        numbers[sold.postal_code] = numbers.get(sold.postal_code, 0) + sold.count
    return {code: half_up(sums[code] / number) for code, number in numbers.items() if number}


def regulation_run(
    candidates: Sequence[Candidate],
    sales: Sequence[SoldIn],
    indices: Indices,
    on: date,
    replacements: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Verdict, ...]:
    """Judge every company that is due in the Hitas quarter of a day.

    `replacements` names postal codes whose plain mean stands in for a code without sales; without them its companies are skipped.
    """
    quarter = hitas_quarter(on)
    known = averages(sales)
    return tuple(_judge(one, known, indices, quarter, replacements or {}) for one in candidates if due(one, quarter))


def _judge(
    one: Candidate, known: Mapping[str, Decimal], indices: Indices, quarter: date, replacements: Mapping[str, Sequence[str]]
) -> Verdict:
    if one.company.type.new_rules or one.company.type is HitasType.HALF_HITAS:
        return Verdict(one, ReleaseOutcome.AUTOMATIC)
    lines = Lines.titled("title_release")
    ceiling = indices.at(IndexKind.CEILING, quarter)
    own = adjusted_square(lines, one.company, indices, quarter)
    lines.plain("ceiling", ceiling.value, rows=[ceiling.used()], unit="€/m²")
    compared = max(own, ceiling.value)
    lines.amount("compared", exact(compared), f"max({show(own)}; {show(ceiling.value)})", unit="/ m²")
    average = _average(lines, one.postal_code, known, replacements.get(one.postal_code, ()))
    if average is None:
        return Verdict(one, ReleaseOutcome.SKIPPED)
    lines.plain("released", compared >= average)
    outcome = ReleaseOutcome.RELEASED if compared >= average else ReleaseOutcome.STAYS
    return Verdict(one, outcome, lines.workings.result(Money(half_up(exact(compared))), unit="/ m²"))


def _average(lines: Lines, code: str, known: Mapping[str, Decimal], instead: Sequence[str]) -> Decimal | None:
    """The average to compare with: of the code, or the plain mean of the codes that stand in for it."""
    if code in known:
        lines.amount("area_average", exact(known[code]), code, unit="/ m²")
        return known[code]
    if not instead or any(other not in known for other in instead):
        return None
    mean = half_up(sum((exact(known[other]) for other in instead), Fraction(0)) / len(instead))
    formula = f"({' + '.join(show(known[other]) for other in instead)}) / {len(instead)}"
    lines.amount("replacement_average", exact(mean), formula, unit="/ m²")
    return mean
