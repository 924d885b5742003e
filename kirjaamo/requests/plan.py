"""Which units search what for a request: the catalog tells, for every kind of entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kirjaamo.catalog.models import (
    Connection,
    Controller,
    Dataset,
    Entry,
    InformationResource,
    InformationSystem,
    PersonalDataRegister,
    SearchKey,
)
from kirjaamo.kernel.registry import Source, parts_of
from kirjaamo.organisation.models import Unit

ENTRY_MODELS: dict[str, type[Entry]] = {
    "resource": InformationResource,
    "dataset": Dataset,
    "system": InformationSystem,
    "register": PersonalDataRegister,
}


@dataclass(frozen=True)
class Search:
    """One system to search, or one register of it: the unit that does it, and whether the request goes to another controller."""

    system: InformationSystem | None
    unit: Unit
    transfer: bool
    source: Source | None = None

    @property
    def slug(self) -> str:
        """By which it is searched: the register of this program, else the system."""
        return self.source.slug if self.source else self.system.slug if self.system else ""

    @property
    def title(self) -> Mapping[str, str]:
        """What is searched; empty when it is no system."""
        return self.source.describe().title if self.source else self.system.title if self.system else {}


def find_entry(kind: str, slug: str) -> Entry | None:
    """The catalog entry that an address names."""
    model = ENTRY_MODELS.get(kind)
    return model.objects.filter(slug=slug).select_related("decided_by").first() if model else None


def heading_of(entry: Entry) -> str:
    """The heading under which an entry's system stands; empty for what is more than one system."""
    return entry.heading if isinstance(entry, InformationSystem) else ""


def routed_elsewhere(entry: Entry) -> bool:
    """Whether requests are not taken here: outside the Openness Act, or under another controller."""
    return bool(entry.route) or getattr(entry, "controller", "") == Controller.OTHER


def questions(entry: Entry) -> Sequence[SearchKey]:
    """The search keys that an entry asks by; an entry without its own asks by those of its systems, each kind and label once."""
    keys = [] if isinstance(entry, Dataset) else list(SearchKey.objects.filter(**{entry.kind: entry}))
    if not keys and not isinstance(entry, InformationSystem):
        keys = list(SearchKey.objects.filter(system__in=entry.systems.all()).order_by("system__order", "order"))  # type: ignore[attr-defined]
    if not keys and isinstance(entry, Dataset):
        keys = list(SearchKey.objects.filter(resource=entry.resource))
    found = {(key.kind, key.label.get("fi", "")): key for key in reversed(keys)}
    return list(reversed(found.values()))


def is_open(key: SearchKey) -> bool:
    """Whether a key may be asked on an open form: an identity code never is."""
    return not key.secret and key.kind != "person_id"


def searches(entry: Entry) -> Sequence[Search]:
    """The systems behind an entry, each once; an entry without systems is searched by the unit that decides on it.

    A system that is several registers of this program is searched register by register: they are kept apart in the answer too.
    """
    systems: list[InformationSystem] = []
    if isinstance(entry, InformationSystem):
        systems = [entry]
    elif isinstance(entry, InformationResource | Dataset | PersonalDataRegister):
        systems = list(entry.systems.select_related("decided_by").distinct())
    found = [
        Search(system, system.decided_by, system.controller == Controller.OTHER, source)
        for system in systems
        for source in _registers_of(system, entry)
    ]
    return found or [Search(None, entry.decided_by, transfer=False)]


def _registers_of(system: InformationSystem, entry: Entry) -> Sequence[Source | None]:
    """The registers of a system when it is several, of them the one that was asked about; None for the system itself."""
    parts = parts_of(system.slug) if system.connection == Connection.HOME else []
    asked = [one for one in parts if getattr(one, "data_register", "") == entry.slug]
    return asked or (parts if len(parts) > 1 else [None])
