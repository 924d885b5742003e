"""Dated legal reference data: statutes, secrecy grounds, deadlines, fees."""

from __future__ import annotations

from django.apps import AppConfig


class NormsConfig(AppConfig):
    """Dated legal reference data: statutes, secrecy grounds, deadlines, fees."""

    name = "kirjaamo.norms"
    label = "norms"
    verbose_name = "Normit"
