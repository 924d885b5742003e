"""The register's public pages: what an apprenticeship asks for and pays today, and the form by which one makes contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kirjaamo.kernel import arriving
from kirjaamo.kernel.errors import KirjaamoError, Refused
from kirjaamo.mechanisms.dated import RowKnown, holding
from kirjaamo.registers.education.apprenticeships.actions import Contacted
from kirjaamo.registers.education.apprenticeships.choices import RateFigure
from kirjaamo.registers.education.apprenticeships.forms import ContactForm
from kirjaamo.registers.education.apprenticeships.models import TrainingRate
from kirjaamo.ui import wording
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Column, Crumb, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTACT = "apprenticeships.contact"
EUROS = frozenset({RateFigure.PER_DIEM, RateFigure.FAMILY, RateFigure.LODGING, RateFigure.UNDER_TWENTY})
SENT = "apprenticeships_sent"


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Etusivu"), reverse("start")), Crumb(_("Oppisopimus"), reverse("apprenticeships")), *more]


@page()
def about(request: HttpRequest) -> HttpResponse:
    """What an apprenticeship is, how it begins, and the limits and amounts in force today, each with its source."""
    today = timezone.localdate()
    rows = holding(TrainingRate, today)
    return render(request, "apprenticeships/about.html", {"table": _figures(list(rows)), "crumbs": _crumbs()[:2]})


def _figures(rows: Sequence[TrainingRate]) -> Table:
    columns = [Column("figure", _("Mitä koskee")), Column("amount", _("Määrä"), numeric=True), Column("source", _("Lähde"))]
    shown = [Row([row.get_figure_display(), _amount(row), _source(row)]) for row in rows]
    return Table(_("Rajat ja määrät tänään"), columns, shown, empty=_("Lukuja ei ole vielä julkaistu."))


def _amount(row: TrainingRate) -> str:
    """Euros with their cents, years and hours without them."""
    return wording.figure(row.amount, 2 if row.figure in EUROS else None if row.amount % 1 else 0)


def _source(row: TrainingRate) -> str:
    return row.source if row.known == RowKnown.READ else f"{row.source} ({row.get_known_display()})"


@arriving.sends
@never_cache
@page()
def contact(request: HttpRequest) -> HttpResponse:
    """The form by which a student or an employer makes contact; nothing typed is lost when something is missing."""
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _sent(request, form):
        return redirect("apprenticeships-sent")
    context = {"form": form, "crumbs": _crumbs(Crumb(_("Ota yhteyttä oppisopimuksesta")))}
    return render(request, "apprenticeships/contact.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest, form: ContactForm) -> bool:
    """Send in what was told; tell whether it went."""
    told = Contacted(language=get_language() or "fi", **form.cleaned_data)
    try:
        request.session[SENT] = {"case": arriving.send(CONTACT, told.key, told.plain())}
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.told())
    except KirjaamoError as error:
        form.add_error(None, error.told())
    else:
        return True
    return False


@never_cache
@page()
def sent(request: HttpRequest) -> HttpResponse:
    """That the contact arrived, its case identifier when it is known, and what happens next; shown to who sent it."""
    told = request.session.get(SENT)
    if not told:
        raise Http404
    context = {"identifier": told["case"], "crumbs": _crumbs(Crumb(_("Yhteydenotto on vastaanotettu")))}
    return render(request, "apprenticeships/sent.html", context)
