"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.search import pages

urlpatterns = [
    path("tyo/haku/", pages.search, name="work_search"),
    path("tyo/haku/tallenna/", pages.save, name="search_save"),
    path("tyo/haku/poista/<int:key>/", pages.remove, name="search_remove"),
]
