"""Numbers of cases: making a mistaken registration void, and the account of every number of a year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.cases import actions, numbers
from kirjaamo.cases.models import NumberSeries
from kirjaamo.cases.pages.acts import ask, attempt, done
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.cases.working_forms import VoidForm, VoidNumberForm
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Action, Badge, Cell, Column, Crumb, Figure, Row, Table
from kirjaamo.ui.wording import moment

if TYPE_CHECKING:
    from kirjaamo.cases.numbers import Account, Numbered


@page(needs="cases.register")
def case_void(request: HttpRequest, identifier: str) -> HttpResponse:
    """Make a mistaken registration void."""
    case = case_or_404(request, identifier)
    form = VoidForm(request.POST or None, case=case)
    if form.is_valid() and attempt(
        form, lambda: actions.void_case(case, reason=form.cleaned_data["reason"], version=form.seen, actor=actor_of(request))
    ):
        return done(request, case, _("Kirjaus on mitätöity. Numero jää tilitykseen."))
    consequences = [
        _("Asia päättyy mitätöitynä, eikä sitä voi avata uudelleen. Julkinen rekisteri ei enää näytä sitä."),
        _("Asiatunnusta ei anneta uudelleen. Se jää numerotilitykseen syineen (TiHL 26 §)."),
    ]
    return ask(request, case, form, title=_("Mitätöi kirjaus"), button=_("Mitätöi kirjaus"), consequences=consequences)


@page(needs="cases.register")
def number_account(request: HttpRequest) -> HttpResponse:
    """Show the account of a year's numbers: given, void with the reason, none missing."""
    every = numbers.accounts()
    chosen = next((one for one in every if str(one.key) == request.GET.get("sarja")), every[0] if every else None)
    form = VoidNumberForm(request.POST or None)
    if chosen is not None and request.method == "POST" and form.is_valid() and attempt(form, lambda: _account_for(chosen, form, request)):
        messages.success(request, _("Numero on tilitetty."))
        return redirect(f"{reverse('number_account')}?sarja={chosen.key}")
    missing = numbers.missing_of(chosen.series) if chosen is not None and chosen.missing else []
    values = {
        "chosen": chosen,
        "figures": _figures(chosen) if chosen else [],
        "series": _series(every),
        "voids": _voids(chosen) if chosen else None,
        "missing": missing,
        "form": form if missing else None,
        "actions": [Action(_("Lataa tilitys (CSV)"), f"{reverse('number_export')}?sarja={chosen.key}")] if chosen else [],
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Saapuneet"), reverse("arrivals")), Crumb(_("Numerotilitys"))],
        "nav": "arrivals",
    }
    return render(request, "cases/numbers.html", values, status=422 if form.errors else 200)


def _account_for(chosen: Account, form: VoidNumberForm, request: HttpRequest) -> None:
    data = form.cleaned_data
    actions.void_number(NumberSeries.objects.get(pk=chosen.key), data["number"], reason=data["reason"], actor=actor_of(request))


def _figures(one: Account) -> list[Figure]:
    return [
        Figure(one.last, _("numeroa annettu")),
        Figure(one.used, _("asialla")),
        Figure(one.void, _("mitätöity")),
        Figure(one.missing, _("puuttuu"), tone="danger" if one.missing else "success"),
    ]


def _series(every: list[Account]) -> Table:
    columns = [
        Column("series", _("Sarja"), nowrap=True),
        Column("last", _("Viimeinen numero"), numeric=True),
        Column("used", _("Asialla"), numeric=True),
        Column("void", _("Mitätöity"), numeric=True),
        Column("missing", _("Puuttuu"), numeric=True),
        Column("state", _("Tila")),
    ]
    rows = [Row([*_cells(one)], f"{reverse('number_account')}?sarja={one.key}") for one in every]
    return Table(_("Numerosarjat"), columns, rows, caption_hidden=True, empty=_("Yhtään asiaa ei ole vielä kirjattu."))


def _cells(one: Account) -> list[object]:
    state = Badge(_("Numeroita puuttuu"), "danger") if one.missing else Badge(_("Täsmää"), "success")
    return [one.title, one.last, one.used, one.void, one.missing, Cell(badge=state)]


def _voids(chosen: Account) -> Table:
    columns = [Column("number", _("Numero"), numeric=True), Column("at", _("Mitätöity"), nowrap=True), Column("why", _("Syy"))]
    rows = [Row([one.number, moment(one.at), one.reason]) for one in numbers.voids_of(chosen.series)]
    return Table(_("Mitätöidyt numerot"), columns, rows, caption_hidden=True, empty=_("Yhtään numeroa ei ole mitätöity."))


@page(needs="cases.register")
def number_export(request: HttpRequest) -> StreamingHttpResponse:
    """The whole account of a series as a file: a row for every number. It holds identifiers and reasons, no titles and no names."""
    asked = request.GET.get("sarja", "")
    series = NumberSeries.objects.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None  # noqa: PLR2004
    if series is None:
        raise Http404
    response = StreamingHttpResponse(_lines(series), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="numerotilitys-{series.pk}.csv"'
    return response


def _lines(series: NumberSeries) -> Iterator[bytes]:
    yield _line([_("Numero"), _("Asiatunnus"), _("Tila"), _("Kirjattu"), _("Mitätöity"), _("Syy")])
    for one in numbers.numbers_of(series):
        times = [at.isoformat() if at else "" for at in (one.registered_at, one.void_at)]
        yield _line([one.number, one.identifier, _state(one), *times, one.reason])


def _state(one: Numbered) -> str:
    if one.void_at:
        return _("Mitätöity")
    return _("Asialla") if one.identifier else _("Puuttuu")


def _line(cells: list[object]) -> bytes:
    """One line; a cell that a spreadsheet would take for a formula is made text."""
    text = io.StringIO()
    told = [str(cell) for cell in cells]
    csv.writer(text, delimiter=";").writerow(f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in told)
    return text.getvalue().encode()
