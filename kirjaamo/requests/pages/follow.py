"""Following a request through its unguessable address. What is not wholly public is never shown here.

A guessed, malformed or expired address gives one and the same page, after the same work. Nothing is stored or indexed by
others, and the address is not passed on. Whoever knows the address may act by it, so its forms rest on no cookie: browsers
send no origin from a page without a referrer, and the usual check would refuse them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from pathlib import PurePath
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from kirjaamo.cases.models import CaseState
from kirjaamo.documents import blobs
from kirjaamo.kernel import receipts
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.errors import Refused
from kirjaamo.requests import actions, sealed, showing
from kirjaamo.requests.forms import ReplyForm
from kirjaamo.requests.kinds import KINDS, Remedy
from kirjaamo.requests.models import Delivery, InformationRequest, MessageDirection, RequestKind
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Fact, ListRow, Message
from kirjaamo.values.publicity import Publicity

P = ParamSpec("P")
OPEN_AFTER_END = dt.timedelta(days=180)
"""How long the address works after the case has ended."""
View = Callable[Concatenate[HttpRequest, InformationRequest, str, P], HttpResponse]


def _nothing(request: HttpRequest) -> HttpResponse:
    return render(request, "requests/nothing.html", {"hide_search": True}, status=404)


def _found(token: str) -> InformationRequest | None:
    """The request of an address (one statement, whatever the address)."""
    rows = InformationRequest.objects.select_related("case__unit", "case__revision")
    found = rows.filter(token_hash=receipts.token_hash(token)).first()
    ended = found.case.closed_at if found else None
    return None if ended is not None and ended + OPEN_AFTER_END < timezone.now() else found


def by_address(view: View[P]) -> Callable[..., HttpResponse]:
    """Find the request of the address, and keep the answer out of stores, indexes and referrers."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = _found(token)
        response = _nothing(request) if found is None else view(request, found, token, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - Django would write the address to the log
        return response

    return guarded


@page()
@by_address
def sent(request: HttpRequest, found: InformationRequest, token: str) -> HttpResponse:
    """The acknowledgement: case identifier, computed dates with their explanation, and the address to keep."""
    address = request.build_absolute_uri(reverse("request_follow", args=[token]))
    parts = {"item": found, "address": address, "follow_url": reverse("request_follow", args=[token]), "deadlines": _deadlines(found)}
    return render(request, "requests/sent.html", parts | _told(found))


def _deadlines(found: InformationRequest) -> list[Any]:
    titles = showing.deadline_titles(found)
    return [showing.deadline_for_asker(data, title) for data, title in zip(found.deadlines, titles, strict=True)]


def _told(found: InformationRequest) -> dict[str, Any]:
    facts = KINDS[found.kind]
    return {
        "hide_search": True,
        "facts": [
            Fact(_("Asiatunnus"), found.case.identifier),
            Fact(_("Mitä pyyntö koskee"), found.entry_title),
            Fact(_("Pyynnön laji"), str(RequestKind(found.kind).label)),
            Fact(_("Saapumisaika"), found.received_at),
            Fact(_("Käsittelee"), found.case.unit.title),
        ],
        "identity": showing.identity_text(facts) if found.identified_at is None else "",
        "law": facts.law,
    }


@page()
@by_address
def follow(request: HttpRequest, found: InformationRequest, token: str) -> HttpResponse:
    """Status, dates, messages and documents of a request."""
    return _follow(request, found, token, ReplyForm())


def _follow(request: HttpRequest, found: InformationRequest, token: str, form: ReplyForm) -> HttpResponse:
    thread, hidden = _messages(found)
    files, elsewhere = _files(found, token)
    refusal = found.refusals.last()
    parts = {
        "item": found,
        "token": token,
        "form": form,
        "badge": showing.state_badge(found),
        "steps": showing.steps(found),
        "deadlines": [] if found.outcome and len(found.deadlines) == 1 else _deadlines(found)[-1:],
        "thread": thread,
        "hidden": hidden,
        "files": files,
        "elsewhere": elsewhere,
        "may_want": refusal is not None
        and refusal.decision_wanted_at is None
        and found.case.state != CaseState.CLOSED
        and KINDS[found.kind].remedy == Remedy.ADMINISTRATIVE_COURT,
        "wanted_at": refusal.decision_wanted_at if refusal else None,
        "until": found.case.closed_at + OPEN_AFTER_END if found.case.closed_at else None,
    }
    return render(request, "requests/follow.html", parts | _told(found))


def _messages(found: InformationRequest) -> tuple[list[Message], int]:
    """The messages that may be read here; of the asker's own only that they came; and how many wait for another channel."""
    thread, hidden = [], 0
    for one in found.messages.all():
        if one.direction == MessageDirection.FROM_ASKER:
            thread.append(Message(_("Sinä"), one.at, _("Viestisi on vastaanotettu. Sen sisältöä ei näytetä tällä sivulla."), own=True))
        elif one.open:
            thread.append(Message(found.case.unit.title, one.at, str(sealed.unseal(one.sealed)["text"])))
        else:
            hidden += 1
    return thread, hidden


def _files(found: InformationRequest, token: str) -> tuple[list[ListRow], int]:
    """The documents that may be fetched here, and how many are given in another way."""
    rows, elsewhere = [], 0
    for one in found.deliveries.select_related("document").prefetch_related("document__files"):
        if not _may_fetch(one):
            elsewhere += 1
            continue
        file = one.document.files.all()[0]
        size = _("%(size)s kt") % {"size": max(1, round(file.size / 1000))}
        meta = [PurePath(file.name).suffix.lstrip(".").upper(), size, one.given_at]
        rows.append(ListRow(one.document.title, reverse("request_file", args=[token, one.pk]), meta=meta))  # type: ignore[arg-type]
    return rows, elsewhere


def _may_fetch(delivery: Delivery) -> bool:
    """Only what was given for the address and is wholly public still."""
    return delivery.open and delivery.document.publicity == Publicity.PUBLIC.value


@page()
@by_address
def fetch(request: HttpRequest, found: InformationRequest, token: str, number: int) -> HttpResponse:
    """Give the bytes of a document as they were when it was given: checked by their hash, always as a download."""
    del token
    delivery = found.deliveries.select_related("document").filter(pk=number).first()
    if delivery is None or not _may_fetch(delivery):
        return _nothing(request)
    file = delivery.document.files.filter(sha256=delivery.sha256).first()
    if file is None:
        return _nothing(request)
    response = HttpResponse(blobs.read(delivery.sha256), content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{delivery.document.identifier}{PurePath(file.name).suffix.lower()}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    actions.fetched(delivery, actor=VISITOR)
    return response


@page()
@by_address
def reply(request: HttpRequest, found: InformationRequest, token: str) -> HttpResponse:
    """Take a message of the asker; what was typed stays when something is wrong."""
    if request.method != "POST":
        return redirect("request_follow", token)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _follow(request, found, token, form)
    actions.reply(found, form.cleaned_data["text"], key=form.cleaned_data["key"], actor=VISITOR)
    messages.success(request, _("Viesti on lähetetty."))
    return redirect("request_follow", token)


@page()
@by_address
def decision(request: HttpRequest, found: InformationRequest, token: str) -> HttpResponse:
    """Take the asker's wish to have the authority decide."""
    refusal = found.refusals.last()
    if request.method != "POST" or refusal is None:
        return redirect("request_follow", token)
    try:
        actions.want_decision(refusal, actor=VISITOR)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Asia siirretään viranomaisen ratkaistavaksi. Päätöksestä voi valittaa."))
    return redirect("request_follow", token)
