"""The calendar of those who work here: rooms, and a room's week with who uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.registers.education.premises.due import SLUG
from kirjaamo.registers.education.premises.models import Room
from kirjaamo.registers.education.premises.pages.parts import found_in, table_of
from kirjaamo.registers.education.premises.week import monday_of, week_of
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Crumb

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

WORK = "registers.read"


@page(needs=WORK)
def work_rooms(request: HttpRequest) -> HttpResponse:
    """The rooms, each leading to its week with names."""
    found = found_in(request)
    context = {**found, "table": table_of(found["found"], "premises-week"), "crumbs": _work_crumbs(Crumb(_("Kalenteri")))}
    return render(request, "premises/work_rooms.html", context)


@page(needs=WORK)
def work_week(request: HttpRequest, key: int) -> HttpResponse:
    """A room's week with who uses it, each booking leading to its record."""
    one = Room.objects.filter(pk=key).first()
    if one is None:
        raise Http404
    context = {
        "room": one,
        "week": week_of(one, monday_of(request.GET.get("viikko", "")), named=True),
        "crumbs": _work_crumbs(Crumb(_("Kalenteri"), reverse("premises-rooms")), Crumb(str(one))),
        "book_url": reverse("record-act", args=[SLUG, "book", one.pk]),
        "agree_url": reverse("record-act", args=[SLUG, "agree", one.pk]),
    }
    return render(request, "premises/work_week.html", context)


def _work_crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Rekisterit"), reverse("registers")), Crumb(_("Tilavaraukset"), reverse("register", args=[SLUG])), *more]
