"""What information the authority holds: resources, datasets, systems, registers, search keys; the published description."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """What information the authority holds: resources, datasets, systems, registers, search keys; the published description."""

    name = "kirjaamo.catalog"
    label = "catalog"
    verbose_name = "Kuvaus"

    def ready(self) -> None:
        """Tell the search how the description is found."""
        from kirjaamo.catalog.searched import Catalog  # noqa: PLC0415 - models are ready only now
        from kirjaamo.kernel.finding import searched  # noqa: PLC0415 - as above

        searched(Catalog())
