"""The addresses of the public process: of the whole house those whose view everyone may open, and no others.

A view that says another need, or none, has no address here; what leads to it leads across to the other process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, include, path

from kirjaamo.config.urls import modules
from kirjaamo.kernel.actors import PUBLIC

TAKEN_IN = frozenset({"ask_form", "request_reply", "request_decision", "matter_new", "matter_to_case", "receipt_add"})
"""What someone sends: it needs the credential that takes in."""
ELSEWHERE = frozenset({"login"})
"""Open to everyone, but what they do is done by the other process: signing in."""


if "arrivals" not in settings.DATABASES:
    ELSEWHERE |= TAKEN_IN


def lead_across(request: HttpRequest, **_parameters: object) -> HttpResponse:
    """Send to the same address of the process that people work with; nothing is read or taken here."""
    if not settings.KIRJAAMO_WORK_URL:
        raise Http404
    return HttpResponseRedirect(settings.KIRJAAMO_WORK_URL.rstrip("/") + request.get_full_path())


lead_across.needs = PUBLIC  # type: ignore[attr-defined]


def public_only(entries: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """The addresses among these that everyone may open."""
    for entry in entries:
        if not isinstance(entry, URLPattern) or getattr(entry.callback, "needs", None) != PUBLIC:
            continue
        yield URLPattern(entry.pattern, lead_across, name=entry.name) if _is_elsewhere(entry) else entry


def _is_elsewhere(entry: URLPattern) -> bool:
    """Whether what the address does is done by the other process; so is what a register's form sends where nothing is taken in."""
    across, sends = (getattr(entry.callback, name, False) for name in ("across", "sends"))
    return entry.name in ELSEWHERE or across or (sends and "arrivals" not in settings.DATABASES)


urlpatterns: list[URLPattern | URLResolver] = [path("i18n/", include("django.conf.urls.i18n"))]
urlpatterns += [entry for module in modules for entry in public_only(getattr(module, "plain_urlpatterns", []))]
urlpatterns += i18n_patterns(
    *(entry for module in modules for entry in public_only(getattr(module, "urlpatterns", []))),
    prefix_default_language=False,
)
