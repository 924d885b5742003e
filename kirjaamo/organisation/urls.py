"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.organisation.pages import account, signing, use_log

urlpatterns = [
    path("kirjaudu/", signing.login, name="login"),
    path("kirjaudu/koodi/", signing.login_code, name="login_code"),
    path("kirjaudu/toinen-tunniste/", signing.login_second_factor, name="login_second_factor"),
    path("kirjaudu/ulos/", signing.logout, name="logout"),
    path("tyo/oma-tunnus/", account.own_account, name="own_account"),
    path("tyo/kayttoloki/", use_log.use_log, name="use_log"),
    path("tyo/kayttoloki/osumat/", use_log.use_log_found, name="use_log_found"),
]
