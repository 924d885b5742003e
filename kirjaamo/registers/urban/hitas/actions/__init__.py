"""The verbs of the register: the only place of it that writes."""

from __future__ import annotations

from kirjaamo.registers.urban.hitas.actions.asking import Asked, answer_request, ask_price, asked_of, choose_flat, judge
from kirjaamo.registers.urban.hitas.actions.conditions import fulfil_condition, give_grace
from kirjaamo.registers.urban.hitas.actions.homes import add_apartment, add_company, improve_apartment, improve_company
from kirjaamo.registers.urban.hitas.actions.prices import calculate, confirm, print_draft, send, void_calculation
from kirjaamo.registers.urban.hitas.actions.refusing import AlreadyConfirmed
from kirjaamo.registers.urban.hitas.actions.release import confirm_run, prepare_run, release_by_plot, release_company
from kirjaamo.registers.urban.hitas.actions.rows import (
    compute_ceiling,
    compute_interest,
    load_area_prices,
    load_indices,
    void_area_price,
    void_index,
)
from kirjaamo.registers.urban.hitas.actions.sales import (
    NewSale,
    decide_redemption,
    exclude_sale,
    include_sale,
    record_deed,
    record_sale,
    sell,
    void_sale,
)
from kirjaamo.registers.urban.hitas.actions.telling import send_letter, write_letter, write_letters

__all__ = [
    "AlreadyConfirmed",
    "Asked",
    "NewSale",
    "add_apartment",
    "add_company",
    "answer_request",
    "ask_price",
    "asked_of",
    "calculate",
    "choose_flat",
    "compute_ceiling",
    "compute_interest",
    "confirm",
    "confirm_run",
    "decide_redemption",
    "exclude_sale",
    "fulfil_condition",
    "give_grace",
    "improve_apartment",
    "improve_company",
    "include_sale",
    "judge",
    "load_area_prices",
    "load_indices",
    "prepare_run",
    "print_draft",
    "record_deed",
    "record_sale",
    "release_by_plot",
    "release_company",
    "sell",
    "send",
    "send_letter",
    "void_area_price",
    "void_calculation",
    "void_index",
    "void_sale",
    "write_letter",
    "write_letters",
]
