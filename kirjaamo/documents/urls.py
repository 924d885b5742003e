"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.documents import pages

urlpatterns = [
    path("tyo/tiedostot/", pages.files, name="files"),
    path("tyo/tiedostot/<int:file>/uudelleen/", pages.read_again, name="file_again"),
]
