"""The verbs of the register: the only place of it that writes."""

from __future__ import annotations

from kirjaamo.registers.urban.hitas.actions.homes import add_apartment, add_company, improve_apartment, improve_company
from kirjaamo.registers.urban.hitas.actions.prices import calculate, confirm, send, void_calculation
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
from kirjaamo.registers.urban.hitas.actions.sales import NewSale, record_sale, sell, void_sale

__all__ = [
    "AlreadyConfirmed",
    "NewSale",
    "add_apartment",
    "add_company",
    "calculate",
    "compute_ceiling",
    "compute_interest",
    "confirm",
    "confirm_run",
    "improve_apartment",
    "improve_company",
    "load_area_prices",
    "load_indices",
    "prepare_run",
    "record_sale",
    "release_by_plot",
    "release_company",
    "sell",
    "send",
    "void_area_price",
    "void_calculation",
    "void_index",
    "void_sale",
]
