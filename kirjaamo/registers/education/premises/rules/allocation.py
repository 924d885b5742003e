"""Seasonal allocation of standing turns: who gets which turn, and for every turn that was not given, why.

One application at a time is settled, best claim first. A claim is compared by, in order: the rank of the activity (dated row),
the minutes that the customer has already been given in this round (fewer first), whether the first wish was the customer's turn
last season, the moment of arrival, the number of the application. So the order in which applications are read changes nothing, and
each loss names the first criterion in which the winner was ahead at the moment of winning.

The criteria are a proposal until the authority has decided its own; the ranks are dated rows with their source.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kirjaamo.registers.education.premises.rules.problems import Problem, RuleError
from kirjaamo.registers.education.premises.rules.times import clock_text, minutes_of
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
_SATURDAY = 5


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


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds in a round: the ranks, the hours of weekdays and of weekends, turns that are already taken."""

    ranks: RankRow
    weekday: tuple[dt.time, dt.time]
    weekend: tuple[dt.time, dt.time]
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


Claim = tuple[int, int, int, dt.datetime, int]


@dataclass(frozen=True, slots=True)
class _Held:
    turn: Turn
    request: TurnRequest
    claim: Claim
    order: int


@dataclass(slots=True)
class _Round:
    halls: Mapping[str, Hall]
    terms: Terms
    held: dict[tuple[str, int], list[_Held]] = field(default_factory=lambda: defaultdict(list))
    given: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def minutes(self, customer: int, before: int | None = None) -> int:
        """Weekly minutes given to a customer, up to a place in the order of settling."""
        return sum(minutes for order, minutes in self.given[customer] if before is None or order < before)

    def claim(self, request: TurnRequest, before: int | None = None) -> Claim:
        """The claim of an application as it stands, or as it stood at a place in the order."""
        continuing = any(old.meets(wish) for old in request.held for wish in request.wishes[:1])
        rank = self.terms.ranks.rank(request.activity)
        return (rank, self.minutes(request.customer, before), 0 if continuing else 1, request.arrived_at, request.key)

    def give(self, turn: Turn, request: TurnRequest, order: int) -> None:
        """Give a turn."""
        self.held[turn.room, turn.weekday].append(_Held(turn, request, self.claim(request), order))
        self.given[request.customer].append((order, turn.minutes))

    def holder(self, turn: Turn) -> _Held | None:
        """The first settled holder of a turn that needs the room at the same time."""
        found = [one for one in self.held[turn.room, turn.weekday] if one.turn.meets(turn)]
        return min(found, key=lambda one: one.order, default=None)


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
        )
    )


def allocate(requests: Sequence[TurnRequest], halls: Sequence[Hall], terms: Terms) -> Allocation:
    """Settle every application: its first wish that can be given is given, each other one gets its reason."""
    now = _Round({hall.key: hall for hall in halls}, terms)
    waiting = [(now.claim(request), request) for request in requests]
    heapq.heapify(waiting)
    outcomes: dict[int, tuple[WishOutcome, ...]] = {}
    while waiting:
        claim, request = heapq.heappop(waiting)
        current = now.claim(request)
        if current != claim:  # the customer was given another turn in between: its claim is weaker now
            heapq.heappush(waiting, (current, request))
            continue
        outcomes[request.key] = _settle(request, now, len(outcomes))
    return Allocation({key: outcomes[key] for key in sorted(outcomes)}, tuple(outcomes))


def _settle(request: TurnRequest, now: _Round, order: int) -> tuple[WishOutcome, ...]:
    done: list[WishOutcome] = []
    got: Turn | None = None
    for index, turn in enumerate(request.wishes):
        if got is not None:
            code, sentence, winner = "earlier_wish", _EARLIER_WISH, None
        else:
            code, sentence, winner = _judge(request, turn, now)
        if code == "granted":
            got = turn
        done.append(WishOutcome(request.key, index, code == "granted", code, sentence, winner))
    if got is not None:
        now.give(got, request, order)
    return tuple(done)


def _judge(request: TurnRequest, turn: Turn, now: _Round) -> tuple[str, Text3, int | None]:  # noqa: PLR0911 - one for each reason
    """Whether a wish can be given, else its reason: the room, the hours, a standing agreement, a better claim."""
    if not request.registered:
        return "not_registered", _NOT_REGISTERED, None
    hall = now.halls.get(turn.room)
    if hall is None:
        return (
            "not_let",
            Text3(
                "Tila ei ole kauden jaossa.", "Lokalen ingår inte i säsongens fördelning.", "The room is not in the season's allocation."
            ),
            None,
        )
    if request.headcount > hall.capacity:
        return "too_small", _too_small(hall, request.headcount), None
    if (hours := _outside(turn, now.terms)) is not None:
        return "hours", hours, None
    if any(turn.meets(taken) for taken in now.terms.taken):
        return "agreed", _AGREED, None
    winner = now.holder(turn)
    if winner is None:
        return "granted", Text3("Vuoro myönnettiin.", "Turen beviljades.", "The turn was granted."), None
    if winner.request.customer == request.customer:
        return "own_turn", _OWN_TURN, winner.request.key
    code, sentence = _why(winner, now.claim(request, winner.order), now.terms.ranks, request)
    return code, sentence, winner.request.key


