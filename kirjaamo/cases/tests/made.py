"""Invented cases for the tests of this room, made through the actions of the program."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.actions import NewCase, NewParty
from kirjaamo.cases.models import Case, PartyRole
from kirjaamo.documents.actions import Draft, Metadata
from kirjaamo.documents.models import Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.models import ManagementUnit, Unit
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import in_force, node
from kirjaamo.values.publicity import PersonalData, Publicity

MACHINE = Machine("test")
REQUEST_CLASS = "07 01 04"
CARD_CLASS = "12 03 01"


def open_case(
    code: str = REQUEST_CLASS,
    unit: str = "kirjaamo",
    title: str = "Meluaidan rakentaminen Koskelantielle",
    actor: Any = MACHINE,
    **facts: Any,
) -> Case:
    """A case of a class, anonymous and public unless told."""
    revision = in_force(code, timezone.localdate())
    told: dict[str, Any] = {
        "public_title": title,
        "initiated_at": timezone.now(),
        "parties": [NewParty(PartyRole.INITIATOR)],
        "stage": node(revision, NodeKind.STAGE, "initiation"),
    }
    new = NewCase(
        revision=revision, unit=Unit.objects.get(slug=unit), management_unit=ManagementUnit.objects.get(), title=title, **(told | facts)
    )
    return actions.open_case(new, actor=actor)


def draft(
    title: str = "Kirje", publicity: Publicity = Publicity.PUBLIC, personal: PersonalData = PersonalData.NONE, data: bytes = b"Hei"
) -> Draft:
    """A document to be, with one file."""
    grounds = ("JulkL-24-1-32",) if publicity.needs_ground else ()
    metadata = Metadata(publicity, grounds, personal.value, source="decision", reason="testi")
    return Draft(title=title, type_code="other", metadata=metadata, uploads=[Upload("kirje.txt", data, "text/plain")])


def add_document(case: Case, made: Draft, actor: Any, arrived_at: dt.datetime | None = None) -> Any:
    """Add an incoming document to a case; return the document."""
    incoming = actions.Incoming(Way.POST, "Aino Esimerkki", arrived_at or timezone.now())
    return actions.add_document(case, made, incoming=incoming, actor=actor, key=uuid.uuid4())[0]
