"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.cases.pages import (
    acts,
    case,
    deputies,
    enquiries,
    exceptions,
    letting_in,
    moving,
    parties,
    planned,
    publicity,
    register,
    registry_urls,
    work,
    working,
)
from kirjaamo.cases.pages.papers import acts as paper_acts
from kirjaamo.cases.pages.papers import letters, show

PAPER = "tyo/asiat/<str:identifier>/asiakirjat/<str:paper>/"


urlpatterns = [
    *registry_urls.patterns,
    path(PAPER, show.paper, name="paper"),
    path(f"{PAPER}versio/", paper_acts.version, name="paper_version"),
    path(f"{PAPER}versio/<int:version>/", show.file, name="paper_file"),
    path(f"{PAPER}versio/<int:version>/lukeminen/", show.progress, name="paper_progress"),
    path(f"{PAPER}versio/<int:version>/sivu/<int:number>/", show.picture, name="paper_picture"),
    path(f"{PAPER}vaihe/<slug:step>/", paper_acts.step, name="paper_step"),
    path(f"{PAPER}teksti/", letters.edit, name="paper_letter"),
    path("tyo/asiat/<str:identifier>/kirje/", letters.choose, name="letter"),
    path("tyo/asiat/<str:identifier>/kirje/<slug:pattern>/<str:language>/", letters.new, name="letter_new"),
    path(f"{PAPER}laheta/", paper_acts.send, name="paper_send"),
    path(f"{PAPER}tiedot/", paper_acts.decide, name="paper_decide"),
    path(f"{PAPER}viranomaisen/", paper_acts.outside, name="paper_outside"),
    path(f"{PAPER}kopio/", paper_acts.copy_new, name="paper_copy_new"),
    path(f"{PAPER}kopio/<int:copy>/", show.copy, name="paper_copy"),
    path("tyo/sijaiset/", deputies.deputies, name="deputies"),
    path("tyo/sijaiset/<int:deputy>/", deputies.deputy_end, name="deputy_end"),
    path("tyo/", work.work, name="work"),
    path("tyo/lista/<str:name>/", work.worklist, name="worklist"),
    path("tyo/julkisuus/", publicity.publicity, name="publicity"),
    path("tyo/julkisuus/verkossa/", publicity.web_rules, name="web_rules"),
    path("tyo/julkisuus/<int:document>/", publicity.confirm, name="publicity_confirm"),
    path("tyo/asiat/", register.cases, name="cases"),
    path("tyo/asiat/siirto/<slug:slug>/", moving.move_class, name="cases_move"),
    path("tyo/asiat/<str:identifier>/", case.case, name="case"),
    path("tyo/asiat/<str:identifier>/ota/", acts.take, name="case_take"),
    path("tyo/asiat/<str:identifier>/seuraava/", planned.record_next, name="case_next"),
    path("tyo/asiat/<str:identifier>/siirto/", moving.move, name="case_move"),
    path("tyo/asiat/<str:identifier>/kirjaa/", acts.record, name="case_record"),
    path("tyo/asiat/<str:identifier>/asiakirja/", acts.add_document, name="case_document"),
    path("tyo/asiat/<str:identifier>/osapuoli/", parties.add, name="case_party"),
    path("tyo/asiat/<str:identifier>/tehtava/", acts.assign, name="case_task"),
    path("tyo/asiat/<str:identifier>/tehtava/<int:task>/", acts.finish, name="case_task_done"),
    path("tyo/asiat/<str:identifier>/tehtava/<int:task>/ota/", working.start_task, name="case_task_start"),
    path("tyo/asiat/<str:identifier>/pyynto/<str:kind>/", enquiries.enquire, name="case_enquire"),
    path("tyo/asiat/<str:identifier>/vastaus/<int:task>/", enquiries.enquiry, name="case_enquiry"),
    path("tyo/asiat/<str:identifier>/kuulematta/", enquiries.unheard, name="case_unheard"),
    path("tyo/asiat/<str:identifier>/kasittelija/", working.hand_over, name="case_hand_over"),
    path("tyo/asiat/<str:identifier>/maarapaiva/", working.reschedule, name="case_reschedule"),
    path("tyo/asiat/<str:identifier>/osa/", working.divide, name="case_divide"),
    path("tyo/asiat/<str:identifier>/liita/", working.link, name="case_link"),
    path("tyo/asiat/<str:identifier>/esteellinen/", working.disqualify, name="case_disqualify"),
    path("tyo/asiat/<str:identifier>/viranomaiselle/", working.transfer, name="case_transfer"),
    path("tyo/asiat/<str:identifier>/avaa/", working.reopen, name="case_reopen"),
    path("tyo/asiat/<str:identifier>/poikkeuslupa/", letting_in.case_exception, name="case_exception"),
    path("tyo/asiat/<str:identifier>/oikeudet/", letting_in.case_grants, name="case_grants"),
    path("tyo/asiat/<str:identifier>/oikeudet/<int:number>/", letting_in.case_grant_end, name="case_grant_end"),
    path("tyo/kayttoloki/poikkeusluvat/", exceptions.case_exceptions, name="case_exceptions"),
    path("tyo/kayttoloki/poikkeusluvat/<int:number>/", exceptions.case_exception_review, name="case_exception_review"),
    path("tyo/asiat/<str:identifier>/paata/", acts.close, name="case_close"),
    path("tyo/asiat/<str:identifier>/tiedosto/<int:file>/", case.case_file, name="case_file"),
]
