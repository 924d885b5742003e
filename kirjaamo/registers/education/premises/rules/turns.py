"""What a seasonal allocation is made of: ranks, turns, rooms, applications, the frame of a round, and what became of each wish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kirjaamo.registers.education.premises.rules.problems import Because, Problem, RuleError
from kirjaamo.registers.education.premises.rules.terms import Terms
from kirjaamo.registers.education.premises.rules.times import minutes_of
from kirjaamo.values.language import Text3, format_day
from kirjaamo.values.period import Period

ACTIVITIES = {
    "youth": Text3("lasten ja nuorten toiminta", "verksamhet för barn och unga", "activities of children and young people"),
    "special": Text3("erityisryhmien toiminta", "verksamhet för specialgrupper", "activities of groups with special needs"),
    "education": Text3("aikuiskoulutus", "vuxenutbildning", "adult education"),
    "association": Text3("muu yhdistystoiminta", "annan föreningsverksamhet", "other activities of associations"),
    "other": Text3("muu toiminta", "annan verksamhet", "other activities"),
}
WEEKDAYS = (
    Text3("maanantai", "måndag", "Monday"),
    Text3("tiistai", "tisdag", "Tuesday"),
    Text3("keskiviikko", "onsdag", "Wednesday"),
    Text3("torstai", "torsdag", "Thursday"),
    Text3("perjantai", "fredag", "Friday"),
    Text3("lauantai", "lördag", "Saturday"),
    Text3("sunnuntai", "söndag", "Sunday"),
)


@dataclass(frozen=True, slots=True)
class RankRow:
    """A dated order of activities: the first one is served first."""

    id: str
    order: tuple[str, ...]
    valid: Period
    source: str

    def rank(self, activity: str) -> int:
        """The place of an activity, from 1; one that the row does not name comes last."""
        return self.order.index(activity) + 1 if activity in self.order else len(self.order) + 1


@dataclass(frozen=True, slots=True)
class Turn:
    """A standing turn: room, weekday (Monday is 0), from, to."""

    room: str
    weekday: int
    start: dt.time
    end: dt.time

    @property
    def minutes(self) -> int:
        """How long it lasts in a week."""
        return minutes_of(self.end) - minutes_of(self.start)

    def meets(self, other: Turn) -> bool:
        """Whether both need the room at some moment of the week."""
        return (self.room, self.weekday) == (other.room, other.weekday) and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Hall:
    """What the allocation needs to know of a room."""

    key: str
    name: str
    capacity: int


@dataclass(frozen=True, slots=True)
class TurnRequest:
    """An application: who, for what, how many people, when it came, its wishes in order, the turns of the customer last season."""

    key: int
    customer: int
    activity: str
    headcount: int
    arrived_at: dt.datetime
    wishes: tuple[Turn, ...]
    held: tuple[Turn, ...] = ()
    registered: bool = True


Claim = tuple[int, int, int, dt.datetime, int]
"""Rank, minutes given, 0 when the first wish is the own turn of last season, arrival, number: the smaller goes first."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds in a round: the ranks, the terms of use, turns that are already taken."""

    ranks: RankRow
    terms: Terms
    taken: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class WishOutcome:
    """What became of a wish, with the code of the reason and its sentence; `winner` is the application that got the turn."""

    application: int
    index: int
    granted: bool
    code: str
    sentence: Text3
    winner: int | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """The result of a round: outcomes by application, in the order of its wishes, and the order in which they were settled."""

    outcomes: Mapping[int, tuple[WishOutcome, ...]]
    settled: tuple[int, ...]

    def granted(self, application: int) -> WishOutcome | None:
        """The wish that was granted."""
        return next((one for one in self.outcomes[application] if one.granted), None)


def ranks_on(rows: Sequence[RankRow], day: dt.date) -> RankRow:
    """The order of activities in force on a day. RuleError when none is."""
    for row in rows:
        if day in row.valid:
            return row
    raise RuleError(
        Problem(
            "no_ranks",
            Text3(
                f"Jakojärjestystä ei ole {format_day(day, 'fi')}. Lisää järjestys ennen jakoa.",
                f"Ingen fördelningsordning gäller {format_day(day, 'sv')}. Lägg till ordningen före fördelningen.",
                f"No order of allocation is in force on {format_day(day, 'en')}. Add the order before allocating.",
            ),
            because=Because.ORDER,
        )
    )
