"""Checks at start: the settings that this room needs, each with the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's own name
from django.core.exceptions import ImproperlyConfigured

from kirjaamo.ui.look import current
from kirjaamo.ui.shell import address

RENDERER = "kirjaamo.ui.forms.Renderer"
PROCESSOR = "kirjaamo.ui.shell.shell"


@register()
def settings_of_the_room(app_configs: Iterable[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001
    """Return what is missing for pages and forms to look as they should."""
    found: list[CheckMessage] = []
    if settings.FORM_RENDERER != RENDERER:
        found.append(Error("FORM_RENDERER puuttuu.", hint=f'Aseta FORM_RENDERER = "{RENDERER}".', id="ui.E001"))
    apps = list(settings.INSTALLED_APPS)
    if "django.forms" not in apps:
        found.append(Error("django.forms puuttuu.", hint="Lisää django.forms asetukseen INSTALLED_APPS.", id="ui.E002"))
    if not any(PROCESSOR in engine["OPTIONS"].get("context_processors", []) for engine in settings.TEMPLATES):
        found.append(Error("Sivun kehys puuttuu.", hint=f"Lisää {PROCESSOR} kontekstiprosessoreihin.", id="ui.E003"))
    try:
        current()
    except ImproperlyConfigured as error:
        found.append(Error(str(error), hint="Korjaa tietopaketin ulkoasu.", id="ui.E004"))
    return found


@register(deploy=True)
def navigation_leads_somewhere(app_configs: Iterable[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001
    """Warn of navigation whose page does not exist: it is left out of the pages."""
    nav = getattr(settings, "KIRJAAMO_NAVIGATION", {})
    rows: list[Mapping[str, Any]] = [*nav.get("public", []), *(row for group in nav.get("work", []) for row in group["items"])]
    return [
        Warning(f"Valikon kohdalla {row['key']} ei ole sivua ({row['route']}).", hint="Korjaa reitti.", id="ui.W001")
        for row in rows
        if not address(row["route"])
    ]
