"""Conditions of sale: who buys a new Hitas flat sells the Hitas flat that they have, within a time of grace.

Source: the city's guidance for owners (hel.fi, Hitas): nobody keeps two flats in companies completed from 1.1.2011; and the city's
conditions as they run (City-of-Helsinki/hitas, conditions of sale): the time runs from the completion or the first sale of the
new flat, whichever is later. Who buys a flat that is sold again had no two flats on either day: the row `resale-starts` says that
their time runs from the day of that sale, as our own reading that the city is to confirm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kirjaamo.registers.urban.hitas.rules.terms import Term, term
from kirjaamo.registers.urban.hitas.rules.types import NEW_RULES_FROM, HitasType
from kirjaamo.values.deadlines import Unit, shift


@dataclass(frozen=True, slots=True)
class Owned:
    """A flat as the rule sees it: the kind of its company, its completion, whether its prices are regulated."""

    type: HitasType
    completed_on: date | None
    regulated: bool = True

    @property
    def of_new_rules(self) -> bool:
        """Whether it is in a company of the rules of 2011; one that is not finished yet is."""
        return self.type.new_rules and (self.completed_on is None or self.completed_on >= NEW_RULES_FROM)


def must_sell(new: Owned, old: Owned) -> bool:
    """Whether the owner of both has to sell the old one: both regulated and of the rules of 2011 (half-Hitas never is)."""
    return new.regulated and old.regulated and new.of_new_rules and old.of_new_rules


class SellingStart(StrEnum):
    """From what the time for selling runs."""

    COMPLETION = "completion"
    FIRST_SALE = "first_sale"
    RESALE = "resale"


@dataclass(frozen=True, slots=True)
class SellBy:
    """The last day for selling, from which day it is counted and why, and the rows that say so."""

    day: date
    starts_on: date
    start: SellingStart
    rows: tuple[Term, ...]


def sell_by(completed_on: date | None, first_sold_on: date, bought_on: date, grace: str) -> SellBy | None:
    """The last day on which the old flat is to be sold; None while the new one is not completed.

    `first_sold_on` is the first sale of the new flat, `bought_on` the sale by which its owner got it; `grace` names the time of grace
    (none, three or six months).
    """
    if completed_on is None:
        return None
    allowed, resale = term(f"grace-{grace}", bought_on), term("resale-starts", bought_on)
    days = {SellingStart.COMPLETION: completed_on, SellingStart.FIRST_SALE: first_sold_on}
    if bought_on > first_sold_on and resale.whole:
        days[SellingStart.RESALE] = bought_on
    start = max(days, key=lambda one: days[one])
    rows = (allowed, resale) if start is SellingStart.RESALE else (allowed,)
    return SellBy(shift(days[start], allowed.whole, Unit.MONTHS), days[start], start, rows)
