"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.cases.pages import acts, case, moving, new, planned, register, work
from kirjaamo.cases.pages.papers import acts as paper_acts
from kirjaamo.cases.pages.papers import show

PAPER = "tyo/asiat/<str:identifier>/asiakirjat/<str:paper>/"

urlpatterns = [
    path(PAPER, show.paper, name="paper"),
    path(f"{PAPER}versio/", paper_acts.version, name="paper_version"),
    path(f"{PAPER}versio/<int:version>/", show.file, name="paper_file"),
    path(f"{PAPER}versio/<int:version>/lukeminen/", show.progress, name="paper_progress"),
    path(f"{PAPER}versio/<int:version>/sivu/<int:number>/", show.picture, name="paper_picture"),
    path(f"{PAPER}vaihe/<slug:step>/", paper_acts.step, name="paper_step"),
    path(f"{PAPER}laheta/", paper_acts.send, name="paper_send"),
    path(f"{PAPER}tiedot/", paper_acts.decide, name="paper_decide"),
    path(f"{PAPER}viranomaisen/", paper_acts.outside, name="paper_outside"),
    path(f"{PAPER}kopio/", paper_acts.copy_new, name="paper_copy_new"),
    path(f"{PAPER}kopio/<int:copy>/", show.copy, name="paper_copy"),
    path("tyo/", work.work, name="work"),
    path("tyo/asiat/", register.cases, name="cases"),
    path("tyo/asiat/uusi/", new.case_new, name="case_new"),
    path("tyo/asiat/siirto/<slug:slug>/", moving.move_class, name="cases_move"),
    path("tyo/asiat/<str:identifier>/", case.case, name="case"),
    path("tyo/asiat/<str:identifier>/ota/", acts.take, name="case_take"),
    path("tyo/asiat/<str:identifier>/seuraava/", planned.record_next, name="case_next"),
    path("tyo/asiat/<str:identifier>/siirto/", moving.move, name="case_move"),
    path("tyo/asiat/<str:identifier>/kirjaa/", acts.record, name="case_record"),
    path("tyo/asiat/<str:identifier>/asiakirja/", acts.add_document, name="case_document"),
    path("tyo/asiat/<str:identifier>/tehtava/", acts.assign, name="case_task"),
    path("tyo/asiat/<str:identifier>/tehtava/<int:task>/", acts.finish, name="case_task_done"),
    path("tyo/asiat/<str:identifier>/paata/", acts.close, name="case_close"),
    path("tyo/asiat/<str:identifier>/tiedosto/<int:file>/", case.case_file, name="case_file"),
]
