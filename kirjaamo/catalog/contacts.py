"""Where one asks: the contacts of the unit that decides, else of the nearest unit above, else of the registry office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kirjaamo.organisation.models import Contact, Unit


@dataclass(frozen=True)
class Reach:
    """The unit whose contacts serve, and those contacts; beside them the registry office, which serves everyone."""

    asked: Unit
    unit: Unit
    contacts: tuple[Contact, ...]
    registry: Unit | None
    registry_contacts: tuple[Contact, ...]

    def content(self, *, city_wide: bool = False) -> dict[str, Any]:
        """Return the contacts as plain data. What serves the whole city is asked of the registry office."""
        routed = city_wide and self.registry is not None
        unit = self.registry if routed and self.registry else self.unit
        contacts = self.registry_contacts if routed else self.contacts
        return {
            "unit": {"kind": "unit", "slug": unit.slug, "title": unit.title},
            "instead": unit.pk != self.asked.pk,
            "registry": unit.is_registry_office,
            "city_wide": routed,
            "rows": [contact_content(contact) for contact in contacts],
        }


def contact_content(contact: Contact) -> dict[str, Any]:
    """Return a contact as plain data."""
    return {name: getattr(contact, name) for name in ("kind", "value", "note", "serves", "sign_ins", "hours")}


def reaches(units: Mapping[int, Unit]) -> dict[int, Reach]:
    """Return for each unit where its requests go (one statement)."""
    contacts: dict[int, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.all():
        contacts[contact.unit_id].append(contact)
    registry = next((unit for unit in units.values() if unit.is_registry_office), None)
    registry_contacts = tuple(contacts.get(registry.pk, ())) if registry else ()
    made = {}
    for unit in units.values():
        nearest = _nearest(unit, units, contacts) or registry or unit
        made[unit.pk] = Reach(unit, nearest, tuple(contacts.get(nearest.pk, ())), registry, registry_contacts)
    return made


def _nearest(unit: Unit, units: Mapping[int, Unit], contacts: Mapping[int, list[Contact]]) -> Unit | None:
    here: Unit | None = unit
    while here is not None:
        if contacts.get(here.pk):
            return here
        here = units.get(here.parent_id or 0)
    return None
