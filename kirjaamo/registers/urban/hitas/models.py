"""The records of the Hitas register."""

from __future__ import annotations

from kirjaamo.registers.urban.hitas.asked import AskerRole, PriceRequest
from kirjaamo.registers.urban.hitas.calculations import (
    CalculationState,
    ConstructionInterest,
    MaximumPriceCalculation,
    PriceBasis,
    PriceFamily,
)
from kirjaamo.registers.urban.hitas.conditions import ConditionOfSale, Fulfilment, Grace
from kirjaamo.registers.urban.hitas.homes import (
    Apartment,
    Building,
    HitasKind,
    HousingCompany,
    Improvement,
    ImprovementRun,
    RegulationStatus,
)
from kirjaamo.registers.urban.hitas.regulation import RegulationLetter, RegulationOutcome, RegulationRun, RegulationVerdict
from kirjaamo.registers.urban.hitas.sales import Ownership, Redemption, Sale
from kirjaamo.registers.urban.hitas.series import AreaPrice, IndexSeries, IndexValue

__all__ = [
    "Apartment",
    "AreaPrice",
    "AskerRole",
    "Building",
    "CalculationState",
    "ConditionOfSale",
    "ConstructionInterest",
    "Fulfilment",
    "Grace",
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
    "PriceRequest",
    "Redemption",
    "RegulationLetter",
    "RegulationOutcome",
    "RegulationRun",
    "RegulationStatus",
    "RegulationVerdict",
    "Sale",
]
