"""The case register: cases, their stages, parties, documents and numbers."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The case register: cases, their stages, parties, documents and numbers."""

    name = "kirjaamo.cases"
    label = "cases"
    verbose_name = "Asiat"
