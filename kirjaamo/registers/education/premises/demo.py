"""Invented schools, customers, a season of standing turns and requests that wait, so that the register looks like one in use.

The hourly prices of supervised and self-supervised general use follow a list of 2016; the others are invented.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

from django.utils import timezone

from kirjaamo.documents.models import Way
from kirjaamo.kernel.actors import VISITOR, Machine
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.actions import create_user
from kirjaamo.organisation.demo import PASSWORD, SINCE
from kirjaamo.organisation.models import Unit, User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.premises import actions
from kirjaamo.registers.education.premises.choices import Activity, BookingState, CustomerKind, Group, RoomKind
from kirjaamo.registers.education.premises.models import Agreement, Booking, Customer, Room, Season, TurnApplication, Wish
from kirjaamo.registers.education.premises.rules.fees import GROUPS, KINDS
from kirjaamo.registers.education.premises.rules.times import Slot, is_weekend
from kirjaamo.values.personal_id import PersonalId

CLERK = Machine("demo")
WORKER = ("tiina", "Tiina Tilanen")
ROLES = (Role.HANDLER, Role.REGISTER_WORKER)
SIGN_INS = [(WORKER[0], PASSWORD, f"{WORKER[1]}: {', '.join(role.value for role in ROLES)}")]
FIRST = ("Aino", "Eino", "Helmi", "Onni", "Eevi", "Väinö", "Lyyli", "Toivo", "Siiri", "Oiva", "Alma", "Urho", "Impi", "Reino", "Sylvi")
LAST = ["Esimerkki", "Keksitty", "Mallikas", "Testinen", "Tarunen", "Satunen", "Kuvitelma", "Harjoitus", "Näyte", "Luomanen"]
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SCHOOLS = (
    ("KESK", "Keksityn koulu", "Esimerkkikatu 2"),
    ("MALL", "Mallilan peruskoulu", "Mallipolku 14"),
    ("TARU", "Tarulan ala-aste", "Tarukuja 5"),
    ("HARJ", "Harjoitusmäen lukio", "Harjoitustie 31"),
    ("NAYT", "Näyterannan yhteiskoulu", "Näyteranta 8"),
    ("KUVI", "Kuvitelman ruotsinkielinen koulu", "Kuvitelmankatu 17"),
)
ROOMS = (
    ("101", "luokka 101", RoomKind.CLASSROOM, 30),
    ("102", "luokka 102", RoomKind.CLASSROOM, 26),
    ("MUS", "musiikkiluokka", RoomKind.SPECIAL, 24),
    ("RUO", "ruokala", RoomKind.SPECIAL, 120),
    ("AUD", "auditorio", RoomKind.SPECIAL, 90),
    ("JUH", "juhlasali", RoomKind.HALL, 250),
)
CLUBS = (
    "Esimerkin Kuoro ry",
    "Mallilan Shakkiseura ry",
    "Tarunkertojat ry",
    "Näyterannan Kotikaupunkiyhdistys ry",
    "Partiolippukunta Kuvitelmat ry",
    "Harjoituksen Kansantanssijat ry",
    "Keksijöiden Kerho ry",
    "Suomi–Satumaa-seura ry",
    "Mallilan Vanhempainyhdistys ry",
    "Luomisen Opintokerho ry",
)
PURPOSES = ("kuoroharjoitus", "shakkikerho", "kokous", "kielikurssi", "näytelmäharjoitus", "lukupiiri", "lasten kerho", "vanhempainilta")
HOURLY = {
    ("classroom", "general"): ("17,40", "26,30", "5,50", "8,30"),
    ("special", "general"): ("29,05", "43,85", "9,20", "13,90"),
    ("hall", "general"): ("46,00", "69,00", "18,00", "27,00"),
    ("classroom", "education"): ("11,20", "16,90", "4,00", "6,00"),
    ("special", "education"): ("18,70", "28,20", "6,10", "9,20"),
    ("hall", "education"): ("30,00", "45,00", "12,00", "18,00"),
    ("classroom", "youth"): ("0", "0", "0", "0"),
    ("special", "youth"): ("5,00", "7,50", "0", "0"),
    ("hall", "youth"): ("10,00", "15,00", "5,00", "7,50"),
}
COLUMNS = (("arki", "valvottu"), ("viikonloppu", "valvottu"), ("arki", "omatoiminen"), ("viikonloppu", "omatoiminen"))
DAMAGES = ("Valkotauluun on kirjoitettu tussilla.", "Pianon jalka on katkennut.")
CUSTOMERS, APPLICATIONS, REQUESTS, NEXT, SENT = 36, 34, 14, 24, 5


def make(report: Callable[[int, int, str], None]) -> None:
    """Rooms, prices, customers, a season that runs, requests that wait."""
    _worker()
    chance = random.Random(20_261_122)  # noqa: S311 - invented data, the same each time
    today = timezone.localdate()
    rooms = _rooms(today)
    customers = [_customer(chance, index) for index in range(CUSTOMERS)]
    season = _season(chance, rooms, customers, today, report)
    _bill(season)
    _next_seasons(chance, rooms, customers, today)
    _requests(chance, rooms, customers, today, report)
    _upkeep(today)


def _worker() -> None:
    """Who works in the register."""
    unit = Unit.objects.filter(slug="kasko-tilapalvelut").first()
    if unit is not None and not User.objects.filter(username=WORKER[0]).exists():
        create_user(*WORKER, PASSWORD, roles=ROLES, actor=CLERK, since=SINCE, unit=unit, registers=(actions.SLUG,))


def _rooms(today: dt.date) -> list[Room]:
    for kind, group in HOURLY:
        assert kind in KINDS  # noqa: S101 - the words of the rules
        assert group in GROUPS  # noqa: S101 - the same
    lines = [
        f"{kind};{group};{day};{way};{price}"
        for (kind, group), prices in HOURLY.items()
        for (day, way), price in zip(COLUMNS, prices, strict=True)
    ]
    actions.add_price_list("Esimerkkihinnasto", "keksitty päätös", dt.date(2024, 8, 1), None, "\n".join(lines), actor=CLERK)
    actions.load_tax_rates(actor=CLERK)
    actions.load_terms(actor=CLERK)
    actions.add_rank_order("youth special education association other", "Ehdotus jakojärjestykseksi", dt.date(2024, 1, 1), actor=CLERK)
    holiday = dt.date(today.year, 12, 21)
    actions.close_all("Koulujen joululoma", holiday, holiday + dt.timedelta(days=16), actor=CLERK)
    return [
        actions.add_room(f"{code}-{number}", school, name, kind, size, address, number in {"101", "RUO", "AUD"}, actor=CLERK)
        for code, school, address in SCHOOLS
        for number, name, kind, size in ROOMS
    ]


def _customer(chance: random.Random, index: int) -> Customer:
    born = dt.date(1950, 1, 1) + dt.timedelta(days=chance.randrange(18_000))
    digits = f"{born:%d%m%y}{900 + index}"
    code = PersonalId.parse(f"{born:%d%m%y}-{900 + index}{CHECK[int(digits) % 31]}")
    person = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    email, telephone = f"asiakas{index}@example.org", f"040 000 {1000 + index}"
    kind, name, group = CustomerKind.PERSON, person, Group.GENERAL
    if index < len(CLUBS):
        kind, name, group = CustomerKind.ASSOCIATION, CLUBS[index], chance.choice([Group.GENERAL, Group.GENERAL, Group.YOUTH])
    elif index < len(CLUBS) + 3:
        kind, name, group = CustomerKind.BODY, f"Esimerkkiopisto {index}", Group.EDUCATION
    contact = "" if kind == CustomerKind.PERSON else person
    return actions.register_customer(kind, name, group, code, contact, email=email, telephone=telephone, actor=CLERK)


def _season(
    chance: random.Random, rooms: list[Room], customers: list[Customer], today: dt.date, report: Callable[[int, int, str], None]
) -> Season:
    """A season that began two months ago: applied for, allocated, decided."""
    first = today - dt.timedelta(days=63)
    opens, closes = first - dt.timedelta(days=60), first - dt.timedelta(days=20)
    title = f"Kausi {first.year}–{first.year + 1}"
    season = actions.open_season(title, first, today + dt.timedelta(days=42), opens, closes, actor=CLERK)
    for index in range(APPLICATIONS):
        arrived = first - dt.timedelta(days=chance.randrange(21, 60))
        _apply(chance, season, rooms[:14], customers[index % len(customers)], arrived)
    season = actions.allocate(season, actor=CLERK)
    waiting = list(TurnApplication.objects.filter(season=season).order_by("pk"))
    for number, application in enumerate(waiting, start=1):
        actions.decide(application, actor=CLERK)
        if chance.randrange(7):
            actions.announce(application, Way.EMAIL, actor=CLERK)
        report(number, len(waiting), "standing turns")
    return season


def _apply(chance: random.Random, season: Season, wanted: list[Room], account: Customer, arrived: dt.date) -> None:
    """An application with one to three wishes."""
    wishes = []
    for _ in range(chance.randrange(1, 4)):
        room, start = chance.choice(wanted), chance.choice([17, 17, 18, 18, 19])
        wishes.append(f"{room.code};{chance.choice(['ti', 'ti', 'ke', 'to'])};{start};{start + chance.choice([1, 2])}")
    activity, purpose, people = chance.choice(list(Activity)), chance.choice(PURPOSES), chance.randrange(6, 40)
    actions.apply_for_turn(season, account.number, activity, purpose, people, arrived, "\n".join(wishes), actor=CLERK)


def _next_seasons(chance: random.Random, rooms: list[Room], customers: list[Customer], today: dt.date) -> None:
    """A season whose turns wait to be allocated, and one that is applied for now."""
    day = dt.timedelta(days=1)
    first = today + 43 * day
    spring = actions.open_season(f"Kevätkausi {first.year}", first, first + 120 * day, today - 40 * day, today - day, actor=CLERK)
    for index in range(NEXT):
        _apply(chance, spring, rooms[:10], customers[index % len(customers)], today - chance.randrange(2, 39) * day)
    summer = first + 121 * day
    applied_for = actions.open_season(f"Kesäkausi {summer.year}", summer, summer + 60 * day, today - 5 * day, today + 30 * day, actor=CLERK)
    for index in range(SENT):
        _send(chance, applied_for, rooms, customers[index])


def _send(chance: random.Random, season: Season, rooms: list[Room], account: Customer) -> None:
    """An application of the public form: it waits for being linked to its customer."""
    start = dt.time(chance.choice([17, 18]))
    wish = Wish(room=chance.choice(rooms), weekday=chance.choice("0123"), starts=start, ends=dt.time(start.hour + 2))
    told = actions.Applied(
        season=season,
        activity=chance.choice(list(Activity)),
        wishes=[wish],
        name=str(account.contact.name),
        email="hakija@example.org",
        purpose=chance.choice(PURPOSES),
        headcount=chance.randrange(6, 24),
        customer_number=account.number,
    )
    actions.send_turn(told, actor=VISITOR)


def _upkeep(today: dt.date) -> None:
    """This week's shifts, a damage that waits and one that is claimed."""
    with suppress(Refused):  # a week of holidays has no supervised uses
        actions.plan_shifts(today, actor=CLERK)
    used = Booking.objects.filter(state=BookingState.CONFIRMED, starts_at__lt=timezone.now()).order_by("-starts_at")
    for booking, what in zip(used, DAMAGES, strict=False):
        damage = actions.report_damage(booking, today, what, actor=CLERK)
        if what is DAMAGES[-1]:
            actions.claim_damage(damage, Decimal("85.00"), actor=CLERK)


