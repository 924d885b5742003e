"""What the tests start from: people of each register, school days, a student with guardian, a narrative that nobody else may see."""

from __future__ import annotations

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from kirjaamo.contract.actions import create
from kirjaamo.kernel.actors import Machine
from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.student_welfare import actions
from kirjaamo.registers.education.student_welfare.choices import Channel, ContactBy, DayKind, Level, NoteKind, Profession
from kirjaamo.registers.education.student_welfare.models import GroupClient, PsychologyClient, SchoolDays, SocialClient
from kirjaamo.testing import make_user
from kirjaamo.values.personal_id import PersonalId

CLERK = Machine("clerk")
UNIT = "kasvatuksen-ja-koulutuksen-toimiala"
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
NAME, GUARDIAN_NAME = "Oona Oppilas", "Helena Huoltaja"
SECRET = "Oona kertoo, ettei uskalla mennä kotiin perjantaina."


def code(born: dt.date, number: int = 904) -> PersonalId:
    """An artificial identity code of a birth date."""
    digits = f"{born:%d%m%y}{number}"
    return PersonalId.parse(f"{born:%d%m%y}{'A' if born.year > 1999 else '-'}{number}{CHECK[int(digits) % 31]}")


def born(years: int) -> dt.date:
    """A birth date that makes someone of an age today."""
    earlier = timezone.localdate() - dt.timedelta(days=40)
    return dt.date(earlier.year - years, earlier.month, min(earlier.day, 28))


GUARDIAN = code(dt.date(1980, 3, 3), 905)


def worker(role: Role, name: str) -> User:
    """A worker of the division."""
    return make_user(role, unit=UNIT, name=name)


def made_days() -> None:
    """School days around today: a term of a year each way, and the autumn break of 2026."""
    today = timezone.localdate()
    rows = [
        (DayKind.TERM, "Lukukausi", DateRange(dt.date(2024, 1, 1), today + dt.timedelta(days=400))),
        (DayKind.BREAK, "Syysloma 2026", DateRange(dt.date(2026, 10, 12), dt.date(2026, 10, 17))),
    ]
    for kind, title, days in rows:
        create(SchoolDays(kind=kind, title=title, days=days, source="testi", known=RowKnown.EXAMPLE), actor=CLERK)


def social_client(by: User, *, years: int = 16, number: int = 904, name: str = NAME, take: bool = True) -> SocialClient:
    """A student who has contacted the school social worker, taken by a worker."""
    made: SocialClient = actions.take_social_contact(
        timezone.localdate(),
        code(born(years), number),
        name,
        "Mallilan peruskoulu",
        Level.BASIC,
        ContactBy.STUDENT,
        Channel.IN_PERSON,
        class_name="9B",
        guardian_id=GUARDIAN,
        guardian_name=GUARDIAN_NAME,
        take=take,
        actor=by,
    )
    return made


def psychology_client(by: User, *, years: int = 16) -> PsychologyClient:
    """The same student as a client of the psychologist."""
    today = timezone.localdate()
    student, school = code(born(years)), "Mallilan peruskoulu"
    by_message = (ContactBy.STUDENT, Channel.MESSAGE)
    made: PsychologyClient = actions.take_psychology_contact(today, student, NAME, school, Level.BASIC, *by_message, take=True, actor=by)
    return made


def group_client(by: User) -> GroupClient:
    """The same student with a group around them."""
    today = timezone.localdate()
    return actions.convene(today, code(born(16)), NAME, "Mallilan peruskoulu", Level.BASIC, Profession.SOCIAL_WORKER, today, actor=by)


def write(client: SocialClient | PsychologyClient | GroupClient, by: User, text: str = SECRET) -> None:
    """An entry of today."""
    actions.add_note(client, timezone.localdate(), NoteKind.TALK, text, actor=by)
