"""What may be done to requests: send, search, answer, give, refuse, lengthen, transfer. Each is a step of the request's case."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import CaseParty, ClosingGround, PartyRole, TaskState
from kirjaamo.documents import actions as documents
from kirjaamo.documents import typeset
from kirjaamo.documents.models import Document, DocumentState, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.registry import SOURCES, Found
from kirjaamo.norms import clocks
from kirjaamo.organisation.models import ManagementUnit, Unit
from kirjaamo.requests import letters, sealed
from kirjaamo.requests.kinds import KINDS
from kirjaamo.requests.models import (
    Delivery,
    InformationRequest,
    Message,
    MessageDirection,
    Outcome,
    Refusal,
    SearchTask,
)
from kirjaamo.requests.plan import searches
from kirjaamo.subjects.actions import add_subject
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import in_force, node
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.catalog.models import Entry
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import User
    from kirjaamo.subjects.models import Subject
    from kirjaamo.values.deadlines import Deadline
    from kirjaamo.values.personal_id import PersonalId

CLASS = "07 01 04"
"""Information requests, corrections and information service in the plan."""
EXTENSION_REASONS = ("many_documents", "secret_parts", "other_comparable")  # JulkL 621/1999 § 14.4


@dataclass(frozen=True)
class NewRequest:
    """What an asker told. `answers` are by the order of the questions; everything but the kind may be empty."""

    kind: str
    entry: Entry
    what: str
    answers: Sequence[Mapping[str, str]] = field(default_factory=tuple)
    name: str = ""
    email: str = ""
    address: str = ""
    language: str = "fi"
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    way: Way = Way.E_SERVICE
    received_at: dt.datetime | None = None


@dataclass(frozen=True)
class Sent:
    """A request that was taken: the case identifier and the token of its address (known to nobody else)."""

    identifier: str
    token: str


@action("Lähetä tietopyyntö", needs=PUBLIC)
def send_request(new: NewRequest, *, actor: Actor) -> Sent:
    """Take a request: a case with its clocks, the request as a document, and a task for every unit that must search.

    Sending the same form twice (one `key`) gives the first result again.
    """
    before = submissions.claim(new.key)
    if before is not None:
        return Sent(**sealed.unseal(before.encode()))  # type: ignore[arg-type]
    facts = KINDS[new.kind]
    at = new.received_at or running().at
    deadline = clocks.due(facts.term, at)
    revision = in_force(CLASS, timezone.localdate())
    party = add_subject(new.name, actor=actor, email=new.email, address=new.address, language=new.language) if new.name else None
    token = sealed.new_token()
    document = _request_document(new, revision_node=node(revision, NodeKind.DOCUMENT, "request"), at=at, actor=actor)
    case = cases.open_case(
        cases.NewCase(
            revision=revision,
            unit=_desk(new.entry),
            management_unit=ManagementUnit.objects.get(),
            title=_title(new.entry),
            public_title=_title(new.entry),
            initiated_at=at,
            parties=[cases.NewParty(PartyRole.INITIATOR, party)],
            language=new.language,
            stage=node(revision, NodeKind.STAGE, "initiation"),
            due_on=deadline.strict_due,
            documents=[document],
        ),
        actor=actor,
    )
    request = InformationRequest.of(
        case=case,
        kind=new.kind,
        entry_kind=new.entry.kind,
        entry_slug=new.entry.slug,
        entry_title=new.entry.title,
        sealed=sealed.seal({"what": new.what, "answers": list(new.answers), "name": new.name, "email": new.email, "address": new.address}),
        language=new.language,
        anonymous=not new.name,
        needs_identity=facts.needs_identity,
        token_hash=sealed.token_hash(token),
        received_at=at,
        deadlines=[_deadline_data(deadline)],
    )
    _give_search_tasks(request, new, deadline.strict_due, actor=actor)
    submissions.settle(new.key, sealed.seal({"identifier": case.identifier, "token": token}).decode())
    return Sent(case.identifier, token)


def _desk(entry: Entry) -> Unit:
    """The unit that answers: the one that decides on the entry; a city-wide resource goes through the registry office."""
    if getattr(entry, "city_wide", False):
        return Unit.objects.get(is_registry_office=True)
    return entry.decided_by


def _title(entry: Entry) -> str:
    """A title that tells what is asked about in general and never what the asker wrote (JulkL 621/1999 § 22)."""
    return f"Tietopyyntö: {entry.title.get('fi', '')}"[:300]


def _request_document(new: NewRequest, *, revision_node: object, at: dt.datetime, actor: Actor) -> Document:
    pdf = letters.request_pdf(new, at)
    draft = documents.Draft(
        title="Tietopyyntö",
        type_code="request",
        metadata=documents.Metadata.of(revision_node),  # type: ignore[arg-type]
        language=new.language,
        node=revision_node,  # type: ignore[arg-type]
        uploads=[Upload("tietopyynto.pdf", pdf, "application/pdf")],
    )
    return documents.receive(draft, sender=new.name or "Nimetön pyytäjä", way=new.way, arrived_at=at, actor=actor)


def _deadline_data(deadline: Deadline, reason: str = "") -> dict[str, object]:
    return {
        "code": deadline.rule.code,
        "strict": deadline.strict_due.isoformat(),
        "legal": deadline.legal_last_day.isoformat(),
        "steps": [step.as_data() for step in deadline.steps],
        "reason": reason,
    }


def _give_search_tasks(request: InformationRequest, new: NewRequest, due_on: dt.date, *, actor: Actor) -> None:
    """One task for every system behind the entry, to the unit that decides; what another controls becomes a transfer."""
    for search in searches(new.entry):
        title = search.system.title if search.system else new.entry.title
        verb = ("Siirrä pyyntö", "Överför begäran", "Transfer the request") if search.transfer else ("Hae tiedot", "Sök uppgifterna", "Search")
        task = cases.assign(
            request.case,
            actor=actor,
            kind="transfer" if search.transfer else "search",
            title={lang: f"{word}: {title.get(lang) or title.get('fi', '')}" for lang, word in zip(("fi", "sv", "en"), verb, strict=True)},
            unit=search.unit,
            due_on=due_on,
        )
        SearchTask.of(
            request=request,
            task=task,
            system_slug=search.system.slug if search.system else "",
            system_title=title,
            connection=search.system.connection if search.system else "hand",
            keys=[{"kind": answer.get("kind", ""), "label": answer.get("label", "")} for answer in new.answers if answer.get("value")],
        )


@action("Tunnista pyytäjä", needs="requests.answer")
def identify(request: InformationRequest, personal_id: PersonalId, name: str, *, how: str, actor: Actor) -> Subject:
    """Record that the asker proved who they are, and make them the initiator of the case."""
    subject = add_subject(name, actor=actor, personal_id=personal_id, language=request.language)
    because(how)
    request.identified_at, request.identified_how, request.anonymous = running().at, how, False
    request.save(update_fields=["identified_at", "identified_how", "anonymous"])
    party = request.case.parties.get(role=PartyRole.INITIATOR)
    party.subject, party.anonymous = subject, False
    party.save(update_fields=["subject", "anonymous"])
    _step(request, "identified", ("Pyytäjä tunnistettiin", "Den som begärt uppgifter identifierades", "The asker was identified"), actor=actor)
    return subject


@action("Hae avaimilla", needs="requests.answer")
def search(task: SearchTask, keys: Mapping[str, str], *, actor: Actor) -> Sequence[Found]:
    """Run search keys on a home register and keep the proof: which keys, when, who, how many hits. Values are not kept."""
    source = SOURCES.get(task.system_slug)
    if source is None:
        raise Refused(_("Tähän järjestelmään ei ole yhteyttä. Hae tiedot järjestelmästä itse ja kirjaa tulos."), code="requests.no_source")
    found = source.find(keys, actor=actor)
    _searched(task, [{"kind": name, "label": name} for name, value in keys.items() if value], len(found), actor=actor)
    return found


@action("Kirjaa haun tulos", needs="requests.answer")
def record_search(task: SearchTask, *, hits: int, keys: Sequence[str], note: str, actor: Actor) -> SearchTask:
    """Record a search that an official made by hand: the keys used, how many hits, and what was noticed."""
    _searched(task, [{"kind": "hand", "label": key} for key in keys], hits, actor=actor)
    if task.task.state != TaskState.DONE:
        cases.finish(task.task, actor=actor, outcome=note or str(hits))
    return task


def _searched(task: SearchTask, keys: Sequence[Mapping[str, str]], hits: int, *, actor: Actor) -> None:
    task.keys, task.hits, task.searched_at, task.searched_by = [dict(key) for key in keys], hits, running().at, actor.actor_ref
    task.save(update_fields=["keys", "hits", "searched_at", "searched_by"])
    if task.task.state != TaskState.DONE and task.connection == "home":
        cases.finish(task.task, actor=actor, outcome=f"hits: {hits}")


@action("Lisää asiakirja vastaukseen", needs="requests.answer")
def add_document(  # noqa: PLR0913 - a document is these facts
    request: InformationRequest, upload: Upload, *, title: str, publicity: Publicity, grounds: Sequence[str], reason: str, actor: Actor
) -> Document:
    """Add a document to what is given, with its publicity as the official decided it."""
    revision = request.case.revision
    draft = documents.Draft(
        title=title,
        type_code="material",
        metadata=documents.Metadata(publicity, tuple(grounds), source="decision", reason=reason),
        language=request.language,
        node=node(revision, NodeKind.DOCUMENT, "material"),
        uploads=[upload],
    )
    document = documents.compose(draft, author=actor.actor_ref, actor=actor)
    cases.record(
        request.case,
        actor=actor,
        kind="document_added",
        label={"fi": "Aineisto lisättiin", "sv": "Material lades till", "en": "Material was added"},
        document=document,
        stage=node(revision, NodeKind.STAGE, "preparation"),
    )
    return document


@action("Luovuta asiakirja", needs="requests.answer")
def give(request: InformationRequest, document: Document, *, way: Way, actor: Actor) -> Delivery:
    """Give a document. Through the unguessable address only what is wholly public; the rest needs identification or another way."""
    public = document.publicity == Publicity.PUBLIC.value
    if way == Way.E_SERVICE and not public:
        raise Refused(
            _("Vain kokonaan julkisen asiakirjan voi antaa osoitteen kautta. Anna tämä tunnistetulle pyytäjälle suojatusti, postitse tai asiointipisteessä."),
            code="requests.not_by_address",
            section="TiHL 906/2019 14 §",
        )
    if not public and request.needs_identity and request.identified_at is None:
        raise Refused(
            _("Pyytäjää ei ole tunnistettu. Tunnista pyytäjä ennen kuin annat muuta kuin julkista tietoa."),
            code="requests.not_identified",
            section="JulkL 621/1999 11–13 §",
        )
    file = document.files.order_by("-version").first()
    if file is None:
        raise Refused(_("Asiakirjalla ei ole tiedostoa."), code="requests.no_file")
    documents.send(document, way=way, actor=actor)
    delivery = Delivery.of(request=request, document=document, open=public, given_at=running().at, given_by=actor.actor_ref, way=way, sha256=file.sha256)
    _step(request, "given", ("Asiakirja luovutettiin", "En handling lämnades ut", "A document was given"), actor=actor, document=document)
    return delivery


@action("Lähetä viesti pyytäjälle", needs="requests.answer")
def write(request: InformationRequest, text: str, *, actor: Actor, public: bool = True) -> Message:
    """Send a message to the asker. `public` ones stand behind the unguessable address; the official answers for their content."""
    message = Message.of(
        request=request,
        direction=MessageDirection.TO_ASKER,
        at=running().at,
        sealed=sealed.seal({"text": text}),
        open=public,
        author=actor.actor_ref,
    )
    _step(request, "message", ("Pyytäjälle lähetettiin viesti", "Ett meddelande skickades", "A message was sent to the asker"), actor=actor)
    return message


@action("Lähetä lisätietoa", needs=PUBLIC)
def reply(request: InformationRequest, text: str, *, key: uuid.UUID, actor: Actor) -> None:
    """Take a message of the asker; the same form twice makes one message."""
    if submissions.claim(key) is not None:
        return
    Message.of(request=request, direction=MessageDirection.FROM_ASKER, at=running().at, sealed=sealed.seal({"text": text}), open=True, author="asker")
    submissions.settle(key, request.case.identifier)


@action("Päätä pyyntö", needs="requests.answer")
def answer(request: InformationRequest, text: str, *, outcome: Outcome, actor: Actor) -> InformationRequest:
    """Answer the asker and end the request; searches still open are closed with it."""
    _end(request, outcome, actor=actor)
    write(request, text, actor=actor)
    ground = ClosingGround.TRANSFERRED if outcome == Outcome.TRANSFERRED else ClosingGround.ANSWERED
    stage = node(request.case.revision, NodeKind.STAGE, "service")
    cases.close(request.case, actor=actor, ground=ground, service_way=Way.E_SERVICE, stage=stage)
    return request


def _end(request: InformationRequest, outcome: Outcome, *, actor: Actor) -> None:
    if request.outcome:
        raise Refused(_("Pyyntöön on jo vastattu."), code="requests.already_answered")
    for task in request.case.tasks.filter(state=TaskState.OPEN):
        cases.finish(task, actor=actor, outcome=outcome.value)
    request.outcome, request.answered_at = outcome, running().at
    request.save(update_fields=["outcome", "answered_at"])


@action("Kieltäydy antamasta", needs="requests.answer")
def refuse(request: InformationRequest, told: letters.RefusalFacts, *, actor: User) -> Refusal:
    """The official's first-line refusal: reason, the way to the authority's decision, the question whether it is wanted, fees.

    The case stays open until the asker has answered or withdrawn (JulkL 621/1999 § 14.2).
    """
    at = running().at
    pdf = letters.refusal_pdf(request, told, official=actor, at=at)
    draft = documents.Draft(
        title="Virkamiehen vastaus: tietoa ei anneta",
        type_code="refusal",
        metadata=documents.Metadata.of(node(request.case.revision, NodeKind.DOCUMENT, "refusal")),
        language=request.language,
        node=node(request.case.revision, NodeKind.DOCUMENT, "refusal"),
        uploads=[Upload("vastaus.pdf", pdf, "application/pdf")],
    )
    document = documents.compose(draft, author=actor.name, actor=actor, state=DocumentState.SIGNED)
    refusal = Refusal.of(
        request=request, at=at, by=actor.actor_ref, what=told.what, grounds=list(told.grounds), reason=told.reason,
        partial_reason=told.partial_reason, document=document,
    )
    write(request, letters.refusal_text(request, told, official=actor), actor=actor, public=True)
    request.outcome, request.answered_at = Outcome.REFUSED, at
    request.save(update_fields=["outcome", "answered_at"])
    _step(
        request, "refused", ("Virkamies kieltäytyi antamasta tietoa", "Tjänsteinnehavaren vägrade lämna ut uppgifter", "The official refused to give"),
        actor=actor, document=document,
    )
    return refusal


@action("Pyydä viranomaisen päätöstä", needs=PUBLIC)
def want_decision(refusal: Refusal, *, actor: Actor) -> Refusal:
    """The asker wants the authority's decision: a task for the unit that decides (JulkL 621/1999 § 14.2–3)."""
    if refusal.decision_wanted_at is None:
        refusal.decision_wanted_at = running().at
        refusal.save(update_fields=["decision_wanted_at"])
        case = refusal.request.case
        title = {"fi": "Tee valituskelpoinen päätös", "sv": "Fatta ett överklagbart beslut", "en": "Make an appealable decision"}
        due = clocks.due("julkl-14-ordinary", running().at).strict_due
        cases.assign(case, actor=actor, kind="decision", title=title, unit=case.unit, due_on=due)
    return refusal


