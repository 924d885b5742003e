"""The case of a request or a turn: opened with what arrived, ended when the answer was given."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
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
from kirjaamo.kernel.errors import Refused
from kirjaamo.registers.education.premises.models import (
    Booking,
    Room,
    TurnApplication,
)
from kirjaamo.registers.education.premises.rules import times
from kirjaamo.registers.education.premises.rules.times import Slot
from kirjaamo.subjects.models import Subject
from kirjaamo.tos.models import ClassRevision, NodeKind
from kirjaamo.tos.reading import node
from kirjaamo.values.language import format_day
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor

SLUG = "kasko-tilavaraus"
TITLES = {"booking": "Koulutilan varaus", "turn": "Koulutilan vakiovuoro"}


@dataclass(frozen=True)
class Asked:
    """What someone told on the public form. `key` is the form's: sent twice, taken once."""

    room: Room
    slot: Slot
    name: str
    email: str
    purpose: str
    headcount: int
    organisation: str = ""
    telephone: str = ""
    customer_number: str = ""
    self_supervised: bool = False
    language: str = "fi"
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def open_case(title: str, customer: Subject, language: str, *, actor: Actor, request: Asked | None = None) -> Case:
    """Open a case; a request of the public form is its first document."""
    place = home_of(SLUG, "booking_answer")
    at = running().at
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
            documents=[_received(request, place.revision, at, actor=actor)] if request else (),
        ),
        actor=actor,
    )


def _received(asked: Asked, revision: ClassRevision, at: dt.datetime, *, actor: Actor) -> Document:
    """The request as a document that arrived (TiHL 906/2019 § 26.3)."""
    kind = node(revision, NodeKind.DOCUMENT, "booking_request")
    data = {
        "lang": asked.language,
        "date": timezone.localdate(at).isoformat(),
        "title": kind.title.get(asked.language) or kind.title["fi"],
        "room": str(asked.room),
        "time": f"{format_day(asked.slot.day, asked.language)} {times.clock_text(asked.slot.start)}–{times.clock_text(asked.slot.end)}",
        "name": asked.name,
        "organisation": asked.organisation,
        "email": asked.email,
        "telephone": asked.telephone,
        "number": asked.customer_number,
        "purpose": asked.purpose,
        "headcount": asked.headcount,
        "self_supervised": asked.self_supervised,
    }
    pdf = typeset.make_pdf("booking_request", data, root=Path(__file__).parents[1] / "typst")
    draft = documents.Draft(
        title=kind.title["fi"],
        type_code="booking_request",
        metadata=documents.Metadata.of(kind),
        language=asked.language,
        node=kind,
        uploads=[Upload("booking_request.pdf", pdf, "application/pdf")],
    )
    return documents.receive(draft, sender=asked.organisation or asked.name, way=Way.E_SERVICE, arrived_at=at, actor=actor)


def end_case(record: Booking | TurnApplication, way: Way, *, actor: Actor) -> None:
    """End the case of a record with the time of its decision and the way in which it was given."""
    case = Case.objects.select_for_update().get(pk=record.case_id) if record.case_id else None
    decided = case.events.filter(kind="decision").order_by("id").last() if case else None
    if case is None or decided is None:
        raise Refused(_("Asiassa ei ole vielä päätöstä."), code="premises.not_decided")
    if case.state == CaseState.CLOSED:
        raise Refused(_("Asian käsittely on jo päättynyt."), code="premises.closed_case")
    cases.close(case, actor=actor, resolved_at=decided.at, service_way=way, stage=node(case.revision, NodeKind.STAGE, "service"))
