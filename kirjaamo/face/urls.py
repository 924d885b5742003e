"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.face.pages import boxes, receipts, register

urlpatterns = [
    path("asiat/", register.public_cases, name="public_cases"),
    path("asiat/<str:identifier>/", register.public_case, name="public_case"),
    path("lahetys/<str:token>/", receipts.receipt, name="receipt"),
    path("lahetys/<str:token>/lahetetty/", receipts.sent, name="receipt_sent"),
    path("lahetys/<str:token>/taydennys/", receipts.supplement, name="receipt_add"),
    path("tyo/lahetykset/", boxes.boxes, name="boxes"),
    path("tyo/lahetykset/<int:box>/", boxes.retry, name="box_retry"),
]
