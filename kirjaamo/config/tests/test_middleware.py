"""Headers on every answer, and bodies that are refused before they are read."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from kirjaamo.config.middleware import BodyLimit


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/sv/", "/ei-ole-olemassa/", "/static/ei-ole.css"])
def test_every_answer_forbids_inline_scripts_and_frames(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


class Unreadable(io.BytesIO):
    """A body that must not be read."""

    def read(self, *_args: object) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@override_settings(UPLOAD_LIMIT_MB=2)
@pytest.mark.django_db
def test_a_body_over_the_limit_is_refused_without_reading_it(client: Client) -> None:
    unreadable: dict[str, Any] = {"CONTENT_LENGTH": str(4 * 1024 * 1024), "wsgi.input": Unreadable()}
    answer = client.generic("POST", "/", b"", **unreadable)
    assert answer.status_code == 413
    assert "enintään 2 Mt" in answer.content.decode()


@override_settings(UPLOAD_LIMIT_MB=2)
@pytest.mark.parametrize(("length", "passes"), [("0", True), ("3145728", True), ("3145729", False), ("-1", False), ("x", False)])
@pytest.mark.django_db
def test_only_a_length_within_the_limit_passes(rf: RequestFactory, length: str, *, passes: bool) -> None:
    reached = []
    request = rf.post("/", CONTENT_LENGTH=length)
    request.META["CONTENT_LENGTH"] = length

    def reach(request: HttpRequest) -> HttpResponse:
        reached.append(request)
        return HttpResponse(status=204)

    assert BodyLimit(reach)(request).status_code == (204 if passes else 413)
    assert bool(reached) is passes