def _bill(season: Season) -> None:
    """Bill the month in which the season began; the next one waits."""
    if Agreement.objects.filter(valid=season.days).exists():
        try:
            actions.bill_month(season.days.lower, actor=CLERK)
        except Refused:  # a season that began on the last days of a month has nothing to bill yet
            return


def _requests(
    chance: random.Random, rooms: list[Room], customers: list[Customer], today: dt.date, report: Callable[[int, int, str], None]
) -> None:
    """Requests of visitors: some wait, some are confirmed, one is refused, one is cancelled."""
    for number in range(1, REQUESTS + 1):
        account = chance.choice(customers)
        day = today + dt.timedelta(days=chance.randrange(15, 27))
        start = dt.time(chance.randrange(10, 18) if is_weekend(day) else chance.choice([17, 18, 19]))
        told = actions.Asked(
            room=chance.choice(rooms),
            slot=Slot(day, start, dt.time(start.hour + 2)),
            name=str(account.contact.name),
            email=f"asiakas{number}@example.org",
            purpose=chance.choice(PURPOSES),
            headcount=chance.randrange(4, 24),
            organisation=str(account.holder.name) if account.kind != CustomerKind.PERSON else "",
            customer_number=account.number if chance.randrange(3) else "",
        )
        try:
            actions.judge(told)
            booking = Booking.objects.get(case__identifier=actions.ask(told, actor=VISITOR))
        except Refused:  # a room that is taken or closed on that day
            continue
        if number % 3 == 0:
            done = actions.confirm(booking, account.number, actor=CLERK)
            if number % 2 == 0:
                actions.cancel(done, today, "este", actor=CLERK)
        if number % 7 == 0:
            actions.refuse(booking, "Tila on koulun omassa käytössä.", actor=CLERK)
        report(number, REQUESTS, "requests")
