"""The kernel as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings

from kirjaamo.kernel.words import Words, choose_finnish, configure


class KernelConfig(AppConfig):
    """Low and thin: it knows no person, case or page."""

    name = "kirjaamo.kernel"
    label = "kernel"
    verbose_name = "Ydin"

    def ready(self) -> None:
        """Choose the Finnish analyser of this process: the system's own, else the machine's one analyser process."""
        configure(Words(choose_finnish(socket=settings.DATA_FOLDER / "words.sock")))