_EARLIER_WISH = Text3(
    "Hakemukselle myönnettiin aiempi toive.", "Ansökan beviljades ett tidigare önskemål.", "An earlier wish of the application was granted."
)
_NOT_REGISTERED = Text3(
    "Hakijaa ei ollut rekisteröity asiakkaaksi ennen vuorojen jakoa (HEL 2017-012070).",
    "Sökanden hade inte registrerats som kund före fördelningen av turer (HEL 2017-012070).",
    "The applicant had not been registered as a customer before the turns were allocated (HEL 2017-012070).",
)
_AGREED = Text3(
    "Vuorosta on jo voimassa oleva käyttösopimus.",
    "Det finns redan ett gällande nyttjandeavtal för turen.",
    "A use agreement of the turn is already in force.",
)
_OWN_TURN = Text3(
    "Vuoro myönnettiin saman asiakkaan toiselle hakemukselle.",
    "Turen beviljades samma kunds andra ansökan.",
    "The turn was granted to another application of the same customer.",
)


def _too_small(hall: Hall, headcount: int) -> Text3:
    return Text3(
        f"Tilaan {hall.name} mahtuu {hall.capacity} henkilöä, ja ryhmässä on {headcount}.",
        f"Lokalen {hall.name} rymmer {hall.capacity} personer och gruppen har {headcount}.",
        f"The room {hall.name} holds {hall.capacity} people and the group has {headcount}.",
    )


def _outside(turn: Turn, terms: Terms) -> Text3 | None:
    first, last = terms.weekend if turn.weekday >= _SATURDAY else terms.weekday
    if turn.minutes > 0 and first <= turn.start and turn.end <= last:
        return None
    day, span = WEEKDAYS[turn.weekday], f"{clock_text(first)}–{clock_text(last)}"
    asked = f"{clock_text(turn.start)}–{clock_text(turn.end)}"
    return Text3(
        f"Tiloja annetaan ({day.fi}) klo {span}. Toivottu aika oli {asked}.",
        f"Lokaler upplåts ({day.sv}) kl. {span}. Den önskade tiden var {asked}.",
        f"Premises are let ({day.en}) {span}. The time wished for was {asked}.",
    )


def _why(winner: _Held, loser: Claim, ranks: RankRow, request: TurnRequest) -> tuple[str, Text3]:
    """The first criterion in which the winner was ahead when it won."""
    won = winner.claim
    if won[0] != loser[0]:
        return "rank", _by_rank(winner.request.activity, won[0], request.activity, loser[0], ranks)
    if won[1] != loser[1]:
        return "fewer_minutes", Text3(
            f"Vuoron sai hakija, jolle oli jaettu vähemmän viikkoaikaa ({_time(won[1])}) kuin sinulle ({_time(loser[1])}).",
            f"Turen gick till en sökande som hade tilldelats mindre veckotid ({_time(won[1])}) än du ({_time(loser[1])}).",
            f"The turn went to an applicant who had been given less weekly time ({_time(won[1])}) than you ({_time(loser[1])}).",
        )
    if won[2] != loser[2]:
        return "continuing", Text3(
            "Vuoron sai hakija, joka haki ensisijaisesti edellisen kautensa vuoroa.",
            "Turen gick till en sökande som i första hand sökte sin tur från föregående säsong.",
            "The turn went to an applicant whose first wish was its own turn of last season.",
        )
    if won[3] != loser[3]:
        return "arrived", Text3(
            "Hakijat olivat muuten tasavertaiset, ja vuoron sai aiemmin saapunut hakemus.",
            "Sökandena var i övrigt likvärdiga och turen gick till den ansökan som kom först.",
            "The applicants were otherwise equal, and the turn went to the application that arrived first.",
        )
    return "number", Text3(
        "Hakemukset saapuivat samaan aikaan, ja vuoron sai aiemmin kirjattu.",
        "Ansökningarna kom samtidigt och turen gick till den som registrerades först.",
        "The applications arrived at the same time, and the turn went to the one registered first.",
    )


def _by_rank(won: str, won_rank: int, lost: str, lost_rank: int, ranks: RankRow) -> Text3:
    first, second, law = ACTIVITIES[won], ACTIVITIES[lost], ranks.source
    return Text3(
        f"Vuoron sai hakija, jonka toiminta on jakojärjestyksessä edellä: {first.fi} (sija {won_rank}), "
        f"sinun toimintasi {second.fi} (sija {lost_rank}). Peruste: {law}.",
        f"Turen gick till en sökande vars verksamhet går före i ordningen: {first.sv} (plats {won_rank}), "
        f"din verksamhet {second.sv} (plats {lost_rank}). Grund: {law}.",
        f"The turn went to an applicant whose activity ranks higher: {first.en} (rank {won_rank}), "
        f"yours {second.en} (rank {lost_rank}). Basis: {law}.",
    )


def _time(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02} min"
