"""Seasonal allocation of standing turns: who gets which turn, and for every turn that was not given, why.

One application at a time is settled, best claim first. A claim is compared by, in order: the rank of the activity (dated row),
the minutes that the customer has already been given in this round (fewer first), whether the first wish was the customer's turn
last season, the moment of arrival, the number of the application. So the order in which applications are read changes nothing, and
each loss names the first criterion in which the winner was ahead at the moment of winning.

The criteria are a proposal until the authority has decided its own; the ranks are dated rows with their source.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kirjaamo.registers.education.premises.rules import reasons
from kirjaamo.registers.education.premises.rules.turns import Allocation, Claim, Frame, Hall, Turn, TurnRequest, WishOutcome
from kirjaamo.values.language import Text3


@dataclass(frozen=True, slots=True)
class _Held:
    turn: Turn
    request: TurnRequest
    claim: Claim
    order: int


@dataclass(slots=True)
class _Round:
    halls: Mapping[str, Hall]
    frame: Frame
    held: dict[tuple[str, int], list[_Held]] = field(default_factory=lambda: defaultdict(list))
    given: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def minutes(self, customer: int, before: int | None = None) -> int:
        """Weekly minutes given to a customer, up to a place in the order of settling."""
        return sum(minutes for order, minutes in self.given[customer] if before is None or order < before)

    def claim(self, request: TurnRequest, before: int | None = None) -> Claim:
        """The claim of an application as it stands, or as it stood at a place in the order."""
        continuing = any(old.meets(wish) for old in request.held for wish in request.wishes[:1])
        rank = self.frame.ranks.rank(request.activity)
        return (rank, self.minutes(request.customer, before), 0 if continuing else 1, request.arrived_at, request.key)

    def give(self, turn: Turn, request: TurnRequest, order: int) -> None:
        """Give a turn."""
        self.held[turn.room, turn.weekday].append(_Held(turn, request, self.claim(request), order))
        self.given[request.customer].append((order, turn.minutes))

    def holder(self, turn: Turn) -> _Held | None:
        """The first settled holder of a turn that needs the room at the same time."""
        found = [one for one in self.held[turn.room, turn.weekday] if one.turn.meets(turn)]
        return min(found, key=lambda one: one.order, default=None)


def allocate(requests: Sequence[TurnRequest], halls: Sequence[Hall], frame: Frame) -> Allocation:
    """Settle every application: its first wish that can be given is given, each other one gets its reason."""
    now = _Round({hall.key: hall for hall in halls}, frame)
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
            (code, sentence), winner = reasons.EARLIER_WISH, None
        else:
            code, sentence, winner = _judge(request, turn, now)
        if code == "granted":
            got = turn
        done.append(WishOutcome(request.key, index, code == "granted", code, sentence, winner))
    if got is not None:
        now.give(got, request, order)
    return tuple(done)


def _judge(request: TurnRequest, turn: Turn, now: _Round) -> tuple[str, Text3, int | None]:
    """Whether a wish can be given, else its reason: the room, the hours, a standing agreement, a better claim."""
    barred = _barred(request, turn, now)
    if barred is not None:
        return (*barred, None)
    winner = now.holder(turn)
    if winner is None:
        return "granted", reasons.GRANTED, None
    if winner.request.customer == request.customer:
        return (*reasons.OWN_TURN, winner.request.key)
    told = reasons.lost_to(winner.request, winner.claim, request, now.claim(request, winner.order), now.frame.ranks)
    return (*told, winner.request.key)


def _barred(request: TurnRequest, turn: Turn, now: _Round) -> reasons.Reason | None:
    """Why a wish cannot be given whoever else wishes for it."""
    if not request.registered:
        return reasons.not_registered(now.frame.terms)
    hall = now.halls.get(turn.room)
    if hall is None:
        return reasons.NOT_LET
    if request.headcount > hall.capacity:
        return reasons.too_small(hall, request.headcount)
    outside = reasons.outside(turn, now.frame.terms)
    if outside is None and any(turn.meets(taken) for taken in now.frame.taken):
        return reasons.AGREED
    return outside
