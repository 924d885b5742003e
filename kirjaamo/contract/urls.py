"""Addresses of the registers."""

from __future__ import annotations

from django.urls import path

from kirjaamo.contract import pages
from kirjaamo.contract.editing import pages as editing
from kirjaamo.contract.importing import pages as importing

urlpatterns = [
    path("rekisterit/", pages.registers, name="registers"),
    path("rekisterit/<slug:slug>/", pages.register, name="register"),
    path("rekisterit/<slug:slug>/havitettavat/", pages.expired, name="register-expired"),
    path("rekisterit/<slug:slug>/vienti/<slug:form>/", pages.export, name="register-export"),
    path("rekisterit/<slug:slug>/toiminto/<slug:verb>/", pages.act, name="register-act"),
    path("rekisterit/<slug:slug>/toiminto/<slug:verb>/<int:key>/", pages.act, name="record-act"),
    path("rekisterit/<slug:slug>/<slug:kind>/<int:key>/", pages.record, name="record"),
    path("rekisterit/<slug:slug>/<slug:kind>/<int:key>/vertaa/", pages.compare, name="record-compare"),
    path("rekisterit/<slug:slug>/<slug:kind>/lisaa/", editing.add, name="record-add"),
    path("rekisterit/<slug:slug>/<slug:kind>/joukkomuutos/", editing.change_many, name="records-change"),
    path("rekisterit/<slug:slug>/<slug:kind>/tuonti/", importing.start, name="import-start"),
    path("rekisterit/<slug:slug>/<slug:kind>/tuonti/<int:key>/", importing.batch, name="import"),
    path("rekisterit/<slug:slug>/<slug:kind>/tuonti/<int:key>/viat.csv", importing.faults, name="import-faults"),
    path("rekisterit/<slug:slug>/<slug:kind>/<int:key>/muuta/", editing.edit, name="record-edit"),
    path("rekisterit/<slug:slug>/<slug:kind>/<int:key>/mitatoi/", editing.void, name="record-void"),
]
