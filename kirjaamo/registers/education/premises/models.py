"""All records of the register: rooms and customers, dated rows, turns with their agreements, bookings and bills."""

from __future__ import annotations

from kirjaamo.registers.education.premises.bookings import Bill, Booking
from kirjaamo.registers.education.premises.prices import Price, PriceList, RankOrder
from kirjaamo.registers.education.premises.rooms import ClosedDays, Customer, Room
from kirjaamo.registers.education.premises.turns import Agreement, Season, TurnApplication, Wish

__all__ = [
    "Agreement",
    "Bill",
    "Booking",
    "ClosedDays",
    "Customer",
    "Price",
    "PriceList",
    "RankOrder",
    "Room",
    "Season",
    "TurnApplication",
    "Wish",
]
