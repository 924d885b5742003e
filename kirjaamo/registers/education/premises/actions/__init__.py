"""The verbs of the register, by what they are done to."""

from __future__ import annotations

from kirjaamo.registers.education.premises.actions.applying import apply_for_turn, judge_turn, link_customer, open_season, send_turn
from kirjaamo.registers.education.premises.actions.bills import bill_month, correct, deliver_bills, issue
from kirjaamo.registers.education.premises.actions.bookings import ask, book, confirm, judge, refuse, serve
from kirjaamo.registers.education.premises.actions.casework import SLUG
from kirjaamo.registers.education.premises.actions.changing import cancel, move
from kirjaamo.registers.education.premises.actions.customers import (
    change_contact,
    register_applicant,
    register_asker,
    register_customer,
)
from kirjaamo.registers.education.premises.actions.rooms import add_room, close_all, close_room
from kirjaamo.registers.education.premises.actions.rows import (
    add_price,
    add_price_list,
    add_rank_order,
    add_tax_rate,
    end_price_list,
    end_tax_rate,
    load_tax_rates,
)
from kirjaamo.registers.education.premises.actions.seasons import allocate, announce, announce_all, decide, decide_all
from kirjaamo.registers.education.premises.actions.terms import add_terms, end_terms, load_terms
from kirjaamo.registers.education.premises.actions.turns import agree, deliver, make_agreement, terminate
from kirjaamo.registers.education.premises.actions.upkeep import claim_damage, drop_damage, plan_shifts, report_damage, settle_damage
from kirjaamo.registers.education.premises.sent_in import Applied, Asked

__all__ = [
    "SLUG",
    "Applied",
    "Asked",
    "add_price",
    "add_price_list",
    "add_rank_order",
    "add_room",
    "add_tax_rate",
    "add_terms",
    "agree",
    "allocate",
    "announce",
    "announce_all",
    "apply_for_turn",
    "ask",
    "bill_month",
    "book",
    "cancel",
    "change_contact",
    "claim_damage",
    "close_all",
    "close_room",
    "confirm",
    "correct",
    "decide",
    "decide_all",
    "deliver",
    "deliver_bills",
    "drop_damage",
    "end_price_list",
    "end_tax_rate",
    "end_terms",
    "issue",
    "judge",
    "judge_turn",
    "link_customer",
    "load_tax_rates",
    "load_terms",
    "make_agreement",
    "move",
    "open_season",
    "plan_shifts",
    "refuse",
    "register_applicant",
    "register_asker",
    "register_customer",
    "report_damage",
    "send_turn",
    "serve",
    "settle_damage",
    "terminate",
]
