"""The queue of the registry office: what waits, messages dropped in, routing, the other ends, files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kirjaamo.cases import actions
from kirjaamo.cases.arrivals import drafts
from kirjaamo.cases.arrivals.forms import DropForm, EndForm, RouteForm
from kirjaamo.cases.arrivals.reports import Waiting, waiting_of
from kirjaamo.cases.forms import unit_choices
from kirjaamo.cases.models import Arrival, ArrivalFile, ArrivalState
from kirjaamo.cases.pages.arrival_shown import at, differences, end_facts, facts_of, files_of, sender_line
from kirjaamo.cases.pages.registering import arrival_or_404, attempt, next_of
from kirjaamo.cases.visibility import visible_to
from kirjaamo.documents.actions import Metadata
from kirjaamo.documents.models import Way
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.models import Unit
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Action, Badge, Cell, Column, Crumb, Figure, Row, Table
from kirjaamo.ui.wording import day
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User

SHOWN = 100


@page(needs="cases.register")
def arrivals(request: HttpRequest) -> HttpResponse:
    """Show what waits to be registered, the longest waiting first, and take messages that are dropped in."""
    form = DropForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _dropped(request, form)
    found = waiting_of(SHOWN)
    values = {
        "form": form,
        "table": _table(found.rows),
        "figures": _figures(found),
        "troubles": [_trouble(mailbox) for mailbox in found.troubles],
        "actions": _actions(found.rows),
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Saapuneet"))],
        "left": max(0, found.waiting - SHOWN),
    }
    return render(request, "cases/arrivals.html", values, status=422 if form.errors else 200)


def _dropped(request: HttpRequest, form: DropForm) -> HttpResponse:
    """Take each message into the queue; one that is there already is said, not doubled."""
    user, now = cast("User", request.user), timezone.now()
    taken = [actions.take_in(actions.of_mail(data, now), actor=user) for data in form.cleaned_data["messages"]]
    new, known = sum(fresh for _row, fresh in taken), [row for row, fresh in taken if not fresh]
    if new:
        messages.success(request, ngettext("%(count)s viesti on jonossa.", "%(count)s viestiä on jonossa.", new) % {"count": new})
    for row in known:
        messages.info(request, _("Viesti %(identifier)s on otettu vastaan jo aiemmin.") % {"identifier": row.identifier})
    return redirect(taken[0][0].get_absolute_url() if len(taken) == 1 else reverse("arrivals"))


def _trouble(mailbox: object) -> str:
    name, when = getattr(mailbox, "name", ""), getattr(mailbox, "read_at", None)
    return _("Postilaatikkoa %(name)s ei voi lukea. Viimeksi luettu: %(when)s.") % {"name": name, "when": at(when) or _("ei koskaan")}


def _actions(rows: Sequence[Arrival]) -> list[Action]:
    first = [Action(_("Kirjaa ensimmäinen"), rows[0].get_absolute_url(), kind="primary", icon="arrow")] if rows else []
    return [
        *first,
        Action(_("Kirjaa muu saapunut"), reverse("case_new"), kind="secondary" if rows else "primary", icon="plus"),
        Action(_("Tilannekysely"), reverse("enquiry"), kind="secondary", icon="search"),
        Action(_("Raportit"), reverse("arrival_reports"), kind="quiet"),
    ]


def _figures(found: Waiting) -> list[Figure]:
    reports = reverse("arrival_reports")
    return [
        Figure(str(found.waiting), _("odottaa kirjaamista")),
        Figure(str(found.late), _("yli työpäivän kirjaamatta"), url=f"{reports}#kirjaamatta", tone="danger" if found.late else "neutral"),
        Figure(str(found.unrouted), _("ilman yksikköä"), url=f"{reports}#reitittamatta"),
    ]


def _table(rows: Sequence[Arrival]) -> Table:
    columns = (
        Column("counts", _("Saapunut"), nowrap=True),
        Column("subject", _("Aihe ja lähettäjä")),
        Column("unit", _("Yksikkö")),
        Column("by", _("Kirjattava"), nowrap=True),
    )
    return Table(
        _("Kirjaamista odottavat"),
        columns,
        [_row(row) for row in rows],
        caption_hidden=True,
        empty=_("Jono on tyhjä. Kaikki saapunut on kirjattu."),
    )


def _row(row: Arrival) -> Row:
    kept = Badge(_("Kesken"), "info") if row.edited_by and row.draft_sealed is not None else None
    late = Badge(_("Myöhässä"), "danger") if row.register_by < timezone.localdate() else None
    cells = [
        Cell(at(row.counts_at), note=str(Way(row.way).label)),
        Cell(drafts.title_of(row.subject) or _("(ei aihetta)"), note=sender_line(row), badge=kept),
        pick(row.unit.title).text if row.unit else "",
        Cell(day(row.register_by), badge=late),
    ]
    return Row(cells, row.get_absolute_url())


@page(needs="cases.register")
def arrival_end(request: HttpRequest, arrival: int) -> HttpResponse:
    """End an arrival without a case of its own: into a case, answered, transferred, not registered, spam."""
    row = arrival_or_404(arrival)
    if not row.is_waiting and request.method != "POST":
        return redirect(row)
    asked = request.GET.get("asia", "")
    first = {"version": row.version, "case": asked, "how": ArrivalState.TO_CASE.value if asked else None}
    form = EndForm(request.POST or None, condition=visible_to(actor_of(request), timezone.now()), initial=first)
    if form.is_valid() and attempt(form, lambda: _end(row, form, cast("User", request.user))):
        messages.success(request, _("Saapunut %(identifier)s on käsitelty.") % {"identifier": row.identifier})
        return redirect(next_of(row))
    values = {"form": form, "arrival": row, "about": facts_of(row), "files": files_of(row), "crumbs": _crumbs(row, _("Muu käsittely"))}
    fresh = arrival_or_404(row.pk)
    if request.method == "POST" and (not fresh.is_waiting or str(fresh.version) != request.POST.get("version")):
        values |= {"both": differences(fresh, {}, form), "ended": end_facts(fresh) if not fresh.is_waiting else None}
        return render(request, "cases/arrival_end.html", values, status=409)
    return render(request, "cases/arrival_end.html", values, status=422 if form.errors else 200)


def _crumbs(row: Arrival, here: str) -> list[Crumb]:
    return [Crumb(_("Saapuneet"), reverse("arrivals")), Crumb(row.identifier, row.get_absolute_url()), Crumb(here)]


def _end(row: Arrival, form: EndForm, user: User) -> None:
    data = form.cleaned_data
    state = ArrivalState(data["how"])
    joins, moves = state == ArrivalState.TO_CASE, state == ArrivalState.TRANSFERRED
    ending = actions.Ending(
        state=state,
        reason=data["reason"] or _reason_of(state),
        case=form.found if joins else None,
        transferred_to=data["transferred_to"] if moves else "",
        sender_told=data["sender_told"] if moves else "",
        metadata=joined_metadata() if joins else None,
        title=drafts.title_of(row.subject) or str(Way(row.way).label),
        opens_at=form.opens_at() if joins else None,
    )
    actions.end_arrival(row, ending, version=data["version"], key=data["key"], actor=user)


def _reason_of(state: ArrivalState) -> str:
    """The reason of an end that needs no more words."""
    return {
        ArrivalState.SPAM: _("Roskapostia"),
        ArrivalState.TRANSFERRED: _("Asia ei kuulu tämän viranomaisen toimivaltaan (HL 21 §)."),
    }.get(state, "")


def joined_metadata() -> Metadata:
    """What joins a case without anyone judging it yet is kept from the public until its handler decides."""
    return Metadata(Publicity.NOT_YET_PUBLIC, source="decision", reason=_("Liitetty asiaan kirjaamossa, julkisuus arvioimatta"))


@page(needs="cases.register")
def arrival_route(request: HttpRequest, arrival: int) -> HttpResponse:
    """Tell which unit an arrival belongs to."""
    row = arrival_or_404(arrival)
    if not row.is_waiting:
        return redirect(row)
    units = {str(unit.pk): unit for unit in Unit.objects.all()}
    form = RouteForm(
        request.POST or None, units=unit_choices(list(units.values())), initial={"unit": str(row.unit_id or ""), "version": row.version}
    )
    if form.is_valid():
        data = form.cleaned_data
        user = cast("User", request.user)
        if attempt(form, lambda: actions.route_arrival(row, units.get(data["unit"]), version=data["version"], actor=user)):
            messages.success(request, _("Saapunut on ohjattu yksikölle."))
            return redirect(next_of(row))
    values = {"form": form, "arrival": row, "about": facts_of(row), "crumbs": _crumbs(row, _("Ohjaa yksikölle"))}
    return render(request, "cases/arrival_route.html", values, status=422 if form.errors else 200)


@page(needs="cases.register")
def arrival_file(request: HttpRequest, arrival: int, file: int) -> HttpResponse:
    """Give a file of an arrival; the journal keeps who opened it. What the policy refuses is not given."""
    row = ArrivalFile.objects.select_related("arrival").filter(pk=file, arrival=arrival, refused="").first()
    if row is None:
        raise Http404
    try:
        data = actions.open_arrival_file(row, actor=cast("User", request.user))
    except Refused:
        raise Http404 from None
    response = HttpResponse(data, content_type="text/plain; charset=utf-8" if row.media_type == actions.MESSAGE else row.media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = f'attachment; filename="{header_name(row.name)}"'
    return response


def header_name(name: str) -> str:
    """A file name that a header can hold."""
    return "".join(c if c.isascii() and c.isprintable() and c not in '"\\;' else "_" for c in name)
