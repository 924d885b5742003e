"""One stylesheet for a page: the parts in their order and the colours of the authority, compressed and kept for ever."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kirjaamo.ui.access import page
from kirjaamo.ui.look import current

FOLDER = Path(__file__).parent / "static" / "ui" / "css"
PARTS = ("tokens", "base", "shell", "components", "lists", "forms", "blocks", "print")


class Sheet(NamedTuple):
    """The bytes of the stylesheet, the same compressed, and the mark of its content."""

    plain: bytes
    packed: bytes
    mark: str


@lru_cache(maxsize=4)
def _sheet(look_css: str, stamp: int) -> Sheet:  # noqa: ARG001 - a newer file (stamp) makes a new sheet
    parts = [(FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in PARTS]
    plain = "\n".join([parts[0], look_css, *parts[1:]]).encode()
    return Sheet(plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:12])


def sheet() -> Sheet:
    """Return the stylesheet of this authority; while developing, read again when a file has changed."""
    stamp = max((FOLDER / f"{name}.css").stat().st_mtime_ns for name in PARTS) if settings.DEBUG else 0
    return _sheet(current().css(), stamp)


def stylesheet_url() -> str:
    """Return the address of the stylesheet, which changes with its content."""
    return reverse("ui_style", args=[sheet().mark])


@page()
def stylesheet(request: HttpRequest, mark: str) -> HttpResponse:
    """Serve the stylesheet; an old mark leads to the present one."""
    made = sheet()
    if mark != made.mark:
        return HttpResponseRedirect(stylesheet_url(), headers={"Cache-Control": "no-cache"})
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(made.packed if packed else made.plain, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response
