"""The verbs of the register, by what they are done to."""

from __future__ import annotations

from kirjaamo.registers.education.premises.actions.bills import bill_month
from kirjaamo.registers.education.premises.actions.bookings import ask, book, cancel, confirm, refuse, serve
from kirjaamo.registers.education.premises.actions.casework import SLUG, Asked
from kirjaamo.registers.education.premises.actions.rooms import (
    add_price_list,
    add_rank_order,
    add_room,
    close_all,
    close_room,
    end_price_list,
    register_customer,
)
from kirjaamo.registers.education.premises.actions.turns import (
    agree,
    allocate,
    announce,
    apply_for_turn,
    decide,
    make_agreement,
    open_season,
    terminate,
)

__all__ = [
    "SLUG",
    "Asked",
    "add_price_list",
    "add_rank_order",
    "add_room",
    "agree",
    "allocate",
    "announce",
    "apply_for_turn",
    "ask",
    "bill_month",
    "book",
    "cancel",
    "close_all",
    "close_room",
    "confirm",
    "decide",
    "end_price_list",
    "make_agreement",
    "open_season",
    "refuse",
    "register_customer",
    "serve",
    "terminate",
]
