"""Notices: what waits for a person who works here, and e-mail that says only that something waits."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices: what waits for a person who works here, and e-mail that says only that something waits."""

    name = "kirjaamo.notices"
    label = "notices"
    verbose_name = "Ilmoitukset"
