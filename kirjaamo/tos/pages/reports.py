"""Reports on the plan: drift from editions, copies among processes, and what use tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.tos.actions import publish_edition
from kirjaamo.tos.drift import Drift, Mark, drift
from kirjaamo.tos.models import PlanEdition
from kirjaamo.tos.pages.drafts import told
from kirjaamo.tos.pages.shown import FIELD_NAMES
from kirjaamo.tos.pages.tree import tabs
from kirjaamo.tos.quality import Override, copies, from_use
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Column, Crumb, Figure, Row, Table
from kirjaamo.ui.wording import day


@page(needs="tos.read")
def reports(request: HttpRequest) -> HttpResponse:
    """Show the reports; `laitos` chooses the edition to compare with, `kaikki` shows unchanged classes too."""
    today = timezone.localdate()
    editions = list(PlanEdition.objects.filter(kind="compared"))
    chosen = next((one for one in editions if str(one.number) == request.GET.get("laitos")), editions[0] if editions else None)
    rows = drift(chosen, today) if chosen else []
    counts = Counter(one.mark for one in rows)
    published = Counter(one.mark for one in rows if one.published)
    every = "kaikki" in request.GET
    use, mover = from_use(today), actor_of(request).may("cases.move")
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
        "table": _drift_table([one for one in rows if one.mark in {Mark.RENAMED, Mark.NEW} or (every and one.mark == Mark.SAME)]),
        "own": list(PlanEdition.objects.filter(kind="own")[:20]),
        "may_publish": actor_of(request).may("tos.approve"),
        "copies": copies(today),
        "use": use,
        "overrides": _overrides(use.overrides),
        "on_retired": [
            (code, number, count, reverse("cases_move", args=[code.replace(" ", "-")]) if newer and mover else "")
            for code, number, count, newer in use.on_retired
        ],
    }
    return render(request, "tos/reports.html", values)


@page(needs="tos.approve")
def publish(request: HttpRequest) -> HttpResponse:
    """Freeze the plan in force today as a numbered edition."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    today = timezone.localdate()
    title = request.POST.get("title", "").strip()[:200] or day(today)
    told(request, lambda: publish_edition(title={"fi": title}, on=today, actor=actor_of(request)), _("Laitos on julkaistu."))
    return redirect("plan_reports")


def _overrides(told: Sequence[Override]) -> Table:
    rows = [Row((one.code, pick(one.title).text, FIELD_NAMES[one.rule], one.overridden, one.documents)) for one in told]
    columns = (
        Column("code", _("Luokka"), nowrap=True),
        Column("title", _("Asiakirjatyyppi")),
        Column("rule", _("Sääntö")),
        Column("overridden", _("Päätetty toisin"), numeric=True),
        Column("documents", _("Asiakirjoja"), numeric=True),
    )
    return Table(_("Kohdat, joista poiketaan"), columns, rows, caption_hidden=True, empty=_("Ei yhtään."))


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
        Column("mark", _("Ero"), nowrap=True),
        Column("near", _("Sama nimi tunnuksella")),
        Column("published", _("Julkaistu sivulla")),
    )
    return Table(_("Tunnukset, joissa on eroa"), columns, rows, empty=_("Eroja ei ole."))
