"""What the rooms above tell of a party without being imported: the cases and records that it is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.ui.languages import Text

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject
    from kirjaamo.ui.parts import Fact, ListRow


@dataclass(frozen=True)
class PartyPart:
    """What a room knows of a party: rows that lead to its own pages."""

    title: Text
    rows: Sequence[ListRow]


Teller = Callable[["Subject", "Actor"], PartyPart]
TELLERS: list[Teller] = []


def party_part(tell: Teller) -> Teller:
    """Let a function tell what its room knows of a party (called at start-up, from `AppConfig.ready`); only what the actor may see."""
    if tell not in TELLERS:
        TELLERS.append(tell)
    return tell


Placer = Callable[["Subject", "Actor"], Sequence["Fact"]]
PLACERS: list[Placer] = []


def party_places(tell: Placer) -> Placer:
    """Let a function tell where a party may live by what its room keeps (as `party_part`): shown with the contacts that are opened."""
    if tell not in PLACERS:
        PLACERS.append(tell)
    return tell


def places_of(subject: Subject, actor: Actor) -> Sequence[Fact]:
    """Where a party may live by the records of the rooms above, of those that the actor may read."""
    return [fact for tell in PLACERS for fact in tell(subject, actor)]


def parts_of(subject: Subject, actor: Actor) -> Sequence[PartyPart]:
    """What the rooms above know of a party."""
    return [part for tell in TELLERS if (part := tell(subject, actor)).rows]
