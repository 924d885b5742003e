"""The case page: what, who, where in the plan, by when, documents, tasks, history, and every allowed act one click away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kirjaamo.cases.models import Case, PartyRole, TaskState
from kirjaamo.cases.pages.shown import began_at, due_badge, ending, publicity_badge, state_badge, steps_of
from kirjaamo.cases.parts import CasePart, parts_of
from kirjaamo.cases.planned import offer_of
from kirjaamo.cases.reading import Whole, by_address, whole
from kirjaamo.cases.visibility import visible_to
from kirjaamo.documents.actions import open_file
from kirjaamo.documents.models import Direction, DocumentState, File, Way
from kirjaamo.kernel.registry import SOURCES, Found
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Action, Badge, Crumb, Deadline, Fact, ListRow, TimelineEvent
from kirjaamo.ui.wording import day, moment

if TYPE_CHECKING:
    from kirjaamo.cases.models import CaseDocument, CaseParty, Task
    from kirjaamo.kernel.actors import Actor

ACTOR_NAMES = {"public": gettext_lazy("Sähköinen asiointi")}


def case_or_404(request: HttpRequest, identifier: str) -> Case:
    """The case of an address that the actor may see; an address that names none says nothing more."""
    found = by_address(identifier, visible_to(actor_of(request), timezone.now()))
    if found is None:
        raise Http404
    return found


@page(needs="cases.read")
def case(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show a case."""
    found = case_or_404(request, identifier)
    if identifier != found.address:
        return redirect(found)
    actor = actor_of(request)
    told = whole(found)
    parts = parts_of(found, actor)
    values = {
        "case": found,
        "badges": [state_badge(found.state), publicity_badge(found.publicity)],
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Asiat"), reverse("cases")), Crumb(found.identifier)],
        "steps": steps_of(found, told.stages, began_at(found, told.events)),
        "facts": _facts(found),
        "deadline": _deadline(found, parts),
        "parts": parts,
        "parties": [_party(party) for party in told.parties],
        "documents": [_document(found, paper, told) for paper in told.documents],
        "tasks": [_task(found, task, may=actor.may("cases.handle")) for task in told.tasks if task.state == TaskState.OPEN],
        "done": [_task(found, task, may=False) for task in told.tasks if task.state == TaskState.DONE],
        "events": [_event(event) for event in told.events],
        "records": [_record(one) for one in records_of(found, actor)],
        "actions": _actions(found, actor),
        "offer": offer_of(told, actor),
    }
    return render(request, "cases/case.html", values)


