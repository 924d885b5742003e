"""Student welfare at work: 200,000 clients of each register; the clock of a contact; the staffing of 400 schools."""

from __future__ import annotations

import datetime as dt
from typing import Any


def reader(register: Any) -> Any:
    """A worker with some clients of their own among all; of the closed register of social workers the responsible person, who sees all."""
    from kirjaamo.organisation.models import User  # noqa: PLC0415 - after Django is set up

    names = {"opiskeluhuolto-psykologit": "pekka", "opiskeluhuoltorekisteri": "katri"}
    return User.objects.get(username=names.get(register.slug, "vilma"))


def grow(register: Any, count: int) -> None:
    """Clients of the register, of whom most are another's; for psychologists also their contacts."""
    from benchmarks import registers  # noqa: PLC0415 - as above
    from kirjaamo.registers.education.student_welfare import models as tables  # noqa: PLC0415 - as above

    registers.grow(register.model, count, state="'closed'", closed_on="s.opened_on", closing_reason="'helped'")
    last = f"(SELECT max(id) FROM {register.model._meta.db_table})"  # noqa: S608 - our names
    another = f"{last} - n"  # the copies were made in one go, so their keys follow each other
    if register.slug == "opiskeluhuolto-psykologit":
        registers.grow(tables.PsychologyRelation, count // 2, client=another, worker="NULL")
        registers.grow(tables.PsychologyContact, count // 2, client=another, met_on="s.due_on")
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
