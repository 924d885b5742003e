"""Information requests and data-subject requests."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Information requests and data-subject requests."""

    name = "kirjaamo.requests"
    label = "requests"
    verbose_name = "Tietopyynnöt"

    def ready(self) -> None:
        """Let a case page tell of the request that the case is."""
        import_module("kirjaamo.requests.on_case")
