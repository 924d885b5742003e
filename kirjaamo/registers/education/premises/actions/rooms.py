"""Rooms, closed days, price lists, the order of ranks, customers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import Refused
from kirjaamo.registers.education.premises.checks import days_told, is_let, next_key, said
from kirjaamo.registers.education.premises.choices import (
    Activity,
    CustomerKind,
    Group,
    RoomKind,
)
from kirjaamo.registers.education.premises.models import (
    ClosedDays,
    Customer,
    Price,
    PriceList,
    RankOrder,
    Room,
)
from kirjaamo.registers.education.premises.rules import fees
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

ADULT = 18


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


@action(_("Lisää hinnasto"), needs="decide")
def add_price_list(
    title: Annotated[str, Ask(_("Hinnaston nimi"))],
    source: Annotated[str, Ask(_("Päätös"), hint=_("Toimielin ja asiatunnus"))],
    first: Annotated[dt.date, Ask(_("Voimassa alkaen"))],
    last: Annotated[dt.date | None, Ask(_("Voimassa viimeistään"))],
    rows: Annotated[
        str,
        Ask(
            _("Hinnat riveittäin"), hint=_("tilan laji;maksuryhmä;arki tai viikonloppu;valvottu tai omatoiminen;hinta tunnilta"), long=True
        ),
    ],
    *,
    actor: Actor,
) -> PriceList:
    """Take a price list into use. Every line that cannot be read is named and nothing is stored."""
    read = fees.read_prices(rows)
    if read.problems:
        raise Refused(" ".join(said(problem) for problem in read.problems[:20]), code="premises.price_lines", field="rows")
    if not read.prices:
        raise Refused(_("Kirjoita hinnat riveittäin."), code="premises.no_prices", field="rows")
    price_list = create(PriceList(title=title, source=source, valid=days_told(first, last)), actor=actor)
    for cell, hourly in read.prices:
        create(
            Price(
                price_list=price_list,
                kind=cell.kind,
                group=cell.group,
                weekend=cell.weekend,
                self_supervised=cell.self_supervised,
                hourly=hourly.amount,
            ),
            actor=actor,
        )
    return price_list


@action(_("Päätä hinnaston voimassaolo"), needs="decide")
def end_price_list(price_list: PriceList, last: Annotated[dt.date, Ask(_("Viimeinen voimassaolopäivä"))], *, actor: Actor) -> PriceList:
    """End a list on a day, so that the next one may begin."""
    return change(price_list, {"valid": days_told(price_list.valid.lower, last)}, version=price_list.version, actor=actor)


@action(_("Lisää jakojärjestys"), needs="decide")
def add_rank_order(
    order: Annotated[str, Ask(_("Toiminnat järjestyksessä"), hint=_("Tunnukset välilyönnein: youth special education association other"))],
    source: Annotated[str, Ask(_("Päätös"))],
    first: Annotated[dt.date, Ask(_("Voimassa alkaen"))],
    last: Annotated[dt.date | None, Ask(_("Voimassa viimeistään"))] = None,
    *,
    actor: Actor,
) -> RankOrder:
    """Take an order of activities into use: each one once."""
    words = order.split()
    if sorted(words) != sorted(Activity.values):
        raise Refused(
            _("Luettele jokainen toiminta kerran: %(all)s.") % {"all": " ".join(Activity.values)}, code="premises.rank_order", field="order"
        )
    return create(RankOrder(order=" ".join(words), source=source, valid=days_told(first, last)), actor=actor)


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
    """Register a customer whose identity was checked; the responsible person must be an adult (HEL 2017-012070)."""
    today = timezone.localdate()
    if shift(personal_id.birth_date, ADULT, Unit.YEARS) > today:
        raise Refused(
            _("Vastuuhenkilön on oltava täysi-ikäinen (18 vuotta)."), code="premises.minor", section="HEL 2017-012070", field="personal_id"
        )
    if kind != CustomerKind.PERSON and not contact_name.strip():
        raise Refused(_("Kirjaa yhteisön vastuuhenkilön nimi."), code="premises.no_contact", field="contact_name")
    contact = add_subject(contact_name.strip() or name, actor=actor, personal_id=personal_id, email=email, telephone=telephone)
    holder = contact if kind == CustomerKind.PERSON else _body(name, business_id, actor=actor)
    key = next_key(Customer)
    customer = Customer(pk=key, number=f"A-{key:06}", kind=kind, holder=holder, contact=contact, group=group, identity_checked_on=today)
    return create(customer, actor=actor)


def _body(name: str, business_id: BusinessId | None, *, actor: Actor) -> Subject:
    told = str(business_id) if business_id else ""
    known = Subject.objects.filter(kind=SubjectKind.ORGANISATION, business_id=told).first() if told else None
    return known or add_subject(name, actor=actor, kind=SubjectKind.ORGANISATION, business_id=told)
