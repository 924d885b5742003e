"""What a room above does when rows below it were written: it follows tables by name, and the room that writes knows nothing of it.

A follower is called once at the end of the outermost action, with everything that was written, inside the same transaction and
the same journal entry. So no action can forget it, and what follows is undone when the action is. It reads what it needs by the
keys and writes only tables of its own room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kirjaamo.kernel.journal import Write

Follower = Callable[[Sequence[Write]], None]


@dataclass(frozen=True)
class Following:
    """A follower and the tables (`app.model`) whose writes it wants to hear of."""

    tables: frozenset[str]
    tell: Follower


FOLLOWINGS: dict[str, Following] = {}


def follow(name: str, tables: Collection[str], tell: Follower) -> None:
    """Let a room hear of writes to tables below it (called at start-up, from `AppConfig.ready`); the same name is taken once."""
    FOLLOWINGS[name] = Following(frozenset(tables), tell)


def tell_followers(writes: Sequence[Write]) -> None:
    """Tell each follower what was written to its tables; what followers write themselves is told to nobody."""
    seen = tuple(writes)
    for following in FOLLOWINGS.values():
        mine = [write for write in seen if write.label in following.tables]
        if mine:
            following.tell(mine)


def keys_of(write: Write) -> Iterator[object]:
    """The keys of the rows that a write touched."""
    rows = write.fields.get("rows")
    if isinstance(rows, Sequence):
        yield from rows
    else:
        yield write.key


def names_of(write: Write) -> Mapping[str, object] | frozenset[str]:
    """The names of the columns that a write changed; of a set-based change the names of its fields."""
    if write.key is None:
        return frozenset(write.verb.partition(":")[2].split(","))
    return write.fields
