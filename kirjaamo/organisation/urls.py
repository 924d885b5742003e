"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.organisation.pages import account, roles, signing, use_log

urlpatterns = [
    path("kirjaudu/", signing.login, name="login"),
    path("kirjaudu/koodi/", signing.login_code, name="login_code"),
    path("kirjaudu/toinen-tunniste/", signing.login_second_factor, name="login_second_factor"),
    path("kirjaudu/ulos/", signing.logout, name="logout"),
    path("tyo/oma-tunnus/", account.own_account, name="own_account"),
    path("tyo/kayttajat/", roles.accounts, name="accounts"),
    path("tyo/kayttajat/tarkastus/", roles.rights_review, name="rights_review"),
    path("tyo/kayttajat/<int:number>/", roles.account, name="account"),
    path("tyo/kayttajat/rooli/<int:number>/paata/", roles.role_end, name="role_end"),
    path("tyo/kayttoloki/", use_log.use_log, name="use_log"),
    path("tyo/kayttoloki/osumat/", use_log.use_log_found, name="use_log_found"),
]
