"""The API as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Tokens, calls, events of other systems."""

    name = "kirjaamo.api"
    label = "api"
    verbose_name = "Rajapinta"
