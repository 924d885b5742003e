"""What may be done to decisions: prepare, revise, make, serve, and record that it was appealed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, CaseParty, CaseState
from kirjaamo.decisions import letters, times
from kirjaamo.decisions.models import SOURCE, AppealTime, Decision, DecisionRoute, DecisionState, Service
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Document, DocumentState, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import Conflict, Refused
from kirjaamo.tos.models import Node, NodeKind

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.norms.models import AppealRoute
    from kirjaamo.organisation.models import User

PREPARED = {"fi": "Päätöksen valmistelu alkoi", "sv": "Beredningen av beslutet inleddes", "en": "Preparing of the decision began"}
DECIDED = {"fi": "Päätös tehtiin", "sv": "Beslutet fattades", "en": "The decision was made"}
SERVED = {"fi": "Päätös annettiin tiedoksi", "sv": "Beslutet delgavs", "en": "The decision was served"}
APPEALED = {"fi": "Päätökseen haettiin muutosta", "sv": "Ändring i beslutet söktes", "en": "The decision was appealed"}
LACKING = {
    "reasons": (_("Päätös on perusteltava. Kirjoita tosiseikat ja niiden arviointi."), "HL 434/2003 45 §"),
    "provisions": (_("Mainitse sovelletut säännökset."), "HL 434/2003 45 §"),
    "power": (_("Kerro, mihin toimivalta perustuu: hallintosäännön kohta tai delegointipäätös."), "Kuntalaki 410/2015 90–91 §"),
    "routes": (_("Valitse muutoksenhakuohje tai ilmoitus muutoksenhakukiellosta."), "HL 434/2003 46–48 §"),
}
"""What a decision may lack, what to do then, and by which section."""
PLAN_TYPE, PLAN_STAGE = "decision", "decision"


@dataclass(frozen=True)
class Text:
    """What is written in a decision."""

    title: str
    operative: str
    reasons: str = ""
    provisions: str = ""
    power: str = ""


@action("Valmistele päätös", needs="cases.handle")
def prepare(case: Case, text: Text, routes: Sequence[AppealRoute], *, actor: User, key: uuid.UUID) -> Decision:
    """Begin a decision of the case; one form begins one."""
    cases.hold(case, actor)
    if case.is_closed:
        raise Refused(_("Asian käsittely on jo päättynyt."), code="decisions.closed")
    before = submissions.claim(key)
    if before is not None:
        return Decision.objects.get(pk=int(before))
    decision = Decision.of(case=case, unit=case.unit, language=case.language, prepared_by=actor, **asdict(text))
    _keep_routes(decision, routes)
    cases.belongs(case, SOURCE, "decision", decision.pk, actor=actor)
    cases.record(case, actor=actor, kind="decision_prepared", label=PREPARED)
    submissions.settle(key, str(decision.pk))
    return decision


@action("Muuta päätösluonnosta", needs="cases.handle")
def revise(decision: Decision, text: Text, routes: Sequence[AppealRoute], *, version: int, actor: Actor) -> Decision:
    """Change the draft as it stood at `version`; someone else's change in between is a `Conflict`."""
    held = _held(decision, version, actor)
    for name, value in asdict(text).items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=["title", "operative", "reasons", "provisions", "power", "version"])
    _keep_routes(held, routes)
    return held


@action("Tee päätös", needs="cases.decide")
def decide(decision: Decision, *, version: int, actor: User) -> Decision:
    """Make the decision: number, document with instructions, the case resolved. Refused while it lacks what the law asks.

    A hearing under way blocks it (HL 434/2003 § 34), as does the decider's disqualification (§ 27).
    """
    held = _held(decision, version, actor)
    case = held.case
    cases.hold(case, actor)
    cases.may_decide(case)
    routes = [one.route for one in held.routes.select_related("route")]
    _complete(held, routes)
    at = running().at
    held.state, held.decider, held.made_at, held.year = DecisionState.MADE, actor, at, timezone.localtime(at).year
    held.number, held.version = _next_number(held), held.version + 1
    held.document = _document(held, routes, actor, at)
    held.save(update_fields=["state", "decider", "made_at", "year", "number", "version", "document"])
    stage = case.revision.nodes.filter(kind=NodeKind.STAGE, code=PLAN_STAGE).first()
    case.state, case.resolved_at = CaseState.RESOLVED, at
    cases.changed(case, "state", "resolved_at")
    cases.record(case, actor=actor, kind="decided", label=DECIDED, stage=stage, document=held.document, note=str(held))
    return held


