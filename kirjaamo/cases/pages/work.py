"""The start page of people who work here, and their worklists: what is mine, awaited, due and free, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kirjaamo.cases.models.case import address_of
from kirjaamo.cases.models.dues import NEVER
from kirjaamo.cases.pages.shown import due_badge, state_badge, unit_name
from kirjaamo.cases.worklists import AWAITED, DUE, FREE, LISTS, MINE, OF_CASES, UNIT, Row, first_rows, page_of
from kirjaamo.ui.access import STAFF, page
from kirjaamo.ui.parts import Action, Crumb, Figure, ListRow, Pager, Tab
from kirjaamo.ui.wording import day

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.organisation.models import User

SHOWN, COUNTED = 6, 20
"""Rows of a list on the start page, and how far its figure counts."""
TITLES = {
    MINE: gettext_lazy("Omat tehtävät"),
    UNIT: gettext_lazy("Yksikön tehtävät"),
    AWAITED: gettext_lazy("Odottaa vastausta"),
    DUE: gettext_lazy("Lähimmät määräpäivät"),
    FREE: gettext_lazy("Odottaa käsittelijää"),
}
EMPTY = {
    MINE: gettext_lazy("Sinulla ei ole avoimia tehtäviä."),
    UNIT: gettext_lazy("Yksikössäsi ei ole tehtäviä ilman tekijää."),
    AWAITED: gettext_lazy("Keneltäkään ei odoteta vastausta."),
    DUE: gettext_lazy("Avoimilla asioilla ei ole määräpäiviä."),
    FREE: gettext_lazy("Kaikilla asioilla on käsittelijä."),
}
COUNTED_AS = {
    MINE: gettext_lazy("omaa tehtävää"),
    UNIT: gettext_lazy("yksikön tehtävää"),
    AWAITED: gettext_lazy("odottaa vastausta"),
    DUE: gettext_lazy("määräpäivää"),
    FREE: gettext_lazy("odottaa käsittelijää"),
}


@page(needs=STAFF)
def work(request: HttpRequest) -> HttpResponse:
    """Show the first rows of each worklist; a person who reads no cases gets a word of it."""
    user = cast("User", request.user)
    reads = user.may("cases.read")
    found = first_rows(user, timezone.localdate(), COUNTED + 1) if reads else {}
    values = {
        "person": user.name,
        "lists": [_list(name, rows) for name, rows in found.items()],
        "figures": [Figure(_most(rows), COUNTED_AS[name], url=f"#{name}") for name, rows in found.items()],
        "actions": _actions(user),
        "reads": reads,
    }
    return render(request, "cases/work.html", values)


@page(needs="cases.read")
def worklist(request: HttpRequest, name: str) -> HttpResponse:
    """One worklist by pages; the others a click away."""
    if name not in LISTS:
        raise Http404
    told = page_of(name, cast("User", request.user), timezone.localdate(), request.GET.get("after", ""), request.GET.get("before", ""))
    values = {
        "title": TITLES[name],
        "rows": [_row(name, row) for row in told.rows],
        "empty": EMPTY[name],
        "tabs": [Tab(TITLES[one], reverse("worklist", args=[one]), current=one == name) for one in LISTS],
        "pager": Pager.make(request, before=told.before, after=told.after),
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(str(TITLES[name]))],
    }
    return render(request, "cases/worklist.html", values)


def _list(name: str, rows: Sequence[Row]) -> dict[str, object]:
    """A list with its first rows; the way to the others only when there are some."""
    more = reverse("worklist", args=[name]) if len(rows) > SHOWN else ""
    return {"id": name, "title": TITLES[name], "rows": [_row(name, row) for row in rows[:SHOWN]], "empty": EMPTY[name], "more": more}


def _most(rows: Sequence[Row]) -> str:
    return f"{COUNTED}+" if len(rows) > COUNTED else str(len(rows))


def _actions(user: User) -> list[Action]:
    made = []
    if user.may("cases.register"):
        made.append(Action(_("Kirjaa saapunut asia"), reverse("case_new"), kind="primary", icon="plus"))
    if user.may("cases.read"):
        made.append(Action(_("Hae asioista"), reverse("cases")))
    if user.may("cases.handle"):
        made.append(Action(_("Sijaiset"), reverse("deputies"), kind="quiet"))
    return made


def _row(name: str, row: Row) -> ListRow:
    return _case_row(row) if name in OF_CASES else _task_row(row)


def _due(row: Row) -> dt.date | None:
    return None if row["due"] == NEVER else row["due"]


def _task_row(row: Row) -> ListRow:
    due, url = _due(row), reverse("case", args=[address_of(row["case__identifier"])])
    meta = [row["case__identifier"], row["user__name"] or unit_name(row)]
    if due:
        meta.append(_("viimeistään %(day)s") % {"day": day(due)})
    return ListRow(row["title"], f"{url}#tehtavat", text=row["case__title"], meta=meta, badge=due_badge(due))


def _case_row(row: Row) -> ListRow:
    due = _due(row)
    meta = [row["identifier"], row["revision__title"]]
    if due:
        meta.append(_("viimeistään %(day)s") % {"day": day(due)})
    if row["handler__name"]:
        meta.append(row["handler__name"])
    return ListRow(
        row["title"], reverse("case", args=[address_of(row["identifier"])]), meta=meta, badge=due_badge(due) or state_badge(row["state"])
    )
