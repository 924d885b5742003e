"""The public case register: anyone finds the rows and reads how far a case is; names of people and secret titles are not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kirjaamo.cases.models import CaseState, address_of
from kirjaamo.cases.pages.register import asked_of, unit_choices
from kirjaamo.cases.pages.shown import ending, state_badge, steps_of
from kirjaamo.face.models import FaceCase, FaceDocument
from kirjaamo.face.reading import by_address, list_cases, whole
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Crumb, Fact, ListRow, Pager
from kirjaamo.ui.wording import day
from kirjaamo.values.openness import Opening


@page(needs=PUBLIC)
def public_cases(request: HttpRequest) -> HttpResponse:
    """Show the public rows that answer the search. Also people who work here see here what everyone sees."""
    asked = asked_of(request.GET, public=True)
    found = list_cases(asked)
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
    return render(request, "face/list.html", values)


@page(needs=PUBLIC)
def public_case(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the public row of a case: class, unit, stage, dates, public documents, and that secret ones are there."""
    found = by_address(identifier)
    if found is None:
        raise Http404
    address = address_of(found.identifier)
    if identifier != address:
        return redirect("public_case", identifier=address)
    told = whole(found)
    values = {
        "case": found,
        "title": found.title or _("Nimikettä ei näytetä"),
        "masked": not found.title,
        "badges": [state_badge(found.state)],
        "facts": _facts(found),
        "steps": steps_of(found.as_case(), told.stages, told.began),
        "documents": [_document(one) for one in told.documents],
        "crumbs": [Crumb(_("Etusivu"), "/"), Crumb(_("Asiarekisteri"), reverse("public_cases")), Crumb(found.identifier)],
        "staff_url": _staff_url(request, address),
        "send_url": f"{reverse('matter_to_case')}?{urlencode({'asia': found.identifier})}" if found.state != CaseState.CLOSED else "",
    }
    return render(request, "face/case.html", values)


def _staff_url(request: HttpRequest, address: str) -> str:
    """The case page of people who work here, for them; the public process has no such page."""
    if not actor_of(request).may("cases.read"):
        return ""
    try:
        return reverse("case", args=[address])
    except NoReverseMatch:
        return ""


def _row(row: Mapping[str, Any]) -> ListRow:
    meta = [
        pick(row["class_title"]).text,
        row["unit_short"] or pick(row["unit_title"]).text,
        _("Vireille %(day)s") % {"day": day(timezone.localtime(row["initiated_at"]))},
    ]
    if row["closed_at"]:
        meta.append(_("Päättyi %(day)s") % {"day": day(timezone.localtime(row["closed_at"]))})
    url = reverse("public_case", args=[address_of(row["identifier"])])
    return ListRow(row["title"] or _("Nimikettä ei näytetä"), url, kind=row["identifier"], meta=meta, badge=state_badge(row["state"]))


def _facts(found: FaceCase) -> list[Fact]:
    facts = [
        Fact(_("Asiatunnus"), found.identifier),
        Fact(_("Tehtäväluokka"), [found.class_title, found.class_code]),
        Fact(_("Käsittelee"), found.unit_title),
        Fact(_("Viranomainen"), found.authority),
        Fact(_("Tuli vireille"), timezone.localtime(found.initiated_at).date()),
    ]
    if found.closed_at:
        facts += [Fact(_("Käsittely päättyi"), timezone.localtime(found.closed_at).date()), Fact(_("Lopputulos"), ending(found.as_case()))]
    return facts


def _document(one: FaceDocument) -> ListRow:
    """A public document by title, or by kind when the title may hold a name; of a secret one only that it is there."""
    meta = [day(timezone.localtime(one.day))] if one.day else []
    if one.opening != Opening.WHOLE:
        return ListRow(_("Asiakirja, jota ei näytetä"), "", meta=meta, badge=Badge(Opening(one.opening).label.as_dict(), "secret"))
    kind = one.kind or _("Asiakirja")
    return ListRow(one.title or kind, "", kind=kind if one.title else "", meta=meta, badge=Badge(_("Julkinen"), "success"))
