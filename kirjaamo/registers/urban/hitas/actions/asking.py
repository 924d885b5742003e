"""Requests for a maximum price: sent by anyone on the public form, given their flat, answered by a calculation."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import PartyRole
from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.place import home_of
from kirjaamo.documents import actions as documents
from kirjaamo.documents import typeset
from kirjaamo.documents.models import Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action as kernel_action
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.registers.urban.hitas import facts, letters
from kirjaamo.registers.urban.hitas.actions.prices import TITLE, calculate
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    AskerRole,
    HousingCompany,
    MaximumPriceCalculation,
    PriceRequest,
    RegulationStatus,
)
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.subjects.actions import add_subject
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node
from kirjaamo.ui import wording
from kirjaamo.values.language import format_day
from kirjaamo.values.money import Money
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.tos.models import ClassRevision

from kirjaamo.registers.urban.hitas.actions.refusing import refusal

TEMPLATES = Path(__file__).parents[1] / "typst"


@dataclass(frozen=True)
class Asked:
    """What someone told on the public form. `key` is the form's: sent twice, taken once."""

    company: HousingCompany
    door: str
    name: str
    email: str
    role: AskerRole
    telephone: str = ""
    loan: Decimal | None = None
    loan_on: dt.date | None = None
    information: str = ""
    language: str = "fi"
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    arrived_at: dt.datetime | None = None
    """Now unless told."""

    def plain(self) -> dict[str, Any]:
        """The same as plain values, which may lie in a box on their way."""
        told = {name: getattr(self, name) for name in ("door", "name", "email", "telephone", "information", "language")}
        loan, on = ("" if value is None else str(value) for value in (self.loan, self.loan_on))
        return told | {"company": self.company.pk, "role": self.role.value, "loan": loan, "loan_on": on, "key": str(self.key)}


def asked_of(told: Mapping[str, Any], at: dt.datetime | None) -> Asked:
    """A request out of plain values, as it came at a moment; `LookupError` when its company is no longer there."""
    company = HousingCompany.objects.filter(pk=told["company"], voided_at=None).first()
    if company is None:
        raise LookupError
    facts_told = {name: told[name] for name in ("door", "name", "email", "telephone", "information", "language")}
    return Asked(
        company=company,
        role=AskerRole(told["role"]),
        loan=Decimal(told["loan"]) if told["loan"] else None,
        loan_on=dt.date.fromisoformat(told["loan_on"]) if told["loan_on"] else None,
        key=uuid.UUID(told["key"]),
        arrived_at=at,
        **facts_told,
    )


def judge(asked: Asked) -> None:
    """Refuse what cannot be asked: a price of a flat whose company is released."""
    if asked.company.status != RegulationStatus.REGULATED:
        raise refusal(HitasProblem("company_released", company=asked.company.name, day=asked.company.released_on))


@kernel_action(_("Pyydä enimmäishintalaskelmaa"), needs=PUBLIC)
def ask_price(asked: Asked, *, actor: Actor) -> str:
    """Take a request of the public form as a case with the request as its document; return the identifier."""
    before = submissions.claim(asked.key)
    if before is not None:
        return before
    judge(asked)
    person = add_subject(asked.name, actor=actor, email=asked.email, telephone=asked.telephone, language=asked.language)
    place, at = home_of("hitas", "max_price_letter"), asked.arrived_at or running().at
    case = cases.open_case(
        cases.NewCase(
            revision=place.revision,
            unit=place.unit,
            management_unit=place.management_unit,
            title=f"{TITLE}: {asked.company.name}, {asked.door}",
            public_title=TITLE,
            publicity=Publicity.PARTLY_SECRET,
            initiated_at=at,
            parties=[cases.NewParty(PartyRole.INITIATOR, person)],
            language=asked.language,
            stage=node(place.revision, NodeKind.STAGE, "initiation"),
            documents=[_received(asked, place.revision, at, actor=actor)],
        ),
        actor=actor,
    )
    flat = facts.flat_of_door(asked.company, asked.door)
    facts_told = {"told_door": asked.door, "role": asked.role, "loan": asked.loan, "loan_on": asked.loan_on}
    request = PriceRequest(case=case, company=asked.company, apartment=flat, asker=person, information=asked.information, **facts_told)
    create(request, actor=actor)
    submissions.settle(asked.key, case.identifier)
    return case.identifier


