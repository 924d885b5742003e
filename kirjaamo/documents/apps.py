"""Documents, their versions and files."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents, their versions and files."""

    name = "kirjaamo.documents"
    label = "documents"
    verbose_name = "Asiakirjat"
