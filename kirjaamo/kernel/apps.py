"""The kernel as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Low and thin: it knows no person, case or page."""

    name = "kirjaamo.kernel"
    label = "kernel"
    verbose_name = "Ydin"
