"""Invented students, contacts and narratives, so that the three registers look like ones in use. Every word is made up.

School social workers of Helsinki write elsewhere, so theirs holds closed clients of the years before; psychologists and groups are at work.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from kirjaamo.contract.actions import change, create
from kirjaamo.kernel import vault
from kirjaamo.kernel.actors import Machine
from kirjaamo.mechanisms.confidential.sealed import Sealed
from kirjaamo.organisation.actions import create_user
from kirjaamo.organisation.demo import PASSWORD, SINCE
from kirjaamo.organisation.models import Unit, User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.student_welfare import actions
from kirjaamo.registers.education.student_welfare import models as tables
from kirjaamo.registers.education.student_welfare.choices import (
    Channel,
    ClientState,
    ClosingReason,
    ContactBy,
    GivenBy,
    Level,
    MeetingKind,
    NoteKind,
    Profession,
    Recipient,
    StatementKind,
)
from kirjaamo.registers.education.student_welfare.retention import last_day
from kirjaamo.values.personal_id import PersonalId

CLERK = Machine("demo")
UNIT = "kasvatuksen-ja-koulutuksen-toimiala"
PEOPLE = (
    ("katri", "Katri Kuraattori", Role.SCHOOL_SOCIAL_WORKER),
    ("pekka", "Pekka Psykologi", Role.SCHOOL_PSYCHOLOGIST),
    ("reijo", "Reijo Rehtori", Role.STUDENT_WELFARE_MEMBER),
    ("vilma", "Vilma Vastuunen", Role.STUDENT_WELFARE_LEAD),
)
SIGN_INS = [(username, PASSWORD, f"{name}: {role.value}") for username, name, role in PEOPLE]
FIRST = ("Aino", "Eino", "Helmi", "Onni", "Eevi", "Väinö", "Lyyli", "Toivo", "Siiri", "Oiva", "Alma", "Urho", "Impi", "Reino", "Sylvi")
LAST = ("Esimerkki", "Keksitty", "Mallikas", "Testinen", "Tarunen", "Satunen", "Kuvitelma", "Harjoitus", "Näyte", "Luomanen")
SCHOOLS = ("Keksityn koulu", "Mallilan peruskoulu", "Tarulan ala-aste", "Harjoitusmäen lukio", "Näyterannan yhteiskoulu")
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CLOSED, AT_WORK, GROUPS = 90, 36, 8
TEXTS = (
    "Keskusteltiin koulupäivän sujumisesta. Sovittiin uusi aika.",
    "Opiskelija kertoi jännittävänsä esitelmiä. Harjoiteltiin hengittämistä.",
    "Puhuttiin luokan ilmapiiristä ja siitä, kenelle voi kertoa.",
    "Käytiin läpi poissaoloja ja viikkosuunnitelma.",
    "Sovittiin, että opettajalle kerrotaan vain, että tuki on aloitettu.",
)


def make(report: Callable[[int, int, str], None]) -> None:
    """People, dated rows, and then the three registers."""
    chance = random.Random(1_287_2013)  # noqa: S311 - invented data, the same each time
    make_people()
    actions.load_reference(actor=CLERK)
    make_staffing(chance)
    for number in range(CLOSED):
        closed_client(chance, number, actor=CLERK)
        report(number + 1, CLOSED, "closed clients of school social workers")
    psychologist = User.objects.get(username="pekka")
    for number in range(AT_WORK):
        at_work(chance, number, psychologist)
        report(number + 1, AT_WORK, "clients of psychologists")
    social_worker = User.objects.get(username="katri")
    for number in range(GROUPS):
        make_group(chance, number, social_worker)
        report(number + 1, GROUPS, "expert groups")


def make_people() -> None:
    """One person for each role of student welfare."""
    unit, hashed = Unit.objects.get(slug=UNIT), make_password(PASSWORD)
    for username, name, role in PEOPLE:
        if not User.objects.filter(username=username).exists():
            create_user(username, name, PASSWORD, roles=(role,), actor=CLERK, since=SINCE, unit=unit, hashed=hashed)


def make_staffing(chance: random.Random) -> None:
    """Students and shares of posts of each school; some do not meet the norm."""
    for school in SCHOOLS:
        actions.count_students(school, chance.randrange(280, 900), dt.date(2026, 9, 20), actor=CLERK)
        actions.staff_school(school, Profession.SOCIAL_WORKER, chance.choice((50, 60, 80, 100)), dt.date(2026, 8, 1), actor=CLERK)
        actions.staff_school(school, Profession.PSYCHOLOGIST, chance.choice((40, 60, 80, 100)), dt.date(2026, 8, 1), actor=CLERK)


def student(chance: random.Random, number: int, youngest: int = 7) -> tuple[PersonalId, str]:
    """An invented student with an identity code of the artificial range; each number another one."""
    born = dt.date(2026 - youngest - number % 11, 1 + number % 12, 1 + number % 28)
    digits = f"{born:%d%m%y}{900 + number % 100}"
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    return PersonalId.parse(f"{born:%d%m%y}A{900 + number % 100}{CHECK[int(digits) % 31]}"), name


def guardian(number: int) -> PersonalId:
    """An invented guardian."""
    born = dt.date(1975 + number % 12, 1 + number % 12, 1 + number % 28)
    digits = f"{born:%d%m%y}{900 + number % 100}"
    return PersonalId.parse(f"{born:%d%m%y}-{900 + number % 100}{CHECK[int(digits) % 31]}")


def closed_client(chance: random.Random, number: int, *, actor: Machine) -> None:
    """A closed client as one moved from the earlier system: entries before the move, retention counted."""
    code, name = student(chance, number)
    opened = dt.date(2021, 8, 16) + dt.timedelta(days=chance.randrange(1000))
    closed_on = opened + dt.timedelta(days=chance.randrange(30, 200))
    told = actions.NewClient(
        code,
        name,
        chance.choice(SCHOOLS),
        Level.BASIC,
        f"{1 + number % 9}B",
        guardian(number),
        f"{chance.choice(FIRST)} {chance.choice(LAST)}",
    )
    client: Any = actions.client_of(tables.SocialClient, "K", told, opened, actor=actor)
    for turn in range(chance.randrange(1, 6)):
        _entry(tables.SocialNote, client, opened + dt.timedelta(days=14 * turn), chance.choice(TEXTS), actor=actor)
    values = {"state": ClientState.CLOSED, "closed_on": closed_on, "closing_reason": chance.choice(ClosingReason.values)}
    values |= {"worker_name": "Katri Kuraattori", "partners": chance.choice(("", "Perheneuvola", "Nuorisotyö"))}
    change(client, {**values, "retention_due": last_day(client, closed_on)}, version=client.version, actor=actor)


def _entry(model: Any, client: Any, day: dt.date, text: str, *, actor: Machine) -> None:
    facts = {"author": "Katri Kuraattori", "profession": Profession.SOCIAL_WORKER, "kind": NoteKind.TALK}
    create(model(client=client, written_on=day, body=Sealed.of(text), digest=vault.fingerprint(text), **facts), actor=actor)


def at_work(chance: random.Random, number: int, worker: User) -> None:
    """A client of the psychologist: contact in the last weeks, some waiting, some met, one with a bar."""
    code, name = student(chance, 200 + number)
    came_on = timezone.localdate() - dt.timedelta(days=chance.randrange(0, 13))
    made_by, channel = ContactBy(chance.choice(ContactBy.values)), Channel(chance.choice(Channel.values))
    client = actions.take_psychology_contact(
        came_on,
        code,
        name,
        chance.choice(SCHOOLS),
        Level.BASIC,
        made_by,
        channel,
        urgent=number % 9 == 0,
        class_name=f"{1 + number % 9}A",
        guardian_id=guardian(200 + number),
        guardian_name=f"{chance.choice(FIRST)} {chance.choice(LAST)}",
        guardian_told=number % 2 == 0,
        take=number % 5 != 0,
        actor=worker,
    )
    if number % 5 == 0:
        return
    contact = client.contacts.get()
    if number % 4:
        actions.record_talk(contact, timezone.localdate(), actor=worker)
        for _turn in range(chance.randrange(1, 4)):
            actions.add_note(client, timezone.localdate(), NoteKind.TALK, chance.choice(TEXTS), actor=worker)
        client.refresh_from_db()
        at, place = f"{8 + number % 6}.{number % 2 * 3}0", "Koulun psykologin huone"
        ahead = timezone.localdate() + dt.timedelta(days=number % 9 - 1)
        actions.plan_meeting(client, ahead, at, MeetingKind.FOLLOW_UP, place, actor=worker)
    else:
        actions.give_appointment(contact, contact.due_on, "9.30", "Koulun psykologin huone", actor=worker)
    if number % 12 == 1:
        assessment = "Opiskelija ymmärtää kiellon merkityksen; painava syy on keskusteltu (keksitty esimerkki)."
        actions.bar_guardian(client, timezone.localdate(), worker.name, assessment, actor=worker)
    if number % 10 == 2:  # noqa: PLR2004 - every tenth
        actions.disclose(client, Recipient.STUDENT, name, "kertomus", actor=worker)


def make_group(chance: random.Random, number: int, worker: User) -> None:
    """A group with its consents, a member and a report."""
    today = timezone.localdate()
    code, name = student(chance, 300 + number, youngest=12)
    opened = today - dt.timedelta(days=chance.randrange(10, 60))
    group = actions.convene(opened, code, name, chance.choice(SCHOOLS), Level.BASIC, Profession.SOCIAL_WORKER, opened, actor=worker)
    given = actions.consent(group, StatementKind.GROUP_CONSENT, GivenBy.STUDENT, opened, "Reijo Rehtori, rehtori", actor=worker)
    if number % 3 and isinstance(given, tables.GroupStatement):
        actions.add_member(given, "Reijo Rehtori", Profession.PRINCIPAL, "reijo", actor=worker)
    actions.add_note(group, today - dt.timedelta(days=number * 6 % 50), NoteKind.MEETING, chance.choice(TEXTS), actor=worker)
