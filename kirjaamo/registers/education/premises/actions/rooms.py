"""Rooms, closed days, customers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import BadInput, Refused
from kirjaamo.registers.education.premises.checks import days_told, is_let, next_key, terms_on
from kirjaamo.registers.education.premises.choices import (
    CustomerKind,
    Group,
    RoomKind,
)
from kirjaamo.registers.education.premises.models import (
    ClosedDays,
    Customer,
    Room,
)
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.ui import wording
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


def is_body(customer: Customer) -> bool:
    """Not a person who rents for themselves."""
    return bool(customer.kind != CustomerKind.PERSON)


@action(_("Lisää tila"), needs="write")
def add_room(
    code: Annotated[str, Ask(_("Tilan tunnus"), hint=_("Esimerkiksi ALPPI-201"))],
    school: Annotated[str, Ask(_("Koulu"))],
    name: Annotated[str, Ask(_("Tilan nimi"))],
    kind: Annotated[RoomKind, Ask(_("Tilan laji"), hint=_("Laji määrää hinnan."))],
    capacity: Annotated[int, Ask(_("Henkilömäärä enintään"), least=1, most=2000)],
    address: Annotated[str, Ask(_("Osoite"))] = "",
    step_free: Annotated[bool, Ask(_("Esteetön"))] = False,  # noqa: FBT002 - a box of the form
    *,
    actor: Actor,
) -> Room:
    """Add a room that is let."""
    return create(
        Room(code=code, school=school, name=name, kind=kind, capacity=capacity, address=address, step_free=step_free), actor=actor
    )


@action(_("Sulje tila joksikin aikaa"), needs="write", when=is_let)
def close_room(
    room: Room,
    title: Annotated[str, Ask(_("Syy"))],
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    *,
    actor: Actor,
) -> ClosedDays:
    """Let nobody use a room for some days. Bookings that are already made stay until they are cancelled."""
    return create(ClosedDays(room=room, title=title, days=days_told(first, last)), actor=actor)


@action(_("Lisää loma tai käyttökatko"), needs="write")
def close_all(
    title: Annotated[str, Ask(_("Syy"), hint=_("Esimerkiksi koulun joululoma"))],
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    *,
    actor: Actor,
) -> ClosedDays:
    """Let no room for some days."""
    return create(ClosedDays(title=title, days=days_told(first, last)), actor=actor)


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
    today = timezone.localdate()
    old_enough(personal_id, today)
    if kind != CustomerKind.PERSON and not contact_name.strip():
        raise BadInput(_("Kirjaa yhteisön vastuuhenkilön nimi."), code="premises.no_contact", field="contact_name")
    contact = add_subject(contact_name.strip() or name, actor=actor, personal_id=personal_id, email=email, telephone=telephone)
    holder = contact if kind == CustomerKind.PERSON else _body(name, business_id, actor=actor)
    key = next_key(Customer)
    customer = Customer(pk=key, number=f"A-{key:06}", kind=kind, holder=holder, contact=contact, group=group, identity_checked_on=today)
    return create(customer, actor=actor)


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
    contact = add_subject(name, actor=actor, personal_id=personal_id, email=email, telephone=telephone)
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
