"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.retention.pages import campaigns, case, due, holds

urlpatterns = [
    path("tyo/sailytys/", due.due, name="retention"),
    path("tyo/sailytys/kiellot/", holds.holds, name="retention_holds"),
    path("tyo/sailytys/kiellot/uusi/", holds.place, name="retention_hold_new"),
    path("tyo/sailytys/kiellot/<int:pk>/", holds.hold, name="retention_hold"),
    path("tyo/sailytys/muutosajot/", campaigns.campaigns, name="retention_campaigns"),
    path("tyo/sailytys/muutosajot/uusi/<int:revision>/", campaigns.propose, name="retention_campaign_new"),
    path("tyo/sailytys/muutosajot/<int:pk>/", campaigns.campaign, name="retention_campaign"),
    path("tyo/sailytys/muutosajot/<int:pk>/<str:act>/", campaigns.decide, name="retention_campaign_decide"),
    path("tyo/asiat/<str:identifier>/sailytys/", case.clocks, name="case_retention"),
    path("tyo/asiat/<str:identifier>/sailytys/kerro/", case.tell, name="case_retention_tell"),
]
