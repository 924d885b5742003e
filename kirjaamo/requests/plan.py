"""Which units search what for a request: the catalog tells, for every kind of entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kirjaamo.catalog.models import Controller, Dataset, Entry, InformationResource, InformationSystem, PersonalDataRegister
from kirjaamo.organisation.models import Unit

ENTRY_MODELS: dict[str, type[Entry]] = {
    "resource": InformationResource,
    "dataset": Dataset,
    "system": InformationSystem,
    "register": PersonalDataRegister,
}


@dataclass(frozen=True)
class Search:
    """One system to search: the unit that does it, and whether the request about it goes to another controller."""

    system: InformationSystem | None
    unit: Unit
    transfer: bool


def find_entry(kind: str, slug: str) -> Entry | None:
    """The catalog entry that an address names."""
    model = ENTRY_MODELS.get(kind)
    return model._default_manager.filter(slug=slug).select_related("decided_by").first() if model else None


def searches(entry: Entry) -> Sequence[Search]:
    """The systems behind an entry, each once; an entry without systems is searched by the unit that decides on it."""
    systems: list[InformationSystem] = []
    if isinstance(entry, InformationSystem):
        systems = [entry]
    elif isinstance(entry, InformationResource | Dataset | PersonalDataRegister):
        systems = list(entry.systems.select_related("decided_by").distinct())
    found = [Search(system, system.decided_by, system.controller == Controller.OTHER) for system in systems]
    return found or [Search(None, entry.decided_by, transfer=False)]
