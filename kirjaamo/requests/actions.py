"""What may be done to requests: send, search, answer, give, refuse, lengthen, transfer. Each is a step of the request's case."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import CaseParty, CaseState, ClosingGround, PartyRole, TaskState
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Document, DocumentState, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.registry import SOURCES, Extract, Found
from kirjaamo.norms import clocks
from kirjaamo.organisation.models import ManagementUnit, Unit
from kirjaamo.requests import letters, sealed, terms
from kirjaamo.requests.kinds import KINDS, Remedy
from kirjaamo.requests.models import (
    Delivery,
    InformationRequest,
    Message,
    MessageDirection,
    Outcome,
    Refusal,
    RefusalBasis,
    RequestKind,
    SearchTask,
)
from kirjaamo.requests.plan import heading_of, searches
from kirjaamo.subjects.actions import add_subject
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import in_force, node
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.catalog.models import Entry
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import User
    from kirjaamo.subjects.models import Subject
    from kirjaamo.tos.models import ClassRevision
    from kirjaamo.values.personal_id import PersonalId

CLASS = "07 01 04"
"""Information requests, corrections and information service in the plan."""
SAFE_WAYS = frozenset({Way.SECURE_MAIL, Way.POST, Way.COUNTER})
"""How what is not wholly public may be given to someone who is known (TiHL 906/2019 § 14)."""


@dataclass(frozen=True)
class NewRequest:
    """What an asker told. `answers` are by the order of the questions; everything but the kind may be empty."""

    kind: str
    entry: Entry
    what: str
    answers: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
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
        first = sealed.unseal(before.encode())
        return Sent(str(first["identifier"]), str(first["token"]))
    at = new.received_at or running().at
    deadline = terms.first(new.kind, heading_of(new.entry), at)
    revision = in_force(CLASS, timezone.localdate())
    party = add_subject(new.name, actor=actor, email=new.email, address=new.address, language=new.language) if new.name else None
    token = sealed.new_token()
    case = cases.open_case(_new_case(new, revision, party, at, deadline.strict_due, actor=actor), actor=actor)
    request = InformationRequest.of(
        case=case,
        kind=new.kind,
        entry_kind=new.entry.kind,
        entry_slug=new.entry.slug,
        entry_title=new.entry.title,
        sealed=sealed.seal({"what": new.what, "answers": list(new.answers), "name": new.name, "email": new.email, "address": new.address}),
        language=new.language,
        anonymous=not new.name,
        needs_identity=KINDS[new.kind].needs_identity,
        token_hash=sealed.token_hash(token),
        way=new.way,
        received_at=at,
        deadlines=[terms.as_data(deadline)],
    )
    _give_search_tasks(request, new, deadline.strict_due, actor=actor)
    submissions.settle(new.key, sealed.seal({"identifier": case.identifier, "token": token}).decode())
    return Sent(case.identifier, token)


def _new_case(  # noqa: PLR0913 - a case is these facts
    new: NewRequest, revision: ClassRevision, party: Subject | None, at: dt.datetime, due_on: dt.date, *, actor: Actor
) -> cases.NewCase:
    return cases.NewCase(
        revision=revision,
        unit=_desk(new.entry),
        management_unit=ManagementUnit.objects.get(),
        title=_title(new.entry),
        public_title=_title(new.entry),
        initiated_at=at,
        parties=[cases.NewParty(PartyRole.INITIATOR, party)],
        language=new.language,
        stage=node(revision, NodeKind.STAGE, "initiation"),
        due_on=due_on,
        documents=[_request_document(new, revision, at, actor=actor)],
    )


def _desk(entry: Entry) -> Unit:
    """The unit that answers: the one that decides on the entry; a city-wide resource goes through the registry office."""
    if getattr(entry, "city_wide", False):
        return Unit.objects.get(is_registry_office=True)
    return entry.decided_by


def _title(entry: Entry) -> str:
    """A title that tells what is asked about in general and never what the asker wrote (JulkL 621/1999 § 22)."""
    return f"Tietopyyntö: {entry.title.get('fi', '')}"[:300]


def _request_document(new: NewRequest, revision: ClassRevision, at: dt.datetime, *, actor: Actor) -> Document:
    place = node(revision, NodeKind.DOCUMENT, "request")
    draft = documents.Draft(
        title="Tietopyyntö",
        type_code="request",
        metadata=documents.Metadata.of(place),
        language=new.language,
        node=place,
        uploads=[Upload("tietopyynto.pdf", letters.request_pdf(new, at), "application/pdf")],
    )
    return documents.receive(draft, sender=new.name or "Nimetön pyytäjä", way=new.way, arrived_at=at, actor=actor)


SEARCH_WORDS = {"fi": "Hae tiedot", "sv": "Sök uppgifterna", "en": "Search"}
TRANSFER_WORDS = {"fi": "Siirrä pyyntö", "sv": "Överför begäran", "en": "Transfer the request"}


def _give_search_tasks(request: InformationRequest, new: NewRequest, due_on: dt.date, *, actor: Actor) -> None:
    """One task for every system behind the entry, to the unit that decides; what another controls becomes a transfer."""
    keys = [{"kind": answer.get("kind", ""), "label": answer.get("label", "")} for answer in new.answers if answer.get("value")]
    for one in searches(new.entry):
        title = one.system.title if one.system else new.entry.title
        words = TRANSFER_WORDS if one.transfer else SEARCH_WORDS
        task = cases.assign(
            request.case,
            actor=actor,
            kind="transfer" if one.transfer else "search",
            title={lang: f"{word}: {title.get(lang) or title.get('fi', '')}" for lang, word in words.items()},
            unit=one.unit,
            due_on=due_on,
        )
        SearchTask.of(
            request=request,
            task=task,
            system_slug=one.system.slug if one.system else "",
            system_title=title,
            connection=one.system.connection if one.system else "hand",
            keys=keys,
        )


@action("Katso pyytäjän tiedot", needs="requests.read")
def open_sealed(request: InformationRequest, *, actor: Actor) -> dict[str, Any]:
    """Open what the asker told. That it was read, and by whom, stays in the journal (TiHL 906/2019 § 17)."""
    del actor
    running().wrote(request, "read")
    return sealed.unseal(request.sealed) | {"messages": {one.pk: sealed.unseal(one.sealed)["text"] for one in request.messages.all()}}


@action("Avaa asiakirja", needs="requests.read")
def open_document(request: InformationRequest, document: Document, *, actor: Actor) -> None:
    """Note in the journal that an official opened a document of the request (TiHL 906/2019 § 17)."""
    del request, actor
    running().wrote(document, "read")


@action("Ota pyyntö käsittelyyn", needs="requests.answer")
def take(request: InformationRequest, *, actor: User) -> InformationRequest:
    """Become the handler of the request."""
    _still_open(request)
    cases.take(request.case, actor=actor, user=actor)
    return request


@action("Siirrä toiseen yksikköön", needs="requests.route")
def route(request: InformationRequest, unit: Unit, *, reason: str, actor: Actor) -> InformationRequest:
    """Move the request to another unit of the authority; its clock goes on."""
    _still_open(request)
    because(reason)
    case = request.case
    case.unit, case.handler, case.authority_id = unit, None, unit.authority_id
    case.save(update_fields=["unit", "handler", "authority"])
    words = ("Pyyntö siirrettiin toiseen yksikköön", "Begäran överfördes till en annan enhet", "The request was moved to another unit")
    _step(request, "routed", words, actor=actor, note=unit.title.get("fi", ""))
    return request


@action("Tunnista pyytäjä", needs="requests.answer")
def identify(request: InformationRequest, personal_id: PersonalId, name: str, *, how: str, actor: Actor) -> Subject:
    """Record that the asker proved who they are, and make them the initiator of the case."""
    _still_open(request)
    subject = add_subject(name, actor=actor, personal_id=personal_id, language=request.language)
    because(how)
    request.identified_at, request.identified_how, request.anonymous = running().at, how, False
    request.save(update_fields=["identified_at", "identified_how", "anonymous"])
    party = initiator(request)
    party.subject, party.anonymous = subject, False
    party.save(update_fields=["subject", "anonymous"])
    _step(request, "identified", ("Pyytäjä tunnistettiin", "Den som begärt uppgifter identifierades", "The asker was identified"), actor=actor)
    return subject


@action("Hae avaimilla", needs="requests.answer")
def search(task: SearchTask, keys: Mapping[str, str], *, actor: Actor) -> Sequence[Found]:
    """Run search keys on a home register and keep the proof: which keys, when, who, how many hits. Values are not kept."""
    _still_open(task.request)
    source = SOURCES.get(task.system_slug)
    if source is None:
        raise Refused(_("Tähän järjestelmään ei ole yhteyttä. Hae tiedot järjestelmästä itse ja kirjaa tulos."), code="requests.no_source")
    used = {name: value for name, value in keys.items() if value}
    if not used:
        raise Refused(_("Anna ainakin yksi hakutekijä."), code="requests.no_keys")
    found = source.find(used, actor=actor)
    labels = {key.name: dict(key.label) for key in source.describe().keys}
    _searched(task, [{"kind": name, "label": labels.get(name, name)} for name in used], len(found), "", actor=actor)
    return found


@action("Kirjaa haun tulos", needs="requests.answer")
def record_search(task: SearchTask, *, hits: int, keys: Sequence[str], note: str, actor: Actor) -> SearchTask:
    """Record a search that an official made by hand: the keys used, how many hits, and what was noticed."""
    _still_open(task.request)
    _searched(task, [{"kind": "hand", "label": key} for key in keys], hits, note, actor=actor)
    return task


def _searched(task: SearchTask, keys: Sequence[Mapping[str, Any]], hits: int, note: str, *, actor: Actor) -> None:
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
    _still_open(task.request)
    if task.task.state == TaskState.DONE:
        raise Refused(_("Tämä osa pyynnöstä on jo käsitelty."), code="requests.already_done")
    request = task.request
    task.note = "\n".join(text for text in (body, note) if text)
    task.save(update_fields=["note"])
    cases.finish(task.task, actor=actor, outcome=f"transferred: {body}")
    _write(request, letters.transfer_text(request, task.system_title, body), actor=actor, public=not request.needs_identity)
    _step(request, "transferred", ("Osa pyynnöstä siirrettiin", "En del av begäran överfördes", "A part of the request was transferred"), actor=actor, note=body)
    return task


@action("Kokoa omien tietojen paketti", needs="requests.answer")
def build_package(request: InformationRequest, *, actor: User, key: uuid.UUID) -> Document | None:
    """Collect what every register of the program holds of the identified asker, as PDF and JSON. It is given after review (GDPR 15).

    Sending the form twice makes one package: the second time returns None.
    """
    _still_open(request)
    subject = initiator(request).subject
    if request.kind != RequestKind.OWN_DATA or request.identified_at is None or subject is None:
        raise Refused(
            _("Paketin voi koota vain tunnistetulle pyytäjälle, joka pyytää omia tietojaan."), code="requests.not_identified", section="EU 2016/679 15 art."
        )
    if submissions.claim(key) is not None:
        return None
    at = running().at
    with translation.override(request.language):
        extracts = [SOURCES[slug].extract(subject.pk, actor=actor) for slug in sorted(SOURCES)]
    _prove(request, extracts, actor=actor)
    uploads = [
        Upload("omat-tiedot.pdf", letters.package_pdf(request, extracts, official=actor, at=at), "application/pdf"),
        Upload("omat-tiedot.json", letters.package_json(request, extracts, at), "application/json"),
    ]
    document = _material(request, documents.Metadata.of(_place(request, "material")), "Omien tietojen kooste", uploads, actor=actor)
    submissions.settle(key, document.identifier)
    return document


def _prove(request: InformationRequest, extracts: Sequence[Extract], *, actor: Actor) -> None:
    """A search task of a register that the package covers is done by it, with its hits as the proof."""
    found = {extract.source: len(extract.records) for extract in extracts}
    person = {"kind": "person", "label": {"fi": "Tunnistettu henkilö", "sv": "Identifierad person", "en": "Identified person"}}
    for task in request.searches.select_related("task", "request__case__revision").filter(system_slug__in=found):
        _searched(task, [person], found[task.system_slug], "", actor=actor)


@action("Lisää asiakirja vastaukseen", needs="requests.answer")
def add_document(  # noqa: PLR0913 - a document is these facts
    request: InformationRequest, uploads: Sequence[Upload], *, title: str, metadata: documents.Metadata, actor: User, key: uuid.UUID | None = None
) -> Document | None:
    """Add a document to what is given, with its publicity as the official decided it. The same form twice adds one (None)."""
    _still_open(request)
    if key is not None and submissions.claim(key) is not None:
        return None
    if metadata.publicity.needs_ground and not metadata.grounds:
        raise Refused(
            _("Valitse salassapitoperuste tai merkitse asiakirja julkiseksi."), code="requests.ground_missing", section="JulkL 621/1999 24 §", field="grounds"
        )
    return _material(request, metadata, title, uploads, actor=actor)


def _place(request: InformationRequest, code: str) -> Any:
    return node(request.case.revision, NodeKind.DOCUMENT, code)


def _material(request: InformationRequest, metadata: documents.Metadata, title: str, uploads: Sequence[Upload], *, actor: User) -> Document:
    place = _place(request, "material")
    draft = documents.Draft(title=title, type_code="material", metadata=metadata, language=request.language, node=place, uploads=uploads)
    document = documents.compose(draft, author=actor.name, actor=actor)
    words = ("Aineisto lisättiin", "Material lades till", "Material was added")
    _step(request, "document_added", words, actor=actor, document=document, stage="preparation")
    return document


@action("Luovuta asiakirja", needs="requests.answer")
def give(request: InformationRequest, document: Document, *, way: Way, actor: Actor, may_process: bool = False) -> Delivery:
    """Give a document. Through the unguessable address only what is wholly public; the rest to a known person by a safe way.

    `may_process` tells that the receiver may process the personal data of the copy (JulkL 621/1999 § 16.3).
    """
    _still_open(request)
    _may_give(request, document, way, may_process=may_process)
    file = document.files.order_by("version").first()
    if file is None:
        raise Refused(_("Asiakirjalla ei ole tiedostoa."), code="requests.no_file")
    documents.send(document, way=way, actor=actor)
    public = document.publicity == Publicity.PUBLIC.value
    delivery = Delivery.of(
        request=request, document=document, open=public and way == Way.E_SERVICE, given_at=running().at, given_by=actor.actor_ref, way=way, sha256=file.sha256
    )
    _step(request, "given", ("Asiakirja luovutettiin", "En handling lämnades ut", "A document was given"), actor=actor, document=document)
    return delivery


def _may_give(request: InformationRequest, document: Document, way: Way, *, may_process: bool) -> None:
    """Refuse what the law forbids: secret content by an open address or to someone unknown, personal data without the right."""
    if not document.in_cases.filter(case=request.case).exists():
        raise Refused(_("Asiakirja ei kuulu tähän asiaan."), code="requests.not_of_case")
    if request.deliveries.filter(document=document).exists():
        raise Refused(_("Asiakirja on jo annettu."), code="requests.already_given")
    if document.publicity == Publicity.PUBLIC.value:
        if document.personal != "none" and way not in {Way.COUNTER} and not may_process:
            sentence = _("Kopion henkilörekisterin tiedoista saa antaa vain, jos saajalla on oikeus käsitellä niitä. Varmista oikeus ja merkitse se.")
            raise Refused(sentence, code="requests.may_process", section="JulkL 621/1999 16 § 3 mom.", field="may_process")
        return
    if way not in SAFE_WAYS:
        sentence = _("Osoitteen kautta voi antaa vain kokonaan julkisen asiakirjan. Anna tämä suojatusti, postitse tai asiointipisteessä.")
        raise Refused(sentence, code="requests.not_by_address", section="TiHL 906/2019 14 §", field="way")
    if Publicity(document.publicity).needs_ground and request.identified_at is None:
        sentence = _("Pyytäjää ei ole tunnistettu. Tunnista pyytäjä ennen kuin annat salassa pidettävää tietoa.")
        raise Refused(sentence, code="requests.not_identified", section="JulkL 621/1999 11–13 §", field="way")


@action("Lähetä viesti pyytäjälle", needs="requests.answer")
def write(request: InformationRequest, text: str, *, actor: Actor, public: bool = True, key: uuid.UUID | None = None) -> Message | None:
    """Send a message to the asker. `public` ones stand behind the unguessable address; the official answers for their content."""
    if key is not None and submissions.claim(key) is not None:
        return None
    message = _write(request, text, actor=actor, public=public)
    _step(request, "message", ("Pyytäjälle lähetettiin viesti", "Ett meddelande skickades", "A message was sent to the asker"), actor=actor)
    return message


def _write(request: InformationRequest, text: str, *, actor: Actor, public: bool) -> Message:
    if request.asker_wrote_at is not None:
        request.asker_wrote_at = None
        request.save(update_fields=["asker_wrote_at"])
    return Message.of(
        request=request,
        direction=MessageDirection.TO_ASKER,
        at=running().at,
        sealed=sealed.seal({"text": text}),
        open=public,
        author=actor.actor_ref,
    )


@action("Lähetä lisätietoa", needs=PUBLIC)
def reply(request: InformationRequest, text: str, *, key: uuid.UUID, actor: Actor) -> Message | None:
    """Take a message of the asker; the same form twice makes one message (None the second time)."""
    if submissions.claim(key) is not None:
        return None
    request.asker_wrote_at = running().at
    request.save(update_fields=["asker_wrote_at"])
    message = Message.of(request=request, direction=MessageDirection.FROM_ASKER, at=running().at, sealed=sealed.seal({"text": text}), open=True, author="asker")
    _step(request, "asker_wrote", ("Pyytäjä lähetti viestin", "Den som begärt uppgifter skrev", "The asker wrote"), actor=actor)
    return message


@action("Vastaa ja päätä pyyntö", needs="requests.answer")
def answer(request: InformationRequest, text: str, *, outcome: Outcome, actor: User, public: bool = True, way: Way = Way.E_SERVICE) -> InformationRequest:
    """Answer the asker and end the request. What was to be searched must have been searched first, or transferred."""
    _still_open(request)
    if request.outcome:
        raise Refused(_("Pyyntöön on jo vastattu."), code="requests.already_answered")
    _all_searched(request)
    if outcome in {Outcome.GIVEN, Outcome.PARTLY_GIVEN} and not request.deliveries.exists():
        raise Refused(_("Yhtään asiakirjaa ei ole annettu. Anna asiakirja ensin tai valitse toinen lopputulos."), code="requests.nothing_given", field="outcome")
    place = _place(request, "answer")
    pdf = letters.answer_pdf(request, text, official=actor, at=running().at)
    document = _own_document(request, place, "Vastaus tietopyyntöön", "answer", Upload("vastaus.pdf", pdf, "application/pdf"), actor=actor)
    documents.send(document, way=way, actor=actor)
    _write(request, text, actor=actor, public=public)
    _settle(request, outcome)
    _step(request, "answered", ("Pyyntöön vastattiin", "Begäran besvarades", "The request was answered"), actor=actor, document=document)
    ground = ClosingGround.TRANSFERRED if outcome == Outcome.TRANSFERRED else ClosingGround.ANSWERED
    _end(request, ground, way, actor=actor)
    return request


def _own_document(request: InformationRequest, place: Any, title: str, code: str, upload: Upload, *, actor: User) -> Document:
    draft = documents.Draft(title=title, type_code=code, metadata=documents.Metadata.of(place), language=request.language, node=place, uploads=[upload])
    return documents.compose(draft, author=actor.name, actor=actor, state=DocumentState.SIGNED)


def _all_searched(request: InformationRequest) -> None:
    waiting = request.case.tasks.filter(state=TaskState.OPEN).first()
    if waiting is not None:
        title = waiting.title.get("fi", "")
        sentence = _("Pyynnössä on vielä tekemätön tehtävä: %(task)s. Tee se tai kirjaa sen tulos ennen vastaamista.") % {"task": title}
        raise Refused(sentence, code="requests.searches_open")


def _settle(request: InformationRequest, outcome: Outcome) -> None:
    request.outcome, request.answered_at = outcome, running().at
    request.save(update_fields=["outcome", "answered_at"])


def _end(request: InformationRequest, ground: ClosingGround, way: Way | None, *, actor: Actor, note: str = "") -> None:
    for task in request.case.tasks.filter(state=TaskState.OPEN):
        cases.finish(task, actor=actor, outcome=f"closed: {ground.value}")
    stage = node(request.case.revision, NodeKind.STAGE, "service")
    cases.close(request.case, actor=actor, ground=ground, service_way=way, stage=stage, note=note)


@action("Kieltäydy antamasta", needs="requests.answer")
def refuse(request: InformationRequest, told: letters.RefusalFacts, *, actor: User, public: bool = True, way: Way = Way.E_SERVICE) -> Refusal:
    """The official's first-line refusal: reason, the way to the authority's decision, the question whether it is wanted, fees.

    The case stays open until the asker has answered or the official ends it with a reason (JulkL 621/1999 § 14.2).
    """
    _still_open(request)
    _check_refusal(request, told)
    at = running().at
    title = "Virkamiehen vastaus: tietoa ei anneta"
    pdf = letters.refusal_pdf(request, told, official=actor, at=at)
    document = _own_document(request, _place(request, "refusal"), title, "refusal", Upload("vastaus.pdf", pdf, "application/pdf"), actor=actor)
    documents.send(document, way=way, actor=actor)
    refusal = Refusal.of(
        request=request, at=at, by=actor.actor_ref, basis=told.basis, grounds=list(told.grounds), told=sealed.seal(told.as_data()), document=document
    )
    _write(request, letters.refusal_text(request, told, official=actor), actor=actor, public=public)
    _settle(request, _refused_outcome(request, told))
    words = ("Virkamies kieltäytyi antamasta tietoa", "Tjänsteinnehavaren vägrade lämna ut uppgifter", "The official refused to give")
    _step(request, "refused", words, actor=actor, document=document, stage="decision")
    return refusal


def _check_refusal(request: InformationRequest, told: letters.RefusalFacts) -> None:
    """Nothing of what the law asks may be missing; what does not exist is known only after the searches (JulkL 621/1999 § 14)."""
    needed = {"what": told.what, "reason": told.reason, "fee": told.fee, "party": told.party}
    needed |= {} if told.given or told.basis == RefusalBasis.NOT_FOUND else {"partial_reason": told.partial_reason}
    for name, text in needed.items():
        if not text.strip():
            raise Refused(_("Täytä tämä kohta: laki vaatii sen vastaukseen."), code="requests.refusal_content", section="JulkL 621/1999 14 §", field=name)
    if told.basis == RefusalBasis.SECRET and not told.grounds:
        sentence = _("Valitse salassapitoperuste, johon kieltäytyminen perustuu.")
        raise Refused(sentence, code="requests.ground_missing", section="JulkL 621/1999 24 §", field="ground_1")
    if told.basis == RefusalBasis.NOT_FOUND:
        _all_searched(request)


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
        _step(request, "decision_wanted", words, actor=actor, stage="decision")
    return refusal


@action("Kirjaa viranomaisen päätös", needs="requests.decide")
def decide(request: InformationRequest, upload: Upload, *, way: Way, text: str, actor: User, key: uuid.UUID, public: bool = True) -> InformationRequest:
    """Record the authority's decision, tell the asker, and close the case with the time of its resolution (JulkL 621/1999 § 14.3)."""
    if submissions.claim(key) is not None:
        return request
    _still_open(request)
    place = _place(request, "decision")
    document = _own_document(request, place, "Viranomaisen päätös tietopyyntöön", "decision", upload, actor=actor)
    documents.send(document, way=way, actor=actor)
    _write(request, text, actor=actor, public=public)
    words = ("Viranomainen päätti asian", "Myndigheten avgjorde ärendet", "The authority decided")
    _step(request, "decided", words, actor=actor, document=document, stage="decision")
    for task in request.case.tasks.filter(state=TaskState.OPEN):
        cases.finish(task, actor=actor, outcome="decided")
    if not request.outcome:
        _settle(request, Outcome.ANSWERED)
    stage = node(request.case.revision, NodeKind.STAGE, "service")
    cases.close(request.case, actor=actor, resolved_at=running().at, service_way=way, stage=stage)
    return request


