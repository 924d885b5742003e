"""The information control plan: classes, their approved revisions, stages, measures, document types and rules."""

from __future__ import annotations

from django.apps import AppConfig


class TosConfig(AppConfig):
    """The information control plan: classes, their approved revisions, stages, measures, document types and rules."""

    name = "kirjaamo.tos"
    label = "tos"
    verbose_name = "Tiedonohjaussuunnitelma"
