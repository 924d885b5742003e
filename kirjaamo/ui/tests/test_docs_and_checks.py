"""docs/ui.md names what exists, and a setting that is missing is told at start."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.test import override_settings

from kirjaamo.ui import icons, parts
from kirjaamo.ui.checks import navigation_leads_somewhere, settings_of_the_room

ROOM = Path(icons.__file__).parent
PAGE = (ROOM.parents[1] / "docs" / "ui.md").read_text(encoding="utf-8")


def test_every_template_of_the_page_exists() -> None:
    named = set(re.findall(r'"(ui/[a-z_/]+\.html)"', PAGE))
    assert len(named) > 20
    assert [name for name in named if not (ROOM / "templates" / name).exists()] == []


def test_every_value_of_the_page_exists() -> None:
    named = {name for name in re.findall(r"`([A-Z][A-Za-z]+)\(", PAGE) if name not in {"DateField", "FileField"}}
    assert {name for name in named if not hasattr(parts, name)} == set()


def test_a_house_in_order_has_no_faults_and_each_missing_setting_has_its_own() -> None:
    apps = settings.INSTALLED_APPS
    assert settings_of_the_room(None) == []
    with override_settings(FORM_RENDERER="django.forms.renderers.DjangoTemplates"):
        assert [fault.id for fault in settings_of_the_room(None)] == ["ui.E001"]
    with override_settings(TEMPLATES=[{"BACKEND": "x", "OPTIONS": {}}]):
        assert [fault.id for fault in settings_of_the_room(None)] == ["ui.E003"]
    with override_settings(KIRJAAMO_LOOK={"action": "#ffff00"}):
        assert [fault.id for fault in settings_of_the_room(None)] == ["ui.E004"]
    assert "django.forms" in apps
    assert [fault.msg for fault in navigation_leads_somewhere(None)] == ["Valikon kohdalla gone ei ole sivua (no_such_page)."]
