"""Pages behind an unguessable address: kept out of stores, indexes, referrers and logs.

Whoever knows the address may act by it, so its forms rest on no cookie: browsers send no origin from a page without a referrer,
and the usual check would refuse them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt


def unguessable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark the answers of a view whose address is known to one person only."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - Django would write the address to the log
        return response

    return guarded
