"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.retention.pages import case, due

urlpatterns = [
    path("tyo/sailytys/", due.due, name="retention"),
    path("tyo/asiat/<str:identifier>/sailytys/", case.clocks, name="case_retention"),
    path("tyo/asiat/<str:identifier>/sailytys/kerro/", case.tell, name="case_retention_tell"),
]
