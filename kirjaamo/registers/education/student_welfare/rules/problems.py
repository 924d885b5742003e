"""What a rule refuses: a stable code, the sentence in three languages with the values, the section and the field."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kirjaamo.values.language import LANGUAGES, Text3, format_day


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that says no. `given`: not the rule but what was given is at fault (missing, in the future, against another day)."""

    code: str
    sentence: Text3
    law: str
    field: str = ""
    given: bool = False


def days3(day: dt.date) -> tuple[str, str, str]:
    """A day as it is written in each language."""
    fi, sv, en = (format_day(day, language) for language in LANGUAGES)
    return fi, sv, en


def future_problem(what: Text3, day: dt.date, today: dt.date, *, field: str, law: str = "") -> Problem | None:
    """Why a day of something that has happened cannot be recorded: it is still to come."""
    if day <= today:
        return None
    told, now = days3(day), days3(today)
    return Problem(
        "future",
        Text3(
            f"{what.fi} {told[0]} on tulevaisuudessa (tänään on {now[0]}). Kirjaa päivä, joka on jo ollut.",
            f"{what.sv} {told[1]} ligger i framtiden (i dag är {now[1]}). Anteckna en dag som redan har varit.",
            f"{what.en} {told[2]} is in the future (today is {now[2]}). Record a day that has been.",
        ),
        law,
        field,
        given=True,
    )


def order_problem(what: Text3, day: dt.date, after: Text3, earliest: dt.date, *, field: str, law: str = "") -> Problem | None:
    """Why a day cannot be recorded: it is before the one that it follows (`after`: the earlier event in the genitive)."""
    if day >= earliest:
        return None
    told, first = days3(day), days3(earliest)
    return Problem(
        "order",
        Text3(
            f"{what.fi} {told[0]} on ennen päivää {first[0]}, joka on {after.fi}.",
            f"{what.sv} {told[1]} är före {first[1]}, som är {after.sv}.",
            f"{what.en} {told[2]} is before {first[2]}, which is {after.en}.",
        ),
        law,
        field,
        given=True,
    )
