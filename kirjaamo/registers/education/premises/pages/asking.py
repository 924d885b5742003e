"""What visitors send: a request for a room, an application for a standing turn. A refusal stands at its field, nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kirjaamo.kernel import arriving
from kirjaamo.kernel.errors import KirjaamoError, Refused
from kirjaamo.registers.education.premises import actions
from kirjaamo.registers.education.premises.forms import AskForm, TurnForm
from kirjaamo.registers.education.premises.models import Room, Season
from kirjaamo.registers.education.premises.pages.parts import crumbs, facts_of, room_of, told_terms
from kirjaamo.registers.education.premises.rules.times import Slot
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Crumb

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

    from kirjaamo.registers.education.premises.sent_in import Sender

SENT = "premises_sent"


@arriving.sends
@never_cache
@page()
def ask(request: HttpRequest, key: int) -> HttpResponse:
    """The form by which a room is asked for."""
    one = room_of(key)
    given = {"day": request.GET.get("paiva", ""), "start": request.GET.get("alkaa", ""), "end": request.GET.get("paattyy", "")}
    form = AskForm(request.POST or None, initial={name: value[:10] for name, value in given.items() if value} | _day_given(given["day"]))
    if request.method == "POST" and form.is_valid() and _sent(request, form, "premises.ask", lambda: _asked(one, form), actions.judge):
        return redirect("premises-sent")
    context = {
        "room": one,
        "form": form,
        "facts": facts_of(one),
        "told": told_terms(timezone.localdate()),
        "crumbs": crumbs(Crumb(one.name, reverse("premises-room", args=[one.pk])), Crumb(_("Pyydä tilaa"))),
    }
    return render(request, "premises/ask.html", context, status=422 if form.errors else 200)


def _day_given(told: str) -> dict[str, Any]:
    """The day of the address as the form writes days; nothing when it is no day."""
    try:
        return {"day": dt.date.fromisoformat(told)}
    except ValueError:
        return {}


def _asked(one: Room, form: AskForm) -> actions.Asked:
    data = form.cleaned_data
    return actions.Asked(room=one, slot=Slot(data["day"], data["start"], data["end"]), **form.sender())


@arriving.sends
@never_cache
@page()
def apply(request: HttpRequest, key: int) -> HttpResponse:
    """The form by which a standing turn of a season is applied for."""
    season = Season.objects.filter(pk=key, voided_at=None).first()
    if season is None:
        raise Http404
    form = TurnForm(request.POST or None, rooms=list(Room.objects.filter(let=True, voided_at=None).order_by("school", "name")))
    if (
        request.method == "POST"
        and form.is_valid()
        and _sent(request, form, "premises.turn", lambda: _applied(season, form), actions.judge_turn)
    ):
        return redirect("premises-sent")
    context = {
        "season": season,
        "form": form,
        "told": told_terms(season.days.lower),
        "crumbs": crumbs(Crumb(season.title), Crumb(_("Hae vakiovuoroa"))),
    }
    return render(request, "premises/apply.html", context, status=422 if form.errors else 200)


def _applied(season: Season, form: TurnForm) -> actions.Applied:
    return actions.Applied(season=season, activity=form.cleaned_data["activity"], wishes=form.wishes(), **form.sender())


def _sent(request: HttpRequest, form: forms.Form, name: str, told: Callable[[], Any], judge: Callable[[Any], None]) -> bool:
    """Judge what was told and send it in; tell whether it went."""
    sender: Sender = told()
    try:
        judge(sender)
        identifier = arriving.send(name, sender.key, sender.plain())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.told())
    except KirjaamoError as error:
        form.add_error(None, str(error))
    else:
        request.session[SENT] = {"case": identifier, "kind": name, "key": str(sender.key)}
        return True
    return False


@never_cache
@page()
def sent(request: HttpRequest) -> HttpResponse:
    """That it arrived, its case identifier when it is known, and what happens next; shown to who sent it."""
    told = request.session.get(SENT)
    if not told:
        raise Http404
    if not told["case"] and told.get("key"):
        told["case"] = arriving.identifier(uuid.UUID(told["key"]))
        request.session[SENT] = told
    context = {**told, "is_turn": told["kind"] == "premises.turn", "crumbs": crumbs(Crumb(_("Vastaanotettu")))}
    return render(request, "premises/sent.html", context)
