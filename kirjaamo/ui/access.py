"""Who may open a page: each view says the right that it needs, once; a test walks all addresses and roles by it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from kirjaamo.kernel.actors import PUBLIC, VISITOR, Actor
from kirjaamo.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

P = ParamSpec("P")

STAFF = "staff"
"""The need that every account in use meets."""


def actor_of(request: HttpRequest) -> Actor:
    """Who acts: the signed-in account, else a visitor."""
    return cast("Actor", request.user) if request.user.is_authenticated else VISITOR


def needs_of(request: HttpRequest) -> str:
    """The right that the view of a request asks for: a page that has found its object asks it again of the object."""
    return getattr(request.resolver_match.func, "needs", PUBLIC) if request.resolver_match else PUBLIC


def page(
    needs: str = PUBLIC,
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Mark a view with the right that it needs: `PUBLIC`, `STAFF`, or one such as ``cases.read``.

    A visitor is sent to sign in; an account without the right gets a page that says so (403), also when the view finds that
    the right does not reach the object (`NotAllowed`). Pages of people who work here are never cached.
    """

    def mark(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if needs != PUBLIC and not actor_of(request).may(needs):
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                raise PermissionDenied(needs)
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as refused:
                if refused.way:
                    return redirect(refused.way)
                raise PermissionDenied(refused.need) from refused

        functools.update_wrapper(guarded, view)
        chosen = guarded if needs == PUBLIC else never_cache(guarded)
        chosen.needs = needs  # type: ignore[attr-defined]
        return chosen

    return mark
