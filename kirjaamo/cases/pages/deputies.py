"""Who stands in for whom: one's own deputies, and for whom one is a deputy."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases import actions
from kirjaamo.cases.models import Deputy
from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.pages.working import colleagues, who
from kirjaamo.cases.working_forms import DeputyForm
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Crumb
from kirjaamo.ui.wording import day


@page(needs="cases.handle")
def deputies(request: HttpRequest) -> HttpResponse:
    """Show deputies of today and later, and appoint one."""
    user = who(request)
    form = DeputyForm(request.POST or None, users=[one for one in colleagues() if one.pk != user.pk])
    if form.is_valid() and attempt(form, lambda: _appoint(form, request)):
        messages.success(request, _("Sijainen on nimetty. Hän näkee tehtäväsi työlistallaan sijaisuuden ajan."))
        return redirect("deputies")
    coming = Deputy.objects.filter(ended_at=None, valid_to__gte=timezone.localdate()).select_related("user", "deputy")
    values = {
        "form": form,
        "mine": [_row(one, one.deputy.name) for one in coming.filter(user=user)],
        "others": [_row(one, one.user.name) for one in coming.filter(deputy=user)],
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Sijaiset"))],
    }
    return render(request, "cases/deputies.html", values, status=422 if form.errors else 200)


def _appoint(form: DeputyForm, request: HttpRequest) -> None:
    data = form.cleaned_data
    actions.appoint_deputy(form.users[data["deputy"]], valid_from=data["valid_from"], valid_to=data["valid_to"], actor=who(request))


def _row(one: Deputy, name: str) -> dict[str, object]:
    return {"key": one.pk, "name": name, "period": f"{day(one.valid_from)}–{day(one.valid_to)}"}


@page(needs="cases.handle")
def deputy_end(request: HttpRequest, deputy: int) -> HttpResponse:
    """End one's own deputy's time (only by a button)."""
    row = Deputy.objects.filter(pk=deputy, user=who(request), ended_at=None).first()
    if row is None or request.method != "POST":
        raise Http404
    actions.end_deputy(row, actor=who(request))
    messages.success(request, _("Sijaisuus on päättynyt."))
    return redirect("deputies")
