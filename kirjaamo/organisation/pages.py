"""Signing in and out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from django.contrib.auth import login as open_session
from django.contrib.auth import logout as close_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.organisation import actions
from kirjaamo.organisation.accounts import BACKEND
from kirjaamo.organisation.forms import SignInForm
from kirjaamo.organisation.models import User
from kirjaamo.organisation.signing_in import Outcome, address_of
from kirjaamo.ui.access import actor_of, page

if TYPE_CHECKING:
    import datetime as dt


@page(needs=PUBLIC)
@sensitive_post_parameters("password")
@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Sign in with account name and password; then go where the person was going."""
    if request.user.is_authenticated and request.method != "POST":
        return redirect(_next(request))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        outcome = actions.sign_in(**form.cleaned_data, address=address_of(request), actor=actor_of(request))
        if outcome.user is not None:
            open_session(request, outcome.user, backend=BACKEND)  # the session gets a new key
            return redirect(_next(request))
        form.add_error(None, _sentence(outcome))
    status = 200 if request.method != "POST" else 422
    return render(
        request,
        "organisation/login.html",
        {"form": form, "next": request.POST.get("next", request.GET.get("next", "")), "hide_search": True},
        status=status,
    )


@page(needs=PUBLIC)
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, User):
        actions.sign_out(request.user, actor=request.user)
    close_session(request)
    return redirect("/")


def _sentence(outcome: Outcome) -> str:
    """What is told: the same words whether the account exists or not."""
    if outcome.locked_until is None:
        return _(
            "Käyttäjätunnus tai salasana on väärä. Tarkista ne ja yritä uudelleen. Jos salasana on unohtunut, pyydä pääkäyttäjältä uusi."
        )
    minutes = _minutes(outcome.locked_until)
    return ngettext(
        "Kirjautumista on yritetty liian monta kertaa. Odota %(minutes)s minuutti ja yritä sitten uudelleen.",
        "Kirjautumista on yritetty liian monta kertaa. Odota %(minutes)s minuuttia ja yritä sitten uudelleen.",
        minutes,
    ) % {"minutes": minutes}


def _minutes(until: dt.datetime) -> int:
    return max(1, math.ceil((until - timezone.now()).total_seconds() / 60))


def _next(request: HttpRequest) -> str:
    """The address that the person was going to, when it is ours; else the start page of work."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse("work")
