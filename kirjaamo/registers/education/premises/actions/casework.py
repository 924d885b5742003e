"""The case of a request or a turn: opened with what arrived, ended when the answer was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, CaseState, PartyRole
from kirjaamo.contract.place import home_of
from kirjaamo.documents import actions as documents
from kirjaamo.documents import typeset
from kirjaamo.documents.models import Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.registers.education.premises.models import Agreement, Bill, Booking, TurnApplication
from kirjaamo.registers.education.premises.sent_in import Sender
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.tos.models import ClassRevision, NodeKind
from kirjaamo.tos.reading import node
from kirjaamo.ui import wording
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor

SLUG = "kasko-tilavaraus"
TITLES = {
    "booking": "Koulutilan varaus",
    "turn": "Koulutilan vakiovuoro",
    "damage": "Koulutilan vahinko",
    "bill": "Koulutilan käytön lasku",
}


@dataclass(frozen=True)
class Received:
    """What came in by a public form: its document type, who sent it, the data of the document, when it came (now unless told)."""

    type_code: str
    sender: str
    data: Mapping[str, object]
    at: dt.datetime | None = None


def open_case(title: str, customer: Subject, language: str, *, actor: Actor, received: Received | None = None) -> Case:
    """Open a case; what came in by a public form is its first document."""
    place = home_of(SLUG, "booking_answer")
    at = (received.at if received else None) or running().at
    return cases.open_case(
        cases.NewCase(
            revision=place.revision,
            unit=place.unit,
            management_unit=place.management_unit,
            title=title,
            public_title=title,
            publicity=Publicity.PARTLY_SECRET,
            initiated_at=at,
            parties=[cases.NewParty(PartyRole.INITIATOR, customer)],
            language=language,
            stage=node(place.revision, NodeKind.STAGE, "initiation"),
            documents=[_document(received, place.revision, language, at, actor=actor)] if received else (),
        ),
        actor=actor,
    )


def _document(received: Received, revision: ClassRevision, language: str, at: dt.datetime, *, actor: Actor) -> Document:
    """What was sent as a document that arrived (TiHL 906/2019 § 26.3)."""
    kind = node(revision, NodeKind.DOCUMENT, received.type_code)
    title = kind.title.get(language) or kind.title["fi"]
    data = {"lang": language, "date": timezone.localdate(at).isoformat(), "title": title, **received.data}
    pdf = typeset.make_pdf(received.type_code, data, root=Path(__file__).parents[1] / "typst")
    draft = documents.Draft(
        title=kind.title["fi"],
        type_code=received.type_code,
        metadata=documents.Metadata.of(kind),
        language=language,
        node=kind,
        uploads=[Upload(f"{received.type_code}.pdf", pdf, "application/pdf")],
    )
    return documents.receive(draft, sender=received.sender, way=Way.E_SERVICE, arrived_at=at, actor=actor)


def people_of(sender: Sender, *, actor: Actor) -> tuple[Subject, Subject]:
    """The person who sent a public form, and the customer: the body that they named, or they themselves."""
    person = add_subject(sender.name, actor=actor, email=sender.email, telephone=sender.telephone, language=sender.language)
    if not sender.organisation:
        return person, person
    kind = SubjectKind.ORGANISATION
    return person, add_subject(sender.organisation, actor=actor, kind=kind, email=sender.email, language=sender.language)


def end_case(record: Agreement | Bill | Booking | TurnApplication, way: Way, *, actor: Actor) -> None:
    """End the case of a record with the time of its decision and the way in which it was given."""
    case = Case.objects.select_for_update().get(pk=record.case_id) if record.case_id else None
    kind = {Agreement: "agreement", Bill: "bill"}.get(type(record), "decision")
    decided = case.events.filter(kind=kind).order_by("id").last() if case else None
    if case is None or decided is None:
        raise OutOfOrder(_("Asiassa ei ole vielä päätöstä. Tee päätös ensin."), code="premises.not_decided")
    if case.state == CaseState.CLOSED:
        told = {"case": case.identifier, "day": wording.day(case.closed_at)}
        raise OutOfOrder(_("Asian %(case)s käsittely on jo päättynyt %(day)s.") % told, code="premises.closed_case")
    cases.close(case, actor=actor, resolved_at=decided.at, service_way=way, stage=node(case.revision, NodeKind.STAGE, "service"))
