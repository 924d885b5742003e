"""Addresses of the register's public pages."""

from __future__ import annotations

from django.urls import path

from kirjaamo.registers.urban.hitas import pages

urlpatterns = [
    path("hitas/", pages.companies, name="hitas"),
    path("hitas/hinnan-perusteet/", pages.figures, name="hitas-figures"),
    path("hitas/yhtio/<int:key>/", pages.company, name="hitas-company"),
    path("hitas/yhtio/<int:key>/laskelmapyynto/", pages.ask, name="hitas-ask"),
    path("hitas/vastaanotettu/", pages.sent, name="hitas-sent"),
]
