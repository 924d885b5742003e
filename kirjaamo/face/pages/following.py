"""Following a request through its unguessable address. What is not wholly public is never shown here.

A guessed, malformed or expired address gives one and the same page, after the same work. The pages read the public face alone;
what the asker may read of messages and documents lies there closed, and only the token of the address opens it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.cases.models import CaseState
from kirjaamo.face import following_requests as reading
from kirjaamo.face.following_requests import OPEN_AFTER_END, Followed
from kirjaamo.kernel.errors import Refused
from kirjaamo.requests import doors, showing
from kirjaamo.requests.forms import ReplyForm
from kirjaamo.requests.kinds import KINDS, Remedy
from kirjaamo.requests.models import RequestKind
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Fact
from kirjaamo.ui.unguessable import unguessable

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Followed, P], HttpResponse]


def _nothing(request: HttpRequest) -> HttpResponse:
    return render(request, "requests/nothing.html", {"hide_search": True}, status=404)


def by_address(view: View[P]) -> Callable[..., HttpResponse]:
    """Find the request of the address; any other address gives the page that says nothing."""

    @unguessable
    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = reading.find(token)
        return _nothing(request) if found is None else view(request, found, *args, **kwargs)

    return guarded


@page()
@unguessable
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """The acknowledgement: the address to keep, and once the request is registered its identifier and computed dates.

    In the public process the page stands before that too: a box lies closed until the worker has registered it.
    """
    found = reading.find(token)
    if found is None and doors.at_once():
        return _nothing(request)
    address = request.build_absolute_uri(reverse("request_follow", args=[token]))
    if found is None:
        return render(request, "face/sent.html", {"address": address, "hide_search": True})
    parts = {"item": found.item, "address": address, "follow_url": address, "deadlines": _deadlines(found)}
    return render(request, "requests/sent.html", parts | _told(found))


def _deadlines(found: Followed) -> list[Any]:
    titles = showing.deadline_titles(found.item)
    return [showing.deadline_for_asker(data, title) for data, title in zip(found.item.deadlines, titles, strict=True)]


def _told(found: Followed) -> dict[str, Any]:
    facts = KINDS[found.item.kind]
    return {
        "hide_search": True,
        "facts": [
            Fact(_("Asiatunnus"), found.item.case.identifier),
            Fact(_("Mitä pyyntö koskee"), found.item.entry_title),
            Fact(_("Pyynnön laji"), str(RequestKind(found.item.kind).label)),
            Fact(_("Saapumisaika"), found.item.received_at),
            Fact(_("Käsittelee"), found.row.unit_title),
        ],
        "identity": showing.identity_text(facts) if not found.row.identified else "",
        "law": facts.law,
    }


@page()
@by_address
def follow(request: HttpRequest, found: Followed) -> HttpResponse:
    """Status, dates, messages and documents of a request."""
    return _follow(request, found, ReplyForm())


def _follow(request: HttpRequest, found: Followed, form: ReplyForm) -> HttpResponse:
    thread, hidden = reading.messages_of(found)
    files, elsewhere = reading.files_of(found)
    item, row = found.item, found.row
    parts = {
        "item": item,
        "token": found.token,
        "form": form,
        "badge": showing.state_badge(item),
        "steps": showing.steps(item),
        "deadlines": [] if item.outcome and len(item.deadlines) == 1 else _deadlines(found)[-1:],
        "thread": thread,
        "hidden": hidden,
        "files": files,
        "elsewhere": elsewhere,
        "may_want": row.refused
        and row.wanted_at is None
        and row.state != CaseState.CLOSED
        and KINDS[item.kind].remedy == Remedy.ADMINISTRATIVE_COURT,
        "wanted_at": row.wanted_at,
        "until": row.closed_at + OPEN_AFTER_END if row.closed_at else None,
    }
    return render(request, "requests/follow.html", parts | _told(found))


@page()
@by_address
def fetch(request: HttpRequest, found: Followed, number: int) -> HttpResponse:
    """Give the bytes of a document as they were when it was given: checked by their hash, always as a download."""
    given = reading.fetch(found, number)
    if given is None or hashlib.sha256(given.data).hexdigest() != given.sha256:
        return _nothing(request)
    response = HttpResponse(given.data, content_type=given.media_type)
    response["Content-Disposition"] = f'attachment; filename="{given.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    doors.current().fetched(found.token, number)
    return response


@page()
@by_address
def reply(request: HttpRequest, found: Followed) -> HttpResponse:
    """Take a message of the asker; what was typed stays when something is wrong."""
    if request.method != "POST":
        return redirect("request_follow", found.token)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _follow(request, found, form)
    doors.current().reply(found.token, form.cleaned_data["text"], form.cleaned_data["key"])
    messages.success(request, _("Viesti on lähetetty."))
    return redirect("request_follow", found.token)


@page()
@by_address
def decision(request: HttpRequest, found: Followed) -> HttpResponse:
    """Take the asker's wish to have the authority decide."""
    if request.method != "POST" or not found.row.refused:
        return redirect("request_follow", found.token)
    try:
        doors.current().want_decision(found.token)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Asia siirretään viranomaisen ratkaistavaksi. Päätöksestä voi valittaa."))
    return redirect("request_follow", found.token)
