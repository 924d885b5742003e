"""What is asked of the parts of a plan: they are learnt while the contract is in force, and shown in the time of the study right."""

from __future__ import annotations

import datetime as dt

from kirjaamo.registers.education.apprenticeships.rules.problems import Problem
from kirjaamo.values.language import Text3, format_day
from kirjaamo.values.period import Period

PLAN = "531/2017 44–45 §"
DEMONSTRATION = "531/2017 52 §"


def part_problems(days: Period, contract: Period) -> tuple[Problem, ...]:
    """That a part of the plan is learnt on days on which the contract is not in force; nothing when all of them are in it."""
    if contract.intersection(days) == days:
        return ()
    text = Text3(
        f"HOKS:n osa ({days.format('fi')}) ei mahdu oppisopimuksen aikaan ({contract.format('fi')}).",
        f"PUK-delen ({days.format('sv')}) ryms inte inom läroavtalets tid ({contract.format('sv')}).",
        f"The part of the plan ({days.format('en')}) does not fit within the apprenticeship ({contract.format('en')}).",
    )
    return (Problem("part_outside", text, PLAN, "first"),)


def demonstration_problems(on: dt.date, right: Period) -> tuple[Problem, ...]:
    """That something is shown on a day on which there is no study right; nothing when there is."""
    if on in right:
        return ()
    text = Text3(
        f"Näyttö {format_day(on, 'fi')} ei ole opiskeluoikeuden aikana ({right.format('fi')}).",
        f"Yrkesprovet {format_day(on, 'sv')} infaller inte under studierättens tid ({right.format('sv')}).",
        f"The demonstration on {format_day(on, 'en')} is not in the time of the study right ({right.format('en')}).",
    )
    return (Problem("shown_outside", text, DEMONSTRATION, "on"),)
