"""Addresses of student welfare's own pages."""

from __future__ import annotations

from django.urls import path

from kirjaamo.registers.education.student_welfare import pages

urlpatterns = [
    path("opiskeluhuolto/mitoitus/", pages.staffing, name="welfare-staffing"),
    path("opiskeluhuolto/<slug:slug>/<int:key>/kertomus/", pages.story, name="welfare-story"),
    path("opiskeluhuolto/<slug:slug>/<int:key>/kayttoloki/", pages.log, name="welfare-log"),
    path("opiskeluhuolto/<slug:slug>/tahdonilmaus/<int:key>/arvio/", pages.assessment, name="welfare-assessment"),
    path("opiskeluhuolto/<slug:slug>/luovutus/<int:key>/", pages.handover, name="welfare-handover"),
]