@action("Anna tiedoksi", needs="cases.handle")
def serve(decision: Decision, party: CaseParty, *, way: Way, sent_on: dt.date, actor: Actor, shown_on: dt.date | None = None) -> Service:
    """Record that a party was served, and count the times of appeal from it (HL 434/2003 § 54–63, KuntaL 410/2015 § 139)."""
    if decision.is_draft or decision.document is None or decision.made_at is None:
        raise Refused(_("Päätöstä ei ole vielä tehty."), code="decisions.not_made")
    if not timezone.localtime(decision.made_at).date() <= sent_on <= timezone.localdate():
        sentence = _("Lähettämispäivän on oltava päätöksen tekemisen ja tämän päivän välillä.")
        raise Refused(sentence, code="decisions.sent_when", field="sent_on")
    if shown_on is not None and shown_on < sent_on:
        raise Refused(_("Tiedoksisaanti ei voi olla ennen lähettämistä."), code="decisions.shown_when", field="shown_on")
    if decision.services.filter(party=party).exists():
        raise Refused(_("Päätös on jo annettu tiedoksi osapuolelle."), code="decisions.served", field="party")
    service = Service.of(decision=decision, party=party, way=way, sent_on=sent_on, shown_on=shown_on)
    for one in decision.routes.select_related("route"):
        if one.route.term:
            _count(service, one.route, way)
    if decision.document.state != DocumentState.SENT:
        documents.send(decision.document, way=way, actor=actor)
    cases.record(decision.case, actor=actor, kind="decision_served", label=SERVED, document=decision.document, note=str(way.label))
    return service


@action("Kirjaa muutoksenhaku", needs="cases.handle")
def record_appeal(decision: Decision, *, note: str, version: int, actor: Actor) -> Decision:
    """Record that the decision was appealed: it gains no legal force before the appeal is settled."""
    held = Decision.objects.select_for_update(of=("self",)).select_related("case").get(pk=decision.pk)
    if held.version != version:
        raise Conflict
    if held.state != DecisionState.MADE:
        raise Refused(_("Muutoksenhaku on jo kirjattu tai päätöstä ei ole tehty."), code="decisions.no_appeal")
    held.state, held.version = DecisionState.APPEALED, held.version + 1
    held.save(update_fields=["state", "version"])
    cases.record(held.case, actor=actor, kind="appealed", label=APPEALED, note=note)
    return held


def _held(decision: Decision, version: int, actor: Actor) -> Decision:
    """The draft, locked, as the person saw it."""
    held = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("case__revision", "case__authority", "unit", "prepared_by")
        .get(pk=decision.pk)
    )
    if not held.is_draft:
        raise Refused(_("Päätös on jo tehty eikä sitä voi muuttaa."), code="decisions.made", section="HL 434/2003 50 §")
    if held.version != version:
        raise Conflict
    cases.may_work(held.case, actor)
    return held


def _keep_routes(decision: Decision, routes: Sequence[AppealRoute]) -> None:
    decision.routes.all().delete()
    DecisionRoute.objects.bulk_create([DecisionRoute(decision=decision, route=route) for route in routes])


def _complete(decision: Decision, routes: Sequence[AppealRoute]) -> None:
    """Refuse a decision that lacks what the law asks, each with its section."""
    written = {"reasons": decision.reasons, "provisions": decision.provisions, "power": decision.power, "routes": routes}
    for field, value in written.items():
        if not value:
            sentence, section = LACKING[field]
            raise Refused(sentence, code=f"decisions.no_{field}", section=section, field=field)


def _next_number(decision: Decision) -> int:
    """The next section number of the unit and year; the unit's row keeps two deciders from taking the same."""
    type(decision.unit).objects.select_for_update().get(pk=decision.unit_id)
    last = Decision.objects.filter(unit=decision.unit, year=decision.year).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _document(decision: Decision, routes: Sequence[AppealRoute], actor: User, at: dt.datetime) -> Document:
    node: Node | None = decision.case.revision.nodes.filter(kind=NodeKind.DOCUMENT, code=PLAN_TYPE).first()
    metadata = cases.metadata_in(decision.case, node)
    pdf = letters.decision_pdf(decision, routes, party_names(decision.case), decider=actor, at=at, metadata=metadata)
    draft = documents.Draft(
        title=decision.title,
        type_code=PLAN_TYPE,
        metadata=metadata,
        language=decision.language,
        node=node,
        uploads=[Upload("decision.pdf", pdf, "application/pdf")],
    )
    return documents.compose(draft, author=actor.name, actor=actor, state=DocumentState.SIGNED)


def metadata_of(decision: Decision) -> documents.Metadata:
    """What the document of a decision will be, by the plan of its case."""
    return cases.metadata_of_letter(decision.case, PLAN_TYPE)


def party_names(case: Case) -> list[str]:
    """The parties by name."""
    return [str(party.subject) for party in case.parties.select_related("subject") if party.subject]


def _count(service: Service, route: AppealRoute, way: Way) -> None:
    counted = times.reckon(route, way, service.sent_on, service.shown_on)
    AppealTime.of(
        service=service,
        route=route,
        known_on=counted.starts_on,
        strict_due=counted.strict_due,
        last_day=counted.legal_last_day,
        steps=[step.as_data() for step in counted.steps],
    )
