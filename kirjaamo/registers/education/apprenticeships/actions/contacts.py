"""Contacts: taken from the public form as a case with what was sent, and answered."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import PartyRole
from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.place import home_of
from kirjaamo.contract.retention import destruction_date
from kirjaamo.documents import actions as documents
from kirjaamo.documents import typeset
from kirjaamo.documents.models import Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action as kernel_action
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.registers.education.apprenticeships.actions.contracts import SLUG
from kirjaamo.registers.education.apprenticeships.choices import ContactRole
from kirjaamo.registers.education.apprenticeships.models import TrainingContact
from kirjaamo.subjects.actions import add_subject
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node
from kirjaamo.ui import wording
from kirjaamo.values.language import format_day
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.tos.models import ClassRevision

TITLE = "Yhteydenotto oppisopimuksesta"
TYPE = "training_contact"
TEMPLATES = Path(__file__).parents[1] / "typst"
TOLD = ("name", "email", "telephone", "employer_name", "trade", "information", "language")


@dataclass(frozen=True)
class Contacted:
    """What someone told on the public form. `key` is the form's: sent twice, taken once."""

    role: ContactRole
    name: str
    email: str
    trade: str
    telephone: str = ""
    employer_name: str = ""
    information: str = ""
    language: str = "fi"
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    arrived_at: dt.datetime | None = None
    """Now unless told."""

    def plain(self) -> dict[str, Any]:
        """The same as plain values, which may lie in a box on their way."""
        return {name: getattr(self, name) for name in TOLD} | {"role": self.role.value, "key": str(self.key)}


def contacted_of(told: Mapping[str, Any], at: dt.datetime | None) -> Contacted:
    """A contact out of plain values, as it came at a moment."""
    facts = {name: told[name] for name in TOLD}
    return Contacted(role=ContactRole(told["role"]), key=uuid.UUID(told["key"]), arrived_at=at, **facts)


@kernel_action(_("Ota yhteyttä oppisopimuksesta"), needs=PUBLIC)
def make_contact(told: Contacted, *, actor: Actor) -> str:
    """Take a contact of the public form as a case with what was sent as its document; return the identifier."""
    before = submissions.claim(told.key)
    if before is not None:
        return before
    person = add_subject(told.name, actor=actor, email=told.email, telephone=told.telephone, language=told.language)
    place, at = home_of(SLUG, TYPE), told.arrived_at or running().at
    case = cases.open_case(
        cases.NewCase(
            revision=place.revision,
            unit=place.unit,
            management_unit=place.management_unit,
            title=TITLE,
            public_title=TITLE,
            publicity=Publicity.PARTLY_SECRET,
            initiated_at=at,
            parties=[cases.NewParty(PartyRole.INITIATOR, person)],
            language=told.language,
            stage=node(place.revision, NodeKind.STAGE, "initiation"),
            documents=[_received(told, place.revision, at, actor=actor)],
        ),
        actor=actor,
    )
    facts = {"role": told.role, "employer_name": told.employer_name, "trade": told.trade, "information": told.information}
    create(TrainingContact(case=case, asker=person, **facts), actor=actor)
    submissions.settle(told.key, case.identifier)
    return case.identifier


def _received(told: Contacted, revision: ClassRevision, at: dt.datetime, *, actor: Actor) -> Document:
    """The contact as a document that arrived (TiHL 906/2019 § 26.3)."""
    kind = node(revision, NodeKind.DOCUMENT, TYPE)
    day = timezone.localdate(at)
    data = {
        **{name: getattr(told, name) for name in TOLD},
        "lang": told.language,
        "date": day.isoformat(),
        "day": format_day(day, told.language),
        "title": kind.title.get(told.language) or kind.title["fi"],
        "role": told.role.value,
    }
    draft = documents.Draft(
        title=kind.title["fi"],
        type_code=TYPE,
        metadata=documents.Metadata.of(kind),
        language=told.language,
        node=kind,
        uploads=[Upload(f"{TYPE}.pdf", typeset.make_pdf(TYPE, data, root=TEMPLATES), "application/pdf")],
    )
    return documents.receive(draft, sender=told.name, way=Way.E_SERVICE, arrived_at=at, actor=actor)


def _unanswered(contact: TrainingContact) -> bool:
    return contact.answered_on is None and contact.voided_at is None


@action(_("Kirjaa vastatuksi"), needs="write", when=_unanswered)
def answer_contact(
    contact: TrainingContact,
    answered_on: Annotated[dt.date, Ask(_("Vastattu"))],
    outcome: Annotated[
        str, Ask(_("Mitä sovittiin"), hint=_("Esimerkiksi milloin työpaikka arvioidaan tai miksi oppisopimusta ei tehdä."), long=True)
    ],
    *,
    actor: Actor,
) -> TrainingContact:
    """Record that a contact was answered and what follows."""
    held = TrainingContact.objects.select_for_update().get(pk=contact.pk)
    if not _unanswered(held):
        told = {"day": wording.day(held.answered_on or held.voided_at)}
        raise OutOfOrder(
            _("Yhteydenottoon on jo vastattu %(day)s. Sinun ei tarvitse tehdä mitään.") % told, code="apprenticeships.contact_answered"
        )
    arrived = timezone.localdate(held.made_at)
    if not arrived <= answered_on <= timezone.localdate():
        told = {"day": wording.day(answered_on), "arrived": wording.day(arrived)}
        raise BadInput(
            _("Vastauspäivä on %(day)s, mutta yhteydenotto saapui %(arrived)s. Anna päivä siltä väliltä tähän päivään.") % told,
            code="apprenticeships.contact_day",
            field="answered_on",
        )
    values = {"answered_on": answered_on, "outcome": outcome, "retention_due": destruction_date(held, answered_on)}
    return change(held, values, version=held.version, actor=actor)
