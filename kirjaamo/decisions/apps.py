"""Decisions of office holders: prepared, made, served and gained legal force."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions of office holders: prepared, made, served and gained legal force."""

    name = "kirjaamo.decisions"
    label = "decisions"
    verbose_name = "Päätökset"

    def ready(self) -> None:
        """Let a case page offer and show the decisions of the case."""
        import_module("kirjaamo.decisions.on_case")
