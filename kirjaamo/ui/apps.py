"""The Django app of the room, and the checks of its settings at start."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The room of the look: no models."""

    name = "kirjaamo.ui"
    verbose_name = "Ulkoasu"

    def ready(self) -> None:
        """Take the checks of the settings into use."""
        from kirjaamo.ui import checks  # noqa: F401, PLC0415 - checks register themselves; apps must be loaded first
