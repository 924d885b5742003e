"""The case page: what, who, where in the plan, by when, documents, tasks, history, and every allowed act one click away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kirjaamo.cases.pages.sections import access, acts, facts, history, linked, papers, parties, tasks
from kirjaamo.cases.pages.sections.seen import Section, Seen
from kirjaamo.cases.pages.shown import began_at, secrecy_badge, state_badge, steps_of
from kirjaamo.cases.parts import parts_of
from kirjaamo.cases.planned import offer_of
from kirjaamo.cases.reading import by_address
from kirjaamo.cases.visibility import visible_to
from kirjaamo.cases.whole import on_page, whole
from kirjaamo.documents.actions import open_file
from kirjaamo.documents.models import File
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.ui.access import actor_of, needs_of, page
from kirjaamo.ui.parts import Crumb

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case


def _offer(seen: Seen) -> dict[str, object]:
    """What the plan offers next."""
    return {"offer": offer_of(seen.whole, seen.actor) if seen.may_handle and not seen.whole.barred else None}


SECTIONS: tuple[Section, ...] = (
    access.section,
    _offer,
    facts.section,
    parties.section,
    papers.section,
    tasks.section,
    linked.section,
    history.section,
    acts.section,
)
"""What the page is made of. A part is a module of `sections` here and an include of `cases/case/` in the template."""


def case_or_404(request: HttpRequest, identifier: str) -> Case:
    """The case of an address that the actor may see and to which the right of the page reaches.

    A confidential case without a tie leads to where one tells why it is needed; an address that names none says nothing more.
    """
    actor, needs = actor_of(request), needs_of(request)
    found = by_address(identifier, visible_to(actor, timezone.now()))
    if found is None:
        _shut(request, identifier)
    if not actor.may(needs, found):
        raise NotAllowed(needs)
    return found


def _shut(request: HttpRequest, identifier: str) -> NoReturn:
    """Nothing that the person may read: a confidential case leads to telling why it is needed."""
    locked = by_address(identifier, Q(confidential=True))
    if locked is None:
        raise Http404
    raise NotAllowed(needs_of(request), way=reverse("case_exception", args=[locked.address]))


@page(needs="cases.read")
def case(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show a case."""
    actor = actor_of(request)
    found = on_page(identifier, visible_to(actor, timezone.now()), actor)
    if found is None:
        _shut(request, identifier)
    if identifier != found.address:
        return redirect(found)
    told = whole(found)
    values: dict[str, object] = {
        "case": found,
        "badges": [state_badge(found.state), secrecy_badge(found)],
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Asiat"), reverse("cases")), Crumb(found.identifier)],
        "steps": steps_of(found, told.stages, began_at(found, told.events)),
    }
    seen = Seen(found, actor, told, parts_of(told, actor))
    for section in SECTIONS:
        values |= section(seen)
    return render(request, "cases/case.html", values)


@page(needs="cases.read")
def case_file(request: HttpRequest, identifier: str, file: int) -> HttpResponse:
    """Give a file of the case to save; the journal keeps that it was opened."""
    found = case_or_404(request, identifier)
    row = File.objects.filter(pk=file, document__in_cases__case=found).first()
    if row is None:
        raise Http404
    try:
        data = open_file(row, why=found.identifier, actor=actor_of(request))
    except Refused:  # what the virus scanner condemned
        raise Http404 from None
    response = HttpResponse(data, content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
