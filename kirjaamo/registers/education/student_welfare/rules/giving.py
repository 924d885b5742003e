"""Which entries a disclosure gives: those of the days asked for, without the days that the worker leaves out with a reason."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kirjaamo.registers.education.student_welfare.rules.problems import Problem, days3
from kirjaamo.values.language import Text3

LAW = "JulkL 621/1999 14 §"
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry by its key and day; of its text nothing."""

    key: int
    day: dt.date


@dataclass(frozen=True, slots=True)
class Choice:
    """Which days are asked for (an open end is None), and on which days the entries are left out."""

    first: dt.date | None = None
    last: dt.date | None = None
    without: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The keys that are given, and how many were asked for and are left out."""

    given: tuple[int, ...]
    left_out: int


def read_days(text: str) -> tuple[dt.date, ...] | Problem:
    """Read days as people write them, one after another; what is no day is a problem."""
    found = []
    for part in (one.strip() for one in re.split(r"[,;\n]", text)):
        match = _DAY.fullmatch(part)
        try:
            found += [dt.date(int(match[3]), int(match[2]), int(match[1]))] if match else []
        except ValueError:
            match = None
        if part and match is None:
            return Problem("not_a_day", _not_a_day(part), LAW, "leave_out", given=True)
    return tuple(found)


def _not_a_day(part: str) -> Text3:
    return Text3(
        f"{part} ei ole päivä. Kirjoita pois jätettävien merkintöjen päivät pilkulla erotettuina, esimerkiksi 3.9.2026, 10.9.2026.",
        f"{part} är ingen dag. Skriv dagarna för de anteckningar som utelämnas åtskilda med komma, till exempel 3.9.2026, 10.9.2026.",
        f"{part} is no day. Write the days of the entries to leave out, separated by commas, for example 3.9.2026, 10.9.2026.",
    )


def choose(entries: Sequence[Entry], choice: Choice, *, all_left: bool = False) -> Chosen:
    """The entries of the days asked for; `all_left`: none of them is given."""
    asked = [one for one in entries if (choice.first or one.day) <= one.day <= (choice.last or one.day)]
    given = () if all_left else tuple(one.key for one in asked if one.day not in choice.without)
    return Chosen(given, len(asked) - len(given))


def choice_problem(entries: Sequence[Entry], choice: Choice, reason: str) -> Problem | None:
    """Why a choice cannot be followed: its days are the wrong way round, a day has no entry, or nobody says why it is left out."""
    if choice.first and choice.last and choice.last < choice.first:
        first, last = days3(choice.first), days3(choice.last)
        return Problem(
            "days",
            Text3(
                f"Viimeinen päivä {last[0]} on ennen ensimmäistä {first[0]}.",
                f"Sista dagen {last[1]} är före den första {first[1]}.",
                f"The last day {last[2]} is before the first, {first[2]}.",
            ),
            LAW, "last", given=True,
        )  # fmt: skip
    held = {one.day for one in entries}
    missing = next((day for day in choice.without if day not in held), None)
    if missing is not None:
        told = days3(missing)
        return Problem(
            "no_entry",
            Text3(
                f"Päivältä {told[0]} ei ole merkintää, joten sitä ei voi jättää pois.",
                f"Det finns ingen anteckning från {told[1]}, så den kan inte utelämnas.",
                f"There is no entry of {told[2]}, so it cannot be left out.",
            ),
            LAW, "leave_out", given=True,
        )  # fmt: skip
    left = choose(entries, choice).left_out
    if left and not reason.strip():
        return Problem(
            "no_reason",
            Text3(
                f"Jätät pois {left} merkintää. Kirjaa, miksi: säännös ja sen peruste.",
                f"Du utelämnar {left} anteckningar. Anteckna varför: bestämmelsen och dess grund.",
                f"You leave out {left} entries. Record why: the section and its ground.",
            ),
            LAW, "reason", given=True,
        )  # fmt: skip
    return None
