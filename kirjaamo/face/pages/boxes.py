"""The boxes of the intake that could not be registered, for whoever minds the intake: why, since when, and again."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kirjaamo.face.actions import retry_arrival
from kirjaamo.face.models import Arrival, ArrivalState, BoxKind
from kirjaamo.organisation.models import User
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Crumb, Figure

SHOWN = 100
CAUSES = {
    "BoxClosedError": gettext_lazy("Laatikko on suljettu toiselle avaimelle tai muuttunut matkalla. Palauta avaimet varmuuskopiosta."),
    "LookupError": gettext_lazy("Sitä, mitä pyyntö koskee, ei enää kuvata."),
}


@page(needs="boxes.mind")
def boxes(request: HttpRequest) -> HttpResponse:
    """How many boxes wait, and those that could not be registered. What is in them is not shown: nobody has opened them."""
    failed = list(Arrival.objects.filter(state=ArrivalState.FAILED).defer("box")[:SHOWN])
    waiting = Arrival.objects.filter(state=ArrivalState.WAITING)
    rows = [
        {"pk": one.pk, "kind": BoxKind(one.kind).label, "at": one.arrived_at, "key": one.key, "why": CAUSES.get(one.problem, one.problem)}
        for one in failed
    ]
    values = {
        "nav": "boxes",
        "rows": rows,
        "figures": [Figure(str(waiting.count()), _("odottaa avaamista")), Figure(str(len(rows)), _("ei voitu kirjata"))],
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Saapuneet"), reverse("arrivals")), Crumb(_("Suljetut lähetykset"))],
    }
    return render(request, "face/boxes.html", values)


@page(needs="boxes.mind")
def retry(request: HttpRequest, box: int) -> HttpResponse:
    """Let a box wait again."""
    found = Arrival.objects.filter(pk=box).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        retry_arrival(found, actor=cast("User", request.user))
        messages.success(request, _("Lähetys odottaa taas. Se kirjataan hetken kuluttua, jos este on poistunut."))
    return redirect("boxes")
