"""Ending a request: answer, the two steps of a refusal, decision, closing; and lengthening its time."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import CaseState, ClosingGround, TaskState
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Document, DocumentState, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.errors import Refused
from kirjaamo.norms import clocks
from kirjaamo.requests import checks, letters, sealed, terms
from kirjaamo.requests.kinds import KINDS, Remedy
from kirjaamo.requests.models import (
    InformationRequest,
    Outcome,
    Refusal,
    RefusalBasis,
)
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import User
    from kirjaamo.tos.models import Node
from kirjaamo.requests.actions import steps


@action("Vastaa ja päätä pyyntö", needs="requests.answer")
def answer(
    request: InformationRequest, text: str, *, outcome: Outcome, actor: User, public: bool = True, way: Way = Way.E_SERVICE
) -> InformationRequest:
    """Answer the asker and end the request. What was to be searched must have been searched first, or transferred."""
    checks.still_open(request)
    if request.outcome:
        raise Refused(_("Pyyntöön on jo vastattu."), code="requests.already_answered")
    checks.all_searched(request)
    if outcome in {Outcome.GIVEN, Outcome.PARTLY_GIVEN} and not request.deliveries.exists():
        raise Refused(
            _("Yhtään asiakirjaa ei ole annettu. Anna asiakirja ensin tai valitse toinen lopputulos."),
            code="requests.nothing_given",
            field="outcome",
        )
    place = steps.place(request, "answer")
    pdf = letters.answer_pdf(request, text, official=actor, at=running().at)
    document = _own_document(request, place, "Vastaus tietopyyntöön", "answer", Upload("vastaus.pdf", pdf, "application/pdf"), actor=actor)
    documents.send(document, way=way, actor=actor)
    steps.write_message(request, text, actor=actor, public=public)
    _settle(request, outcome)
    steps.step(
        request, "answered", ("Pyyntöön vastattiin", "Begäran besvarades", "The request was answered"), actor=actor, document=document
    )
    ground = ClosingGround.TRANSFERRED if outcome == Outcome.TRANSFERRED else ClosingGround.ANSWERED
    _end(request, ground, way, actor=actor)
    return request


def _own_document(request: InformationRequest, place: Node, title: str, code: str, upload: Upload, *, actor: User) -> Document:
    draft = documents.Draft(
        title=title, type_code=code, metadata=documents.Metadata.of(place), language=request.language, node=place, uploads=[upload]
    )
    return documents.compose(draft, author=actor.name, actor=actor, state=DocumentState.SIGNED)


def _settle(request: InformationRequest, outcome: Outcome) -> None:
    request.outcome, request.answered_at = outcome, running().at
    request.save(update_fields=["outcome", "answered_at"])


def _end(request: InformationRequest, ground: ClosingGround, way: Way | None, *, actor: Actor, note: str = "") -> None:
    for task in request.case.tasks.exclude(state=TaskState.DONE):
        cases.finish(task, actor=actor, outcome=f"closed: {ground.value}")
    stage = node(request.case.revision, NodeKind.STAGE, "service")
    cases.close(request.case, actor=actor, ground=ground, service_way=way, stage=stage, note=note)


@action("Kieltäydy antamasta", needs="requests.answer")
def refuse(
    request: InformationRequest, told: letters.RefusalFacts, *, actor: User, public: bool = True, way: Way = Way.E_SERVICE
) -> Refusal:
    """The official's first-line refusal: reason, the way to the authority's decision, the question whether it is wanted, fees.

    The case stays open until the asker has answered or the official ends it with a reason (JulkL 621/1999 § 14.2).
    """
    checks.still_open(request)
    checks.whole_refusal(request, told)
    at = running().at
    title = "Virkamiehen vastaus: tietoa ei anneta"
    pdf = letters.refusal_pdf(request, told, official=actor, at=at)
    document = _own_document(
        request, steps.place(request, "refusal"), title, "refusal", Upload("vastaus.pdf", pdf, "application/pdf"), actor=actor
    )
    documents.send(document, way=way, actor=actor)
    refusal = Refusal.of(
        request=request,
        at=at,
        by=actor.actor_ref,
        basis=told.basis,
        grounds=list(told.grounds),
        told=sealed.seal(told.as_data()),
        document=document,
    )
    steps.write_message(request, letters.refusal_text(request, told, official=actor), actor=actor, public=public)
    _settle(request, _refused_outcome(request, told))
    words = ("Virkamies kieltäytyi antamasta tietoa", "Tjänsteinnehavaren vägrade lämna ut uppgifter", "The official refused to give")
    steps.step(request, "refused", words, actor=actor, document=document, stage="decision")
    return refusal


def _refused_outcome(request: InformationRequest, told: letters.RefusalFacts) -> Outcome:
    if request.deliveries.exists():
        return Outcome.PARTLY_GIVEN
    return Outcome.NOT_FOUND if told.basis == RefusalBasis.NOT_FOUND else Outcome.REFUSED


@action("Pyydä viranomaisen päätöstä", needs=PUBLIC)
def want_decision(refusal: Refusal, *, actor: Actor) -> Refusal:
    """The asker wants the authority's decision: a task for the unit that decides (JulkL 621/1999 § 14.2–3)."""
    request = refusal.request
    if KINDS[request.kind].remedy != Remedy.ADMINISTRATIVE_COURT or request.case.state == CaseState.CLOSED:
        raise Refused(_("Tästä vastauksesta ei voi enää pyytää viranomaisen päätöstä tällä sivulla."), code="requests.no_decision")
    Refusal.objects.select_for_update().get(pk=refusal.pk)
    refusal.refresh_from_db(fields=["decision_wanted_at"])
    if refusal.decision_wanted_at is None:
        at = running().at
        refusal.decision_wanted_at = at
        refusal.save(update_fields=["decision_wanted_at"])
        due = clocks.due("julkl-14-ordinary", at)
        title = {"fi": "Tee valituskelpoinen päätös", "sv": "Fatta ett överklagbart beslut", "en": "Make an appealable decision"}
        cases.assign(request.case, actor=actor, kind="decision", title=title, unit=request.case.unit, due_on=due.strict_due)
        request.case.due_on = due.strict_due
        request.case.save(update_fields=["due_on"])
        request.deadlines = [*request.deadlines, terms.as_data(due, "decision")]
        request.save(update_fields=["deadlines"])
        words = ("Pyytäjä haluaa viranomaisen päätöksen", "Myndighetens beslut begärdes", "The authority's decision was asked for")
        steps.step(request, "decision_wanted", words, actor=actor, stage="decision")
    return refusal


