"""All records of the register: rooms and customers, dated rows, turns with their agreements, bookings and bills, upkeep."""

from __future__ import annotations

from kirjaamo.registers.education.premises.bookings import Bill, Booking
from kirjaamo.registers.education.premises.prices import Price, PriceList, RankOrder, TaxRate
from kirjaamo.registers.education.premises.rooms import ClosedDays, Customer, Room
from kirjaamo.registers.education.premises.terms import UseTerms
from kirjaamo.registers.education.premises.turns import Agreement, Season, TurnApplication, Wish
from kirjaamo.registers.education.premises.upkeep import Damage, Shift

__all__ = [
    "Agreement",
    "Bill",
    "Booking",
    "ClosedDays",
    "Customer",
    "Damage",
    "Price",
    "PriceList",
    "RankOrder",
    "Room",
    "Season",
    "Shift",
    "TaxRate",
    "TurnApplication",
    "UseTerms",
    "Wish",
]
