"""The addresses of the house: each room and register in use brings its own `urls` module, in their order.

A room's `urlpatterns` stand under the language (Finnish without prefix, /sv/, /en/); a list named `plain_urlpatterns`
stands outside it (API, feeds, health).
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path


def _modules() -> list[ModuleType]:
    """Return the `urls` module of each room and register that has one."""
    names = [f"{room}.urls" for room in [*settings.ROOMS, *settings.KIRJAAMO_REGISTERS]]
    return [import_module(name) for name in names if find_spec(name)]


modules = _modules()
urlpatterns: list[URLPattern | URLResolver] = [path("i18n/", include("django.conf.urls.i18n"))]
urlpatterns += [entry for module in modules for entry in getattr(module, "plain_urlpatterns", [])]
urlpatterns += i18n_patterns(
    *(entry for module in modules for entry in getattr(module, "urlpatterns", [])),
    prefix_default_language=False,
)