def _received(asked: Asked, revision: ClassRevision, at: dt.datetime, *, actor: Actor) -> Document:
    """The request as a document that arrived (TiHL 906/2019 § 26.3). How the asker is reached stands with the party only."""
    kind = node(revision, NodeKind.DOCUMENT, "price_request")
    data = {
        "lang": asked.language,
        "date": timezone.localdate(at).isoformat(),
        "title": kind.title.get(asked.language) or kind.title["fi"],
        "company": asked.company.name,
        "door": asked.door,
        "name": asked.name,
        "role": asked.role.value,
        "loan": letters.shown(Money(asked.loan), asked.language) if asked.loan is not None else "",
        "loan_on": format_day(asked.loan_on, asked.language) if asked.loan_on else "",
        "information": asked.information,
        "day": format_day(timezone.localdate(at), asked.language),
    }
    draft = documents.Draft(
        title=kind.title["fi"],
        type_code="price_request",
        metadata=documents.Metadata.of(kind),
        language=asked.language,
        node=kind,
        uploads=[Upload("price_request.pdf", typeset.make_pdf("price_request", data, root=TEMPLATES), "application/pdf")],
    )
    return documents.receive(draft, sender=asked.name, way=Way.E_SERVICE, arrived_at=at, actor=actor)


def _waits(request: PriceRequest) -> bool:
    return request.computed_on is None and request.voided_at is None


def _waits_for_price(request: PriceRequest) -> bool:
    return _waits(request) and request.apartment_id is not None


def _answered(request: PriceRequest) -> object:
    """In which state a request is that waits no more."""
    if request.computed_on is None:
        return _("Pyyntö on mitätöity. Hintaa ei lasketa sen perusteella.")
    return _("Pyydetty hinta laskettiin %(day)s. Laskelma on samassa asiassa.") % {"day": wording.day(request.computed_on)}


@action(_("Laske pyydetty enimmäishinta"), needs="write", when=_waits_for_price)
def answer_request(
    request: PriceRequest,
    on: Annotated[dt.date, Ask(_("Laskentapäivä"))],
    loan: Annotated[Decimal | None, Ask(_("Osuus yhtiölainoista"), hint=_("Tyhjä: kuten pyynnössä kerrottiin."), least=0)] = None,
    loan_on: Annotated[dt.date | None, Ask(_("Lainaosuuden päivä"))] = None,
    *,
    actor: Actor,
) -> MaximumPriceCalculation:
    """Compute the price that was asked for, in the case of the request; the loan is as it was told unless another is given."""
    held = PriceRequest.objects.select_for_update().get(pk=request.pk)
    if not _waits(held):
        raise OutOfOrder(_answered(held), code="hitas.request_answered")
    if held.apartment_id is None:
        text = _("Pyynnössä kerrottu huoneisto ”%(door)s” ei ole yksikään yhtiön %(company)s huoneistoista. Valitse ensin huoneisto.")
        raise OutOfOrder(text % {"door": held.told_door, "company": held.company.name}, code="hitas.request_without_flat")
    share, day = (loan, loan_on) if loan is not None else (held.loan, held.loan_on)
    if share is None:
        text = _("Pyynnössä ei kerrottu lainaosuutta, eikä kenttä voi olla tyhjä. Kirjoita summa euroina, esimerkiksi 2500,00 tai 0.")
        raise BadInput(text, code="hitas.loan_missing", field="loan")
    made = calculate(held.apartment, on, share, day or on, held.information, actor=actor)
    change(held, {"computed_on": timezone.localdate()}, version=held.version, actor=actor)
    return made


@action(_("Valitse huoneisto"), needs="write", when=_waits)
def choose_flat(request: PriceRequest, door: Annotated[str, Ask(_("Osoite ja huoneisto"))], *, actor: Actor) -> PriceRequest:
    """Say which flat of the company a request is about."""
    flat = facts.flat_of_door(request.company, door)
    if flat is None:
        doors = Apartment.objects.filter(company=request.company, voided_at=None).order_by("door").values_list("door", flat=True)[:3]
        text = _("Yhtiöllä %(company)s ei ole huoneistoa ”%(door)s”. Kirjoita kuten rekisterissä, esimerkiksi: %(doors)s.")
        values = {"company": request.company.name, "door": door, "doors": "; ".join(doors)}
        raise BadInput(text % values, code="hitas.flat_unknown", field="door")
    return change(request, {"apartment": flat}, version=request.version, actor=actor)
