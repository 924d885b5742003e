"""Addresses of the registry office: the queue, the registering screen, reports, outages, the enquiry."""

from __future__ import annotations

from django.urls import path

from kirjaamo.cases.pages import arrivals, numbers, registering, registry, repair

patterns = [
    path("tyo/asiat/uusi/", registering.case_new, name="case_new"),
    path("tyo/saapuneet/", arrivals.arrivals, name="arrivals"),
    path("tyo/saapuneet/luokat/", registering.class_part, name="arrival_classes"),
    path("tyo/saapuneet/samankaltaiset/", registering.alike_part, name="arrival_alike"),
    path("tyo/saapuneet/raportit/", registry.arrival_reports, name="arrival_reports"),
    path("tyo/saapuneet/katkot/", registry.outages, name="outages"),
    path("tyo/saapuneet/katkot/<int:outage>/", registry.outage_end, name="outage_end"),
    path("tyo/saapuneet/<int:arrival>/", registering.arrival, name="arrival"),
    path("tyo/saapuneet/<int:arrival>/muu/", arrivals.arrival_end, name="arrival_end"),
    path("tyo/saapuneet/<int:arrival>/yksikko/", arrivals.arrival_route, name="arrival_route"),
    path("tyo/saapuneet/<int:arrival>/tiedosto/<int:file>/", arrivals.arrival_file, name="arrival_file"),
    path("tyo/saapuneet/<int:arrival>/palauta/", repair.arrival_reopen, name="arrival_reopen"),
    path("tyo/asiat/<str:identifier>/korjaa/", repair.repair, name="case_repair"),
    path("tyo/asiat/<str:identifier>/mitatoi/", numbers.case_void, name="case_void"),
    path("tyo/numerot/", numbers.number_account, name="number_account"),
    path("tyo/numerot/tili.csv", numbers.number_export, name="number_export"),
    path("tyo/tilanne/", registry.enquiry, name="enquiry"),
]
