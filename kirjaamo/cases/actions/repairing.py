"""Repairs of what was registered wrong: class, sender, the case of a document, the end of an arrival. Each leaves its trace.

What was wrong stays readable: the history says what was corrected, when, by whom and why; the journal commits to the values.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import indexing
from kirjaamo.cases.actions.arriving import Overtaken
from kirjaamo.cases.actions.steps import hold, still_open
from kirjaamo.cases.models import Arrival, ArrivalState, Case, CaseDocument, CaseEvent, PartyRole
from kirjaamo.documents.models import Direction, Document
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.models import SearchRow
from kirjaamo.tos.reading import open_for_cases

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject
    from kirjaamo.tos.models import ClassRevision, Node

CLASS = {"fi": "Tehtäväluokka korjattiin", "sv": "Uppgiftsklassen rättades", "en": "The class was corrected"}
SENDER = {"fi": "Vireillepanija korjattiin", "sv": "Den som inlett ärendet rättades", "en": "The initiator was corrected"}
MOVED_AWAY = {
    "fi": "Asiakirja siirrettiin toiseen asiaan",
    "sv": "En handling flyttades till ett annat ärende",
    "en": "A document was moved away",
}
MOVED_HERE = {
    "fi": "Asiakirja siirrettiin tähän asiaan",
    "sv": "En handling flyttades till detta ärende",
    "en": "A document was moved here",
}
FIRST_KINDS = ("opened", "taken", "document_arrived", "sender_corrected", CaseEvent.CORRECTED)
"""What may have happened in a case whose class is still corrected: later measures belong to the plan of the wrong class."""


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Kerro, miksi kirjausta korjataan: syy jää asian historiaan."), code="cases.no_reason", field="reason")
    because(reason)


@action("Korjaa tehtäväluokka", needs="cases.register")
def correct_class(case: Case, to: ClassRevision, *, reason: str, actor: Actor, key: uuid.UUID) -> Case:
    """Put a case that was registered in a wrong class into the right one. The identifier stays as it was given.

    Refused when the case has measures of the wrong class's plan already: then it is closed and another one opened.
    """
    if submissions.claim(key) is not None:
        return case
    _needs_reason(reason)
    hold(case, actor)
    still_open(case)
    if to.pk == case.revision_id:
        raise Refused(_("Asia on jo tässä luokassa."), code="cases.same_class", field="luokka")
    open_for_cases(to, running().at.date())
    if case.events.exclude(kind__in=FIRST_KINDS).exists():
        raise Refused(
            _("Asiassa on jo toimenpiteitä väärän luokan suunnitelman mukaan. Päätä asia ja kirjaa uusi oikeaan luokkaan."),
            code="cases.measures_of_other_class",
            field="luokka",
        )
    first: Node | None = to.nodes.filter(kind="stage").order_by("order").first()
    stage = first.code if first else ""
    CaseEvent.of(
        case=case, at=running().at, actor=actor.actor_ref, kind=CaseEvent.CORRECTED, revision=to, stage=stage, label=CLASS, note=reason
    )
    Case.objects.filter(pk=case.pk).update(revision=to, stage=stage)
    case.refresh_from_db()
    _fit_documents(case, to)
    SearchRow.objects.filter(source__in=indexing.SOURCES, key=case.identifier).delete()
    SearchRow.objects.bulk_create(indexing.search_rows(case))
    return case


def _fit_documents(case: Case, to: ClassRevision) -> None:
    """Point the documents at the types of the right plan where it has them; what was decided of them stays."""
    types = {node.code: node.key for node in to.nodes.filter(kind="document")}
    for held in case.case_documents.select_related("document"):
        document = held.document
        document.node_key = types.get(document.type_code)
        document.save(update_fields=["node_key"])


@action("Korjaa vireillepanija", needs="cases.register")
def correct_sender(case: Case, subject: Subject | None, *, reason: str, actor: Actor, key: uuid.UUID) -> None:
    """Say who really brought the case up; None: nobody told their name. Documents of the wrong sender get the right one."""
    if submissions.claim(key) is not None:
        return
    _needs_reason(reason)
    hold(case, actor)
    still_open(case)
    party = case.parties.select_related("subject").filter(role=PartyRole.INITIATOR).order_by("pk").first()
    assert party is not None  # noqa: S101 - the database refuses a case without one
    before = party.subject.name if party.subject else str(_("Nimetön lähettäjä"))
    party.subject, party.anonymous = subject, subject is None
    party.save(update_fields=["subject", "anonymous"])
    _write_sender(case, before, subject.name if subject else str(_("Nimetön lähettäjä")))
    CaseEvent.of(case=case, at=running().at, actor=actor.actor_ref, kind="sender_corrected", stage=case.stage, label=SENDER, note=reason)


def _write_sender(case: Case, before: str, after: str) -> None:
    for document in Document.objects.filter(in_cases__case=case, direction=Direction.INCOMING, sender=before):
        document.sender = after
        document.save(update_fields=["sender"])


@action("Siirrä asiakirja oikeaan asiaan", needs="cases.register")
def move_paper(held: CaseDocument, to: Case, *, reason: str, actor: Actor, key: uuid.UUID) -> None:
    """Move a document that was put into a wrong case; both histories tell it, neither names what the other is about."""
    if submissions.claim(key) is not None:
        return
    _needs_reason(reason)
    origin = held.case
    for case in (origin, to):
        still_open(case)
    if origin.pk == to.pk:
        raise Refused(_("Asiakirja on jo tässä asiassa."), code="cases.same_case", field="case")
    at = running().at
    held.case, held.stage = to, to.stage
    held.save(update_fields=["case", "stage"])
    for case, label, other in ((origin, MOVED_AWAY, to), (to, MOVED_HERE, origin)):
        note, who = f"{other.identifier}. {reason}", actor.actor_ref
        CaseEvent.of(case=case, at=at, actor=who, kind="document_moved", stage=case.stage, label=label, note=note, document=held.document)


@action("Palauta saapunut jonoon", needs="cases.register")
def reopen_arrival(arrival: Arrival, *, reason: str, version: int, actor: Actor) -> Arrival:
    """Put an arrival that was ended wrongly, as spam for instance, back into the queue; what was told of its end stays in the journal."""
    _needs_reason(reason)
    held = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if held.version != version:
        raise Overtaken
    if held.case_id is not None:
        raise Refused(_("Saapunut on jo asiassa. Korjaa kirjausta asian sivulla."), code="cases.arrival_in_case")
    held.state, held.ended_at, held.ended_by = ArrivalState.WAITING, None, ""
    held.reason, held.transferred_to, held.sender_told = "", "", ""
    held.edited_by, held.version = actor.actor_ref, held.version + 1
    held.save()
    return held
