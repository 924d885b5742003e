"""The desk: the list of requests with their due days, and a new request that came in another way than through the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.models import CaseState
from kirjaamo.catalog.kinds import KINDS as ENTRY_KINDS
from kirjaamo.catalog.kinds import Kind
from kirjaamo.catalog.searching import Asked, search
from kirjaamo.documents.models import Way
from kirjaamo.organisation.models import Unit, User
from kirjaamo.requests import showing
from kirjaamo.requests.actions import send_request
from kirjaamo.requests.arrivals import NewRequest
from kirjaamo.requests.desk_forms import RecordForm
from kirjaamo.requests.kinds import KINDS
from kirjaamo.requests.models import InformationRequest, RequestKind
from kirjaamo.requests.plan import find_entry, is_open, questions, routed_elsewhere
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import active_language, pick
from kirjaamo.ui.parts import Badge, Cell, Column, Crumb, ListRow, Pager, Row, Tab, Table, changed_query

PAGE = 30
SCOPES = ("mine", "unit", "all", "ended")
LAST = dt.date(9999, 12, 31)


@page("requests.read")
def desk(request: HttpRequest) -> HttpResponse:
    """List requests, the nearest due first; a choice stands in the address."""
    user = cast("User", request.user)
    units = list(Unit.objects.only("id", "title", "parent_id", "order", "slug"))
    chosen = _chosen(request, user)
    rows, before, after = _page(_narrowed(chosen, user, units), chosen, request.GET)
    shown = {
        "table": _table(rows, chosen["scope"]),
        "pager": Pager.make(request, before=before, after=after, shown=len(rows)),
        "tabs": _tabs(request, chosen["scope"]),
        "kinds": RequestKind.choices,
        "units": [(str(unit.pk), pick(unit.title).text) for unit in units],
        "chosen": chosen,
        "may_record": user.may("requests.receive"),
        "crumbs": [Crumb(_("Tietopyynnöt"))],
    }
    return render(request, "requests/desk.html", shown)


def _chosen(request: HttpRequest, user: User) -> dict[str, str]:
    scope = request.GET.get("scope", "")
    kind, unit = request.GET.get("kind", ""), request.GET.get("unit", "")
    return {
        "scope": scope if scope in SCOPES else "unit" if user.unit_id else "all",
        "kind": kind if kind in KINDS else "",
        "unit": unit if unit.isascii() and unit.isdigit() and len(unit) < 10 else "",  # noqa: PLR2004 - what a key can be
        "overdue": "1" if request.GET.get("overdue") else "",
        "q": request.GET.get("q", "").replace("\0", "").strip()[:60],
    }


def _narrowed(chosen: Mapping[str, str], user: User, units: Iterable[Unit]) -> QuerySet[InformationRequest]:
    rows = InformationRequest.objects.select_related("case__unit", "case__handler")
    ended = Q(case__state=CaseState.CLOSED)
    rows = rows.filter(ended if chosen["scope"] == "ended" else ~ended)
    if chosen["scope"] == "mine":
        rows = rows.filter(case__handler=user)
    if chosen["scope"] == "unit" and user.unit_id:
        below = _below(user.unit_id, units)
        rows = rows.filter(Q(case__unit__in=below) | Q(searches__task__unit__in=below, searches__task__state="open")).distinct()
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    if chosen["unit"]:
        rows = rows.filter(case__unit_id=int(chosen["unit"]))
    if chosen["overdue"]:
        rows = rows.filter(case__due_on__lt=timezone.localdate())
    return rows.filter(case__identifier__icontains=chosen["q"]) if chosen["q"] else rows


def _below(top: int, units: Iterable[Unit]) -> set[int]:
    """A unit and all that stand under it."""
    children: dict[int, list[int]] = {}
    for unit in units:
        if unit.parent_id:
            children.setdefault(unit.parent_id, []).append(unit.pk)
    found, waiting = {top}, [top]
    while waiting:
        new = [one for one in children.get(waiting.pop(), []) if one not in found]
        found.update(new)
        waiting += new
    return found


def _page(
    rows: QuerySet[InformationRequest], chosen: Mapping[str, str], query: Mapping[str, str]
) -> tuple[list[InformationRequest], str, str]:
    """One page by keys (one statement): the open ones by due day, the ended ones newest first; and the keys of its ends."""
    back = "before" in query
    day, number = _key(query.get("before") or query.get("after") or "")
    if chosen["scope"] == "ended":
        ordered = rows.order_by("id" if back else "-id")
        if number:
            ordered = ordered.filter(id__gt=number) if back else ordered.filter(id__lt=number)
    else:
        rows = rows.annotate(due=F("case__due_on"))
        ordered = rows.order_by(F("due").desc(nulls_first=True), "-id") if back else rows.order_by(F("due").asc(nulls_last=True), "id")
        if number:
            ordered = ordered.filter(_beyond(day, number, back=back))
    found = list(ordered[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    if back:
        found.reverse()
    earlier = found and (more if back else bool(number))
    later = found and (bool(number) if back else more)
    return found, _written(found[0]) if earlier else "", _written(found[-1]) if later else ""


def _key(text: str) -> tuple[dt.date | None, int]:
    day, _bar, number = text.partition("_")
    try:
        return (None if day == "-" else dt.date.fromisoformat(day)), int(number) if number.isascii() and len(number) < 19 else 0  # noqa: PLR2004
    except ValueError:
        return None, 0


def _written(row: InformationRequest) -> str:
    return f"{row.case.due_on.isoformat() if row.case.due_on else '-'}_{row.pk}"


def _beyond(day: dt.date | None, number: int, *, back: bool) -> Q:
    """What stands after a key in the order of due days (none last), or before it."""
    if back:
        same = Q(due=day, id__lt=number) if day else Q(due=None, id__lt=number)
        return same | (Q(due__lt=day) if day else Q(due__isnull=False))
    same = Q(due=day, id__gt=number) if day else Q(due=None, id__gt=number)
    return same | (Q(due__gt=day) | Q(due=None)) if day else same


def _tabs(request: HttpRequest, scope: str) -> list[Tab]:
    names = {"mine": _("Omat"), "unit": _("Yksikköni"), "all": _("Kaikki avoimet"), "ended": _("Päättyneet")}
    return [Tab(label, changed_query(request, scope=key, after=None, before=None), key == scope) for key, label in names.items()]


def _table(rows: Iterable[InformationRequest], scope: str) -> Table:
    ended = scope == "ended"
    columns = [
        Column("case", _("Asia"), nowrap=True),
        Column("about", _("Mitä koskee")),
        Column("unit", _("Yksikkö ja käsittelijä")),
        Column("due", _("Vastattu") if ended else _("Vastaus viimeistään"), nowrap=True),
        Column("state", _("Tila")),
    ]
    made = []
    for row in rows:
        badge = None if ended or row.outcome else showing.due_badge(row.case.due_on)
        due = Cell(row.answered_at.date() if row.answered_at else "") if ended else Cell(row.case.due_on or "", badge=badge)
        state = Badge(_("Pyytäjä kirjoitti"), "warning") if row.asker_wrote_at else showing.state_badge(row)
        about = Cell(row.entry_title, note=str(RequestKind(row.kind).label))
        made.append(
            Row(
                [
                    row.case.identifier,
                    about,
                    Cell(row.case.unit.title, note=row.case.handler.name if row.case.handler else _("ei vielä käsittelijää")),
                    due,
                    Cell(badge=state),
                ],
                url=reverse("request_case", args=[row.pk]),
                tone=badge.tone if badge and badge.tone == "danger" else "neutral",
            )
        )
    return Table(_("Tietopyynnöt"), columns, made, caption_hidden=True, empty=_("Ei pyyntöjä näillä rajauksilla"))


@page("requests.receive")
def choose(request: HttpRequest) -> HttpResponse:
    """Choose what a request by telephone, post, e-mail or at the counter is about."""
    text = request.GET.get("q", "")
    rows = []
    if text.strip():
        for hit in search(Asked(text=text[:200], language=active_language())).hits:
            if ENTRY_KINDS[Kind(hit.kind)].asked:
                title = "".join(part for part, _marked in hit.title)
                rows.append(ListRow(title, reverse("request_record", args=[hit.kind, hit.slug]), kind=str(ENTRY_KINDS[Kind(hit.kind)].one)))
    crumbs = [Crumb(_("Tietopyynnöt"), reverse("requests_desk")), Crumb(_("Kirjaa pyyntö"))]
    return render(request, "requests/choose.html", {"rows": rows, "q": text, "crumbs": crumbs, "searched": bool(text.strip())})


@page("requests.receive")
def record(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Record the request; the asker's address is shown once, to be given to them."""
    entry = find_entry(kind, slug)
    if entry is None:
        raise Http404
    keys = [key for key in questions(entry) if is_open(key)]
    wanted = request.POST.get("kind", "document")
    form = RecordForm(request.POST if request.method == "POST" else None, facts=KINDS.get(wanted, KINDS["document"]), keys=keys)
    crumbs = [
        Crumb(_("Tietopyynnöt"), reverse("requests_desk")),
        Crumb(_("Kirjaa pyyntö"), reverse("request_choose")),
        Crumb(pick(entry.title).text),
    ]
    shown = {"form": form, "entry": entry, "crumbs": crumbs, "elsewhere": routed_elsewhere(entry)}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        new = NewRequest(
            kind=data["kind"],
            entry=entry,
            what=data["what"],
            answers=form.answers(),
            name=data["name"],
            email=data["email"],
            address=data["address"],
            language=data["language"],
            key=data["key"],
            way=Way(data["way"]),
            received_at=data["received_on"],
        )
        sent = send_request(new, actor=actor_of(request))
        found = InformationRequest.objects.get(case__identifier=sent.identifier)
        address = request.build_absolute_uri(reverse("request_follow", args=[sent.token]))
        crumbs[-1] = Crumb(sent.identifier)
        return render(
            request,
            "requests/recorded.html",
            {"item": found, "address": address, "url": reverse("request_case", args=[found.pk]), "crumbs": crumbs},
        )
    return (
        redirect("ask", kind, slug)
        if shown["elsewhere"] and request.method == "POST"
        else render(request, "requests/record.html", cast("dict[str, Any]", shown))
    )
