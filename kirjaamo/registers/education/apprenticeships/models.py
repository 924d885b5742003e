"""All records of the register: its parties and dated rows, the two contracts, the plan, and what is paid."""

from __future__ import annotations

from kirjaamo.registers.education.apprenticeships.contacts import TrainingContact
from kirjaamo.registers.education.apprenticeships.contracts import (
    Apprenticeship,
    ArrangementAgreement,
    EndingNotice,
    Suspension,
    TrainingDay,
    TrainingVisit,
)
from kirjaamo.registers.education.apprenticeships.money import BenefitClaim, CompensationDecision, CompensationPayment
from kirjaamo.registers.education.apprenticeships.parties import StudyRight, TrainingEmployer, TrainingRate, Workplace, WorkplaceInstructor
from kirjaamo.registers.education.apprenticeships.plans import PlanPart

__all__ = [
    "Apprenticeship",
    "ArrangementAgreement",
    "BenefitClaim",
    "CompensationDecision",
    "CompensationPayment",
    "EndingNotice",
    "PlanPart",
    "StudyRight",
    "Suspension",
    "TrainingContact",
    "TrainingDay",
    "TrainingEmployer",
    "TrainingRate",
    "TrainingVisit",
    "Workplace",
    "WorkplaceInstructor",
]
