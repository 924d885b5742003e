"""Addresses of the register's own pages: the public ones, and the calendar of those who work here."""

from __future__ import annotations

from django.urls import path

from kirjaamo.registers.education.premises import pages

urlpatterns = [
    path("varaukset/", pages.rooms, name="premises"),
    path("varaukset/tila/<int:key>/", pages.room, name="premises-room"),
    path("varaukset/tila/<int:key>/varaa/", pages.ask, name="premises-ask"),
    path("varaukset/vastaanotettu/", pages.sent, name="premises-sent"),
    path("varaukset/kalenteri/", pages.work_rooms, name="premises-rooms"),
    path("varaukset/kalenteri/<int:key>/", pages.work_week, name="premises-week"),
]
