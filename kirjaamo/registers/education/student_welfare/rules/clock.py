"""By when a talk must be possible: the seventh school working day, or the same or next one when it is urgent (1287/2013 § 15).

Amount and unit come from the dated rows of `norms`, school days from those of the register; the deadline engine counts.
"""

from __future__ import annotations

import datetime as dt

from kirjaamo.registers.education.student_welfare.rules.problems import Problem, days3
from kirjaamo.values.calendar import FinnishCalendar, SchoolCalendar
from kirjaamo.values.deadlines import Deadline, DeadlineRule, count
from kirjaamo.values.language import Text3

ORDINARY, URGENT = "opiskeluhuolto-15", "opiskeluhuolto-15-urgent"
LAW = "1287/2013 15 §"


def talk_by(rule: DeadlineRule, came: dt.date | dt.datetime, school: SchoolCalendar) -> Deadline:
    """Count the last day of a talk. ValueProblem `calendar.school_unknown` when the school days of the time are not known."""
    return count(rule, came, FinnishCalendar(), school=school)


def met_problem(came_on: dt.date, met_on: dt.date, today: dt.date) -> Problem | None:
    """Why a talk cannot be recorded on a day: before its contact, or in the future."""
    if came_on <= met_on <= today:
        return None
    days = [days3(day) for day in (met_on, came_on, today)]
    return Problem(
        "met",
        Text3(
            f"Keskustelun päivä {days[0][0]} ei ole yhteydenoton {days[1][0]} ja tämän päivän {days[2][0]} välillä.",
            f"Samtalets dag {days[0][1]} är inte mellan kontakten {days[1][1]} och dagens datum {days[2][1]}.",
            f"The day of the talk, {days[0][2]}, is not between the contact of {days[1][2]} and today, {days[2][2]}.",
        ),
        LAW,
        "met_on",
    )
