"""A sale against the maximum price: the debt-free price paid may not be above the debt-free maximum, on a day on which it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.registers.urban.hitas.rules.types import Basis
from kirjaamo.registers.urban.hitas.rules.validity import rows_of
from kirjaamo.values.money import Money


@dataclass(frozen=True, slots=True)
class ConfirmedPrice:
    """A confirmed maximum price: its number, the price after the loan, that loan, and the days on which it holds."""

    number: str
    price: Money
    loan: Money
    calculated_on: date
    valid_until: date
    basis: Basis = Basis.MARKET

    @property
    def debt_free(self) -> Money:
        """The maximum with the loan that it was computed with."""
        return self.price + self.loan

    @property
    def source(self) -> str:
        """The calculation and the sources of the rows by which its last day is counted."""
        return "; ".join((self.number, *dict.fromkeys(row.source for row in rows_of(self.basis, self.calculated_on))))


def check_sale(home: str, sold_on: date, price: Money, loan: Money, confirmed: ConfirmedPrice | None) -> None:
    """Refuse a resale without a confirmed price, outside its validity or above it; the first sale of a flat is not asked here.

    The row behind a refusal is the confirmed calculation, with the rows by which its last day is counted.
    """
    paid = price + loan
    if confirmed is None:
        raise HitasProblem("no_confirmed_price", home=home, day=sold_on, paid=paid)
    if not confirmed.calculated_on <= sold_on <= confirmed.valid_until:
        raise HitasProblem(
            "price_not_valid",
            source=confirmed.source,
            number=confirmed.number,
            day=sold_on,
            first=confirmed.calculated_on,
            last=confirmed.valid_until,
        )
    if paid > confirmed.debt_free:
        raise HitasProblem(
            "price_above_maximum",
            source=confirmed.number,
            number=confirmed.number,
            paid=paid,
            maximum=confirmed.debt_free,
            over=paid - confirmed.debt_free,
        )
