"""The steps of a case: measures, taking it into handling, its end."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import Case, CaseDocument, CaseEvent, CaseState, ClosingGround, Disqualification, TaskState
from kirjaamo.cases.models.standing_in import absent_for
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Document
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import Conflict, Refused
from kirjaamo.notices.actions import tell
from kirjaamo.notices.models import NoticeKind
from kirjaamo.organisation.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.documents.models import Way
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.tos.models import Node


HELD = ["state", "stage", "handler", "unit", "due_on", "resolved_at", "closed_at", "closing_ground", "service_way", "version"]
TAKEN = {"fi": "Asia otettiin käsittelyyn", "sv": "Ärendet togs till behandling", "en": "The case was taken into handling"}
AS_DEPUTY = {"fi": "Käsittelijän sijaisena", "sv": "Som handläggarens ställföreträdare", "en": "As the deputy of the handler"}
CLOSED = {"fi": "Käsittely päättyi", "sv": "Behandlingen avslutades", "en": "Handling ended"}


@action("Kirjaa toimenpide", needs="cases.handle")
def record(  # noqa: PLR0913 - a measure is these facts
    case: Case,
    *,
    actor: Actor,
    kind: str,
    label: Mapping[str, str],
    stage: Node | None = None,
    node: Node | None = None,
    document: Document | None = None,
    note: str = "",
    key: uuid.UUID | None = None,
    version: int | None = None,
) -> CaseEvent | None:
    """Record a measure on a case; a stage given moves the case to it, a document given joins the case.

    `node` is the measure or document type of the plan, when it is one. With the `key` of a form a second send does nothing.
    With the `version` that a person saw, a move of the case that came in between is a `Conflict`.
    """
    may_work(case, actor)
    if key is not None and submissions.claim(key) is not None:
        return None
    at = running().at
    if stage is not None and stage.code != case.stage:
        hold(case, actor, version)
        case.stage = stage.code
        case.state = CaseState.HANDLING if case.state == CaseState.PENDING else case.state
        changed(case, "stage", "state")
    if document is not None:
        CaseDocument.objects.bulk_create([CaseDocument(case=case, document=document, stage=case.stage, at=at)], ignore_conflicts=True)
    told = node or stage
    if stands_in(case, actor):
        note = "\n".join(part for part in (AS_DEPUTY.get(case.language, AS_DEPUTY["fi"]), note) if part)
    return CaseEvent.of(
        case=case,
        at=at,
        actor=actor.actor_ref,
        kind=kind,
        stage=case.stage,
        node_key=told.key if told else None,
        label=dict(label),
        note=note,
        document=document,
    )


@action("Ota käsittelyyn", needs="cases.handle")
def take(case: Case, *, actor: Actor, user: User, version: int | None = None) -> Case:
    """Make a person the handler of the case."""
    hold(case, actor, version)
    still_open(case)
    may_work(case, user)
    if case.handler_id == user.pk and case.state == CaseState.HANDLING:
        return case
    case.handler, case.state = user, CaseState.HANDLING if case.state == CaseState.PENDING else case.state
    changed(case, "handler", "state")
    record(case, actor=actor, kind="taken", label=TAKEN)
    if user.actor_ref != actor.actor_ref:
        tell([user], NoticeKind.CASE, about=case.identifier, url=case.get_absolute_url(), actor=actor)
    return case


@action("Päätä asian käsittely", needs="cases.handle")
def close(
    case: Case,
    *,
    actor: Actor,
    resolved_at: dt.datetime | None = None,
    ground: ClosingGround | None = None,
    service_way: Way | None = None,
    stage: Node | None = None,
    note: str = "",
    version: int | None = None,
) -> Case:
    """Close a case with the time of its resolution, or the ground on which it ended without one (TiHL 906/2019 § 26.5 item 4)."""
    at = running().at
    hold(case, actor, version)
    _may_end(case, resolved_at or case.resolved_at, ground, at)
    case.state, case.closed_at, case.resolved_at = CaseState.CLOSED, at, resolved_at or case.resolved_at
    case.closing_ground = ground.value if ground else ""
    case.service_way = service_way.value if service_way else case.service_way
    case.due_on = None
    case.stage = stage.code if stage else case.stage
    changed(case, "state", "closed_at", "resolved_at", "closing_ground", "service_way", "due_on", "stage")
    key = stage.key if stage else None
    CaseEvent.of(case=case, at=at, actor=actor.actor_ref, kind="closed", stage=case.stage, node_key=key, label=CLOSED, note=note)
    documents.case_ended(_waiting_for_the_end(case), actor=actor)
    return case


def _waiting_for_the_end(case: Case) -> QuerySet[Document]:
    """The documents of the case that are not public yet and belong to no other case that is still open."""
    open_cases = Case.objects.exclude(state=CaseState.CLOSED)
    return Document.objects.filter(in_cases__case=case, public_from=None).exclude(in_cases__case__in=open_cases)


def _may_end(case: Case, resolved_at: dt.datetime | None, ground: ClosingGround | None, at: dt.datetime) -> None:
    """Refuse an end that the law or open work forbids, each with its sentence."""
    still_open(case)
    if resolved_at is None and ground is None:
        raise Refused(
            _("Kerro ratkaisun ajankohta tai peruste, jolla asia päättyy ilman ratkaisua."),
            code="cases.no_end",
            section="TiHL 906/2019 26 §",
            field="how",
        )
    if resolved_at is not None and not case.initiated_at <= resolved_at <= at:
        raise Refused(
            _("Ratkaisun ajankohdan on oltava vireilletulon jälkeen eikä se voi olla tulevaisuudessa."),
            code="cases.resolved_when",
            field="resolved_on",
        )
    if case.tasks.exclude(state=TaskState.DONE).exists():
        sentence = _("Asiassa on avoimia tehtäviä, pyyntöjä tai osakäsittelyjä. Saata ne loppuun ennen kuin päätät asian.")
        raise Refused(sentence, code="cases.open_tasks")


def hold(case: Case, actor: Actor, version: int | None = None) -> None:
    """Lock the case and read how far it is by now, so that two people at once do not both end or take it.

    `version` is that of the page on which the person decided: someone else's change in between is a `Conflict`. Who has declared
    a disqualification is refused.
    """
    case.refresh_from_db(fields=HELD, from_queryset=Case.objects.select_for_update())
    if version is not None and version != case.version:
        raise Conflict
    may_work(case, actor)


def stands_in(case: Case, actor: Actor) -> bool:
    """Whether the actor does it for the handler, as their deputy of today: the history says so."""
    if not isinstance(actor, User) or case.handler_id in {None, actor.pk}:
        return False
    return absent_for(actor, timezone.localdate()).filter(user=case.handler_id).exists()


def changed(case: Case, *fields: str) -> None:
    """Save changed fields of a held case under its next version."""
    case.version += 1
    case.save(update_fields=[*fields, "version"])


def may_work(case: Case, actor: Actor) -> None:
    """Refuse who has declared that they are disqualified in this case, and has not put that right."""
    if isinstance(actor, User) and Disqualification.objects.filter(case=case, user=actor, lifted_at=None).exists():
        raise Refused(
            _("%(name)s on ilmoittanut olevansa esteellinen tässä asiassa eikä saa käsitellä sitä.") % {"name": actor.name},
            code="cases.disqualified",
            section="HL 434/2003 27 §",
        )


def still_open(case: Case) -> None:
    """Refuse what may be done to an open case only."""
    if case.state == CaseState.CLOSED:
        raise Refused(_("Asian käsittely on jo päättynyt."), code="cases.closed")
