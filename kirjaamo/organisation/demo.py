"""Invented people of the demo city: one for each role, handlers of the units that answer, and one who registers and handles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.actions import create_user
from kirjaamo.organisation.models import Unit, User
from kirjaamo.organisation.roles import Role

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

PASSWORD = "valkoinen-joutsen-7"  # noqa: S105 - a demo's, printed for everyone
SINCE = dt.date(2025, 1, 1)


@dataclass(frozen=True)
class Person:
    """An invented person: unit by slug, role by role."""

    username: str
    name: str
    unit: str
    roles: tuple[Role, ...]
    language: str = "fi"
    registers: tuple[str, ...] = ()


PEOPLE = (
    Person("kaisa", "Kaisa Kirjola", "kirjaamo", (Role.REGISTRAR,)),
    Person(
        "heikki",
        "Heikki Hakamies",
        "kulttuurin-ja-vapaa-ajan-toimiala",
        (Role.HANDLER, Role.REGISTER_WORKER),
        registers=("erityisuimakortit",),
    ),
    Person("henna", "Henna Kivelä", "kaupunkiympariston-toimiala", (Role.HANDLER, Role.REGISTER_WORKER), registers=("hitas",)),
    Person("paula", "Paula Pääjärvi", "kaupunkiympariston-toimiala", (Role.DECIDER,)),
    Person(
        "robert",
        "Robert Registrén",
        "kulttuurin-ja-vapaa-ajan-toimiala",
        (Role.REGISTER_WORKER,),
        "sv",
        ("erityisuimakortit", "kasko-tilavaraus"),
    ),
    Person("tuomas", "Tuomas Tallgren", "hallinto-osasto", (Role.RECORDS_MANAGER,)),
    Person("arvi", "Arvi Arkistola", "hallinto-osasto", (Role.RECORDS_MANAGER,)),
    Person("iida", "Iida Inkinen", "hallinto-osasto", (Role.INFORMATION_MANAGER,)),
    Person("saara", "Saara Suojanen", "hallinto-osasto", (Role.DATA_PROTECTION_OFFICER,)),
    Person("antti", "Antti Aalto", "kaupunginkanslia", (Role.ADMINISTRATOR,)),
    Person("maija", "Maija Monitaito", "kirjaamo", (Role.REGISTRAR, Role.HANDLER)),
    Person("taina", "Taina Talonen", "talous-ja-suunnitteluosasto", (Role.HANDLER,)),
    Person("kimmo", "Kimmo Koskela", "kasvatuksen-ja-koulutuksen-toimiala", (Role.HANDLER,)),
    Person("pirkko", "Pirkko Paloheimo", "pelastuslaitos", (Role.HANDLER,)),
)
SIGN_INS = [(person.username, PASSWORD, f"{person.name}: {', '.join(str(role.value) for role in person.roles)}") for person in PEOPLE]
"""What `make demo` prints."""


def make_accounts(actor: Actor) -> list[tuple[str, str, str, tuple[Role, ...]]]:
    """Make the accounts that are not there yet; return user name, password, name and roles of all. The units must be loaded."""
    there = set(User.objects.values_list("username", flat=True))
    units = {unit.slug: unit for unit in Unit.objects.filter(slug__in={person.unit for person in PEOPLE})}
    hashed = make_password(PASSWORD)
    for person in PEOPLE:
        if person.username not in there:
            create_user(
                person.username,
                person.name,
                PASSWORD,
                roles=person.roles,
                actor=actor,
                since=SINCE,
                unit=units.get(person.unit),
                language=person.language,
                hashed=hashed,
                registers=person.registers,
            )
    return [(person.username, PASSWORD, person.name, person.roles) for person in PEOPLE]


def make(report: Callable[[int, int, str], None]) -> None:
    """Make the demo's accounts with progress."""
    report(0, len(PEOPLE), "accounts")
    made = make_accounts(Machine("demo"))
    report(len(made), len(PEOPLE), "accounts")
