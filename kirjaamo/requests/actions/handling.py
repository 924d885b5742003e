"""Handling a request: read, take, route, identify the asker, search, transfer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import TaskState
from kirjaamo.cases.uses import people_of
from kirjaamo.documents.models import Document
from kirjaamo.kernel import use_log
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.registry import SOURCES, Found
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb
from kirjaamo.notices.actions import tell
from kirjaamo.notices.models import NoticeKind
from kirjaamo.organisation.holders import holders
from kirjaamo.organisation.models import Unit
from kirjaamo.requests import checks, letters, sealed
from kirjaamo.requests.actions import steps
from kirjaamo.requests.actions.own_data import ask_who_holds, collected
from kirjaamo.requests.actions.searching import searched
from kirjaamo.requests.models import (
    InformationRequest,
    RequestKind,
    SearchTask,
)
from kirjaamo.subjects.actions import add_subject

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import User
    from kirjaamo.subjects.models import Subject
    from kirjaamo.values.personal_id import PersonalId


@action("Katso pyytäjän tiedot", needs="requests.read")
def open_sealed(request: InformationRequest, *, actor: Actor) -> dict[str, Any]:
    """Open what the asker told. That it was read, and by whom, stays in the use log (TiHL 906/2019 § 17)."""
    _note(UseVerb.VIEW, request, "request_case", actor=actor)
    return sealed.unseal(request.sealed) | {"messages": {one.pk: sealed.unseal(one.sealed)["text"] for one in request.messages.all()}}


@action("Avaa asiakirja", needs="requests.read")
def open_document(request: InformationRequest, document: Document, *, actor: Actor) -> None:
    """Note in the use log that an official opened a document of the request (TiHL 906/2019 § 17)."""
    del document
    _note(UseVerb.FILE, request, "request_document", actor=actor)


def _note(verb: UseVerb, request: InformationRequest, place: str, *, actor: Actor) -> None:
    """One row of the use log; an asker who is a party of the case is named by key."""
    people = people_of(request.case.parties.select_related("subject").defer("subject__personal_id_sealed"))
    use_log.note(Use(verb, "requests", Purpose.REQUEST, about=request.case.identifier, place=place, subjects=people), actor=actor)


@action("Ota pyyntö käsittelyyn", needs="requests.answer")
def take(request: InformationRequest, *, actor: User) -> InformationRequest:
    """Become the handler of the request."""
    checks.still_open(request)
    cases.take(request.case, actor=actor, user=actor)
    return request


@action("Siirrä toiseen yksikköön", needs="requests.route")
def route(request: InformationRequest, unit: Unit, *, reason: str, actor: Actor) -> InformationRequest:
    """Move the request to another unit of the authority; its clock goes on."""
    checks.still_open(request)
    because(reason)
    case = request.case
    case.unit, case.handler, case.authority_id = unit, None, unit.authority_id
    case.save(update_fields=["unit", "handler", "authority"])
    words = ("Pyyntö siirrettiin toiseen yksikköön", "Begäran överfördes till en annan enhet", "The request was moved to another unit")
    steps.step(request, "routed", words, actor=actor, note=unit.title.get("fi", ""))
    url = reverse("request_case", args=[request.pk])
    tell(holders("requests.answer", unit), NoticeKind.ROUTED, about=case.identifier, url=url, actor=actor)
    return request


@action("Tunnista pyytäjä", needs="requests.answer")
def identify(request: InformationRequest, personal_id: PersonalId, name: str, *, how: str, actor: Actor) -> Subject:
    """Record that the asker proved who they are, and make them the initiator of the case.

    Of one's own data each register is then searched by the person: the unit that decides on one that holds some gets a task.
    """
    checks.still_open(request)
    subject = add_subject(name, actor=actor, personal_id=personal_id, language=request.language)
    because(how)
    request.identified_at, request.identified_how, request.anonymous = running().at, how, False
    request.save(update_fields=["identified_at", "identified_how", "anonymous"])
    party = steps.initiator(request)
    party.subject, party.anonymous = subject, False
    party.save(update_fields=["subject", "anonymous"])
    steps.step(
        request, "identified", ("Pyytäjä tunnistettiin", "Den som begärt uppgifter identifierades", "The asker was identified"), actor=actor
    )
    if request.kind == RequestKind.OWN_DATA:
        ask_who_holds(request, collected(request, subject, actor=actor), actor=actor)
    return subject


@action("Hae avaimilla", needs="requests.answer")
def search(task: SearchTask, keys: Mapping[str, str], *, actor: Actor) -> Sequence[Found]:
    """Run search keys on a home register and keep the proof: which keys, when, who, how many hits. Values are not kept."""
    checks.still_open(task.request)
    source = SOURCES.get(task.system_slug)
    if source is None:
        raise Refused(_("Tähän järjestelmään ei ole yhteyttä. Hae tiedot järjestelmästä itse ja kirjaa tulos."), code="requests.no_source")
    used = {name: value for name, value in keys.items() if value}
    if not used:
        raise Refused(_("Anna ainakin yksi hakutekijä."), code="requests.no_keys")
    found = source.find(used, actor=actor)
    people = {key for hit in found for key in hit.subjects}
    about = task.request.case.identifier
    use_log.note(
        Use(UseVerb.SEARCH, task.system_slug, Purpose.REQUEST, about=about, place="request_search", subjects=people, count=len(found)),
        actor=actor,
    )
    labels = {key.name: dict(key.label) for key in source.describe().keys}
    searched(task, [{"kind": name, "label": labels.get(name, name)} for name in used], len(found), "", actor=actor)
    return found


@action("Kirjaa haun tulos", needs="requests.answer")
def record_search(task: SearchTask, *, hits: int, keys: Sequence[str], note: str, actor: Actor) -> SearchTask:
    """Record a search that an official made by hand: the keys used, how many hits, and what was noticed."""
    checks.still_open(task.request)
    searched(task, [{"kind": "hand", "label": key} for key in keys], hits, note, actor=actor)
    return task


@action("Siirrä toiselle viranomaiselle", needs="requests.answer")
def transfer(task: SearchTask, body: str, *, note: str, actor: Actor) -> SearchTask:
    """Hand a part of the request to the body that controls the data, and tell the asker (JulkL 621/1999 § 15, 434/2003 § 21)."""
    checks.still_open(task.request)
    if task.task.state == TaskState.DONE:
        raise Refused(_("Tämä osa pyynnöstä on jo käsitelty."), code="requests.already_done")
    request = task.request
    task.note = "\n".join(text for text in (body, note) if text)
    task.save(update_fields=["note"])
    cases.finish(task.task, actor=actor, outcome=f"transferred: {body}")
    steps.write_message(request, letters.transfer_text(request, task.system_title, body), actor=actor, public=not request.needs_identity)
    steps.step(
        request,
        "transferred",
        ("Osa pyynnöstä siirrettiin", "En del av begäran överfördes", "A part of the request was transferred"),
        actor=actor,
        note=body,
    )
    return task
