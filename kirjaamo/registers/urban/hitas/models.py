"""The records of the Hitas register."""

from __future__ import annotations

from kirjaamo.registers.urban.hitas.calculations import (
    CalculationState,
    ConstructionInterest,
    MaximumPriceCalculation,
    PriceBasis,
    PriceFamily,
)
from kirjaamo.registers.urban.hitas.homes import Apartment, HitasKind, HousingCompany, Improvement, ImprovementRun, RegulationStatus
from kirjaamo.registers.urban.hitas.regulation import RegulationOutcome, RegulationRun, RegulationVerdict
from kirjaamo.registers.urban.hitas.sales import Ownership, Sale
from kirjaamo.registers.urban.hitas.series import AreaPrice, IndexSeries, IndexValue

__all__ = [
    "Apartment",
    "AreaPrice",
    "CalculationState",
    "ConstructionInterest",
    "HitasKind",
    "HousingCompany",
    "Improvement",
    "ImprovementRun",
    "IndexSeries",
    "IndexValue",
    "MaximumPriceCalculation",
    "Ownership",
    "PriceBasis",
    "PriceFamily",
    "RegulationOutcome",
    "RegulationRun",
    "RegulationStatus",
    "RegulationVerdict",
    "Sale",
]
