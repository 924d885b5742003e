"""How the plan is used, told by the rooms above: cases say it of cases. The plan asks through this protocol and imports none of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class ClassUse:
    """The use of one class: cases by state, documents by node in open and closed cases."""

    open_cases: int = 0
    closed_cases: int = 0
    by_revision: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Revision id → open and closed cases."""
    documents: Mapping[UUID, tuple[int, int]] = field(default_factory=dict)
    """Node key → documents in open and in closed cases."""
    stuck_cases: int = 0
    """Open cases that have used a node of those that were asked for: they cannot move to a revision without it."""


@dataclass(frozen=True, slots=True)
class ClockUse:
    """The stored retention clocks of the documents of a class: how many run, wait for their trigger, or never end."""

    running: int = 0
    waiting: int = 0
    permanent: int = 0
    nodes: Mapping[UUID, int] = field(default_factory=dict)
    """Node key → clocks that run by its rule."""


@dataclass(frozen=True, slots=True)
class UsedCase:
    """A case of a class, for the list of a preview."""

    identifier: str
    title: str
    revision_id: int
    state: str
    closed: bool
    since: dt.date
    url: str = ""


@dataclass(frozen=True, slots=True)
class Overridden:
    """How many documents of a node have another value than the plan's for one of its rules (`publicity`, `grounds`, `personal`)."""

    key: UUID
    rule: str
    documents: int
    changed: int


@dataclass(frozen=True, slots=True)
class Quality:
    """What use tells of the plan's quality."""

    outside_plan: int
    """Documents whose type stands in no node of their case's revision."""
    documents: int
    overrides: Sequence[Overridden]
    used_classes: frozenset[int]
    """Classes that have at least one case."""
    on_retired: Sequence[tuple[int, int]]
    """Revision id and open cases on it, for revisions that are retired."""


class Usage(Protocol):
    """A room that uses the plan."""

    def of_class(self, function_class: int, *, removed: Collection[UUID]) -> ClassUse:
        """Count the use of a class; `removed`: keys of nodes that a draft would take away. A fixed number of statements."""

    def cases(self, function_class: int, *, closed: bool, limit: int) -> Sequence[UsedCase]:
        """The newest cases of a class, at most `limit`."""

    def quality(self) -> Quality:
        """What the use of the whole plan tells. A fixed number of statements."""


USAGES: list[Usage] = []


def tell(usage: Usage) -> Usage:
    """Add a room's answer at start; the same class twice is taken once."""
    if not any(type(known) is type(usage) for known in USAGES):
        USAGES.append(usage)
    return usage


ClockTeller = Callable[[int], ClockUse]
CLOCKS: list[ClockTeller] = []


def tell_clocks(teller: ClockTeller) -> ClockTeller:
    """Let the room that stores clocks count those of a class, by the id of its identity; the same function is taken once."""
    if teller not in CLOCKS:
        CLOCKS.append(teller)
    return teller


CampaignAddress = Callable[[str], str]
CAMPAIGNS: list[CampaignAddress] = []


def tell_campaigns(address: CampaignAddress) -> CampaignAddress:
    """Let the room that lays newer rules on older cases say where that is done for a class, by its code; the same function once."""
    if address not in CAMPAIGNS:
        CAMPAIGNS.append(address)
    return address
