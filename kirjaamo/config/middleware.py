"""What stands before every page: security headers on each answer, and a limit to what a request may send."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from kirjaamo.kernel.kept import one_reading

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
Answer = Callable[[HttpRequest], HttpResponseBase]


class SecurityHeaders:
    """Set the headers on every answer, also on errors and static files; a view may set a stricter policy of its own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers."""
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("X-Frame-Options", "DENY")
        return response


class OneReading:
    """Let the marks of what the process keeps be read once for a request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        with one_reading():
            return self.get_response(request)


class BodyLimit:
    """Refuse a request whose body is larger than the limit of uploads before anything of it is read or stored."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 413 with the limit in words, or pass the request on."""
        most = settings.UPLOAD_LIMIT_MB
        length = request.headers.get("Content-Length") or "0"
        if not length.isdigit() or int(length) > (most + 1) * 1024 * 1024:  # one more for the form around the files
            lead = _("Yhdellä kerralla voi lähettää enintään %(most)s Mt. Mitään ei tallennettu. Lähetä liitteet pienempinä.")
            return render(request, "413.html", {"lead": lead % {"most": most}}, status=413)
        return self.get_response(request)
