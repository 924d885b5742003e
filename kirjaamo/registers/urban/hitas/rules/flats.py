"""What is gathered over all flats of a company: its completion and its acquisition values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kirjaamo.registers.urban.hitas.rules.types import ZERO, HitasType
from kirjaamo.values.money import Money


@dataclass(frozen=True, slots=True)
class Flat:
    """One flat of the company: completion, realised acquisition of its first sale, and the catalogue's when it was not sold."""

    key: str
    completed_on: date | None
    acquisition: Money | None = None
    catalogue: Money | None = None

    @property
    def value(self) -> Money:
        """The realised value, else that of the catalogue, else zero."""
        return next((value for value in (self.acquisition, self.catalogue) if value is not None), ZERO)


def company_completion(flats: Sequence[Flat], kind: HitasType, on: date) -> date | None:
    """The day on which the company's last flat was completed; None while some flat is not.

    In a company of the kind RR the flats that are not finished are ignored.
    """
    days = [flat.completed_on for flat in flats]
    done = [day for day in days if day is not None and day <= on]
    if kind is HitasType.RR_NEW_HITAS:
        return max(done, default=None)
    known = [day for day in days if day is not None]
    return max(known, default=None) if len(known) == len(days) else None


def acquisition(flats: Sequence[Flat]) -> Money:
    """The sum of the flats' acquisition values."""
    return sum((flat.value for flat in flats), ZERO)


def realised(flats: Sequence[Flat]) -> Money:
    """The sum of what was paid in first sales: the price ceiling and the 30-year run read no catalogue price."""
    return sum((flat.acquisition for flat in flats if flat.acquisition is not None), ZERO)


def same_day_acquisition(flats: Sequence[Flat], completed_on: date | None) -> Money:
    """The sum over the flats completed on the same day."""
    return acquisition([flat for flat in flats if flat.completed_on == completed_on])