@page(needs="cases.read")
def case_file(request: HttpRequest, identifier: str, file: int) -> HttpResponse:
    """Give a file of the case to save; the journal keeps that it was opened."""
    found = case_or_404(request, identifier)
    row = File.objects.filter(pk=file, document__in_cases__case=found).first()
    if row is None:
        raise Http404
    data = open_file(row, why=found.identifier, actor=actor_of(request))
    response = HttpResponse(data, content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def records_of(found: Case, actor: Actor) -> Sequence[Found]:
    """The records of registers that belong to the case, asked of every source by the key `case`."""
    return [one for source in SOURCES.values() for one in source.find({"case": found.identifier}, actor=actor)]


def _facts(found: Case) -> list[Fact]:
    facts = [
        Fact(_("Tehtäväluokka"), [found.revision.title, found.revision.code]),
        Fact(_("Suunnitelman versio"), str(found.revision.number)),
        Fact(_("Vastuuyksikkö"), found.unit.title),
        Fact(_("Viranomainen"), found.authority.name),
        Fact(_("Käsittelijä"), found.handler.name if found.handler else _("Ei vielä")),
        Fact(_("Vireille"), found.initiated_at),
        Fact(_("Kirjattu"), found.registered_at),
    ]
    if found.is_closed:
        facts += [Fact(_("Päättynyt"), found.closed_at), Fact(_("Päättyi"), ending(found))]
        if found.service_way:
            facts.append(Fact(_("Tiedoksianto"), str(Way(found.service_way).label)))
    open_title = found.public_title or _("Nimikettä ei näytetä")
    facts.append(Fact(_("Julkisessa rekisterissä"), open_title, url=found.get_public_url()))
    return facts


def _deadline(found: Case, parts: Sequence[CasePart]) -> Deadline | None:
    """The due day with its reckoning when a room tells it; else the bare day."""
    told = next((part.deadline for part in parts if part.deadline), None)
    if told or found.due_on is None:
        return told
    badge = due_badge(found.due_on)
    return Deadline(_("Määräpäivä"), found.due_on, tone=badge.tone if badge else "neutral", badge=badge)


def _party(party: CaseParty) -> Fact:
    """A party by name and role. Contact facts of a person under non-disclosure for safety stay hidden, identity codes always."""
    label = str(PartyRole(party.role).label)
    if party.subject is None:
        return Fact(label, _("Nimetön"))
    subject = party.subject
    more = []
    if subject.personal_id_hash:
        more.append(_("henkilötunnus ******-****"))
    if subject.business_id:
        more.append(subject.business_id)
    if subject.email and not subject.safety_non_disclosure:
        more.append(subject.email)
    badge = Badge(_("Turvakielto"), "secret") if subject.safety_non_disclosure else None
    return Fact(label, [subject.name, ", ".join(more)] if more else subject.name, badge=badge)


def _document(found: Case, paper: CaseDocument, told: Whole) -> dict[str, object]:
    """A document with how it came or was made, its publicity, and its files."""
    document = paper.document
    if document.direction == Direction.INCOMING:
        meta = [_("Saapui %(when)s") % {"when": moment(document.arrived_at)}, str(Way(document.way).label), document.sender]
    else:
        meta = [_("Laadittu %(when)s") % {"when": moment(document.made_at)}, document.author]
    if document.sent_at:
        meta.append(_("Lähetetty %(when)s, %(way)s") % {"when": moment(document.sent_at), "way": Way(document.sent_way).label})
    kind = told.node_title(document.node_key)
    files = [
        ListRow(file.name, reverse("case_file", args=[found.address, file.pk]), meta=[filesizeformat(file.size)])
        for file in document.files.all()
    ]
    state = "" if document.state == DocumentState.READY else str(DocumentState(document.state).label)
    return {
        "title": document.title,
        "kind": kind,
        "meta": [one for one in (*meta, state) if one],
        "badge": publicity_badge(document.publicity),
        "grounds": ", ".join(document.grounds),
        "files": files,
    }


def _task(found: Case, task: Task, *, may: bool) -> dict[str, object]:
    meta = [task.user.name if task.user else (task.unit.short or task.unit.title)]
    if task.due_on:
        meta.append(_("viimeistään %(day)s") % {"day": day(task.due_on)})
    if task.done_at:
        meta.append(_("tehty %(when)s") % {"when": moment(task.done_at)})
    url = reverse("case_task_done", args=[found.address, task.pk]) if may and not found.is_closed else ""
    return {
        "title": task.title,
        "meta": meta,
        "badge": due_badge(task.due_on) if task.state == TaskState.OPEN else None,
        "text": task.outcome,
        "url": url,
    }


def _event(event: object) -> TimelineEvent:
    at: dt.datetime = event.at  # type: ignore[attr-defined]
    who = event.who or str(ACTOR_NAMES.get(event.actor, _("Järjestelmä")))  # type: ignore[attr-defined]
    return TimelineEvent(at, event.label, text=event.note, who=who)  # type: ignore[attr-defined]


def _record(found: Found) -> ListRow:
    return ListRow(found.title, found.url, meta=[f"{label}: {value}" for label, value in found.facts[:3]])


def _actions(found: Case, actor: Actor) -> list[Action]:
    """Every act that this person may do on this case now."""
    if found.is_closed or not actor.may("cases.handle"):
        return []

    def to(route: str) -> str:
        return reverse(route, args=[found.address])

    mine = found.handler_id is not None and getattr(actor, "pk", None) == found.handler_id
    made = [] if mine else [Action(_("Ota käsittelyyn"), to("case_take"), kind="primary", icon="check")]
    return [
        *made,
        Action(_("Kirjaa toimenpide"), to("case_record"), kind="primary" if mine else "secondary"),
        Action(_("Lisää asiakirja"), to("case_document")),
        Action(_("Anna tehtävä"), to("case_task")),
        Action(_("Päätä asia"), to("case_close")),
    ]
