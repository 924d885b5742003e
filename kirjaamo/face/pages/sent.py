"""The acknowledgement of the public process: the request has come in; its page is at the other process, at an address of its own."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kirjaamo.ui.access import page


@page()
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """Give the address to keep. Nothing is read for it, so it stands whether the request has been registered yet or not.

    It is a page and not a redirect: browsers follow none to another site after a form (the content policy says so).
    """
    address = settings.KIRJAAMO_WORK_URL.rstrip("/") + reverse("request_follow", args=[token])
    response = render(request, "face/sent.html", {"address": address, "hide_search": True})
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
