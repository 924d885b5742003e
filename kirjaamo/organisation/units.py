"""The units of the authority, which every form offers: kept by a process until one changes."""

from __future__ import annotations

from kirjaamo.kernel.kept import Kept
from kirjaamo.organisation.models import Unit


def _units() -> tuple[Unit, ...]:
    return tuple(Unit.objects.select_related("authority__management_unit"))


UNITS = Kept("units", {"organisation.unit", "organisation.authority", "organisation.managementunit"}, _units)
"""Every unit with its authority and management unit, in their order."""