@action("Jatka määräaikaa", needs="requests.answer")
def lengthen(request: InformationRequest, reason: str, *, actor: Actor) -> InformationRequest:
    """Move to the longer term for one of the reasons of the law; the asker is told, both dates stay."""
    facts = KINDS[request.kind]
    at = running().at
    deadline = clocks.lengthen(facts.term, facts.longer_term, request.received_at, reason, at, EXTENSION_REASONS)
    request.deadlines = [*request.deadlines, _deadline_data(deadline, reason)]
    request.save(update_fields=["deadlines"])
    request.case.due_on = deadline.strict_due
    request.case.save(update_fields=["due_on"])
    write(request, letters.extension_text(request, reason, deadline), actor=actor)
    _step(request, "lengthened", ("Määräaikaa jatkettiin", "Tidsfristen förlängdes", "The time was extended"), actor=actor)
    return request


@action("Merkitse noudetuksi", needs=PUBLIC)
def fetched(delivery: Delivery, *, actor: Actor) -> None:
    """Note the first time that a given document was fetched."""
    del actor
    if delivery.fetched_at is None:
        delivery.fetched_at = running().at
        delivery.save(update_fields=["fetched_at"])


def _step(request: InformationRequest, kind: str, words: tuple[str, str, str], *, actor: Actor, document: Document | None = None) -> None:
    cases.record(request.case, actor=actor, kind=kind, label=dict(zip(("fi", "sv", "en"), words, strict=True)), document=document)


def initiator(request: InformationRequest) -> CaseParty:
    """The party who asked."""
    return request.case.parties.select_related("subject").get(role=PartyRole.INITIATOR)
