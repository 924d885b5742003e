"""A sale against the maximum price: the debt-free price paid may not be above the debt-free maximum, on a day on which it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kirjaamo.registers.urban.hitas.rules.figures import show
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.values.language import format_day
from kirjaamo.values.money import Money


@dataclass(frozen=True, slots=True)
class ConfirmedPrice:
    """A confirmed maximum price: its number, the price after the loan, that loan, and the days on which it holds."""

    number: str
    price: Money
    loan: Money
    calculated_on: date
    valid_until: date

    @property
    def debt_free(self) -> Money:
        """The maximum with the loan that it was computed with."""
        return self.price + self.loan


def check_sale(sold_on: date, price: Money, loan: Money, confirmed: ConfirmedPrice | None) -> None:
    """Refuse a resale without a confirmed price, outside its validity or above it; the first sale of a flat is not asked here."""
    if confirmed is None:
        raise HitasProblem("no_confirmed_price")
    if not confirmed.calculated_on <= sold_on <= confirmed.valid_until:
        raise HitasProblem(
            "price_not_valid",
            number=confirmed.number,
            day=format_day(sold_on, "fi"),
            first=format_day(confirmed.calculated_on, "fi"),
            last=format_day(confirmed.valid_until, "fi"),
        )
    paid = price + loan
    if paid > confirmed.debt_free:
        raise HitasProblem(
            "price_above_maximum",
            number=confirmed.number,
            paid=show(paid),
            maximum=show(confirmed.debt_free),
            over=show(paid - confirmed.debt_free),
        )
