"""The dated rows as the rules take them: school days of a school, the norm of a profession, where entries are written now."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.errors import BadInput, Refused
from kirjaamo.norms import clocks
from kirjaamo.registers.education.student_welfare.choices import DayKind
from kirjaamo.registers.education.student_welfare.models import Move, SchoolDays
from kirjaamo.registers.education.student_welfare.rules import clock
from kirjaamo.registers.education.student_welfare.rules.problems import Problem
from kirjaamo.ui import wording
from kirjaamo.values.calendar import SchoolCalendar
from kirjaamo.values.clock import local_day
from kirjaamo.values.deadlines import Deadline
from kirjaamo.values.period import Period
from kirjaamo.values.problems import ValueProblem

T = TypeVar("T")


def school_calendar(school: str) -> SchoolCalendar:
    """The school days of a school: the rows of all schools and its own."""
    periods: dict[str, list[Period]] = {kind: [] for kind in DayKind.values}
    for row in SchoolDays.objects.filter(school__in=("", school), voided_at=None).order_by("days"):
        periods[row.kind].append(Period(row.days.lower, row.days.upper))
    extra = frozenset(day for period in periods[DayKind.EXTRA] for day in _days(period))
    try:
        return SchoolCalendar(tuple(periods[DayKind.TERM]), tuple(periods[DayKind.BREAK]), extra)
    except ValueProblem as problem:
        raise unknown_days(None, school) from problem


def _days(period: Period) -> list[dt.date]:
    length = period.days() or 0
    return [period.start + dt.timedelta(days=number) for number in range(length)] if period.start else []


def unknown_days(came: dt.date | None, school: str) -> Refused:
    """The refusal when the school days of a time are not known: nothing is guessed."""
    sentence = _(
        "Koulun työpäiviä ei ole kirjattu yhteydenoton %(day)s jälkeen riittävästi (koulu: %(school)s), joten määräpäivää ei voi laskea. "
        "Kirjaa lukukausi ensin koulupäiviin."
    )
    told = {"day": wording.day(came) if came else "–", "school": school or "–"}
    return Refused(sentence % told, code="student_welfare.school_days_unknown", section=clock.LAW, field="came_on")


def talk_by(came: dt.datetime, school: str, *, urgent: bool) -> Deadline:
    """The last day of a talk by the rows in force; `Refused` when the school days of the time are not known."""
    try:
        rule = clocks.rule(clock.URGENT if urgent else clock.ORDINARY, local_day(came))
        return clock.talk_by(rule, came, school_calendar(school))
    except ValueProblem as problem:
        raise unknown_days(local_day(came), school) from problem


def moved(holding: str) -> Move | None:
    """Since when and where the entries of a register are written elsewhere; None when they are written here."""
    return Move.objects.filter(holding=holding, voided_at=None).first()


def refuse_moved(holding: str, day: dt.date) -> None:
    """Refuse a new contact or entry of a day on which the register's entries are written elsewhere."""
    found = moved(holding)
    if found is not None and day >= found.moved_on:
        sentence = _(
            "Rekisteri on suljettu uusilta kirjauksilta: %(moved)s alkaen kirjaukset tehdään muualla (%(place)s). "
            "Kirjauksen päivä on %(day)s."
        )
        told = {"moved": wording.day(found.moved_on), "place": found.moved_to, "day": wording.day(day)}
        raise Refused(sentence % told, code="student_welfare.moved", section=found.source)


def refusal(problem: Problem) -> Refused:
    """The sentence, the values and the section of a rule; or what is wrong with what was given."""
    told, code, field = problem.sentence.pick(get_language() or "fi"), f"student_welfare.{problem.code}", problem.field or None
    if problem.given:
        return BadInput(told, code=code, section=problem.law, field=field)
    return Refused(told, code=code, section=problem.law, field=field)


def refuse(problem: Problem | None) -> None:
    """Refuse what a rule says no to."""
    if problem is not None:
        raise refusal(problem)


def usable(read: T | Problem) -> T:
    """What was read of a text; refused when it could not be."""
    if isinstance(read, Problem):
        raise refusal(read)
    return read


def last_known_day() -> dt.date | None:
    """The last day of the terms of all schools; None when no term is recorded (one statement)."""
    found = SchoolDays.objects.filter(kind=DayKind.TERM, school="", voided_at=None).values_list("days", flat=True)
    return max((days.upper - dt.timedelta(days=1) for days in found if days.upper), default=None)
