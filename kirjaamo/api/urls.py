"""Addresses of the API: its calls stand outside the languages; its pages within them."""

from __future__ import annotations

from typing import Any

from django.urls import path

from kirjaamo.api import pages
from kirjaamo.api.feeding import api

TOKEN = "token"  # noqa: S105 - the name of a need
"""The need of an address that opens with a token and no session."""


def _marked(urls: tuple[list[Any], str, str]) -> tuple[list[Any], str, str]:
    """The calls with the mark by which the walk over all addresses knows them."""
    for pattern in urls[0]:
        pattern.callback.needs = TOKEN
    return urls


plain_urlpatterns = [
    path("api/v1/openapi.json", pages.document, name="api-document"),
    path("api/v1/", _marked(api.urls)),
]
urlpatterns = [
    path("rajapinta/", pages.about, name="api-about"),
    path("tyo/rajapinta/avaimet/", pages.tokens, name="api-tokens"),
    path("tyo/rajapinta/avaimet/<int:key>/mitatoi/", pages.revoke, name="api-revoke"),
]
