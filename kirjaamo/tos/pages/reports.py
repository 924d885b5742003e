"""Reports on the plan: drift from editions, copies among processes, and what use tells."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.tos.drift import Drift, Mark, drift
from kirjaamo.tos.models import PlanEdition
from kirjaamo.tos.pages.tree import tabs
from kirjaamo.tos.quality import copies, from_use
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Column, Crumb, Figure, Row, Table


@page(needs="tos.read")
def reports(request: HttpRequest) -> HttpResponse:
    """Show the reports; `laitos` chooses the edition to compare with, `kaikki` shows unchanged classes too."""
    today = timezone.localdate()
    editions = list(PlanEdition.objects.filter(kind="compared"))
    chosen = next((one for one in editions if str(one.number) == request.GET.get("laitos")), editions[0] if editions else None)
    told = drift(chosen, today) if chosen else []
    counts = Counter(one.mark for one in told)
    published = Counter(one.mark for one in told if one.published)
    every = "kaikki" in request.GET
    values = {
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Suunnitelma"), reverse("plan")), Crumb(_("Raportit"))],
        "tabs": tabs("plan_reports"),
        "editions": editions,
        "chosen": chosen,
        "every": every,
        "figures": [
            Figure(counts[Mark.SAME], _("samalla nimellä"), _("julkaistuista %s") % published[Mark.SAME]),
            Figure(counts[Mark.RENAMED], _("toisella nimellä"), _("julkaistuista %s") % published[Mark.RENAMED]),
            Figure(counts[Mark.NEW], _("uusia tunnuksia"), _("julkaistuista %s") % published[Mark.NEW]),
            Figure(counts[Mark.LEFT_OUT], _("ei suunnitelmassa")),
        ],
        "table": _drift_table([one for one in told if one.mark in {Mark.RENAMED, Mark.NEW} or (every and one.mark == Mark.SAME)]),
        "copies": copies(today),
        "use": from_use(today),
    }
    return render(request, "tos/reports.html", values)


def _drift_table(told: list[Drift]) -> Table:
    names = {Mark.SAME: _("Sama"), Mark.RENAMED: _("Nimi muuttunut"), Mark.NEW: _("Uusi tunnus"), Mark.LEFT_OUT: _("Ei suunnitelmassa")}
    rows = [
        Row(
            (one.code, one.title, one.before, names[one.mark], ", ".join(one.near), _("Kyllä") if one.published else ""),
            reverse("plan_class", args=[one.code.replace(" ", "-")]),
        )
        for one in told
    ]
    columns = (
        Column("code", _("Tunnus"), nowrap=True),
        Column("title", _("Suunnitelmassa")),
        Column("before", _("Vertailtavassa")),
        Column("mark", _("Ero")),
        Column("near", _("Sama nimi tunnuksella")),
        Column("published", _("Julkaistu sivulla")),
    )
    return Table(_("Tunnukset, joissa on eroa"), columns, rows, empty=_("Eroja ei ole."))
