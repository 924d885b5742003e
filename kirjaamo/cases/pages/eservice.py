"""The e-service: anyone starts a matter or sends a document to an open case, without an account and without script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kirjaamo.cases import doors
from kirjaamo.cases.eservice.forms import MatterForm, ToCaseForm
from kirjaamo.ui.access import page
from kirjaamo.ui.offered import offered
from kirjaamo.ui.parts import Crumb


@page()
def eservice(request: HttpRequest) -> HttpResponse:
    """Choose what one wants: start a matter, send to an open case, ask for information, or use what a register offers."""
    crumbs = [Crumb(_("Etusivu"), "/"), Crumb(_("Asioi"))]
    return render(request, "cases/eservice/start.html", {"crumbs": crumbs, "offered": offered(), "hide_search": True})


@never_cache
@page()
def matter_new(request: HttpRequest) -> HttpResponse:
    """Start a matter; taken, it leads to the page that gives the address of its receipt."""
    return _form(request, MatterForm(request.POST or None, request.FILES or None), _("Aloita asia"))


@never_cache
@page()
def matter_to_case(request: HttpRequest) -> HttpResponse:
    """Send a document or a message to a case that is under way."""
    first = {"case": str(request.GET.get("asia", ""))[:80]}
    return _form(request, ToCaseForm(request.POST or None, request.FILES or None, initial=first), _("Lähetä vireillä olevaan asiaan"))


def _form(request: HttpRequest, form: MatterForm, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        return redirect("receipt_sent", doors.send(form.matter()))
    crumbs = [Crumb(_("Etusivu"), "/"), Crumb(_("Asioi"), reverse("eservice")), Crumb(title)]
    values = {"form": form, "title": title, "crumbs": crumbs, "to_case": isinstance(form, ToCaseForm), "hide_search": True}
    return render(request, "cases/eservice/form.html", values, status=422 if form.errors else 200)
