"""Student welfare at work: 200,000 clients of each register; the clock of a contact; the staffing of 400 schools."""

from __future__ import annotations

import datetime as dt
from typing import Any


def _worker(name: str = "pekka") -> Any:
    from kirjaamo.organisation.models import User  # noqa: PLC0415 - after Django is set up

    return User.objects.get(username=name)


def reader() -> Any:
    """The psychologist of the demo; for the register of social workers the responsible person is measured apart."""
    return _worker("vilma")


def grow(count: int) -> None:
    """Clients of all three registers, with relations of many workers and entries of some."""
    from benchmarks import registers  # noqa: PLC0415 - as above
    from kirjaamo.registers.education.student_welfare import models as tables  # noqa: PLC0415 - as above

    for model in (tables.SocialClient, tables.PsychologyClient, tables.GroupClient):
        registers.grow(model, count)
    registers.grow(tables.PsychologyRelation, count, client="(SELECT min(id) FROM student_welfare_psychologyclient) + n")
    registers.grow(tables.PsychologyContact, count, client="(SELECT min(id) FROM student_welfare_psychologyclient) + n")
    registers.grow(tables.Headcount, 400)
    registers.grow(tables.Staffing, 800)


def calculate() -> object:
    """Reckon the last day of a talk from the dated rows."""
    from kirjaamo.registers.education.student_welfare.calendar import talk_by  # noqa: PLC0415 - as above
    from kirjaamo.values.clock import HELSINKI  # noqa: PLC0415 - as above

    return talk_by(dt.datetime(2026, 10, 9, 10, tzinfo=HELSINKI), "Mallilan peruskoulu", urgent=False)


def run() -> object:
    """The staffing report of 400 schools."""
    from kirjaamo.registers.education.student_welfare.report import school_ratios  # noqa: PLC0415 - as above

    return school_ratios(dt.date(2026, 11, 2))
