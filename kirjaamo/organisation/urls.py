"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.organisation import pages

urlpatterns = [
    path("kirjaudu/", pages.login, name="login"),
    path("kirjaudu/ulos/", pages.logout, name="logout"),
]
