"""What information the authority holds: resources, datasets, systems, registers, search keys; the published description."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """What information the authority holds: resources, datasets, systems, registers, search keys; the published description."""

    name = "kirjaamo.catalog"
    label = "catalog"
    verbose_name = "Kuvaus"
