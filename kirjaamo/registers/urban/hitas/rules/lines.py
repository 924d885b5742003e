"""Writes the lines of a calculation: exact figures go on, the line shows whole cents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kirjaamo.registers.urban.hitas.rules.figures import HALF_UP, SHOWN, Figure, cents, exact, half_up, show
from kirjaamo.registers.urban.hitas.rules.indices import IndexPair
from kirjaamo.registers.urban.hitas.rules.words import label, work_label
from kirjaamo.values.calculation import Calculation, RowUsed, Value, Workings
from kirjaamo.values.language import Text3
from kirjaamo.values.money import Money


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one calculation; each method writes one and gives its figure back for the next."""

    workings: Workings

    @classmethod
    def titled(cls, key: str) -> Lines:
        """Start a calculation."""
        return cls(Workings(label(key)))

    def given(self, key: str, value: Money, *, rows: Sequence[RowUsed] = ()) -> Fraction:
        """An amount as it was recorded."""
        return exact(self.workings.step(key, label(key), value, rows=rows))

    def amount(self, key: str, value: Fraction, formula: str, *, rows: Sequence[RowUsed] = (), unit: str = "") -> Fraction:
        """An amount that was computed: shown in cents, used exactly."""
        self.workings.step(key, label(key), cents(value), formula=formula, unit=unit, rounding=SHOWN, rows=rows)
        return value

    def rounded(self, key: str, value: Fraction, to: Decimal, formula: str, *, unit: str = "", named: Text3 | None = None) -> Fraction:
        """An amount that is rounded half up to a multiple of `to` and used so."""
        rounded = Money(half_up(value, to))
        self.workings.step(key, named or label(key), rounded, formula=formula, unit=unit, rounding=HALF_UP)
        return exact(rounded)

    def work(self, key: str, name: str, part: str, value: Figure, formula: str = "", *, rows: Sequence[RowUsed] = ()) -> Fraction:
        """A line of one improvement: `part` says which (see `words`)."""
        shown = value if isinstance(value, Money) else cents(exact(value))
        rounding = "" if isinstance(value, Money) else SHOWN
        self.workings.step(f"{key}.{part}", work_label(name, part), shown, formula=formula, rounding=rounding, rows=rows)
        return exact(value)

    def plain(self, key: str, value: Value, *, rows: Sequence[RowUsed] = (), unit: str = "", named: Text3 | None = None) -> None:
        """A figure that is no amount."""
        self.workings.step(key, named or label(key), value, rows=rows, unit=unit)

    def indices(self, pair: IndexPair) -> None:
        """Both figures of an index."""
        self.plain("index_then", pair.then.value, rows=[pair.then.used()])
        self.plain("index_now", pair.now.value, rows=[pair.now.used()])

    def close(self, value: Fraction, *, unit: str = "") -> Calculation:
        """End with the result in cents."""
        return self.workings.result(cents(value), unit=unit)


def over(pair: IndexPair) -> str:
    """The ratio of an index as a formula shows it."""
    return f"{show(pair.now.value)} / {show(pair.then.value)}"
