"""Information requests and data-subject requests."""

from __future__ import annotations

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Information requests and data-subject requests."""

    name = "kirjaamo.requests"
    label = "requests"
    verbose_name = "Tietopyynnöt"
