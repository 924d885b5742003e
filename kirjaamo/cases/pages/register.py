"""The list of cases for people who work here: search, filters in the address, keyset paging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.forms import FilterForm
from kirjaamo.cases.models import address_of
from kirjaamo.cases.pages.shown import due_badge, state_badge, unit_name
from kirjaamo.cases.reading import Asked, Page, list_cases
from kirjaamo.organisation.models import Unit
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Action, Cell, Column, Crumb, Pager, Row, Table
from kirjaamo.ui.wording import day


@page(needs="cases.read")
def cases(request: HttpRequest) -> HttpResponse:
    """Show the cases that answer the filters of the address. An identifier that names one case leads straight to it."""
    actor, at = actor_of(request), timezone.now()
    asked = asked_of(request.GET, "due" if request.GET.get("sort") == "due" else "-id")
    found = list_cases(asked, actor, at)
    if found.by_identifier and len(found.rows) == 1:
        return redirect("case", identifier=address_of(found.rows[0]["identifier"]))
    values = {
        "form": FilterForm(request.GET, units=unit_choices(mine=True)),
        "table": _table(request, asked, found),
        "pager": Pager.make(request, before=found.before, after=found.after, shown=len(found.rows), total=found.total, capped=found.capped),
        "actions": [Action(_("Kirjaa saapunut asia"), reverse("case_new"), kind="primary", icon="plus")]
        if actor.may("cases.register")
        else [],
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Asiat"))],
        "filtered": any(request.GET.get(name) for name in ("q", "tila", "luokka", "yksikko", "kasittelija", "erapaiva")),
    }
    return render(request, "cases/list.html", values)


def asked_of(given: Mapping[str, Any], sort: str = "-id", *, public: bool = False) -> Asked:
    """What the address asks for; in the public register only what it offers."""

    def one(name: str) -> str:
        return str(given.get(name, "")).replace("\x00", "").strip()[:200]

    asked = {
        "text": one("q"),
        "state": one("tila"),
        "class_code": one("luokka"),
        "unit": one("yksikko"),
        "after": one("after"),
        "before": one("before"),
    }
    if public:
        return Asked(**asked)
    return Asked(**asked, handler=one("kasittelija"), due=one("erapaiva"), sort=sort)


def unit_choices(*, mine: bool) -> list[tuple[str, str]]:
    """The units to filter by (one statement)."""
    units = sorted(((slug, pick(title).text) for slug, title in Unit.objects.values_list("slug", "title")), key=lambda pair: pair[1])
    first = [("", _("Kaikki yksiköt"))]
    return [*first, *([("mine", _("Oma yksikkö"))] if mine else []), *units]


def _table(request: HttpRequest, asked: Asked, found: Page) -> Table:
    columns = (
        Column("-id", _("Asiatunnus"), nowrap=True),
        Column("title", _("Nimike")),
        Column("unit", _("Yksikkö ja käsittelijä")),
        Column("due", _("Määräpäivä"), sortable=True),
        Column("state", _("Tila"), nowrap=True),
    )
    empty = _("Hakuehdoilla ei löytynyt asioita. Tarkista asiatunnus tai väljennä rajausta.")
    return Table(_("Asiat"), columns, _rows(found.rows), request=request, sort=asked.sort, caption_hidden=True, empty=empty)


def _rows(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    made = []
    for row in rows:
        cells = [
            row["identifier"],
            Cell(row["title"], note=f"{row['revision__code']} {pick(row['revision__title']).text}"),
            Cell(unit_name(row), note=row["handler__name"] or ""),
            Cell(day(row["due_on"]), badge=due_badge(row["due_on"]) if row["state"] != "closed" else None),
            Cell("", badge=state_badge(row["state"])),
        ]
        made.append(Row(cells, reverse("case", args=[address_of(row["identifier"])])))
    return made
