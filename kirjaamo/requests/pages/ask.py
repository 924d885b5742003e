"""Asking: what one is told before asking, the kind of request, and its form."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kirjaamo.catalog import reading
from kirjaamo.catalog import showing as catalog_showing
from kirjaamo.catalog.kinds import KINDS as ENTRY_KINDS
from kirjaamo.catalog.kinds import Kind, entry_address
from kirjaamo.catalog.models import Entry, InformationSystem
from kirjaamo.organisation.models import ExternalBody, Unit
from kirjaamo.requests import doors, showing, terms
from kirjaamo.requests.arrivals import NewRequest
from kirjaamo.requests.forms import AskForm
from kirjaamo.requests.kinds import BY_WORD, KINDS, KindFacts, facts_of
from kirjaamo.requests.plan import find_entry, heading_of, is_open, questions, routed_elsewhere
from kirjaamo.ui.access import page
from kirjaamo.ui.languages import active_language, pick
from kirjaamo.ui.parts import Crumb, Deadline, Fact, ListRow


def _link(one: dict[str, Any]) -> str:
    return entry_address(one["kind"], one["slug"]) if one["kind"] in set(Kind) else ""


@page()
def ask_start(request: HttpRequest) -> HttpResponse:
    """Choose what one looks for: a search of the description, and the kinds of request in plain words."""
    rows = [{"title": facts.kind.label, "lead": facts.lead, "promise": facts.promise} for facts in KINDS.values()]
    crumbs = [Crumb(_("Etusivu"), reverse("start")), Crumb(_("Pyydä tietoa"))]
    return render(
        request, "requests/ask_start.html", {"crumbs": crumbs, "rows": rows, "search_url": reverse("catalog"), "hide_search": True}
    )


def _entry(kind: str, slug: str) -> Entry:
    entry = find_entry(kind, slug)
    if entry is None:
        raise Http404
    return entry


@page()
def ask(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Tell before asking what is held, how public it is, who decides, by when an answer is due and what it may cost."""
    entry = _entry(kind, slug)
    told = reading.entry(kind, slug)
    common = _common(entry, kind, told)
    if routed_elsewhere(entry):
        return render(request, "requests/route_card.html", common | {"route": entry.route, "controllers": _controllers(entry)})
    rows = [
        ListRow(facts.kind.label, reverse("ask_form", args=[kind, slug, facts.word]), facts.lead, meta=[facts.promise])
        for facts in KINDS.values()
    ]
    free, paid, proposed = showing.fees()
    data = terms.as_data(terms.first("document", heading_of(entry), timezone.now()))
    parts = {
        "rows": rows,
        "deadline": showing.deadline_for_asker(data, _("Jos lähetät asiakirjapyynnön nyt, saat vastauksen viimeistään")),
        "free": free,
        "paid": paid,
        "proposed": proposed,
    }
    return render(request, "requests/ask.html", common | parts)


def _common(entry: Entry, kind: str, told: dict[str, Any] | None) -> dict[str, Any]:
    """What both the page and the route card tell of the entry."""
    name = pick(entry.title).text
    return {
        "entry": entry,
        "kind_title": ENTRY_KINDS[Kind(kind)].one,
        "badges": catalog_showing.badges(told) if told else [],
        "facts": [Fact(_("Mitä tietoja on"), entry.description), *(catalog_showing.openness(told, _link) if told else [])],
        "contacts": catalog_showing.contacts(told, _link) if told and "contacts" in told else None,
        "get_here": [one | {"url": catalog_showing.safe_url(one["url"])} for one in told["get_here"]] if told else [],
        "described_at": entry_address(kind, entry.slug),
        "crumbs": [Crumb(_("Etusivu"), reverse("start")), Crumb(_("Pyydä tietoa"), reverse("ask_start")), Crumb(name)],
    }


def _controllers(entry: Entry) -> list[str]:
    if not isinstance(entry, InformationSystem):
        return []
    told = entry.controller_names
    named: list[Unit | ExternalBody] = [*Unit.objects.filter(slug__in=told), *ExternalBody.objects.filter(slug__in=told)]
    bodies = {body.slug: pick(body.title).text for body in named}
    return [bodies.get(name, name) for name in told]


@never_cache
@page()
def ask_form(request: HttpRequest, kind: str, slug: str, word: str) -> HttpResponse:
    """The form of a kind of request about an entry; taken, it leads to the page that gives the address of the request."""
    entry = _entry(kind, slug)
    if word not in BY_WORD:
        raise Http404
    if routed_elsewhere(entry):
        return redirect("ask", kind, slug)
    facts = facts_of(BY_WORD[word].kind.value, heading_of(entry))
    keys = questions(entry)
    form = AskForm(request.POST if request.method == "POST" else None, facts=facts, keys=[key for key in keys if is_open(key)])
    if request.method == "POST" and form.is_valid():
        return redirect("request_sent", doors.current().send(_new(entry, facts, form)))
    return render(
        request,
        "requests/ask_form.html",
        _form_parts(entry, kind, facts, form) | {"hidden_keys": [key.label for key in keys if not is_open(key)]},
    )


def _new(entry: Entry, facts: KindFacts, form: AskForm) -> NewRequest:
    data = form.cleaned_data
    return NewRequest(
        kind=facts.kind.value,
        entry=entry,
        what=data["what"],
        answers=form.answers(),
        name=data["name"],
        email=data["email"],
        address=data["address"],
        language=active_language(),
        key=data["key"],
    )


def _form_parts(entry: Entry, kind: str, facts: KindFacts, form: AskForm) -> dict[str, Any]:
    deadline: Deadline = showing.deadline_for_asker(
        terms.as_data(terms.first(facts.kind.value, heading_of(entry), timezone.now())), _("Vastaus viimeistään, jos lähetät pyynnön nyt")
    )
    return {
        "entry": entry,
        "facts_": facts,
        "form": form,
        "deadline": deadline,
        "identity": showing.identity_text(facts),
        "aside": [Fact(_("Tiedon antamisesta päättää"), entry.decided_by.title), Fact(_("Laki"), facts.law)],
        "crumbs": [
            Crumb(_("Etusivu"), reverse("start")),
            Crumb(_("Pyydä tietoa"), reverse("ask_start")),
            Crumb(pick(entry.title).text, reverse("ask", args=[kind, entry.slug])),
            Crumb(str(facts.kind.label)),
        ],
    }
