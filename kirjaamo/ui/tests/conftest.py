"""The room by itself: its own addresses and settings, so that the tests need no other room."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from types import ModuleType

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import clear_url_caches
from django.utils import translation

from kirjaamo.config import settings as house
from kirjaamo.ui import urls

LOOK = {
    "authority": {"fi": "Esimerkin kaupunki", "sv": "Exempelstad", "en": "City of Example"},
    "mark": {"fi": "Esimerkki", "sv": "Exempel", "en": "Example"},
}
NAVIGATION = {
    "public": [
        {"key": "guide", "label": {"fi": "Opas", "sv": "Guide", "en": "Guide"}, "route": "styleguide"},
        {"key": "form", "label": "Lomake", "route": "styleguide_form"},
        {"key": "gone", "label": "Puuttuva", "route": "no_such_page"},
    ],
    "work": [{"title": "Työ", "items": [{"key": "work", "label": "Lista", "route": "styleguide_work"}]}],
}


def _addresses() -> ModuleType:
    module = ModuleType("ui_test_urls")
    own = i18n_patterns(*urls.urlpatterns, prefix_default_language=False)
    module.urlpatterns = [*urls.plain_urlpatterns, *own]  # type: ignore[attr-defined]
    return module


@pytest.fixture(autouse=True)
def _room(tmp_path: Path) -> Iterator[None]:
    """Run with the addresses of this room only, in Finnish, and without a database."""
    templates = deepcopy(house.TEMPLATES)
    processors = templates[0]["OPTIONS"]["context_processors"]
    if "kirjaamo.ui.shell.shell" not in processors:
        processors.append("kirjaamo.ui.shell.shell")
    with (
        override_settings(
            ROOT_URLCONF=_addresses(),
            TEMPLATES=templates,
            DEBUG=True,
            STATIC_ROOT=tmp_path,
            FORM_RENDERER="kirjaamo.ui.forms.Renderer",
            FORMAT_MODULE_PATH=["kirjaamo.ui.formats"],
            SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
            STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
            KIRJAAMO_LOOK=LOOK,
            KIRJAAMO_NAVIGATION=NAVIGATION,
            KIRJAAMO_ROUTES={"search": "styleguide", "start": "styleguide_public", "work": "styleguide_work"},
        ),
        translation.override("fi"),
    ):
        clear_url_caches()
        yield
    clear_url_caches()


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def request_() -> HttpRequest:
    return RequestFactory().get("/ui/tyyliopas/?sort=due&kind=x")
