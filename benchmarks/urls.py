"""The program's addresses and the bare view."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from kirjaamo.config.urls import urlpatterns as own


def bare(request: HttpRequest) -> HttpResponse:
    """Answer a few bytes: what Django, the middleware and the server cost by themselves."""
    del request
    return HttpResponse("bare", content_type="text/plain")


urlpatterns = [path("bare/", bare), *own]
