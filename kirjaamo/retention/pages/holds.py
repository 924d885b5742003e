"""Holds on pages: those in force and the lifted ones, placing one, and one with what it covers and how far its clocks are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kirjaamo.cases.models import Case
from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.visibility import visible_to
from kirjaamo.retention.forms import HoldForm, ReasonForm
from kirjaamo.retention.holds import actions
from kirjaamo.retention.holds.reading import cases_under, listed
from kirjaamo.retention.models import Hold, HoldKind
from kirjaamo.tos.models import ClassRevision
from kirjaamo.tos.pages.shown import people
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Crumb, Fact, ListRow, Pager, Tab
from kirjaamo.ui.wording import day, moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MANY = 5
SHOWN = 100


@page(needs="retention.read")
def holds(request: HttpRequest) -> HttpResponse:
    """List the holds in force, or the lifted ones."""
    lifted = request.GET.get("nayta") == "kumotut"
    rows, after = listed(lifted=lifted, after=request.GET.get("after", ""))
    names = class_names(rows)
    values = {
        "tabs": [
            Tab(_("Voimassa olevat"), "?", not lifted, Hold.objects.filter(lifted_at=None).count()),
            Tab(_("Kumotut"), "?nayta=kumotut", lifted),
        ],
        "rows": [list_row(hold, names) for hold in rows],
        "pager": Pager.make(request, after=after, shown=len(rows)),
        "lifted": lifted,
        "may_place": actor_of(request).may("retention.hold"),
        "crumbs": _crumbs(),
    }
    return render(request, "retention/holds.html", values)


def list_row(hold: Hold, names: Mapping[int, str]) -> ListRow:
    """A hold in a list: its kind, what it covers, since when."""
    meta = [_("Asetettu %s") % day(timezone.localdate(hold.placed_at))]
    if hold.source:
        meta.append(hold.source)
    if hold.lifted_at:
        meta.append(_("Kumottu %s") % day(timezone.localdate(hold.lifted_at)))
    badge = Badge(_("Kielto voimassa"), "danger") if hold.in_force else Badge(_("Kumottu"), "neutral")
    return ListRow(_covers(hold, names), reverse("retention_hold", args=[hold.pk]), kind=HoldKind(hold.kind).label, meta=meta, badge=badge)


def class_names(rows: Sequence[Hold]) -> Mapping[int, str]:
    """The codes and titles of the classes of holds as they are now (one statement)."""
    found = ClassRevision.objects.filter(function_class__in={hold.function_class_id for hold in rows} - {None}).order_by("number")
    return {one.function_class_id: f"{one.code} {pick(one.title).text}" for one in found}


def _covers(hold: Hold, names: Mapping[int, str]) -> str:
    """What a hold covers, by identifiers: a title may hold a name."""
    if hold.function_class_id is not None:
        return _("Luokka %s ja sen alaluokat") % names.get(hold.function_class_id, "")
    named = [str(item.case.identifier if item.case else item.document.identifier if item.document else "") for item in hold.items.all()]
    more = len(named) - MANY
    shown = ", ".join(named[:MANY])
    return (
        shown if more <= 0 else ngettext("%(shown)s ja %(more)s muu", "%(shown)s ja %(more)s muuta", more) % {"shown": shown, "more": more}
    )


@page(needs="retention.hold")
def place(request: HttpRequest) -> HttpResponse:
    """Place a hold; the address may name a case or a document to begin from."""
    actor, asked = actor_of(request), request.GET.get("tunnus", "").replace("\x00", "")[:60]
    form = HoldForm(request.POST or None, actor=actor, initial={"things": asked})
    back = reverse("retention_holds")
    case = Case.objects.filter(visible_to(actor, timezone.now()), identifier=asked).first() if asked else None
    if case is not None:
        back = reverse("case_retention", args=[case.address])
    if form.is_valid() and attempt(form, lambda: _place(form, request)):
        messages.success(request, _("Hävittämiskielto on voimassa."))
        return redirect(back)
    values = {
        "form": form,
        "title": _("Aseta hävittämiskielto"),
        "lead": _("Kielto pysäyttää hävittämisen ja siirron, kunnes se kumotaan. Säilytysaikojen laskenta jatkuu."),
        "button": _("Aseta kielto"),
        "cancel_url": back,
        "crumbs": _crumbs(_("Aseta hävittämiskielto")),
    }
    return render(request, "retention/act.html", values, status=422 if form.errors else 200)


def _place(form: HoldForm, request: HttpRequest) -> None:
    data = form.cleaned_data
    actions.place(data["scope"], HoldKind(data["kind"]), data["ground"], source=data["source"], key=data["key"], actor=actor_of(request))


@page(needs="retention.read")
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a hold, and lift it."""
    held = get_object_or_404(Hold.objects.prefetch_related("items__case", "items__document"), pk=pk)
    actor = actor_of(request)
    may_lift = held.in_force and actor.may("retention.hold")
    form = ReasonForm(request.POST if may_lift and request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.lift(held, form.cleaned_data["note"], actor=actor)):
        messages.success(request, _("Hävittämiskielto on kumottu."))
        return redirect("retention_hold", pk=pk)
    if request.htmx:  # type: ignore[attr-defined]
        return _progress(request, held)
    visible = cases_under(held).filter(visible_to(actor, timezone.now())).select_related("revision").order_by("-pk")
    names = class_names([held])
    values = {
        "hold": held,
        "kind": HoldKind(held.kind).label,
        "title": _covers(held, names),
        "badge": Badge(_("Kielto voimassa"), "danger") if held.in_force else Badge(_("Kumottu"), "neutral"),
        "facts": _facts(held),
        "progress": {"url": request.path, "value": held.done, "most": held.total} if not held.has_spread else None,
        "cases": [_case(one) for one in visible[:SHOWN]],
        "more": max(0, held.total - SHOWN),
        "form": form if may_lift else None,
        "crumbs": _crumbs(_covers(held, names)),
    }
    return render(request, "retention/hold.html", values, status=422 if form.errors else 200)


def _case(case: Case) -> ListRow:
    """A case by its identifier and class: a title may hold a name, and the list needs none."""
    return ListRow(
        case.identifier, reverse("case_retention", args=[case.address]), text=f"{case.revision.code} {pick(case.revision.title).text}"
    )


def _progress(request: HttpRequest, held: Hold) -> HttpResponse:
    """How far the clocks are; the page is drawn anew when all have followed."""
    values = {"url": request.path, "value": held.done, "most": held.total, "label": _("Säilytysajat seuraavat kieltoa"), "every": 2}
    answer = render(request, "ui/progress.html", values)
    if held.has_spread:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _facts(held: Hold) -> list[Fact]:
    names = people({held.placed_by, held.lifted_by} - {""})
    told = [
        Fact(_("Peruste"), held.ground),
        Fact(_("Liittyy asiaan"), held.source),
        Fact(_("Asetettu"), f"{moment(held.placed_at)}, {names[held.placed_by]}"),
    ]
    if held.lifted_at:
        told += [
            Fact(_("Kumottu"), f"{moment(held.lifted_at)}, {names[held.lifted_by]}"),
            Fact(_("Miksi kumottiin"), held.lifted_reason),
        ]
    return [fact for fact in told if fact.value]


def _crumbs(last: str = "") -> list[Crumb]:
    first = [Crumb(_("Työtila"), reverse("work")), Crumb(_("Säilytys"), reverse("retention"))]
    if not last:
        return [*first, Crumb(_("Hävittämiskiellot"))]
    return [*first, Crumb(_("Hävittämiskiellot"), reverse("retention_holds")), Crumb(last)]
