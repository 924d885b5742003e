"""People and organisations as parties, with their identity codes encrypted."""

from __future__ import annotations

from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    """People and organisations as parties, with their identity codes encrypted."""

    name = "kirjaamo.subjects"
    label = "subjects"
    verbose_name = "Osapuolet"
