"""Addresses of the register's own pages: the public ones, and the calendar of those who work here."""

from __future__ import annotations

from django.urls import path

from kirjaamo.registers.education.premises.pages import asking, desk, rooms

urlpatterns = [
    path("varaukset/", rooms.rooms, name="premises"),
    path("varaukset/tila/<int:key>/", rooms.room, name="premises-room"),
    path("varaukset/tila/<int:key>/varaa/", asking.ask, name="premises-ask"),
    path("varaukset/vuorohaku/<int:key>/", asking.apply, name="premises-apply"),
    path("varaukset/vastaanotettu/", asking.sent, name="premises-sent"),
    path("varaukset/paiva/", desk.work_day, name="premises-day"),
    path("varaukset/kalenteri/", desk.work_rooms, name="premises-rooms"),
    path("varaukset/kalenteri/<int:key>/", desk.work_week, name="premises-week"),
]
