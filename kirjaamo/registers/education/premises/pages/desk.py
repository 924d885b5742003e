"""The calendar of those who work here: rooms, and a room's week with who uses it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.due import SLUG
from kirjaamo.registers.education.premises.models import Room, Shift
from kirjaamo.registers.education.premises.pages.parts import found_in, table_of
from kirjaamo.registers.education.premises.week import day_of, monday_of, week_of, who
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Cell, Column, Crumb, Row, Table

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kirjaamo.registers.education.premises.models import Booking

WORK = "registers.read"
_DAY = dt.timedelta(days=1)


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


@page(needs=WORK)
def work_day(request: HttpRequest) -> HttpResponse:
    """Who is where on a day, school by school, with whom to call and who opens: the list that a supervisor takes along."""
    day, school = day_of(request.GET.get("paiva", "")), request.GET.get("koulu", "")
    schools = reading.schools()
    uses: dict[str, list[Booking]] = {}
    for use in reading.used_on(day, school if school in schools else ""):
        uses.setdefault(use.room.school, []).append(use)
    shifts = {shift.school: shift for shift in Shift.objects.filter(day=day, voided_at=None)}
    context = {
        "day": day,
        "school": school,
        "schools": schools,
        "parts": [(_day_table(name, rows), _shift_told(shifts.get(name))) for name, rows in uses.items()],
        "previous_url": _day_url(day - _DAY, school),
        "next_url": _day_url(day + _DAY, school),
        "crumbs": _work_crumbs(Crumb(_("Päivän käytöt"))),
    }
    return render(request, "premises/work_day.html", context)


def _day_url(day: dt.date, school: str) -> str:
    return "?" + urlencode({"paiva": day.isoformat(), "koulu": school})


def _shift_told(shift: Shift | None) -> str:
    """Who opens and closes, or that nobody has been named."""
    if shift is None:
        return _("Valvontavuoroa ei ole laadittu.")
    told = {"who": shift.supervisor or _("valvojaa ei ole nimetty"), "opens": shift.opens_at, "closes": shift.closes_at}
    return _("Valvontavuoro %(opens)s–%(closes)s: %(who)s") % told


def _day_table(school: str, uses: Sequence[Booking]) -> Table:
    columns = [
        Column("time", _("Kello"), nowrap=True),
        Column("room", pgettext("huone", "Tila")),
        Column("customer", _("Asiakas")),
        Column("contact", _("Vastuuhenkilö")),
        Column("headcount", _("Osallistujia"), numeric=True),
        Column("supervision", _("Valvonta")),
    ]
    rows = [
        Row(
            [
                one.clock,
                one.room.name,
                who(one, "customer"),
                Cell(who(one, "contact"), note=one.contact.telephone if one.contact else ""),
                one.headcount,
                one.supervision,
            ],
            one.get_absolute_url(),
        )
        for one in uses
    ]
    return Table(school, columns, rows)


def _work_crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Rekisterit"), reverse("registers")), Crumb(_("Tilavaraukset"), reverse("register", args=[SLUG])), *more]
