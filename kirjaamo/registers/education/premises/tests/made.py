"""What the tests of this register start from: rooms, a price list, an order of ranks, customers."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from kirjaamo.kernel.actors import Machine
from kirjaamo.registers.education.premises import actions
from kirjaamo.registers.education.premises.choices import Activity, CustomerKind, Group, RoomKind
from kirjaamo.registers.education.premises.models import Customer, Room, TaxRate, UseTerms
from kirjaamo.registers.education.premises.rules.times import CALENDAR, Slot
from kirjaamo.values.personal_id import PersonalId

CLERK = Machine("clerk")
MAIJA, MATTI = PersonalId.parse("150594Y9022"), PersonalId.parse("010190-900P")
LIST_2016 = """
luokkahuone;yleinen;arki;valvottu;17,40
luokkahuone;yleinen;viikonloppu;valvottu;26,30
luokkahuone;yleinen;arki;omatoiminen;5,50
luokkahuone;aikuiskoulutus;arki;valvottu;11,20
"""
RANKS = "youth special education association other"


def day_ahead(weekday: int, weeks: int = 4) -> dt.date:
    """A coming day of the week, weeks from now, that is no public holiday."""
    day = timezone.localdate() + dt.timedelta(weeks=weeks)
    day += dt.timedelta(days=(weekday - day.weekday()) % 7)
    while CALENDAR.holiday_key(day):
        day += dt.timedelta(weeks=1)
    return day


def made_room(code: str = "ALPPI-201", capacity: int = 30) -> Room:
    """A classroom."""
    return actions.add_room(code, "Alppilan koulu", f"luokka {code[-3:]}", RoomKind.CLASSROOM, capacity, "Tammisaarenkatu 2", actor=CLERK)


def made_prices() -> None:
    """The list of 2016, in force, with the terms of use and the tax that belong to it."""
    made_terms()
    made_tax()
    actions.add_price_list("Hinnasto 2016", "esimerkkipäätös", dt.date(2016, 8, 1), None, LIST_2016, actor=CLERK)


def made_ranks() -> None:
    """An order of activities, in force."""
    actions.add_rank_order(RANKS, "esimerkkipäätös", dt.date(2020, 1, 1), actor=CLERK)


def made_terms() -> None:
    """The terms of use that come with the program, unless they are there."""
    if not UseTerms.objects.exists():
        actions.load_terms(actor=CLERK)


def made_tax() -> None:
    """The rates that come with the program, unless they are there."""
    if not TaxRate.objects.exists():
        actions.load_tax_rates(actor=CLERK)


def asked_for(room: Room, slot: Slot, name: str = "Pirkko Pyytäjä", number: str = "", people: int = 5) -> actions.Asked:
    """What the public form tells of a request."""
    return actions.Asked(room=room, slot=slot, name=name, email="p@example.org", purpose="kokous", headcount=people, customer_number=number)


def made_person() -> Customer:
    """Maija, who rents for herself."""
    made_terms()
    return actions.register_customer(CustomerKind.PERSON, "Maija Meikäläinen", Group.GENERAL, MAIJA, actor=CLERK)


def made_club(name: str = "Esimerkkiseura ry", contact: PersonalId = MATTI, contact_name: str = "Matti Mallikas") -> Customer:
    """A club with its responsible person."""
    made_terms()
    return actions.register_customer(CustomerKind.ASSOCIATION, name, Group.GENERAL, contact, contact_name, actor=CLERK)


ASSOCIATION = Activity.ASSOCIATION
