"""Sessions that end: so long after they were last used, and so long after they began, whatever happens (setting SESSION_ENGINE).

The row is written anew at most once a minute, so a page seldom pays for it. A person sees and ends their own sessions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from kirjaamo.organisation.accounts import open_session
from kirjaamo.organisation.models import Session

STARTED, DEVICE = "_started", "_device"
EVERY = dt.timedelta(minutes=1)
BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")
SYSTEMS = {"Windows": "Windows", "Android": "Android", "iPhone": "iOS", "iPad": "iOS", "Mac OS": "macOS", "Linux": "Linux"}


def end_of(started: dt.datetime, now: dt.datetime) -> dt.datetime:
    """When a session that is used now ends: by being idle, or by its age."""
    idle = now + dt.timedelta(minutes=settings.KIRJAAMO_IDLE_MINUTES)
    return min(idle, started + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE))


def device_of(request: HttpRequest) -> str:
    """The kind of browser and system in two words, so that a person knows the session again; nothing that tells devices apart."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for name in BROWSERS if name in agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in agent), "")
    return ", ".join(part for part in (browser.replace("Edg", "Edge"), system) if part)


class SessionStore(db.SessionStore):
    """Sessions in a table of ours, which knows whose they are."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        self.row = open_session(str(self.session_key), timezone.now())
        if self.row is None:
            self._session_key = None
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of the session as it now is."""
        now = timezone.now()
        made: Session = super().create_model_instance(data)  # type: ignore[assignment]
        made.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        made.started_at = dt.datetime.fromisoformat(data[STARTED]) if STARTED in data else now
        made.seen_at, made.device = now, data.get(DEVICE, "")
        made.expire_date = end_of(made.started_at, now)
        return made

    def touch(self) -> None:
        """Put the idle end off, at most once a minute."""
        now = timezone.now()
        if self.row is not None and self.row.user_id and now - self.row.seen_at > EVERY:
            ends = end_of(self.row.started_at, now)
            Session.objects.filter(pk=self.row.pk).update(seen_at=now, expire_date=ends)


class KeepSession:
    """Middleware: a request of a person who is signed in keeps their session from ending idle."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then put the end off when the page asked who is there."""
        response = self.get_response(request)
        if isinstance(request.session, SessionStore) and request.session.accessed:
            request.session.touch()
        return response
