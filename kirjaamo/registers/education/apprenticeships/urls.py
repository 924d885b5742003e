"""Addresses of the register's public pages."""

from __future__ import annotations

from django.urls import path

from kirjaamo.registers.education.apprenticeships import pages

urlpatterns = [
    path("oppisopimus/", pages.about, name="apprenticeships"),
    path("oppisopimus/yhteydenotto/", pages.contact, name="apprenticeships-contact"),
    path("oppisopimus/vastaanotettu/", pages.sent, name="apprenticeships-sent"),
]
