"""The dated rows as the rules take them: school days of a school, the norm of a profession, where entries are written now."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.errors import Refused
from kirjaamo.norms import clocks
from kirjaamo.registers.education.student_welfare.choices import DayKind
from kirjaamo.registers.education.student_welfare.models import Move, SchoolDays
from kirjaamo.registers.education.student_welfare.rules import clock
from kirjaamo.values.calendar import SchoolCalendar
from kirjaamo.values.clock import local_day
from kirjaamo.values.deadlines import Deadline
from kirjaamo.values.period import Period
from kirjaamo.values.problems import ValueProblem

if TYPE_CHECKING:
    from kirjaamo.registers.education.student_welfare.rules.problems import Problem


def school_calendar(school: str) -> SchoolCalendar:
    """The school days of a school: the rows of all schools and its own."""
    periods: dict[str, list[Period]] = {kind: [] for kind in DayKind.values}
    for row in SchoolDays.objects.filter(school__in=("", school), voided_at=None).order_by("days"):
        periods[row.kind].append(Period(row.days.lower, row.days.upper))
    extra = frozenset(day for period in periods[DayKind.EXTRA] for day in _days(period))
    try:
        return SchoolCalendar(tuple(periods[DayKind.TERM]), tuple(periods[DayKind.BREAK]), extra)
    except ValueProblem as problem:
        raise unknown_days() from problem


def _days(period: Period) -> list[dt.date]:
    length = period.days() or 0
    return [period.start + dt.timedelta(days=number) for number in range(length)] if period.start else []


def unknown_days() -> Refused:
    """The refusal when the school days of a time are not known: nothing is guessed."""
    return Refused(
        _("Koulun työpäiviä ei ole kirjattu tälle ajalle, joten määräpäivää ei voi laskea. Kirjaa lukukausi ensin koulupäiviin."),
        code="student_welfare.school_days_unknown",
        section=clock.LAW,
        field="came_on",
    )


def talk_by(came: dt.datetime, school: str, *, urgent: bool) -> Deadline:
    """The last day of a talk by the rows in force; `Refused` when the school days of the time are not known."""
    try:
        rule = clocks.rule(clock.URGENT if urgent else clock.ORDINARY, local_day(came))
        return clock.talk_by(rule, came, school_calendar(school))
    except ValueProblem as problem:
        raise unknown_days() from problem


def moved(holding: str) -> Move | None:
    """Since when and where the entries of a register are written elsewhere; None when they are written here."""
    return Move.objects.filter(holding=holding, voided_at=None).first()


def refuse_moved(holding: str, day: dt.date) -> None:
    """Refuse a new contact or entry of a day on which the register's entries are written elsewhere."""
    found = moved(holding)
    if found is not None and day >= found.moved_on:
        sentence = _("Rekisteri on suljettu uusilta kirjauksilta: %(day)s alkaen kirjaukset tehdään muualla (%(place)s).") % {
            "day": found.moved_on.strftime("%-d.%-m.%Y"),
            "place": found.moved_to,
        }
        raise Refused(sentence, code="student_welfare.moved", section=found.source)


def refuse(problem: Problem | None) -> None:
    """Refuse with the sentence, the values and the section of a rule."""
    if problem is not None:
        raise Refused(
            problem.sentence.pick(get_language() or "fi"),
            code=f"student_welfare.{problem.code}",
            section=problem.law,
            field=problem.field or None,
        )
