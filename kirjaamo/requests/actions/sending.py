"""Sending a request: a case with its clocks, the request as a document, and a task for every unit that must search."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import PartyRole
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Document
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import receipts, submissions
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.organisation.models import ManagementUnit, Unit
from kirjaamo.requests import letters, sealed, terms
from kirjaamo.requests.arrivals import NewRequest, Sent
from kirjaamo.requests.kinds import KINDS
from kirjaamo.requests.models import (
    SOURCE,
    InformationRequest,
    SearchTask,
)
from kirjaamo.requests.plan import heading_of, searches
from kirjaamo.subjects.actions import add_subject
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import in_force, node

if TYPE_CHECKING:
    from kirjaamo.catalog.models import Entry
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject
    from kirjaamo.tos.models import ClassRevision


CLASS = "07 01 04"
"""Information requests, corrections and information service in the plan."""


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
    token = new.token or sealed.new_token()
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
        token_hash=receipts.token_hash(token),
        box_key=receipts.keys_of(token)[1],
        way=new.way,
        received_at=at,
        deadlines=[terms.as_data(deadline)],
    )
    cases.belongs(case, SOURCE, "request", request.pk, actor=actor)
    _give_search_tasks(request, new, deadline.strict_due, actor=actor)
    submissions.settle(new.key, sealed.seal({"identifier": case.identifier, "token": token}).decode())
    return Sent(case.identifier, token)


def _new_case(
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
        title = dict(one.title) or new.entry.title
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
            system_slug=one.slug,
            system_title=title,
            connection=one.system.connection if one.system else "hand",
            keys=keys,
        )
