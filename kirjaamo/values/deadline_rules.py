"""Rules of time as dated data: what the deadline engine counts by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kirjaamo.values.language import Text3
from kirjaamo.values.period import ALWAYS, Period
from kirjaamo.values.problems import ValueProblem


class Unit(StrEnum):
    """What a deadline is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    WORKING_DAYS = "working_days"
    SCHOOL_DAYS = "school_days"


class Direction(StrEnum):
    """Whether the time is counted after the event or before it."""

    FORWARD = "forward"
    BACKWARD = "backward"


class ClosingTime(StrEnum):
    """When the last day ends.

    A statutory act is done before the office closes (150/1930 6 §), an answer that the
    authority itself asked for by the end of the day (13/2003 11 §); a duty of the
    authority has its last day only.
    """

    OFFICE_CLOSE = "office_close"
    END_OF_DAY = "end_of_day"
    AUTHORITY_DUTY = "authority_duty"


class StartEvent(StrEnum):
    """What starts the time."""

    ARRIVAL = "arrival"
    SENDING = "sending"
    SERVICE = "service"
    PUBLICATION = "publication"
    DECISION = "decision"
    MEETING = "meeting"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A dated rule of time. `legal_basis` names the section, as 'JulkL 621/1999 14 §'.

    A backward rule does not roll: 4 § sends to 2 and 3 § only, and a later last day
    would shorten the time of those whom the rule protects.
    """

    code: str
    amount: int
    unit: Unit
    legal_basis: str
    rolls: bool = True
    direction: Direction = Direction.FORWARD
    closes_at: ClosingTime = ClosingTime.OFFICE_CLOSE
    starts_from: StartEvent = StartEvent.ARRIVAL
    valid: Period = ALWAYS

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueProblem("deadline.amount")
        if self.rolls and self.direction is Direction.BACKWARD:
            raise ValueProblem("deadline.backward_rolls")


@dataclass(frozen=True, slots=True)
class ServicePresumption:
    """A dated rule on when a person is held to have got to know, as the 7th day of a letter."""

    code: str
    name: Text3
    days: int
    starts_from: StartEvent
    legal_basis: str
    valid: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Extension:
    """A rule by which a longer rule may follow a shorter one, and the reasons it accepts."""

    extends: str
    longer: DeadlineRule
    reasons: tuple[str, ...]
