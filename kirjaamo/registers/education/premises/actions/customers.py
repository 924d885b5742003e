"""Customers: registered once their identity was checked, also out of what they sent; the responsible person of a body."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.checks import next_key, terms_on
from kirjaamo.registers.education.premises.choices import BookingState, CustomerKind, Group, Outcome
from kirjaamo.registers.education.premises.models import Booking, Customer, TurnApplication
from kirjaamo.subjects.actions import add_subject, change_subject
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.ui import wording
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.types import SubjectFacts

S = TypeVar("S", "Booking", "TurnApplication")


def is_body(customer: Customer) -> bool:
    """Not a person who rents for themselves."""
    return bool(customer.kind != CustomerKind.PERSON)


@action(_("Rekisteröi asiakas"), needs="write")
def register_customer(  # noqa: PLR0913 - these are its facts
    kind: Annotated[CustomerKind, Ask(_("Asiakkaan laji"))],
    name: Annotated[str, Ask(_("Asiakkaan nimi"), hint=_("Yksityishenkilön tai yhteisön nimi"))],
    group: Annotated[Group, Ask(_("Maksuryhmä"))],
    personal_id: Annotated[PersonalId, Ask(_("Vastuuhenkilön henkilötunnus"), hint=_("Tarkista henkilöllisyystodistuksesta."))],
    contact_name: Annotated[str, Ask(_("Vastuuhenkilön nimi"), hint=_("Täytä, kun asiakas on yhteisö."))] = "",
    business_id: Annotated[BusinessId | None, Ask(_("Y-tunnus"))] = None,
    email: Annotated[str, Ask(_("Sähköposti"))] = "",
    telephone: Annotated[str, Ask(_("Puhelin"))] = "",
    *,
    actor: Actor,
) -> Customer:
    """Register a customer whose identity was checked; the responsible person is old enough by the terms of today."""
    old_enough(personal_id, timezone.localdate())
    if kind != CustomerKind.PERSON and not contact_name.strip():
        raise BadInput(_("Kirjaa yhteisön vastuuhenkilön nimi."), code="premises.no_contact", field="contact_name")
    contact = _identified(contact_name.strip() or name, personal_id, email, telephone, actor=actor)
    holder = contact if kind == CustomerKind.PERSON else _body(name, business_id, actor=actor)
    return _registered(kind, holder, contact, group, actor=actor)


def lacks_customer(row: Booking | TurnApplication) -> bool:
    """Came by the public form and waits, and who sent it is not registered under the number that they told."""
    waits = row.state == BookingState.REQUESTED if isinstance(row, Booking) else row.outcome == Outcome.PENDING
    return waits and row.account_id is None and not (row.told_number and reading.customer_by_number(row.told_number))


@action(_("Rekisteröi pyytäjä asiakkaaksi"), needs="write", when=lacks_customer)
def register_asker(
    booking: Booking,
    group: Annotated[Group, Ask(_("Maksuryhmä"))],
    personal_id: Annotated[PersonalId, Ask(_("Vastuuhenkilön henkilötunnus"), hint=_("Tarkista henkilöllisyystodistuksesta."))],
    business_id: Annotated[BusinessId | None, Ask(_("Y-tunnus"))] = None,
    *,
    actor: Actor,
) -> Booking:
    """Register who sent a request, as they told of themselves, once their identity was checked; the request bears the number."""
    return _sender_registered(booking, group, personal_id, business_id, actor=actor)


@action(_("Rekisteröi hakija asiakkaaksi"), needs="write", when=lacks_customer)
def register_applicant(
    application: TurnApplication,
    group: Annotated[Group, Ask(_("Maksuryhmä"))],
    personal_id: Annotated[PersonalId, Ask(_("Vastuuhenkilön henkilötunnus"), hint=_("Tarkista henkilöllisyystodistuksesta."))],
    business_id: Annotated[BusinessId | None, Ask(_("Y-tunnus"))] = None,
    *,
    actor: Actor,
) -> TurnApplication:
    """Register who sent an application, as they told of themselves, once their identity was checked; the application bears the number."""
    return _sender_registered(application, group, personal_id, business_id, actor=actor)


def _sender_registered(row: S, group: Group, personal_id: PersonalId, business_id: BusinessId | None, *, actor: Actor) -> S:
    if not lacks_customer(row):
        told = {"number": row.account or row.told_number or "–"}
        raise OutOfOrder(
            _("Lähettäjä on jo rekisteröity tai asia on ratkaistu: asiakasnumero %(number)s.") % told, code="premises.sender_registered"
        )
    old_enough(personal_id, timezone.localdate())
    sender, asked_by = row.customer, row.contact or row.customer
    contact = _identified(asked_by.name, personal_id, asked_by.email, asked_by.telephone, actor=actor)
    is_body = sender.kind == SubjectKind.ORGANISATION
    holder = _body(sender.name, business_id, actor=actor) if is_body else contact
    kind = CustomerKind.BODY if is_body else CustomerKind.PERSON
    known = Customer.objects.filter(holder=holder, contact=contact, voided_at=None).order_by("pk").first()
    account = known or _registered(kind, holder, contact, group, actor=actor)
    return change(row, {"told_number": account.number}, version=row.version, actor=actor)


def _registered(kind: CustomerKind, holder: Subject, contact: Subject, group: Group, *, actor: Actor) -> Customer:
    key, today = next_key(Customer), timezone.localdate()
    customer = Customer(pk=key, number=f"A-{key:06}", kind=kind, holder=holder, contact=contact, group=group, identity_checked_on=today)
    return create(customer, actor=actor)


def _identified(name: str, personal_id: PersonalId, email: str, telephone: str, *, actor: Actor) -> Subject:
    """The person of an identity code with the contact facts that they told now; those under non-disclosure are not written over."""
    person = add_subject(name, actor=actor, personal_id=personal_id, email=email, telephone=telephone)
    told: SubjectFacts = {}
    if email:
        told["email"] = email
    if telephone:
        told["telephone"] = telephone
    return change_subject(person, actor=actor, **told) if told and not person.safety_non_disclosure else person


@action(_("Vaihda vastuuhenkilö"), needs="write", when=is_body)
def change_contact(
    customer: Customer,
    personal_id: Annotated[PersonalId, Ask(_("Vastuuhenkilön henkilötunnus"), hint=_("Tarkista henkilöllisyystodistuksesta."))],
    name: Annotated[str, Ask(_("Vastuuhenkilön nimi"))],
    email: Annotated[str, Ask(_("Sähköposti"))] = "",
    telephone: Annotated[str, Ask(_("Puhelin"))] = "",
    *,
    actor: Actor,
) -> Customer:
    """Give a body another responsible person, whose identity was checked. Bookings that are made already keep theirs."""
    today = timezone.localdate()
    old_enough(personal_id, today)
    contact = _identified(name, personal_id, email, telephone, actor=actor)
    return change(customer, {"contact": contact, "identity_checked_on": today}, version=customer.version, actor=actor)


def old_enough(personal_id: PersonalId, today: dt.date) -> None:
    """Refuse a responsible person who is younger than the terms of use ask."""
    terms = terms_on(today, field="personal_id")
    since = shift(personal_id.birth_date, terms.least_age, Unit.YEARS)
    if since > today:
        told = {"age": terms.least_age, "day": wording.day(since)}
        raise Refused(
            _("Vastuuhenkilön on oltava vähintään %(age)s vuotta. Henkilötunnuksen mukaan hän täyttää ne %(day)s.") % told,
            code="premises.minor",
            section=terms.source,
            field="personal_id",
        )


def _body(name: str, business_id: BusinessId | None, *, actor: Actor) -> Subject:
    told = str(business_id) if business_id else ""
    known = Subject.objects.filter(kind=SubjectKind.ORGANISATION, business_id=told).first() if told else None
    return known or add_subject(name, actor=actor, kind=SubjectKind.ORGANISATION, business_id=told)
