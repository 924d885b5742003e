"""Answering who asks for their own data: a task for each unit that holds some, and the package that is checked before it leaves."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.catalog.models import Connection, InformationSystem
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Document
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import submissions, use_log
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.registry import SOURCES, Extract
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb
from kirjaamo.requests import checks, letters
from kirjaamo.requests.actions import steps
from kirjaamo.requests.actions.searching import searched
from kirjaamo.requests.models import InformationRequest, RequestKind, SearchTask

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import Unit, User
    from kirjaamo.subjects.models import Subject

PERSON_KEY: Mapping[str, object] = {
    "kind": "person",
    "label": {"fi": "Tunnistettu henkilö", "sv": "Identifierad person", "en": "Identified person"},
}
"""The key by which one's own data is searched everywhere: who was identified, never what they typed."""
SEARCH_WORDS = {"fi": "Hae tiedot", "sv": "Sök uppgifterna", "en": "Search"}


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
    extracts = collected(request, subject, actor=actor)
    for one in extracts:
        if one.records:
            _note_extract(request, one, subject, actor=actor)
    ask_who_holds(request, extracts, actor=actor)
    _prove(request, extracts, actor=actor)
    uploads = [
        Upload("omat-tiedot.pdf", letters.package_pdf(request, extracts, official=actor, at=at), "application/pdf"),
        Upload("omat-tiedot.json", letters.package_json(request, extracts, at), "application/json"),
    ]
    metadata = documents.Metadata.of(steps.place(request, "material"))
    document = steps.add_material(request, metadata, "Omien tietojen kooste", uploads, actor=actor)
    submissions.settle(key, document.identifier)
    return document


def collected(request: InformationRequest, subject: Subject, *, actor: Actor) -> list[Extract]:
    """What each register holds of a person, in the language of the request."""
    with translation.override(request.language):
        return [SOURCES[slug].extract(subject.pk, actor=actor) for slug in sorted(SOURCES)]


def ask_who_holds(request: InformationRequest, extracts: Sequence[Extract], *, actor: Actor) -> None:
    """A task for the unit of each register that holds something of the person, once: it decides on its own data. Within an action."""
    asked = set(request.searches.values_list("system_slug", flat=True))
    for one in extracts:
        if one.records and one.source not in asked:
            _ask(request, one, actor=actor)


def _ask(request: InformationRequest, extract: Extract, *, actor: Actor) -> None:
    title = dict(extract.title)
    task = cases.assign(
        request.case,
        actor=actor,
        kind="search",
        title={language: f"{word}: {title.get(language) or title.get('fi', '')}" for language, word in SEARCH_WORDS.items()},
        unit=_decides(request, extract.source),
        due_on=request.case.due_on,
    )
    SearchTask.of(
        request=request,
        task=task,
        system_slug=extract.source,
        system_title=title,
        connection=Connection.HOME,
        keys=[dict(PERSON_KEY)],
    )


def _decides(request: InformationRequest, source: str) -> Unit:
    """The unit that decides on a register's data, by the system that it is of; otherwise the desk of the request."""
    slug = getattr(SOURCES[source], "system", source)
    system = InformationSystem.objects.select_related("decided_by").filter(slug=slug).first()
    return system.decided_by if system else request.case.unit


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
    for task in request.searches.select_related("task", "request__case__revision").filter(system_slug__in=found):
        searched(task, [PERSON_KEY], found[task.system_slug], "", actor=actor)
