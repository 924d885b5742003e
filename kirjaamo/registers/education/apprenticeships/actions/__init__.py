"""The verbs of the register, by what they are done to."""

from __future__ import annotations

from kirjaamo.registers.education.apprenticeships.actions.contacts import Contacted, answer_contact, contacted_of, make_contact
from kirjaamo.registers.education.apprenticeships.actions.contracts import (
    add_training_days,
    agree,
    confirm,
    draft,
    suspend,
)
from kirjaamo.registers.education.apprenticeships.actions.ending import end_arrangement, end_contract, notify, withdraw_study_right
from kirjaamo.registers.education.apprenticeships.actions.money import (
    claim_benefits,
    compute_month,
    compute_payment,
    confirm_payment,
    decide_benefits,
    decide_compensation,
    reckon_claim_again,
    reckon_payment_again,
)
from kirjaamo.registers.education.apprenticeships.actions.parties import (
    add_rate,
    add_study_right,
    add_workplace,
    end_rate,
    load_rates,
    name_instructor,
    register_employer,
)
from kirjaamo.registers.education.apprenticeships.actions.plan import add_plan_part, agree_continuation, record_demonstration

__all__ = [
    "Contacted",
    "add_plan_part",
    "add_rate",
    "add_study_right",
    "add_training_days",
    "add_workplace",
    "agree",
    "agree_continuation",
    "answer_contact",
    "claim_benefits",
    "compute_month",
    "compute_payment",
    "confirm",
    "confirm_payment",
    "contacted_of",
    "decide_benefits",
    "decide_compensation",
    "draft",
    "end_arrangement",
    "end_contract",
    "end_rate",
    "load_rates",
    "make_contact",
    "name_instructor",
    "notify",
    "reckon_claim_again",
    "reckon_payment_again",
    "record_demonstration",
    "register_employer",
    "suspend",
    "withdraw_study_right",
]
