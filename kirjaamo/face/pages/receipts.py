"""The receipt of the e-service: the address to keep, how far what was sent is, and more to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.cases import doors
from kirjaamo.cases.eservice.forms import SupplementForm
from kirjaamo.cases.models import address_of
from kirjaamo.face import receipts
from kirjaamo.face.receipts import Receipt
from kirjaamo.kernel.receipts import token_hash
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import TimelineEvent
from kirjaamo.ui.unguessable import unguessable


@page()
@unguessable
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """The acknowledgement: the address to keep. It stands whether what was sent has been registered yet or not."""
    address = request.build_absolute_uri(reverse("receipt", args=[token]))
    return render(
        request, "face/receipt_sent.html", {"address": address, "found": receipts.find(token), "hide_search": True, "nav": "eservice"}
    )


@page()
@unguessable
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """How far what was sent is."""
    found = receipts.find(token)
    return _nothing(request) if found is None else _shown(request, found, token, SupplementForm())


@page()
@unguessable
def supplement(request: HttpRequest, token: str) -> HttpResponse:
    """Take more to what was sent; what was typed stays when something is wrong."""
    found = receipts.find(token)
    if found is None:
        return _nothing(request)
    form = SupplementForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return redirect("receipt", token)
    if not form.is_valid():
        return _shown(request, found, token, form)
    doors.send(form.matter(follows=token_hash(token)))
    messages.success(request, _("Täydennys on vastaanotettu."))
    return redirect("receipt", token)


def _nothing(request: HttpRequest) -> HttpResponse:
    return render(request, "face/receipt_nothing.html", {"hide_search": True}, status=404)


def _shown(request: HttpRequest, found: Receipt, token: str, form: SupplementForm) -> HttpResponse:
    values = {
        "form": form,
        "token": token,
        "badge": receipts.badge_of(found),
        "sentence": receipts.sentence_of(found),
        "identifier": found.sent.identifier,
        "steps": receipts.steps_of(found),
        "facts": receipts.facts_of(found),
        "case_url": reverse("public_case", args=[address_of(found.case.identifier)]) if found.case else "",
        "until": found.open_until,
        "supplements": [TimelineEvent(one.arrived_at, _("Lähetit täydennyksen"), one.identifier) for one in found.supplements],
        "hide_search": True,
        "nav": "eservice",
    }
    return render(request, "face/receipt.html", values, status=422 if form.errors else 200)
