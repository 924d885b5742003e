"""The public pages: which rooms there are, when they are free, asking for one. And the week of a room for those who work here."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kirjaamo.kernel.errors import KirjaamoError, Refused
from kirjaamo.registers.education.premises import actions, reading
from kirjaamo.registers.education.premises.choices import Group, RoomKind
from kirjaamo.registers.education.premises.forms import AskForm
from kirjaamo.registers.education.premises.models import Room
from kirjaamo.registers.education.premises.rules.fees import DAYS, SUPERVISION
from kirjaamo.registers.education.premises.rules.times import Slot
from kirjaamo.registers.education.premises.week import monday_of, week_of
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Column, Crumb, Fact, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORK = "registers.read"


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Etusivu"), reverse("start")), Crumb(_("Koulujen tilat"), reverse("premises")), *more]


def _room(key: int) -> Room:
    room = Room.objects.filter(pk=key, let=True, voided_at=None).first()
    if room is None:
        raise Http404
    return room


def _table(rows: Iterable[Room], route: str) -> Table:
    """Rooms as a table, each leading to its week."""
    listed = []
    for one in rows:
        cells = [f"{one.school}: {one.name}", RoomKind(one.kind).label, one.capacity, one.step_free, one.address]
        listed.append(Row(cells, reverse(route, args=[one.pk])))
    columns = [
        Column("room", pgettext("huone", "Tila")),
        Column("kind", _("Tilan laji")),
        Column("capacity", _("Henkilöä enintään"), numeric=True),
        Column("step_free", _("Esteetön")),
        Column("address", _("Osoite")),
    ]
    return Table(_("Tilat"), columns, listed, caption_hidden=True, empty=_("Tällä haulla ei löydy tiloja. Väljennä hakua."))


def _found(request: HttpRequest) -> Mapping[str, Any]:
    """The rooms of a search by school, kind and number of people."""
    q, kind, people = (request.GET.get(name, "").strip() for name in ("q", "laji", "henkiloita"))
    rows = Room.objects.filter(let=True, voided_at=None).order_by("school", "name")
    for word in q.split()[:5]:
        rows = rows.filter(school__icontains=word) | rows.filter(name__icontains=word) | rows.filter(address__icontains=word)
    if kind:
        rows = rows.filter(kind=kind) if kind in RoomKind.values else rows.none()
    if people.isdecimal() and len(people) < 6:  # noqa: PLR2004 - told beside it
        rows = rows.filter(capacity__gte=int(people))
    return {"q": q, "kind": kind, "people": people, "found": rows[:100], "kinds": RoomKind.choices}


@page()
def rooms(request: HttpRequest) -> HttpResponse:
    """The rooms that are let, by school."""
    found = _found(request)
    context = {
        **found,
        "table": _table(found["found"], "premises-room"),
        "crumbs": [*_crumbs()[:1], Crumb(_("Koulujen tilat"))],
        "prices": _prices(),
    }
    return render(request, "premises/rooms.html", context)


def _prices() -> Table:
    """The prices in force today: a row for each kind of room and group, a column for each way of use."""
    today, language = timezone.localdate(), get_language() or "fi"
    ways = [(weekend, alone) for alone in (False, True) for weekend in (False, True)]
    found: dict[tuple[str, str], dict[tuple[bool, bool], str]] = {}
    for one in reading.price_rows():
        if today in one.valid:
            found.setdefault((one.cell.kind, one.cell.group), {})[one.cell.weekend, one.cell.self_supervised] = one.hourly.format(language)
    rows = []
    for (kind, group), prices in sorted(found.items()):
        rows.append(Row([f"{RoomKind(kind).label}: {Group(group).label}", *(prices.get(way, "") for way in ways)]))
    columns = [
        Column("kind", _("Tilan laji ja maksuryhmä")),
        *(
            Column(f"p{number}", f"{pick(DAYS[weekend]).text}, {pick(SUPERVISION[alone]).text}", numeric=True, nowrap=True)
            for number, (weekend, alone) in enumerate(ways)
        ),
    ]
    return Table(_("Tunnin hinta ilman arvonlisäveroa"), columns, rows, empty=_("Hinnastoa ei ole voimassa tänään."))


def _facts(room: Room) -> list[Fact]:
    return [
        Fact(_("Tilan laji"), RoomKind(room.kind).label),
        Fact(_("Osoite"), room.address),
        Fact(_("Henkilömäärä enintään"), room.capacity),
        Fact(_("Esteetön"), room.step_free),
    ]


@never_cache
@page()
def room(request: HttpRequest, key: int) -> HttpResponse:
    """A room and its week: free or taken, never by whom."""
    one = _room(key)
    context = {
        "room": one,
        "week": week_of(one, monday_of(request.GET.get("viikko", ""))),
        "facts": _facts(one),
        "crumbs": _crumbs(Crumb(one.name)),
    }
    return render(request, "premises/room_week.html", context)


@never_cache
@page()
def ask(request: HttpRequest, key: int) -> HttpResponse:
    """The form by which a room is asked for; a refusal stands at its field and nothing typed is lost."""
    one = _room(key)
    given = {"day": request.GET.get("paiva", ""), "start": request.GET.get("alkaa", ""), "end": request.GET.get("paattyy", "")}
    form = AskForm(request.POST or None, initial={name: value[:10] for name, value in given.items() if value} | _day_given(given["day"]))
    if request.method == "POST" and form.is_valid():
        identifier = _send(request, one, form)
        if identifier:
            request.session["premises_sent"] = {"case": identifier, "room": one.pk}
            return redirect("premises-sent")
    context = {
        "room": one,
        "form": form,
        "facts": _facts(one),
        "crumbs": _crumbs(Crumb(one.name, reverse("premises-room", args=[one.pk])), Crumb(_("Pyydä tilaa"))),
    }
    return render(request, "premises/ask.html", context, status=422 if form.errors else 200)


def _day_given(told: str) -> dict[str, Any]:
    """The day of the address as the form writes days; nothing when it is no day."""
    try:
        return {"day": dt.date.fromisoformat(told)}
    except ValueError:
        return {}


def _send(request: HttpRequest, one: Room, form: AskForm) -> str:
    data = dict(form.cleaned_data)
    slot = Slot(data.pop("day"), data.pop("start"), data.pop("end"))
    data.pop("adult")
    try:
        return actions.ask(actions.Asked(room=one, slot=slot, language=get_language() or "fi", **data), actor=actor_of(request))
    except Refused as refusal:
        told = refusal.told()
        form.add_error(refusal.field if refusal.field in form.fields else None, told)
    except KirjaamoError as error:
        form.add_error(None, str(error))
    return ""


@never_cache
@page()
def sent(request: HttpRequest) -> HttpResponse:
    """That the request arrived, its case identifier and what happens next; shown to who sent it."""
    told = request.session.get("premises_sent")
    if not told:
        raise Http404
    context = {"identifier": told["case"], "room": _room(told["room"]), "crumbs": _crumbs(Crumb(_("Pyyntö on vastaanotettu")))}
    return render(request, "premises/sent.html", context)


@page(needs=WORK)
def work_rooms(request: HttpRequest) -> HttpResponse:
    """The rooms, each leading to its week with names."""
    found = _found(request)
    context = {**found, "table": _table(found["found"], "premises-week"), "crumbs": _work_crumbs(Crumb(_("Kalenteri")))}
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
        "book_url": reverse("record-act", args=[actions.SLUG, "book", one.pk]),
        "agree_url": reverse("record-act", args=[actions.SLUG, "agree", one.pk]),
    }
    return render(request, "premises/work_week.html", context)


def _work_crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Rekisterit"), reverse("registers")), Crumb(_("Tilavaraukset"), reverse("register", args=[actions.SLUG])), *more]
