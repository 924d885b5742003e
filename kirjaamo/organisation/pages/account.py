"""One's own account: the language, the second factor, open sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _

from kirjaamo.organisation import actions
from kirjaamo.organisation.models import SecondFactor
from kirjaamo.organisation.second_factor import required_of
from kirjaamo.ui.access import STAFF, page
from kirjaamo.ui.languages import OWN_NAMES, pick
from kirjaamo.ui.parts import Crumb, Fact
from kirjaamo.ui.wording import moment

if TYPE_CHECKING:
    from kirjaamo.organisation.models import Session, User


@page(needs=STAFF)
def own_account(request: HttpRequest) -> HttpResponse:
    """Show one's own account; choose the language, end sessions."""
    user = cast("User", request.user)
    if request.method == "POST":
        return _changed(request, user)
    factor = SecondFactor.objects.filter(user=user).exclude(confirmed_at=None).first()
    key = request.session.session_key
    roles = user.roles.select_related("unit").order_by("-valid_from")
    values = {
        "facts": [
            Fact(_("Nimi"), user.name),
            Fact(_("Käyttäjätunnus"), user.username),
            Fact(_("Yksikkö"), user.unit.title if user.unit else ""),
            Fact(_("Roolit"), [_role(one) for one in roles]),
        ],
        "languages": [(code, name, code == user.language) for code, name in OWN_NAMES.items()],
        "factor": factor,
        "codes_left": len(factor.recovery) if factor else 0,
        "required": required_of(frozenset(one.role for one in roles)),
        "sessions": [_session(one, key) for one in user.sessions.order_by("-seen_at")[:50]],
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Oma tunnus"))],
    }
    return render(request, "organisation/account.html", values)


def _role(one: object) -> str:
    """A role with its place and its end in words."""
    unit = one.unit.title if one.unit else None  # type: ignore[attr-defined]
    place = [pick(unit).text] if unit else []
    place += [text for text in (one.class_code, one.register) if text]  # type: ignore[attr-defined]
    until = [_("%(day)s asti") % {"day": one.valid_to.strftime("%-d.%-m.%Y")}] if one.valid_to else []  # type: ignore[attr-defined]
    more = ", ".join([*place, *until])
    return f"{one.get_role_display()} ({more})" if more else str(one.get_role_display())  # type: ignore[attr-defined]


def _session(one: Session, key: str | None) -> dict[str, object]:
    return {
        "mark": one.mark,
        "device": one.device or _("Tuntematon laite"),
        "started": moment(one.started_at),
        "seen": moment(one.seen_at),
        "here": one.pk == key,
    }


def _changed(request: HttpRequest, user: User) -> HttpResponse:
    if "language" in request.POST:
        actions.choose_language(user, request.POST["language"], actor=user)
        return redirect(translate_url(reverse("own_account"), user.language))
    key = request.session.session_key
    others = [one.mark for one in user.sessions.all() if one.pk != key]
    marks = others if "others" in request.POST else [mark for mark in request.POST.getlist("end") if mark in others]
    count = actions.end_sessions(user, marks, actor=user)
    messages.success(request, _("Istuntoja päätettiin: %(count)s.") % {"count": count})
    return redirect("own_account")
