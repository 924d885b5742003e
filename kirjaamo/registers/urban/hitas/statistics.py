"""Statistics of resales for those who work here: by quarter and postal code, also as CSV. No flat and no person stands in them."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.contract.opening import open_register
from kirjaamo.registers.urban.hitas import facts
from kirjaamo.registers.urban.hitas.workbench import SLUG
from kirjaamo.ui import wording
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Column, Crumb, Row, Table
from kirjaamo.values.deadlines import Unit, shift

if TYPE_CHECKING:
    from collections.abc import Sequence

YEARS = 3


def _first(today: dt.date) -> dt.date:
    """The first day of the calendar year from which statistics are shown."""
    return shift(today.replace(month=1, day=1), -YEARS, Unit.YEARS)


def _headings() -> Sequence[str]:
    return [_("Neljännes"), _("Postinumero"), _("Kauppojen määrä"), _("Velaton neliöhinta"), _("Velattomat hinnat yhteensä")]


def quarter_of(day: dt.date) -> str:
    """A quarter as people write it: 3/2026."""
    return f"{(day.month + 2) // 3}/{day.year}"


@page(needs="registers.read")
def resales(request: HttpRequest) -> HttpResponse:
    """The resales of the last years as a table."""
    register = open_register(request, SLUG)
    rows = [
        Row([quarter_of(one.quarter), one.postal_code, one.sales, wording.euro(one.square), wording.euro(one.total)])
        for one in facts.statistics(_first(timezone.localdate()))
    ]
    columns = [Column(f"c{number}", heading, numeric=number > 1) for number, heading in enumerate(_headings())]
    table = Table(_("Jälleenmyynnit"), columns, rows, caption_hidden=True, empty=_("Jälleenmyyntejä ei ole."))
    prices = [
        Row([quarter_of(one.quarter), one.prices, wording.figure(one.days, 1)]) for one in facts.handled(_first(timezone.localdate()))
    ]
    told = [Column("quarter", _("Neljännes")), Column("prices", _("Vahvistettuja laskelmia"), numeric=True)]
    told.append(Column("days", _("Päiviä vireilletulosta keskimäärin"), numeric=True))
    handled = Table(_("Laskelmien käsittelyaika"), told, prices, caption_hidden=True, empty=_("Vahvistettuja laskelmia ei ole."))
    home = Crumb(str(register.title), reverse("register", args=[SLUG]))
    crumbs = [Crumb(_("Rekisterit"), reverse("registers")), home, Crumb(_("Tilastot"))]
    return render(request, "hitas/statistics.html", {"table": table, "handled": handled, "crumbs": crumbs})


@page(needs="registers.read")
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV with exact figures."""
    open_register(request, SLUG)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="hitas-kaupat.csv"'
    answer.write("\ufeff")
    lines = csv.writer(answer, delimiter=";")
    lines.writerow(_headings())
    for one in facts.statistics(_first(timezone.localdate())):
        lines.writerow([quarter_of(one.quarter), one.postal_code, one.sales, one.square, one.total])
    return answer
