"""What ends with what: the cascade of endings with their days and the notices that follow (531/2017 70–77 §)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kirjaamo.registers.education.apprenticeships.rules.problems import Problem, RuleError
from kirjaamo.values.language import Text3, format_day
from kirjaamo.values.period import Period

LAW = "531/2017 70–77 §"
PROBATION = "55/2001 1 luku 4 §"


class Part(StrEnum):
    """What may end."""

    STUDY_RIGHT = "study_right"
    ARRANGEMENT = "arrangement"
    CONTRACT = "contract"
    COMPENSATION = "compensation"


class Cause(StrEnum):
    """Why something ends."""

    COMPLETED = "completed"
    PROBATION = "probation"
    MUTUAL = "mutual"
    TERMINATED = "terminated"
    ARRANGEMENT = "arrangement"
    STUDY_RIGHT = "study_right"


class Receiver(StrEnum):
    """Who is told."""

    STUDENT = "student"
    GUARDIAN = "guardian"
    EMPLOYER = "employer"
    STUDIES = "studies"
    PAYMENTS = "payments"


ENDS = {
    Cause.STUDY_RIGHT: (Part.STUDY_RIGHT, Part.ARRANGEMENT, Part.CONTRACT, Part.COMPENSATION),
    Cause.ARRANGEMENT: (Part.ARRANGEMENT, Part.CONTRACT, Part.COMPENSATION),
}
OTHERS = (Part.CONTRACT, Part.ARRANGEMENT, Part.COMPENSATION)
"""When the contract itself ends, the arrangement made for it has no object left. (Own reading.)"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in force when something ends."""

    contract: Period
    probation_last: dt.date | None = None
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Cascade:
    """What ends, all on one day, and who must be told by when."""

    on: dt.date
    parts: tuple[Part, ...]
    told: tuple[Receiver, ...]
    law: str


def cascade(cause: Cause, on: dt.date, standing: Standing) -> Cascade:
    """Everything that ends with a cause on a day; `on` is the last day in force. RuleError when it cannot end so."""
    if on not in standing.contract:
        raise RuleError(_outside(on, standing.contract))
    if cause is Cause.PROBATION and (standing.probation_last is None or on > standing.probation_last):
        raise RuleError(_after_probation(on, standing.probation_last))
    told = [Receiver.STUDENT, Receiver.EMPLOYER, Receiver.STUDIES, Receiver.PAYMENTS]
    if standing.minor:
        told.insert(1, Receiver.GUARDIAN)
    return Cascade(on, ENDS.get(cause, OTHERS), tuple(told), PROBATION if cause is Cause.PROBATION else LAW)


def ends_outside(part: Part, on: dt.date, valid: Period) -> tuple[Problem, ...]:
    """That a study right or an agreement cannot end on a day on which it is not in force; nothing when it can."""
    name = PARTS[part]
    text = Text3(
        f"{name.fi} ei ole voimassa {format_day(on, 'fi')}; se on voimassa {valid.format('fi')}. Anna päivä siltä ajalta.",
        f"{name.sv} är inte i kraft {format_day(on, 'sv')}; det gäller {valid.format('sv')}. Ange en dag under den tiden.",
        f"{name.en} is not in force on {format_day(on, 'en')}; it is in force {valid.format('en')}. Give a day of that time.",
    )
    return () if on in valid else (Problem("outside", text, LAW, "on"),)


PARTS = {
    Part.STUDY_RIGHT: Text3("Opiskeluoikeus", "Studierätten", "The study right"),
    Part.ARRANGEMENT: Text3("Järjestämissopimus", "Anordnandeavtalet", "The arrangement agreement"),
}


def _outside(on: dt.date, contract: Period) -> Problem:
    return Problem(
        "not_in_force",
        Text3(
            f"Oppisopimus ei ole voimassa {format_day(on, 'fi')}; se on voimassa {contract.format('fi')}.",
            f"Läroavtalet är inte i kraft {format_day(on, 'sv')}; det gäller {contract.format('sv')}.",
            f"The apprenticeship is not in force on {format_day(on, 'en')}; it is in force {contract.format('en')}.",
        ),
        LAW,
        "on",
    )


def _after_probation(on: dt.date, last: dt.date | None) -> Problem:
    until = {language: format_day(last, language) if last else "–" for language in ("fi", "sv", "en")}
    return Problem(
        "after_probation",
        Text3(
            f"Koeaikana purkaminen ei ole mahdollinen {format_day(on, 'fi')}: koeajan viimeinen päivä on {until['fi']}.",
            f"Hävning under prövotid är inte möjlig {format_day(on, 'sv')}: prövotidens sista dag är {until['sv']}.",
            f"The contract cannot be ended on probation on {format_day(on, 'en')}: the last day of probation is {until['en']}.",
        ),
        PROBATION,
        "on",
    )
