"""The public case register: anyone finds the rows and reads how far a case is; names of people and secret titles are not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.models import Case, CaseState, address_of
from kirjaamo.cases.pages.register import asked_of, unit_choices
from kirjaamo.cases.pages.shown import began_at, ending, state_badge, steps_of, unit_name
from kirjaamo.cases.reading import Whole, by_address, list_cases, public_whole
from kirjaamo.cases.visibility import open_document_title, open_title, open_title_of, visible_to
from kirjaamo.kernel.actors import PUBLIC, VISITOR
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Crumb, Fact, ListRow, Pager
from kirjaamo.ui.wording import day


@page(needs=PUBLIC)
def public_cases(request: HttpRequest) -> HttpResponse:
    """Show the public rows that answer the search. Also people who work here see here what everyone sees."""
    asked = asked_of(request.GET, public=True)
    found = list_cases(asked, VISITOR, timezone.now(), public=True)
    if found.by_identifier and len(found.rows) == 1:
        return redirect("public_case", identifier=address_of(found.rows[0]["identifier"]))
    values = {
        "rows": [_row(row) for row in found.rows],
        "pager": Pager.make(request, before=found.before, after=found.after, shown=len(found.rows), total=found.total, capped=found.capped),
        "asked": asked,
        "units": unit_choices(mine=False),
        "states": [("", _("Kaikki tilat")), ("open", _("Avoimet")), *CaseState.choices],
        "crumbs": [Crumb(_("Etusivu"), "/"), Crumb(_("Asiarekisteri"))],
        "filtered": bool(asked.text or asked.state or asked.class_code or asked.unit),
    }
    return render(request, "cases/public_list.html", values)


@page(needs=PUBLIC)
def public_case(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the public row of a case: class, unit, stage, dates and public documents."""
    at = timezone.now()
    found = by_address(identifier, visible_to(VISITOR, at))
    if found is None:
        raise Http404
    if identifier != found.address:
        return redirect(found.get_public_url())
    told = public_whole(found, VISITOR, at)
    title = open_title(found)
    values = {
        "case": found,
        "title": title or _("Nimikettä ei näytetä"),
        "masked": not title,
        "badges": [state_badge(found.state)],
        "facts": _facts(found),
        "steps": steps_of(found, told.stages, began_at(found, told.events)),
        "documents": _documents(told),
        "crumbs": [Crumb(_("Etusivu"), "/"), Crumb(_("Asiarekisteri"), reverse("public_cases")), Crumb(found.identifier)],
        "staff_url": found.get_absolute_url() if actor_of(request).may("cases.read") else "",
    }
    return render(request, "cases/public_case.html", values)


def _row(row: Mapping[str, Any]) -> ListRow:
    """A row of the public list: the staff title never reaches it."""
    title = open_title_of(row["publicity"], row["public_title"])
    meta = [
        pick(row["revision__title"]).text,
        unit_name(row),
        _("Vireille %(day)s") % {"day": day(timezone.localtime(row["initiated_at"]))},
    ]
    if row["closed_at"]:
        meta.append(_("Päättyi %(day)s") % {"day": day(timezone.localtime(row["closed_at"]))})
    url = reverse("public_case", args=[address_of(row["identifier"])])
    return ListRow(title or _("Nimikettä ei näytetä"), url, kind=row["identifier"], meta=meta, badge=state_badge(row["state"]))


def _facts(found: Case) -> list[Fact]:
    facts = [
        Fact(_("Asiatunnus"), found.identifier),
        Fact(_("Tehtäväluokka"), [found.revision.title, found.revision.code]),
        Fact(_("Käsittelee"), found.unit.title),
        Fact(_("Viranomainen"), found.authority.name),
        Fact(_("Tuli vireille"), timezone.localtime(found.initiated_at).date()),
    ]
    if found.closed_at:
        facts += [Fact(_("Käsittely päättyi"), timezone.localtime(found.closed_at).date()), Fact(_("Lopputulos"), ending(found))]
    return facts


def _documents(told: Whole) -> list[ListRow]:
    """Public documents by title, or by type when the title may hold a name; a document is given on request."""
    rows = []
    for paper in told.documents:
        document = paper.document
        kind = told.node_title(document.node_key)
        when = document.sent_at or document.arrived_at or document.made_at
        title = open_document_title(document) or kind or _("Asiakirja")
        rows.append(
            ListRow(
                title,
                "",
                kind=kind if title != kind else "",
                meta=[day(timezone.localtime(when))] if when else [],
                badge=Badge(_("Julkinen"), "success"),
            )
        )
    return rows