@action("Päätä käsittely", needs="requests.answer")
def close(request: InformationRequest, *, ground: ClosingGround, reason: str, actor: Actor) -> InformationRequest:
    """End a request that the asker withdrew, or whose refusal the asker did not take further. The reason stays on the case."""
    _still_open(request)
    if ground not in {ClosingGround.WITHDRAWN, ClosingGround.LAPSED}:
        raise Refused(_("Valitse, miksi käsittely päättyy."), code="requests.closing_ground", field="ground")
    if ground == ClosingGround.LAPSED and not request.outcome:
        raise Refused(_("Pyyntöön ei ole vastattu, joten se ei voi raueta. Vastaa pyyntöön ensin."), code="requests.not_answered", field="ground")
    if request.refusals.exclude(decision_wanted_at=None).exists() and ground == ClosingGround.LAPSED:
        raise Refused(_("Pyytäjä haluaa viranomaisen päätöksen. Tee päätös ennen kuin päätät käsittelyn."), code="requests.decision_owed", field="ground")
    because(reason)
    if not request.outcome:
        _settle(request, Outcome.WITHDRAWN)
    _end(request, ground, None, actor=actor, note=reason)
    return request


@action("Jatka määräaikaa", needs="requests.answer")
def lengthen(request: InformationRequest, reason: str, *, actor: Actor) -> InformationRequest:
    """Move to the longer term for one of the reasons of the law; the asker is told, both dates stay."""
    _still_open(request)
    if len(request.deadlines) > 1 or request.outcome:
        raise Refused(_("Määräaikaa on jo jatkettu tai pyyntöön on vastattu."), code="requests.already_extended", field="reason")
    deadline = terms.longer(request.kind, request.deadlines[0]["code"], request.received_at, reason, running().at)
    text = letters.extension_text(request, reason, deadline)
    request.deadlines = [*request.deadlines, terms.as_data(deadline, reason)]
    request.save(update_fields=["deadlines"])
    request.case.due_on = deadline.strict_due
    request.case.save(update_fields=["due_on"])
    _write(request, text, actor=actor, public=True)
    _step(request, "lengthened", ("Määräaikaa jatkettiin", "Tidsfristen förlängdes", "The time was extended"), actor=actor)
    return request


@action("Merkitse noudetuksi", needs=PUBLIC)
def fetched(delivery: Delivery, *, actor: Actor) -> None:
    """Note the first time that a given document was fetched."""
    del actor
    if delivery.fetched_at is None:
        delivery.fetched_at = running().at
        delivery.save(update_fields=["fetched_at"])


def _still_open(request: InformationRequest) -> None:
    if request.case.state == CaseState.CLOSED:
        raise Refused(_("Pyynnön käsittely on päättynyt."), code="requests.closed")


def _step(  # noqa: PLR0913 - a step is these facts
    request: InformationRequest, kind: str, words: tuple[str, str, str], *, actor: Actor, document: Document | None = None, stage: str = "", note: str = ""
) -> None:
    at = node(request.case.revision, NodeKind.STAGE, stage) if stage else None
    cases.record(request.case, actor=actor, kind=kind, label=dict(zip(("fi", "sv", "en"), words, strict=True)), document=document, stage=at, note=note)


def initiator(request: InformationRequest) -> CaseParty:
    """The party who asked."""
    return request.case.parties.select_related("subject").get(role=PartyRole.INITIATOR)
