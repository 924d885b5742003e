"""Signing in and out."""

from __future__ import annotations

import datetime as dt
import math

from django.contrib.auth import login as open_session
from django.contrib.auth import logout as close_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.organisation import actions
from kirjaamo.organisation.accounts import BACKEND
from kirjaamo.organisation.forms import CodeForm, SignInForm
from kirjaamo.organisation.models import User
from kirjaamo.organisation.sessions import DEVICE, STARTED, device_of
from kirjaamo.organisation.signing_in import Outcome, Step, address_of
from kirjaamo.ui.access import actor_of, page

PENDING = "_pending"
PATIENCE = dt.timedelta(minutes=10)
"""How long after the password a code is waited for."""


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
            return _go_on(request, outcome.user, outcome.step)
        form.add_error(None, _sentence(outcome))
    status = 200 if request.method != "POST" else 422
    return render(
        request,
        "organisation/login.html",
        {"form": form, "next": request.POST.get("next", request.GET.get("next", "")), "hide_search": True},
        status=status,
    )


def _go_on(request: HttpRequest, user: User, step: Step) -> HttpResponse:
    """After a right password: the session, or first the second factor, which is waited for a while."""
    if step == Step.SESSION:
        return _open(request, user)
    request.session.cycle_key()
    request.session[PENDING] = {"user": user.pk, "at": timezone.now().timestamp(), "hash": user.get_session_auth_hash()}
    address = reverse("login_code" if step == Step.CODE else "login_second_factor")
    return redirect(f"{address}?{urlencode({'next': request.POST.get('next', '')})}")


def _open(request: HttpRequest, user: User) -> HttpResponse:
    """Open the session and go on in the person's own language."""
    _begin(request, user)
    return redirect(_in_language(_next(request), user.language))


def _begin(request: HttpRequest, user: User) -> None:
    request.session.pop(PENDING, None)
    open_session(request, user, backend=BACKEND)  # the session gets a new key
    request.session[STARTED], request.session[DEVICE] = timezone.now().isoformat(), device_of(request)


def _in_language(address: str, language: str) -> str:
    """The same page in a language; what has no other form stays as it is."""
    return translate_url(address, language)


def _pending(request: HttpRequest) -> User | None:
    """Whose password was right a moment ago; None when that is too long ago or the account has changed since."""
    told = request.session.get(PENDING)
    if not told or timezone.now().timestamp() - told["at"] > PATIENCE.total_seconds():
        return None
    user = User.objects.filter(pk=told["user"], is_active=True).first()
    return user if user is not None and constant_time_compare(user.get_session_auth_hash(), told["hash"]) else None


@page(needs=PUBLIC)
@sensitive_post_parameters("code")
@never_cache
def login_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the authenticator app, or a recovery code."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    user = _pending(request)
    if user is None:
        return _late(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        outcome = actions.give_code(user, form.cleaned_data["code"], address_of(request), actor=actor_of(request))
        if outcome.user is not None:
            return _open(request, outcome.user)
        form.add_error("code" if outcome.locked_until is None else None, _code_sentence(outcome))
    return _shown(request, "organisation/code.html", {"form": form})


@page(needs=PUBLIC)
@sensitive_post_parameters("code")
@never_cache
def login_second_factor(request: HttpRequest) -> HttpResponse:
    """Set the second factor up before the first session, or from one's own account; recovery codes are shown once."""
    signed_in = request.user if isinstance(request.user, User) else None
    user = signed_in or _pending(request)
    if user is None:
        return _late(request)
    told = actions.begin_second_factor(user, actor=actor_of(request))
    if told is None:
        return redirect("own_account") if signed_in else _late(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        codes = actions.confirm_second_factor(user, form.cleaned_data["code"], address_of(request), actor=actor_of(request))
        if codes is not None:
            if signed_in is None:
                _begin(request, user)
            on = _in_language(_next(request), user.language) if signed_in is None else reverse("own_account")
            return render(request, "organisation/recovery_codes.html", {"codes": codes, "on": on, "hide_search": True})
        form.add_error("code", _code_sentence(Outcome()))
    return _shown(request, "organisation/second_factor.html", {"form": form, "told": told})


def _late(request: HttpRequest) -> HttpResponse:
    """Tell that the password comes first, or has been given too long ago, and lead to it without losing where the person was going."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    back = f"{reverse('login')}?{urlencode({'next': wanted})}" if wanted else reverse("login")
    status = 200 if request.method != "POST" else 422
    return render(request, "organisation/code_late.html", {"back": back, "hide_search": True}, status=status)


def _shown(request: HttpRequest, template: str, values: dict[str, object]) -> HttpResponse:
    values |= {"next": request.POST.get("next", request.GET.get("next", "")), "hide_search": True}
    return render(request, template, values, status=200 if request.method != "POST" else 422)


def _code_sentence(outcome: Outcome) -> str:
    if outcome.locked_until is not None:
        return _sentence(outcome)
    return _("Koodi ei kelpaa. Tarkista, että puhelimen kello on oikeassa, ja anna uusi koodi. Jokainen koodi käy vain kerran.")


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
