"""What someone told on a public form, as plain values that lie in a box, and as the values of this register."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kirjaamo.registers.education.premises.choices import Activity, Weekday
from kirjaamo.registers.education.premises.models import Room, Season, Wish
from kirjaamo.registers.education.premises.rules.times import Slot, clock_text
from kirjaamo.values.language import format_day

if TYPE_CHECKING:
    from collections.abc import Iterable

WHO = ("name", "email", "purpose", "headcount", "organisation", "telephone", "customer_number", "self_supervised", "language")


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sent a form, for what and for how many. `key` is the form's: sent twice, taken once. `arrived_at`: now unless told."""

    name: str
    email: str
    purpose: str
    headcount: int
    organisation: str = ""
    telephone: str = ""
    customer_number: str = ""
    self_supervised: bool = False
    language: str = "fi"
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    arrived_at: dt.datetime | None = None

    @property
    def who(self) -> str:
        """The body, or the person."""
        return self.organisation or self.name

    def plain(self) -> dict[str, Any]:
        """Who and what for, as plain values."""
        return {name: getattr(self, name) for name in WHO} | {"key": str(self.key)}

    def letter(self) -> dict[str, object]:
        """The data that both documents share. How the sender is reached stands with the party only, where non-disclosure hides it."""
        told = {name: getattr(self, name) for name in WHO if name not in {"customer_number", "language", "email", "telephone"}}
        return told | {"number": self.customer_number}


@dataclass(frozen=True, kw_only=True)
class Asked(Sender):
    """A request for a room."""

    room: Room
    slot: Slot

    def plain(self) -> dict[str, Any]:
        """All of it as plain values."""
        slot = [self.slot.day.isoformat(), self.slot.start.isoformat(), self.slot.end.isoformat()]
        return super().plain() | {"room": self.room.pk, "slot": slot}

    def letter(self) -> dict[str, object]:
        """The data of its document."""
        time = f"{format_day(self.slot.day, self.language)} {clock_text(self.slot.start)}–{clock_text(self.slot.end)}"
        return super().letter() | {"room": str(self.room), "time": time}


@dataclass(frozen=True, kw_only=True)
class Applied(Sender):
    """An application for a standing turn, with its wishes in order."""

    season: Season
    activity: Activity
    wishes: Sequence[Wish]

    def plain(self) -> dict[str, Any]:
        """All of it as plain values."""
        wishes = [[one.room_id, one.weekday, one.starts.isoformat(), one.ends.isoformat()] for one in self.wishes]
        return super().plain() | {"season": self.season.pk, "activity": str(self.activity), "wishes": wishes}

    def letter(self) -> dict[str, object]:
        """The data of its document."""
        told = {"season": str(self.season), "activity": str(Activity(self.activity).label), "wishes": [str(one) for one in self.wishes]}
        return super().letter() | told


def asked_of(told: Mapping[str, Any], at: dt.datetime | None = None) -> Asked:
    """A request out of its plain values; `LookupError` when its room is no more."""
    day, start, end = told["slot"]
    slot = Slot(dt.date.fromisoformat(day), dt.time.fromisoformat(start), dt.time.fromisoformat(end))
    return Asked(room=_only(Room.objects.filter(pk=told["room"])), slot=slot, **_sender(told, at))


def applied_of(told: Mapping[str, Any], at: dt.datetime | None = None) -> Applied:
    """An application out of its plain values; `LookupError` when its season or a room is no more."""
    rooms = Room.objects.in_bulk([one[0] for one in told["wishes"]])
    wishes = [
        Wish(room=rooms[room], weekday=Weekday(day), starts=dt.time.fromisoformat(start), ends=dt.time.fromisoformat(end))
        for room, day, start, end in told["wishes"]
    ]
    season = _only(Season.objects.filter(pk=told["season"]))
    return Applied(season=season, activity=Activity(told["activity"]), wishes=wishes, **_sender(told, at))


def _sender(told: Mapping[str, Any], at: dt.datetime | None) -> dict[str, Any]:
    return {name: told[name] for name in WHO} | {"key": uuid.UUID(told["key"]), "arrived_at": at}


def _only(rows: Iterable[Any]) -> Any:
    found = next(iter(rows), None)
    if found is None:
        raise LookupError
    return found
