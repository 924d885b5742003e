"""Handling a request: read, take, route, identify the asker, search, transfer, build the own-data package."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import TaskState
from kirjaamo.cases.uses import people_of
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Document
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import submissions, use_log
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.registry import SOURCES, Extract, Found
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb
from kirjaamo.organisation.models import Unit
from kirjaamo.requests import checks, letters, sealed
from kirjaamo.requests.models import (
    InformationRequest,
    RequestKind,
    SearchTask,
)
from kirjaamo.subjects.actions import add_subject
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import User
    from kirjaamo.subjects.models import Subject
    from kirjaamo.values.personal_id import PersonalId
from kirjaamo.requests.actions import steps


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
    return request


@action("Tunnista pyytäjä", needs="requests.answer")
def identify(request: InformationRequest, personal_id: PersonalId, name: str, *, how: str, actor: Actor) -> Subject:
    """Record that the asker proved who they are, and make them the initiator of the case."""
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


def searched(task: SearchTask, keys: Sequence[Mapping[str, Any]], hits: int, note: str, *, actor: Actor) -> None:
    """Write down the proof of a search, and end its task. Called only within an action."""
    task.keys, task.hits, task.note = [dict(key) for key in keys], hits, note
    task.searched_at, task.searched_by = running().at, actor.actor_ref
    task.save(update_fields=["keys", "hits", "note", "searched_at", "searched_by"])
    revision = task.request.case.revision
    cases.record(
        task.request.case,
        actor=actor,
        kind="searched",
        label={"fi": "Tiedot haettiin", "sv": "Uppgifterna söktes", "en": "The data was searched"},
        stage=node(revision, NodeKind.STAGE, "preparation"),
        note=task.system_title.get("fi", ""),
    )
    if task.task.state != TaskState.DONE:
        cases.finish(task.task, actor=actor, outcome=f"hits: {hits}")


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


@action("Kokoa omien tietojen paketti", needs="requests.answer")
def build_package(request: InformationRequest, *, actor: User, key: uuid.UUID) -> Document | None:
    """Collect what every register of the program holds of the identified asker, as PDF and JSON. It is given after review (GDPR 15).

    Sending the form twice makes one package: the second time returns None.
    """
    checks.still_open(request)
    subject = steps.initiator(request).subject
    if request.kind != RequestKind.OWN_DATA or request.identified_at is None or subject is None:
        raise Refused(
            _("Paketin voi koota vain tunnistetulle pyytäjälle, joka pyytää omia tietojaan."),
            code="requests.not_identified",
            section="EU 2016/679 15 art.",
        )
    if submissions.claim(key) is not None:
        return None
    at = running().at
    with translation.override(request.language):
        extracts = [SOURCES[slug].extract(subject.pk, actor=actor) for slug in sorted(SOURCES)]
    for one in extracts:
        if one.records:
            _note_extract(request, one, subject, actor=actor)
    _prove(request, extracts, actor=actor)
    uploads = [
        Upload("omat-tiedot.pdf", letters.package_pdf(request, extracts, official=actor, at=at), "application/pdf"),
        Upload("omat-tiedot.json", letters.package_json(request, extracts, at), "application/json"),
    ]
    document = steps.add_material(
        request, documents.Metadata.of(steps.place(request, "material")), "Omien tietojen kooste", uploads, actor=actor
    )
    submissions.settle(key, document.identifier)
    return document


def _note_extract(request: InformationRequest, extract: Extract, subject: Subject, *, actor: Actor) -> None:
    use = Use(
        UseVerb.EXTRACT,
        extract.source,
        Purpose.REQUEST,
        about=request.case.identifier,
        place="request_act",
        subjects=[subject.pk],
        count=len(extract.records),
    )
    use_log.note(use, actor=actor)


def _prove(request: InformationRequest, extracts: Sequence[Extract], *, actor: Actor) -> None:
    """A search task of a register that the package covers is done by it, with its hits as the proof."""
    found = {extract.source: len(extract.records) for extract in extracts}
    person = {"kind": "person", "label": {"fi": "Tunnistettu henkilö", "sv": "Identifierad person", "en": "Identified person"}}
    for task in request.searches.select_related("task", "request__case__revision").filter(system_slug__in=found):
        searched(task, [person], found[task.system_slug], "", actor=actor)