@action("Kirjaa viranomaisen päätös", needs="requests.decide")
def decide(
    request: InformationRequest, upload: Upload, *, way: Way, text: str, actor: User, key: uuid.UUID, public: bool = True
) -> InformationRequest:
    """Record the authority's decision, tell the asker, and close the case with the time of its resolution (JulkL 621/1999 § 14.3)."""
    if submissions.claim(key) is not None:
        return request
    checks.still_open(request)
    place = steps.place(request, "decision")
    document = _own_document(request, place, "Viranomaisen päätös tietopyyntöön", "decision", upload, actor=actor)
    documents.send(document, way=way, actor=actor)
    steps.write_message(request, text, actor=actor, public=public)
    words = ("Viranomainen päätti asian", "Myndigheten avgjorde ärendet", "The authority decided")
    steps.step(request, "decided", words, actor=actor, document=document, stage="decision")
    for task in request.case.tasks.exclude(state=TaskState.DONE):
        cases.finish(task, actor=actor, outcome="decided")
    if not request.outcome:
        _settle(request, Outcome.ANSWERED)
    stage = node(request.case.revision, NodeKind.STAGE, "service")
    cases.close(request.case, actor=actor, resolved_at=running().at, service_way=way, stage=stage)
    return request


@action("Päätä käsittely", needs="requests.answer")
def close(request: InformationRequest, *, ground: ClosingGround, reason: str, actor: Actor) -> InformationRequest:
    """End a request that the asker withdrew, or whose refusal the asker did not take further. The reason stays on the case."""
    checks.still_open(request)
    if ground not in {ClosingGround.WITHDRAWN, ClosingGround.LAPSED}:
        raise Refused(_("Valitse, miksi käsittely päättyy."), code="requests.closing_ground", field="ground")
    if ground == ClosingGround.LAPSED and not request.outcome:
        raise Refused(
            _("Pyyntöön ei ole vastattu, joten se ei voi raueta. Vastaa pyyntöön ensin."), code="requests.not_answered", field="ground"
        )
    if request.refusals.exclude(decision_wanted_at=None).exists() and ground == ClosingGround.LAPSED:
        raise Refused(
            _("Pyytäjä haluaa viranomaisen päätöksen. Tee päätös ennen kuin päätät käsittelyn."),
            code="requests.decision_owed",
            field="ground",
        )
    because(reason)
    if not request.outcome:
        _settle(request, Outcome.WITHDRAWN)
    _end(request, ground, None, actor=actor, note=reason)
    return request


@action("Jatka määräaikaa", needs="requests.answer")
def lengthen(request: InformationRequest, reason: str, *, actor: Actor) -> InformationRequest:
    """Move to the longer term for one of the reasons of the law; the asker is told, both dates stay."""
    checks.still_open(request)
    if len(request.deadlines) > 1 or request.outcome:
        raise Refused(_("Määräaikaa on jo jatkettu tai pyyntöön on vastattu."), code="requests.already_extended", field="reason")
    deadline = terms.longer(request.kind, request.deadlines[0]["code"], request.received_at, reason, running().at)
    text = letters.extension_text(request, reason, deadline)
    request.deadlines = [*request.deadlines, terms.as_data(deadline, reason)]
    request.save(update_fields=["deadlines"])
    request.case.due_on = deadline.strict_due
    request.case.save(update_fields=["due_on"])
    steps.write_message(request, text, actor=actor, public=True)
    steps.step(request, "lengthened", ("Määräaikaa jatkettiin", "Tidsfristen förlängdes", "The time was extended"), actor=actor)
    return request
