"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.decisions import pages
from kirjaamo.decisions.publication import pages as publication

urlpatterns = [
    path("tyo/asiat/<str:identifier>/paatos/", pages.new, name="decision_new"),
    path("tyo/paatokset/<int:decision>/", pages.decision, name="decision"),
    path("tyo/paatokset/<int:decision>/muokkaa/", pages.edit, name="decision_edit"),
    path("tyo/paatokset/<int:decision>/tee/", pages.decide, name="decision_decide"),
    path("tyo/paatokset/<int:decision>/tiedoksi/", pages.serve, name="decision_serve"),
    path("tyo/paatokset/<int:decision>/muutoksenhaku/", pages.appeal, name="decision_appeal"),
    path("tyo/paatokset/<int:decision>/nahtaville/", publication.put_on_view, name="decision_publish"),
    path("tyo/paatokset/<int:decision>/verkosta/", publication.remove, name="decision_unpublish"),
    path("tyo/paatokset/<int:decision>/luonnos.pdf", pages.preview, name="decision_preview"),
]
