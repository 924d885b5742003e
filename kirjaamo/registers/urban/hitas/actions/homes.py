"""Verbs of companies, flats and improvements."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, create
from kirjaamo.contract.forms import Ask
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    HitasKind,
    HousingCompany,
    Improvement,
    ImprovementRun,
)
from kirjaamo.values.business_id import BusinessId

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


@action(_("Lisää taloyhtiö"), needs="write")
def add_company(
    name: Annotated[str, Ask(_("Yhtiön nimi"))],
    kind: Annotated[HitasKind, Ask(_("Hitas-tyyppi"))],
    address: Annotated[str, Ask(_("Katuosoite"))],
    postal_code: Annotated[str, Ask(_("Postinumero"))],
    business_id: Annotated[BusinessId | None, Ask(_("Y-tunnus"))] = None,
    manager: Annotated[str, Ask(_("Isännöitsijä"))] = "",
    *,
    actor: Actor,
    **more: Any,
) -> HousingCompany:
    """Record a company of the regulation. `more` are further fields of the record, from an import."""
    code = business_id.code if business_id else ""
    company = HousingCompany(name=name, kind=kind, address=address, postal_code=postal_code, business_id=code, manager=manager, **more)
    return create(company, actor=actor)


@action(_("Lisää huoneisto"), needs="write")
def add_apartment(
    company: HousingCompany,
    door: Annotated[str, Ask(_("Osoite ja huoneisto"))],
    share_first: Annotated[int | None, Ask(_("Ensimmäinen osake"), least=1)] = None,
    share_last: Annotated[int | None, Ask(_("Viimeinen osake"), least=1)] = None,
    area: Annotated[Decimal | None, Ask(_("Pinta-ala, m²"))] = None,
    completed_on: Annotated[dt.date | None, Ask(_("Valmistunut"))] = None,
    *,
    actor: Actor,
    **more: Any,
) -> Apartment:
    """Record a flat of a company. `more` are further fields of the record, from an import."""
    flat = Apartment(
        company=company, door=door, share_first=share_first, share_last=share_last, area=area, completed_on=completed_on, **more
    )
    return create(flat, actor=actor)


@action(_("Kirjaa yhtiön parannus"), needs="write")
def improve_company(
    company: HousingCompany,
    name: Annotated[str, Ask(_("Parannus"))],
    value: Annotated[Decimal, Ask(_("Hankintahinta"), least=0)],
    completed_on: Annotated[dt.date, Ask(_("Valmistunut"))],
    run: Annotated[ImprovementRun, Ask(_("Otetaan huomioon"))] = ImprovementRun.BOTH,
    no_deductions: Annotated[bool, Ask(_("Hyväksytään ilman vähennyksiä"))] = False,  # noqa: FBT002 - a box of a form
    *,
    actor: Actor,
) -> Improvement:
    """Record an improvement of a company."""
    work = Improvement(company=company, name=name, value=value, completed_on=completed_on, run=run, no_deductions=no_deductions)
    return create(work, actor=actor)


@action(_("Kirjaa huoneiston parannus"), needs="write")
def improve_apartment(
    apartment: Apartment,
    name: Annotated[str, Ask(_("Parannus"))],
    value: Annotated[Decimal, Ask(_("Hankintahinta"), least=0)],
    completed_on: Annotated[dt.date, Ask(_("Valmistunut"))],
    run: Annotated[ImprovementRun, Ask(_("Otetaan huomioon"))] = ImprovementRun.BOTH,
    yearly_percent: Annotated[Decimal | None, Ask(_("Poisto vuodessa, %"), least=0, most=100)] = None,
    no_deductions: Annotated[bool, Ask(_("Hyväksytään ilman vähennyksiä"))] = False,  # noqa: FBT002 - a box of a form
    *,
    actor: Actor,
) -> Improvement:
    """Record an improvement of a flat."""
    work = Improvement(apartment=apartment, name=name, value=value, completed_on=completed_on, run=run, yearly_percent=yearly_percent)
    work.no_deductions = no_deductions
    return create(work, actor=actor)
