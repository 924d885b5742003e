"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.face.pages import boxes, following, notices, receipts, register

urlpatterns = [
    path("asiat/", register.public_cases, name="public_cases"),
    path("asiat/<str:identifier>/", register.public_case, name="public_case"),
    path("nahtavilla/", notices.notices, name="public_notices"),
    path("nahtavilla/<int:publication>/", notices.notice, name="public_notice"),
    path("pyynto/<str:token>/", following.follow, name="request_follow"),
    path("pyynto/<str:token>/lahetetty/", following.sent, name="request_sent"),
    path("pyynto/<str:token>/viesti/", following.reply, name="request_reply"),
    path("pyynto/<str:token>/paatos/", following.decision, name="request_decision"),
    path("pyynto/<str:token>/asiakirja/<int:number>/", following.fetch, name="request_file"),
    path("lahetys/<str:token>/", receipts.receipt, name="receipt"),
    path("lahetys/<str:token>/lahetetty/", receipts.sent, name="receipt_sent"),
    path("lahetys/<str:token>/taydennys/", receipts.supplement, name="receipt_add"),
    path("tyo/lahetykset/", boxes.boxes, name="boxes"),
    path("tyo/lahetykset/<int:box>/", boxes.retry, name="box_retry"),
]
