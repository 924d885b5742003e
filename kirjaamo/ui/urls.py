"""Addresses of the room: the stylesheet (one for all languages), what is said of the service itself, and the style guide."""

from __future__ import annotations

from django.urls import path

from kirjaamo.ui import pages, styles

plain_urlpatterns = [path("ui/<slug:mark>.css", styles.stylesheet, name="ui_style")]
urlpatterns = [
    path("tietoa-palvelusta/", pages.about, name="about"),
    path("saavutettavuus/", pages.accessibility, name="accessibility"),
    path("tietosuoja/", pages.privacy, name="privacy"),
    path("ui/tyyliopas/", pages.styleguide, name="styleguide"),
    path("ui/tyyliopas/julkinen/", pages.styleguide_public, name="styleguide_public"),
    path("ui/tyyliopas/tyotila/", pages.styleguide_work, name="styleguide_work"),
    path("ui/tyyliopas/lomake/", pages.styleguide_form, name="styleguide_form"),
    path("ui/tyyliopas/vahvistus/", pages.styleguide_confirm, name="styleguide_confirm"),
]
