"""Addresses of the register's own pages: the public ones, and the statistics of those who work here."""

from __future__ import annotations

from django.urls import path

from kirjaamo.registers.urban.hitas import pages, statistics

urlpatterns = [
    path("hitas/", pages.companies, name="hitas"),
    path("hitas/hinnan-perusteet/", pages.figures, name="hitas-figures"),
    path("hitas/yhtio/<int:key>/", pages.company, name="hitas-company"),
    path("hitas/yhtio/<int:key>/laskelmapyynto/", pages.ask, name="hitas-ask"),
    path("hitas/vastaanotettu/", pages.sent, name="hitas-sent"),
    path("hitas/tilastot/", statistics.resales, name="hitas-statistics"),
    path("hitas/tilastot/kaupat.csv", statistics.as_csv, name="hitas-statistics-csv"),
]
