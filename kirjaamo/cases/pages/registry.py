"""What keeps the registry office in order: its reports, the outages of channels, and the enquiry of how far a case is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases import actions
from kirjaamo.cases.arrivals import drafts
from kirjaamo.cases.arrivals.forms import OutageEndForm, OutageForm
from kirjaamo.cases.arrivals.reports import Week, reports_of
from kirjaamo.cases.enquiring import LONGEST, Stage, enquire
from kirjaamo.cases.models import Arrival, Case, ChannelOutage
from kirjaamo.cases.pages.arrival_shown import at, sender_line
from kirjaamo.cases.pages.registering import attempt
from kirjaamo.cases.pages.shown import due_badge, state_badge
from kirjaamo.documents.models import Way
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Action, Badge, Cell, Chart, Column, Crumb, Fact, Row, Series, Table
from kirjaamo.ui.wording import day

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User


def _crumbs(here: str) -> list[Crumb]:
    return [Crumb(_("Työtila"), reverse("work")), Crumb(_("Saapuneet"), reverse("arrivals")), Crumb(here)]


@page(needs="cases.register")
def arrival_reports(request: HttpRequest) -> HttpResponse:
    """Show what has waited too long, what nobody has been given, what is overdue, and how the weeks have gone."""
    today = timezone.localdate()
    found = reports_of(today)
    values = {
        "sections": [
            ("kirjaamatta", _("Saapunut mutta kirjaamatta yli työpäivän"), _arrivals(found.late, _("Kaikki on kirjattu ajoissa."))),
            ("reitittamatta", _("Saapuneet ilman yksikköä"), _arrivals(found.unrouted, _("Kaikilla saapuneilla on yksikkö."))),
            ("kasittelijatta", _("Asiat ilman käsittelijää yli viikon"), _cases(found.unhandled, _("Kaikilla asioilla on käsittelijä."))),
            ("myohassa", _("Asiat, joiden määräpäivä on mennyt"), _cases(found.overdue, _("Mikään asia ei ole myöhässä."))),
        ],
        "chart": _chart(found.weeks) if any(week.arrived for week in found.weeks) else None,
        "actions": [Action(_("Viestintäkatkot"), reverse("outages")), Action(_("Numerotilitys"), reverse("number_account"))],
        "crumbs": _crumbs(_("Raportit")),
    }
    return render(request, "cases/arrival_reports.html", values)


def _arrivals(rows: Sequence[Arrival], empty: str) -> Table:
    columns = (Column("counts", _("Saapunut"), nowrap=True), Column("what", _("Aihe ja lähettäjä")), Column("by", _("Kirjattava")))
    made = [
        Row(
            [
                Cell(at(row.counts_at), note=str(Way(row.way).label)),
                Cell(drafts.title_of(row.subject) or _("(ei aihetta)"), note=sender_line(row)),
                Cell(day(row.register_by), badge=Badge(_("Myöhässä"), "danger") if row.register_by < timezone.localdate() else None),
            ],
            row.get_absolute_url(),
        )
        for row in rows
    ]
    return Table("", columns, made, caption_hidden=True, empty=empty)


def _cases(rows: Sequence[Case], empty: str) -> Table:
    columns = (
        Column("id", _("Asiatunnus"), nowrap=True),
        Column("title", _("Nimike")),
        Column("unit", _("Yksikkö ja käsittelijä")),
        Column("due", _("Määräpäivä")),
    )
    made = [
        Row(
            [
                case.identifier,
                Cell(case.title, note=f"{case.revision.code} {pick(case.revision.title).text}"),
                Cell(case.unit.short or pick(case.unit.title).text, note=case.handler.name if case.handler else ""),
                Cell(day(case.due_on), badge=due_badge(case.due_on)),
            ],
            case.get_absolute_url(),
        )
        for case in rows
    ]
    return Table("", columns, made, caption_hidden=True, empty=empty)


def _chart(weeks: Sequence[Week]) -> Chart:
    labels = [f"{week.monday.isocalendar().week}" for week in weeks]
    series = [
        Series(_("Saapunut"), [week.arrived for week in weeks]),
        Series(_("Kirjattu myöhässä tai yhä kirjaamatta"), [week.late for week in weeks]),
    ]
    return Chart(_("Saapuneet viikoittain (viikon numero)"), labels, series, kind="bar")


@page(needs="cases.register")
def outages(request: HttpRequest) -> HttpResponse:
    """Show and note when a channel was down."""
    now = timezone.localtime()
    form = OutageForm(request.POST or None, initial={"began_on": now.date(), "way": Way.EMAIL.value})
    if form.is_valid() and attempt(form, lambda: _note(form, cast("User", request.user))):
        messages.success(request, _("Katko on merkitty. Jonossa odottavien saapumisajat on laskettu uudelleen."))
        return redirect("outages")
    values = {"form": form, "table": _outage_table(), "crumbs": _crumbs(_("Viestintäkatkot"))}
    return render(request, "cases/outages.html", values, status=422 if form.errors else 200)


def _note(form: OutageForm, user: User) -> None:
    data = form.cleaned_data
    began = form.moment("began_on", "began_time")
    assert began is not None  # noqa: S101 - the day is a field that must be filled
    actions.note_outage(
        Way(data["way"]), began, ended_at=form.moment("ended_on", "ended_time"), what=data["what"], instead=data["instead"], actor=user
    )


def _outage_table() -> Table:
    columns = (
        Column("way", _("Viestintäkanava")),
        Column("when", _("Milloin")),
        Column("what", _("Mitä tapahtui")),
        Column("counted", _("Saapuneita")),
    )
    rows = []
    for outage in ChannelOutage.objects.prefetch_related("arrivals")[:100]:
        goes_on = Badge(_("Jatkuu"), "warning") if outage.ended_at is None else None
        end = at(outage.ended_at) if outage.ended_at else ""
        note = _("Korvaava tapa: %(way)s") % {"way": outage.instead} if outage.instead else ""
        cells = [
            str(Way(outage.way).label),
            Cell(f"{at(outage.began_at)} – {end}".strip(), badge=goes_on),
            Cell(outage.what, note=note),
            str(len(outage.arrivals.all())),
        ]
        rows.append(Row(cells, reverse("outage_end", args=[outage.pk]) if goes_on else ""))
    return Table(_("Viestintäkatkot"), columns, rows, caption_hidden=True, empty=_("Katkoja ei ole merkitty."))


@page(needs="cases.register")
def outage_end(request: HttpRequest, outage: int) -> HttpResponse:
    """Note when an outage ended."""
    row = ChannelOutage.objects.filter(pk=outage).first()
    if row is None:
        raise Http404
    form = OutageEndForm(request.POST or None, initial={"ended_on": timezone.localdate()})
    if form.is_valid():
        ended = form.moment("ended_on", "ended_time")
        if ended and attempt(form, lambda: actions.end_outage(row, ended, actor=cast("User", request.user))):
            messages.success(request, _("Katko on päättynyt. Jonossa odottavien saapumisajat on laskettu uudelleen."))
            return redirect("outages")
    values = {
        "form": form,
        "lead": row.what,
        "crumbs": [*_crumbs(_("Viestintäkatkot"))[:2], Crumb(_("Viestintäkatkot"), reverse("outages"))],
    }
    return render(request, "cases/outage_end.html", values, status=422 if form.errors else 200)


@page(needs="cases.read")
def enquiry(request: HttpRequest) -> HttpResponse:
    """Answer how far a case is: one box for an identifier, a name or words. Sent as a form: a name stands in no address."""
    text = str(request.POST.get("q", "")).replace("\x00", "").strip()[:LONGEST]
    found = enquire(text, actor=actor_of(request)) if text else []
    values = {
        "text": text,
        "found": [_stage(one) for one in found],
        "only": len(found) == 1,
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Tilannekysely"))],
    }
    return render(request, "cases/enquiry_found.html" if request.headers.get("HX-Request") else "cases/enquiry.html", values)


def _stage(one: Stage) -> dict[str, object]:
    case = one.case
    facts = [
        Fact(_("Vaihe"), one.stage or str(_("Vireillä"))),
        Fact(_("Seuraavaksi"), one.following or _("Ei seuraavaa vaihetta")),
        Fact(_("Määräpäivä"), day(case.due_on) if case.due_on else _("Ei määräpäivää"), badge=due_badge(case.due_on)),
        Fact(_("Käsittelijä"), case.handler.name if case.handler else _("Ei vielä käsittelijää")),
        Fact(_("Yksikkö"), pick(case.unit.title).text),
        Fact(_("Vireille"), day(timezone.localtime(case.initiated_at))),
    ]
    if case.closed_at:
        facts.append(Fact(_("Päättynyt"), day(timezone.localtime(case.closed_at))))
    return {"title": case.title, "name": case.identifier, "url": case.get_absolute_url(), "badge": state_badge(case.state), "facts": facts}
