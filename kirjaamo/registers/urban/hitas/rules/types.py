"""What a calculation is made from: facts of the flat, its company, improvements, the loan. Frozen; nothing here reads a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from fractions import Fraction

    from kirjaamo.registers.urban.hitas.rules.depreciation import DepreciationTable
    from kirjaamo.registers.urban.hitas.rules.indices import Indices
    from kirjaamo.values.calculation import Calculation

ZERO = Money(0)
NEW_RULES_FROM = date(2011, 1, 1)


class HitasType(StrEnum):
    """The kind of regulation that a company's plot lease and articles set."""

    NON_HITAS = "non_hitas"
    HITAS_1 = "hitas_1"
    HITAS_2 = "hitas_2"
    HITAS_1_NO_INTEREST = "hitas_1_no_interest"
    HITAS_2_NO_INTEREST = "hitas_2_no_interest"
    NEW_HITAS_1 = "new_hitas_1"
    NEW_HITAS_2 = "new_hitas_2"
    RR_NEW_HITAS = "rr_new_hitas"
    HALF_HITAS = "half_hitas"
    RENTAL_HITAS_1 = "rental_hitas_1"
    RENTAL_HITAS_2 = "rental_hitas_2"

    @property
    def new_rules(self) -> bool:
        """Whether the type is of the rules of 2011."""
        return self in {HitasType.NEW_HITAS_1, HitasType.NEW_HITAS_2, HitasType.RR_NEW_HITAS}

    @property
    def in_statistics(self) -> bool:
        """Whether its prices count in the price ceiling: half-Hitas, rental Hitas and others are left out."""
        return self not in {HitasType.NON_HITAS, HitasType.HALF_HITAS, HitasType.RENTAL_HITAS_1, HitasType.RENTAL_HITAS_2}


class RuleFamily(StrEnum):
    """Which set of rules a price is computed by."""

    FROM_2011 = "from_2011"
    BEFORE_2011 = "before_2011"


class Basis(StrEnum):
    """Which of the three figures became the maximum price."""

    MARKET = "market"
    CONSTRUCTION = "construction"
    CEILING = "ceiling"


class WorkIndex(StrEnum):
    """In which run of the rules before 2011 an improvement counts."""

    BOTH = "both"
    MARKET = "market"
    CONSTRUCTION = "construction"


@dataclass(frozen=True, slots=True)
class Home:
    """A flat. Areas in square metres; `shares` is the number of shares that carry it."""

    name: str
    area: Decimal | None
    completed_on: date | None
    first_sold_on: date | None = None
    first_price: Money | None = None
    first_loan: Money = ZERO
    updated_acquisition: Money | None = None
    extra_work: Money = ZERO
    interest_construction: Money = ZERO
    interest_market: Money = ZERO
    shares: int | None = None

    @property
    def first_acquisition(self) -> Money | None:
        """What the flat cost when it was first sold: the price and the share of the company's loan; None when it was never sold."""
        return None if self.first_price is None else self.first_price + self.first_loan


@dataclass(frozen=True, slots=True)
class Company:
    """The housing company as a whole.

    `unfinished` names flats whose completion is not known. `acquisition` is the sum over all its flats, `same_day_acquisition`
    over those completed on the day of the flat in question.
    """

    name: str
    type: HitasType
    completed_on: date | None
    area: Decimal
    shares: int = 0
    regulated: bool = True
    released_on: date | None = None
    unfinished: tuple[str, ...] = ()
    acquisition: Money = ZERO
    same_day_acquisition: Money = ZERO


@dataclass(frozen=True, slots=True)
class Work:
    """An improvement of the flat or of the company. `yearly_percent` depreciates it under the construction price index."""

    key: str
    name: str
    value: Money
    completed_on: date
    index: WorkIndex = WorkIndex.BOTH
    yearly_percent: Decimal | None = None
    no_deductions: bool = False


@dataclass(frozen=True, slots=True)
class Loan:
    """The flat's share of the company's loans and the day on which the share was told."""

    share: Money
    on: date


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that one maximum price is computed from, on a day."""

    home: Home
    company: Company
    loan: Loan
    on: date
    indices: Indices
    depreciation: DepreciationTable
    home_works: Sequence[Work] = ()
    company_works: Sequence[Work] = ()

    @property
    def family(self) -> RuleFamily:
        """The rules of 2011 for companies of their types that were completed in their time, the earlier ones for the rest."""
        done = self.company.completed_on
        new = self.company.type.new_rules and done is not None and done >= NEW_RULES_FROM
        return RuleFamily.FROM_2011 if new else RuleFamily.BEFORE_2011


@dataclass(frozen=True, slots=True)
class Run:
    """One of the three figures: its steps, its exact amount and the last day on which it holds."""

    basis: Basis
    calculation: Calculation
    amount: Fraction
    valid_until: date


@dataclass(frozen=True, slots=True)
class MaximumPrice:
    """The result: the summary, the three runs behind it, the price to the cent, on what it rests and until when it holds."""

    summary: Calculation
    runs: tuple[Run, ...]
    price: Money
    basis: Basis
    valid_until: date
    family: RuleFamily
