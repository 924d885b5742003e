"""What visitors read: which rooms there are, what they cost, which seasons are applied for, and the week of a room."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.choices import Group, RoomKind, RoundState
from kirjaamo.registers.education.premises.models import Season
from kirjaamo.registers.education.premises.pages.parts import crumbs, facts_of, found_in, room_of, table_of, told_terms
from kirjaamo.registers.education.premises.rules.fees import DAYS, SUPERVISION, tax_on
from kirjaamo.registers.education.premises.rules.terms import first_day
from kirjaamo.registers.education.premises.week import monday_of, week_of
from kirjaamo.ui import wording
from kirjaamo.ui.access import page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Cell, Column, Crumb, ListRow, Row, Table

if TYPE_CHECKING:
    from kirjaamo.registers.education.premises.rules.fees import TaxRow
    from kirjaamo.values.money import Money

_DAY = dt.timedelta(days=1)


@page()
def rooms(request: HttpRequest) -> HttpResponse:
    """The rooms that are let, by school."""
    found = found_in(request)
    context = {
        **found,
        "table": table_of(found["found"], "premises-room"),
        "crumbs": [*crumbs()[:1], Crumb(_("Koulujen tilat"))],
        "prices": _prices(),
        "seasons": _seasons(),
        "told": told_terms(timezone.localdate()),
    }
    return render(request, "premises/rooms.html", context)


def _prices() -> Table:
    """The prices in force today: a row for each kind of room and group, a column for each way of use, with the tax beside."""
    today, language = timezone.localdate(), get_language() or "fi"
    tax = next((row for row in reading.tax_rows() if today in row.valid), None)
    ways = [(weekend, alone) for alone in (False, True) for weekend in (False, True)]
    found: dict[tuple[str, str], dict[tuple[bool, bool], Cell]] = {}
    for one in reading.price_rows():
        if today in one.valid:
            cell = Cell(one.hourly.format(language), note=_with_tax(one.hourly, tax, language))
            found.setdefault((one.cell.kind, one.cell.group), {})[one.cell.weekend, one.cell.self_supervised] = cell
    rows = []
    for (kind, group), priced in sorted(found.items()):
        rows.append(Row([f"{RoomKind(kind).label}: {Group(group).label}", *(priced.get(way, "") for way in ways)]))
    columns = [
        Column("kind", _("Tilan laji ja maksuryhmä")),
        *(
            Column(f"p{number}", f"{pick(DAYS[weekend]).text}, {pick(SUPERVISION[alone]).text}", numeric=True, nowrap=True)
            for number, (weekend, alone) in enumerate(ways)
        ),
    ]
    return Table(_("Tunnin hinta ilman arvonlisäveroa"), columns, rows, empty=_("Hinnastoa ei ole voimassa tänään."))


def _with_tax(hourly: Money, tax: TaxRow | None, language: str) -> str:
    """The price with its tax, in words; nothing when no rate is known."""
    if tax is None or not hourly:
        return ""
    told = {"sum": (hourly + tax_on(hourly, tax.percent)).format(language), "rate": wording.figure(tax.percent.normalize())}
    return _("%(sum)s, alv %(rate)s %%") % told


def _seasons() -> list[ListRow]:
    """The seasons for which standing turns are applied for today, each leading to its form."""
    today = timezone.localdate()
    rows = Season.objects.filter(state=RoundState.OPEN, voided_at=None, applying__contains=today).order_by("days", "pk")
    language = get_language() or "fi"
    return [
        ListRow(
            row.title,
            reverse("premises-apply", args=[row.pk]),
            _("Kausi %(days)s. Hae viimeistään %(last)s.")
            % {"days": reading.period_of(row.days).format(language), "last": wording.day(row.applying.upper - _DAY)},
        )
        for row in rows
    ]


@never_cache
@page()
def room(request: HttpRequest, key: int) -> HttpResponse:
    """A room and its week: free or taken, never by whom. Without a week in the address, the first one that can be asked for."""
    one, today = room_of(key), timezone.localdate()
    first = first_day(reading.terms_rows(), today)
    context = {
        "room": one,
        "week": week_of(one, monday_of(request.GET.get("viikko") or (first or today).isoformat())),
        "first": first,
        "facts": facts_of(one),
        "crumbs": crumbs(Crumb(one.name)),
    }
    return render(request, "premises/room_week.html", context)
