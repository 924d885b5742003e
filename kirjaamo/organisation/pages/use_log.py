"""The search of the use log, for who oversees reading (TiHL 906/2019 § 17). Looking into the log is itself logged, with its reason."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kirjaamo.kernel.use_log import Purpose, UseEntry, UseVerb
from kirjaamo.organisation.oversight import PAGE, Criteria, names_of, page_of
from kirjaamo.organisation.oversight_forms import UseLogForm
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Cell, Column, Crumb, Fact, Pager, Row, Table
from kirjaamo.ui.wording import day, moment

ASKED = "use_log"
AREAS = {
    "cases": gettext_lazy("Asiarekisteri"),
    "requests": gettext_lazy("Tietopyynnöt"),
    "subjects": gettext_lazy("Osapuolet"),
    "decisions": gettext_lazy("Päätökset"),
    "retention": gettext_lazy("Säilytys"),
    "search": gettext_lazy("Haku"),
    "use_log": gettext_lazy("Käyttöloki"),
}
LONGEST_KEY = 18
"""Digits of the largest key of a row."""


@page(needs="use_log.read")
def use_log(request: HttpRequest) -> HttpResponse:
    """Ask what is looked for and why; what is told stays in the session and stands in no address."""
    form = UseLogForm(request.POST or None)
    if form.is_valid():
        request.session[ASKED] = form.criteria().as_data()
        return redirect("use_log_found")
    values = {"form": form, "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Käyttöloki"))]}
    return render(request, "organisation/use_log.html", values, status=422 if form.errors else 200)


@page(needs="use_log.read")
def use_log_found(request: HttpRequest) -> HttpResponse:
    """Show what the search found, a page at a time; each page is noted."""
    told = request.session.get(ASKED)
    if told is None:
        return redirect("use_log")
    criteria, after = Criteria.of(told), request.GET.get("after", "")
    key = int(after) if after.isascii() and after.isdigit() and len(after) <= LONGEST_KEY else None
    found = page_of(criteria, key, actor=actor_of(request))
    shown = found[:PAGE]
    names = names_of({criteria.actor, *(one.actor for one in shown)})
    values = {
        "facts": _asked(criteria, names),
        "table": _table(shown, names),
        "pager": Pager.make(request, after=str(shown[-1].pk) if len(found) > PAGE else "", shown=len(shown)),
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Käyttöloki"), reverse("use_log")), Crumb(_("Osumat"))],
    }
    return render(request, "organisation/use_log_found.html", values)


def _asked(criteria: Criteria, names: dict[str, str]) -> list[Fact]:
    period = "–".join(day(_date(text)) for text in (criteria.first, criteria.last)) if criteria.first or criteria.last else ""
    told = [
        (_("Kuka katsoi?"), names.get(criteria.actor, criteria.actor)),
        (_("Mitä katsottiin?"), criteria.about),
        (_("Milloin?"), period),
        (_("Miksi tutkit käyttölokia?"), criteria.reason),
    ]
    return [Fact(label, value) for label, value in told if value]


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _table(shown: list[UseEntry], names: dict[str, str]) -> Table:
    columns = [
        Column("at", _("Milloin"), nowrap=True),
        Column("who", _("Kuka")),
        Column("what", _("Mitä")),
        Column("about", _("Kohde")),
        Column("why", _("Mihin tarkoitukseen")),
    ]
    return Table(_("Katsomiset"), columns, [_row(one, names) for one in shown], caption_hidden=True, empty=_("Osumia ei ole"))


def _row(one: UseEntry, names: dict[str, str]) -> Row:
    count = _("%(count)s kohdetta") % {"count": one.count} if one.count != 1 else ""
    return Row(
        [
            moment(one.at),
            names.get(one.actor, one.actor),
            Cell(str(UseVerb(one.verb).label), note=count),
            Cell(one.about or "–", note=AREAS.get(one.area, one.area)),
            Cell(str(Purpose(one.purpose).label), note=one.reason),
        ]
    )
