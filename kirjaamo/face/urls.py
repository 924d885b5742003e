"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.face.pages import register

urlpatterns = [
    path("asiat/", register.public_cases, name="public_cases"),
    path("asiat/<str:identifier>/", register.public_case, name="public_case"),
]
