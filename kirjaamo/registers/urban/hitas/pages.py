"""The public pages: which companies are regulated, what a maximum price rests on, asking for one. Nothing of a flat's owner is shown."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kirjaamo.kernel import arriving
from kirjaamo.kernel.errors import KirjaamoError, Refused
from kirjaamo.registers.urban.hitas import actions
from kirjaamo.registers.urban.hitas.forms import AskForm
from kirjaamo.registers.urban.hitas.models import HousingCompany, IndexSeries, IndexValue, RegulationStatus
from kirjaamo.registers.urban.hitas.rules.figures import euros, exact
from kirjaamo.registers.urban.hitas.rules.validity import ceiling_price_until
from kirjaamo.ui import wording
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Badge, Cell, Chart, Column, Crumb, Fact, Row, Series, Table
from kirjaamo.values.deadlines import Unit, shift

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

ASK = "hitas.ask"
SHOWN = 100
MONTHS = 24
WORDS = 5


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Etusivu"), reverse("start")), Crumb(_("Hitas-asunnot"), reverse("hitas")), *more]


@page()
def companies(request: HttpRequest) -> HttpResponse:
    """The companies of the regulation, found by name, address or postal code; and the price ceiling of today."""
    q = request.GET.get("q", "").strip()[:100]
    rows = list(_found(q)[: SHOWN + 1])
    context = {
        "q": q,
        "table": _table(rows[:SHOWN]),
        "more": len(rows) > SHOWN,
        "ceiling": _ceiling(timezone.localdate()),
        "crumbs": [Crumb(_("Etusivu"), reverse("start")), Crumb(_("Hitas-asunnot"))],
    }
    return render(request, "hitas/companies.html", context)


def _found(q: str) -> QuerySet[HousingCompany]:
    rows = HousingCompany.objects.filter(voided_at=None).exclude(kind="non_hitas").order_by("name")
    for word in q.split()[:WORDS]:
        rows = rows.filter(Q(name__icontains=word) | Q(display_name__icontains=word) | Q(address__icontains=word) | Q(postal_code=word))
    return rows


def _table(rows: Sequence[HousingCompany]) -> Table:
    columns = [Column("name", _("Taloyhtiö")), Column("address", _("Osoite")), Column("status", _("Sääntely"))]
    made = [
        Row([one.name, f"{one.address}, {one.postal_code}", Cell("", badge=_badge(one))], reverse("hitas-company", args=[one.pk]))
        for one in rows
    ]
    return Table(_("Hitas-yhtiöt"), columns, made, caption_hidden=True, empty=_("Tällä haulla ei löydy yhtiötä. Väljennä hakua."))


def _badge(one: HousingCompany) -> Badge:
    regulated = one.status == RegulationStatus.REGULATED
    return Badge(_("Säännelty"), "info") if regulated else Badge(_("Vapautunut"), "success")


def _ceiling(today: dt.date) -> Mapping[str, Any] | None:
    """The ceiling of the running month and until when a price by it holds; None when it is not computed yet."""
    row = IndexValue.objects.filter(series=IndexSeries.CEILING, month=today.replace(day=1), voided_at=None).first()
    return {"value": row.value, "until": ceiling_price_until(today)} if row else None


@page()
def company(request: HttpRequest, key: int) -> HttpResponse:
    """A company: whether it is regulated, by which rules, and how a price is asked for."""
    one = _company(key)
    told = request.GET.get("ala", "").strip().replace(",", ".")
    ceiling = _ceiling(timezone.localdate())
    context = {
        "company": one,
        "badge": _badge(one),
        "facts": _facts(one),
        "regulated": one.status == RegulationStatus.REGULATED,
        "ceiling": ceiling,
        "area": told,
        "least": _least(told, ceiling["value"]) if ceiling else "",
        "crumbs": _crumbs(Crumb(one.name)),
    }
    return render(request, "hitas/company.html", context)


def _company(key: int) -> HousingCompany:
    one = _found("").filter(pk=key).first()
    if one is None:
        raise Http404
    return one


def _facts(one: HousingCompany) -> list[Fact]:
    facts = [
        *([Fact(_("Käyttönimi"), one.display_name)] if one.display_name else []),
        Fact(_("Osoite"), f"{one.address}, {one.postal_code}"),
        Fact(_("Hitas-tyyppi"), one.get_kind_display()),
        Fact(_("Sääntely"), one.get_status_display()),
    ]
    if one.released_on:
        facts.append(Fact(_("Vapautunut"), one.released_on))
    if one.manager:
        facts.append(Fact(_("Isännöitsijä"), one.manager))
    return facts


def _least(area: str, ceiling: Decimal) -> str:
    """The debt-free price by the ceiling of so many square metres, in whole euros; empty when no area was told."""
    try:
        square = Decimal(area)
    except InvalidOperation:
        return ""
    if not square.is_finite() or not 0 < square < 1000:  # noqa: PLR2004 - no flat is larger
        return ""
    return wording.euro(euros(exact(square) * exact(ceiling)), 0)


@page()
def figures(request: HttpRequest) -> HttpResponse:
    """What maximum prices rest on: the rules in words, the months of each index, and where the figures are had as open data."""
    first = shift(timezone.localdate().replace(day=1), -MONTHS, Unit.MONTHS)
    rows = IndexValue.objects.filter(month__gte=first, voided_at=None).order_by("-month", "series")
    by_month: dict[dt.date, dict[str, Decimal]] = {}
    for row in rows:
        by_month.setdefault(row.month, {})[row.series] = row.value
    context = {
        "table": _months(by_month),
        "chart": _chart(by_month),
        "crumbs": _crumbs(Crumb(_("Mihin enimmäishinta perustuu"))),
    }
    return render(request, "hitas/figures.html", context)


def _months(by_month: Mapping[dt.date, Mapping[str, Decimal]]) -> Table:
    order = [IndexSeries.CEILING, *(one for one in IndexSeries if one is not IndexSeries.CEILING)]
    shown = [one for one in order if any(one in month for month in by_month.values())]
    columns = [Column("month", _("Kuukausi"), nowrap=True)] + [Column(one.value, str(one.label), numeric=True) for one in shown]
    rows = [
        Row([f"{month.month}/{month.year}", *(wording.figure(found[one], 2) if one in found else "" for one in shown)])
        for month, found in by_month.items()
    ]
    return Table(_("Indeksit ja rajaneliöhinta kuukausittain"), columns, rows, wide=True, empty=_("Lukuja ei ole vielä julkaistu."))


def _chart(by_month: Mapping[dt.date, Mapping[str, Decimal]]) -> Chart | None:
    months = [month for month in sorted(by_month) if IndexSeries.CEILING in by_month[month]]
    if not months:
        return None
    values = [float(by_month[month][IndexSeries.CEILING]) for month in months]
    title = str(IndexSeries.CEILING.label)
    return Chart(title, [f"{month.month}/{month.year}" for month in months], [Series(title, values)], kind="line", unit="€/m²", decimals=0)


@arriving.sends
@never_cache
@page()
def ask(request: HttpRequest, key: int) -> HttpResponse:
    """The form by which a maximum price is asked for; a refusal stands at its field and nothing typed is lost."""
    one = _company(key)
    if one.status != RegulationStatus.REGULATED:
        return redirect("hitas-company", key)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _sent(request, one, form):
        return redirect("hitas-sent")
    crumbs = _crumbs(Crumb(one.name, reverse("hitas-company", args=[one.pk])), Crumb(_("Pyydä enimmäishintalaskelmaa")))
    context = {"company": one, "form": form, "facts": _facts(one), "crumbs": crumbs}
    return render(request, "hitas/ask.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest, one: HousingCompany, form: AskForm) -> bool:
    """Judge what was told and send it in; tell whether it went."""
    asked = actions.Asked(company=one, language=get_language() or "fi", **form.cleaned_data)
    try:
        actions.judge(asked)
        identifier = arriving.send(ASK, asked.key, asked.plain())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.told())
    except KirjaamoError as error:
        form.add_error(None, str(error))
    else:
        request.session["hitas_sent"] = {"case": identifier, "company": one.pk}
        return True
    return False


@never_cache
@page()
def sent(request: HttpRequest) -> HttpResponse:
    """That the request arrived, its case identifier when it is known, and what happens next; shown to who sent it."""
    told = request.session.get("hitas_sent")
    if not told:
        raise Http404
    context = {"identifier": told["case"], "company": _company(told["company"]), "crumbs": _crumbs(Crumb(_("Pyyntö on vastaanotettu")))}
    return render(request, "hitas/sent.html", context)
