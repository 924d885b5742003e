"""The organisation: management unit, authorities, units, accounts, roles."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The organisation: management unit, authorities, units, accounts, roles."""

    name = "kirjaamo.organisation"
    label = "organisation"
    verbose_name = "Organisaatio"
