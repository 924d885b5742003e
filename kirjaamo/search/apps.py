"""The one search box of people who work here."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The one search box of people who work here."""

    name = "kirjaamo.search"
    label = "search"
    verbose_name = "Haku"
