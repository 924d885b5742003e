"""The terms of use in force on a day, as dated rows: hours, notice, the supervisor's minutes, the age of the responsible person.

The rows stand in the register and are changed there; those that come with the program are in `data/terms.toml`. A day for which
there is no row is not judged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from kirjaamo.registers.education.premises.rules.problems import Because, Problem, RuleError
from kirjaamo.values.language import Text3, format_day
from kirjaamo.values.period import Period

Hours = tuple[dt.time, dt.time]
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a time, with the decision behind them.

    `weekday` and `weekend` are the hours of use (local), `notice_days` the days before a use by which it is booked, changed and
    cancelled, `margin` the minutes for which a supervisor opens before and stays after, `step` the minutes by which times are
    booked, `least_age` the age in years of a responsible person.
    """

    id: str
    valid: Period
    weekday: Hours
    weekend: Hours
    notice_days: int
    margin: int
    step: int
    least_age: int
    source: str


def terms_of(rows: Sequence[Terms], day: dt.date) -> Terms:
    """The terms in force on a day. RuleError names the day when there are none."""
    for row in rows:
        if day in row.valid:
            return row
    raise RuleError(
        Problem(
            "no_terms",
            Text3(
                f"Käyttöehtoja ei ole {format_day(day, 'fi')}. Lisää käyttöehdot ennen kuin päivä varataan.",
                f"Inga användningsvillkor gäller {format_day(day, 'sv')}. Lägg till villkoren innan dagen bokas.",
                f"No terms of use are in force on {format_day(day, 'en')}. Add the terms before the day is booked.",
            ),
            "day",
            because=Because.ORDER,
        )
    )


def first_day(rows: Sequence[Terms], on: dt.date) -> dt.date | None:
    """The first day whose use can be booked on a day; None when no terms hold then or later."""
    found = []
    for row in rows:
        earliest = on + row.notice_days * _DAY
        day = max(earliest, row.valid.start) if row.valid.start else earliest
        if day in row.valid:
            found.append(day)
    return min(found, default=None)
