"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.notices import pages

urlpatterns = [
    path("tyo/ilmoitukset/", pages.notices, name="notices"),
    path("tyo/ilmoitukset/sahkoposti/", pages.mail_times, name="notice_mail"),
    path("tyo/ilmoitukset/<int:number>/", pages.notice_open, name="notice_open"),
]
