"""What the pages share: the path above them, a room of an address, rooms as a table, a search of rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.choices import RoomKind
from kirjaamo.registers.education.premises.models import Room
from kirjaamo.registers.education.premises.rules.times import span_text
from kirjaamo.ui.parts import Column, Crumb, Fact, Row, Table


def crumbs(*more: Crumb) -> list[Crumb]:
    """The path to a page of visitors."""
    return [Crumb(_("Etusivu"), reverse("start")), Crumb(_("Koulujen tilat"), reverse("premises")), *more]


def room_of(key: int) -> Room:
    """The room of an address, when it is let."""
    room = Room.objects.filter(pk=key, let=True, voided_at=None).first()
    if room is None:
        raise Http404
    return room


@dataclass(frozen=True, slots=True)
class ToldTerms:
    """The terms of use of a day in words: the hours, the notice, who is responsible, and the decision behind them."""

    hours: str
    notice: str
    notice_days: int
    adult: str
    source: str


def told_terms(day: dt.date) -> ToldTerms | None:
    """The terms of use of a day as visitors read them; None when there are none."""
    row = next((one for one in reading.terms_rows() if day in one.valid), None)
    if row is None:
        return None
    hours = {"weekday": span_text(row.weekday), "weekend": span_text(row.weekend)}
    days = row.notice_days
    return ToldTerms(
        _("Tiloja annetaan käyttöön arkisin klo %(weekday)s ja viikonloppuisin ja pyhinä klo %(weekend)s.") % hours,
        ngettext(
            "Varaus, muutos ja peruutus tehdään viimeistään %(days)d päivä ennen käyttöä. Myöhemmin perutusta käytöstä peritään maksu.",
            "Varaus, muutos ja peruutus tehdään viimeistään %(days)d päivää ennen käyttöä. Myöhemmin perutusta käytöstä peritään maksu.",
            days,
        )
        % {"days": days},
        days,
        _("Vastuuhenkilö on vähintään %(age)s vuotta ja paikalla koko ajan.") % {"age": row.least_age},
        row.source,
    )


def table_of(rows: Iterable[Room], route: str) -> Table:
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


def found_in(request: HttpRequest) -> Mapping[str, Any]:
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


def facts_of(room: Room) -> list[Fact]:
    """What is public of a room."""
    return [
        Fact(_("Tilan laji"), RoomKind(room.kind).label),
        Fact(_("Osoite"), room.address),
        Fact(_("Henkilömäärä enintään"), room.capacity),
        Fact(_("Esteetön"), room.step_free),
    ]
