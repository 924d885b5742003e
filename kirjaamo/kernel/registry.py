"""The protocol by which any room or register answers: describe, find, extract, restrict, purge.

Rooms reach registers only through here. That is how a request searches, and a case page shows, every register without
importing one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.kernel.actors import Actor


@dataclass(frozen=True)
class Key:
    """A search key: its name, its kind, the label an official reads and the question put to an asker (fi/sv/en)."""

    name: str
    kind: str
    label: Mapping[str, str]
    question: Mapping[str, str]
    secret: bool = False


@dataclass(frozen=True)
class DataGroup:
    """A group of data that a source holds, with its publicity and personal-data nature."""

    name: str
    title: Mapping[str, str]
    publicity: str
    grounds: tuple[str, ...]
    personal: str


@dataclass(frozen=True)
class Description:
    """What a source says of itself in the description of 906/2019 § 28."""

    slug: str
    title: Mapping[str, str]
    purpose: Mapping[str, str]
    keys: tuple[Key, ...]
    groups: tuple[DataGroup, ...]
    records: int
    since: dt.date | None


@dataclass(frozen=True)
class Found:
    """One hit of a search by keys: where it is, what an official sees of it, and its case when it has one."""

    source: str
    ref: str
    title: str
    facts: tuple[tuple[str, str], ...]
    url: str = ""
    case_identifier: str = ""
    masked: int = 0
    notice: str = ""
    """What whoever answers must keep to, even when they may see nothing else of the hit."""
    subjects: tuple[int, ...] = ()
    """The parties whom the hit names, by key: for the use log."""


@dataclass(frozen=True)
class Extract:
    """What a source holds of one person, for the answer to an own-data request (GDPR 15)."""

    source: str
    title: Mapping[str, str]
    records: tuple[Mapping[str, object], ...] = field(default_factory=tuple)


class Source(Protocol):
    """A register or a room that answers requests."""

    slug: str

    def describe(self) -> Description:
        """Say what is held and by which keys it is found."""

    def find(self, keys: Mapping[str, str], *, actor: Actor) -> Sequence[Found]:
        """Run the given keys; an unknown key finds nothing. Every run is logged by the caller."""

    def held(self, refs: Sequence[tuple[str, int]], *, actor: Actor) -> Sequence[Found]:
        """The records by kind and row, as the actor may see them: at most one statement for each kind."""

    def extract(self, subject: int, *, actor: Actor) -> Extract:
        """Collect everything held of one subject."""

    def restrict(self, subject: int, *, actor: Actor, reason: str) -> int:
        """Mark the subject's records as restricted (GDPR 18); return how many."""

    def purge(self, on: dt.date, *, actor: Actor) -> Sequence[str]:
        """List the references whose retention has ended on a day: a proposal, nothing is destroyed here."""


SOURCES: dict[str, Source] = {}


def parts_of(system: str) -> Sequence[Source]:
    """The sources that make up a system of the description, in the order of their names; each is searched by itself and never merged."""
    return [source for _slug, source in sorted(SOURCES.items()) if getattr(source, "system", source.slug) == system]


def answer(source: Source) -> Source:
    """Add a source at start-up; two sources of one name are a defect."""
    known = SOURCES.get(source.slug)
    if known is not None and type(known) is not type(source):
        message = f"Two sources answer to the name {source.slug}"
        raise ValueError(message)
    SOURCES[source.slug] = source
    return source
