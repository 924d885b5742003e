"""Moments in Finland: the local day of a moment, and when a message is held to have arrived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from kirjaamo.values.problems import ValueProblem

HELSINKI = ZoneInfo("Europe/Helsinki")


def local_day(moment: datetime | date) -> date:
    """Give the day in Finland. A date is itself; a moment without a time zone is refused."""
    if not isinstance(moment, datetime):
        return moment
    return _aware(moment).astimezone(HELSINKI).date()


@dataclass(frozen=True, slots=True)
class Outage:
    """A time during which a channel of the authority was down; `end` None: it still is."""

    start: datetime
    end: datetime | None
    channel: str = ""

    def __post_init__(self) -> None:
        if self.end is not None and _aware(self.end) <= _aware(self.start):
            raise ValueProblem("clock.outage_order")
        _aware(self.start)

    def touches(self, first: datetime, last: datetime) -> bool:
        """Whether the channel was down at some moment from first to last."""
        return _utc(self.start) <= _utc(last) and (self.end is None or _utc(first) < _utc(self.end))


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a message is held to have arrived.

    `outage` is the one that made its proven sending time count instead of its receipt.
    """

    moment: datetime
    day: date
    outage: Outage | None = None

    @property
    def law(self) -> str:
        """Section that the moment rests on."""
        return "13/2003 10.2 §" if self.outage else "13/2003 10.1 §"


def effective_arrival(received_at: datetime, sent_at: datetime | None = None, outages: Iterable[Outage] = ()) -> Arrival:
    """Decide when an electronic message arrived.

    It arrives when it is at the authority's disposal; if the channel was down between
    its sending and its receipt, the sending time counts, when it is reliably known.
    `sent_at` is given only when it is. # 13/2003 § 10
    """
    received = _aware(received_at)
    if sent_at is not None and _utc(sent_at) < _utc(received):
        for outage in outages:
            if outage.touches(sent_at, received):
                return Arrival(sent_at, local_day(sent_at), outage)
    return Arrival(received, local_day(received))


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueProblem("clock.time_zone")
    return moment


def _utc(moment: datetime) -> datetime:
    return _aware(moment).astimezone(UTC)
