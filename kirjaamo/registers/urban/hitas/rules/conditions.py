"""Conditions of sale: who buys a new Hitas flat sells the Hitas flat that they have, within a time of grace.

Source: the city's guidance for owners (hel.fi, Hitas): nobody keeps two flats in companies completed from 1.1.2011; and the city's
conditions as they run (City-of-Helsinki/hitas, conditions of sale): the time runs from the completion or the first sale of the
new flat, whichever is later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


def sell_by(completed_on: date | None, first_sold_on: date, grace_months: int) -> date | None:
    """The last day on which the old flat is to be sold; None while the new one is not completed."""
    if completed_on is None:
        return None
    return shift(max(completed_on, first_sold_on), grace_months, Unit.MONTHS)
