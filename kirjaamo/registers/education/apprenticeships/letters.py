"""The data of the register's documents: lines of a label and a value, and the steps of a calculation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from kirjaamo.ui import wording
from kirjaamo.values.calculation import Calculation
from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from django.db.backends.postgresql.psycopg_any import DateRange

    from kirjaamo.registers.education.apprenticeships.contracts import Apprenticeship
    from kirjaamo.registers.education.apprenticeships.money import BenefitClaim, CompensationDecision

LAW = "531/2017 70 §"


def of_contract(row: Apprenticeship, type_code: str) -> Mapping[str, object]:
    """The data of a document that a contract makes, by its type."""
    with translation.override(_language(row)):
        return CONTRACT_LETTERS[type_code](row)


def contract(row: Apprenticeship) -> Mapping[str, object]:
    """The contract: its parties, validity, hours, probation and pay, and the agreement that it rests on."""
    lines = [
        *_head(row),
        [_("Koeajan viimeinen päivä"), wording.day(row.probation_last) if row.probation_last else _("Ei koeaikaa")],
        [_("Viikkotyöaika keskimäärin (tuntia)"), f"{row.weekly_hours:f}".replace(".", ",")],
        [_("Palkan peruste"), row.pay_basis],
        [_("Työpaikkaohjaaja"), ", ".join(one.name for one in row.arrangement.workplace.instructing())],
        [_("HOKS hyväksytty ja liitetty"), wording.day(row.hoks_on) if row.hoks_on else ""],
    ]
    return {"lines": lines, "said": _("Oppisopimus on määräaikainen työsopimus (%(law)s).") % {"law": LAW}, **_marked(23, 30)}


def agreement(row: Apprenticeship) -> Mapping[str, object]:
    """The agreement of provider and employer that a contract rests on."""
    agreed = row.arrangement
    place = agreed.workplace
    lines = [
        [_("Asiatunnus"), row.case.identifier if row.case else ""],
        [_("Järjestämissopimuksen numero"), agreed.number],
        [_("Työnantaja"), agreed.employer.name],
        [_("Y-tunnus"), agreed.employer.business_id],
        [_("Työpaikka"), place.name],
        [_("Työpaikan osoite"), place.address],
        [_("Työpaikkaohjaaja"), "; ".join(", ".join(filter(None, (one.name, one.skills))) for one in place.instructing())],
        [_("Työpaikka arvioitu"), wording.day(place.assessed_on) if place.assessed_on else ""],
        [_("Järjestämissopimus voimassa"), days_told(agreed.valid)],
        [_("Allekirjoitettu"), wording.day(agreed.signed_on)],
        [_("Sovittu tuki ja korvauksen perusteet"), agreed.support_terms],
    ]
    return {"lines": lines, "said": _("Oppisopimus päättyy, jos järjestämissopimus päättyy."), **_marked(20, 25)}


def plan(row: Apprenticeship) -> Mapping[str, object]:
    """The extract of the personal plan: what is learnt under the contract, where and when."""
    parts = row.plan_parts.filter(voided_at=None)
    steps = [[f"{one.unit}. {one.tasks}".strip(" ."), one.get_place_display(), days_told(one.days)] for one in parts]
    lines = [*_head(row), [_("HOKS hyväksytty ja liitetty"), wording.day(row.hoks_on) if row.hoks_on else ""]]
    heads = [_("Hankittava osaaminen"), _("Missä opitaan"), _("Suunniteltu aika")]
    return {"lines": lines, "steps": steps, "heads": heads, **_marked(25, 30)}


def ending(row: Apprenticeship) -> Mapping[str, object]:
    """The notice that the contract ended."""
    lines = [
        *_head(row),
        [_("Viimeinen voimassaolopäivä"), wording.day(row.ended_on) if row.ended_on else ""],
        [_("Päättymisen peruste"), row.get_cause_display()],
        [_("Päättymisen syy"), row.reason],
    ]
    return {"lines": lines, "said": _("Koulutuskorvaus ja etuudet päättyvät samana päivänä."), **_marked(30)}


CONTRACT_LETTERS: Mapping[str, Callable[[Apprenticeship], Mapping[str, object]]] = {
    "apprenticeship_contract": contract,
    "arrangement_agreement": agreement,
    "hoks_extract": plan,
    "apprenticeship_ending": ending,
}


def compensation(row: CompensationDecision) -> Mapping[str, object]:
    """The decision on compensation."""
    language = _language(row.apprenticeship)
    with translation.override(language):
        lines = [
            *_head(row.apprenticeship),
            [_("Korvaus kuukaudessa"), Money(row.monthly).format(language)],
            [_("Korvausaika"), days_told(row.valid)],
            [_("Korvauksen perustelut"), row.grounds_told],
        ]
        said = _("Korvausta kertyy päivittäin; keskeytyspäiviltä sitä ei makseta.")
        return {"lines": lines, "said": said, "review": True, **_marked(20, 25, 30)}


def benefits(row: BenefitClaim) -> Mapping[str, object]:
    """The decision on benefits with its calculation."""
    language = _language(row.apprenticeship)
    with translation.override(language):
        calculation = Calculation.from_data(row.worked)
        steps = [[step.label.pick(language), step.formula, _value(step.value, language)] for step in calculation.steps]
        lines = [*_head(row.apprenticeship), [_("Jakso"), days_told(row.days)], [_("Etuudet"), Money(row.amount).format(language)]]
        return {"lines": lines, "steps": steps, "review": True, **_marked(23, 30)}


def _marked(*points: int) -> Mapping[str, object]:
    """The mark of secrecy (JulkL 621/1999 25 §): by which points the document, or a part of it, is secret."""
    told = [str(point) for point in points]
    listed = _("%(points)s ja %(last)s") % {"points": ", ".join(told[:-1]), "last": told[-1]} if len(told) > 1 else told[0]
    return {"ground": _("JulkL 621/1999 24 § 1 mom. %(points)s kohta") % {"points": listed}}


def days_told(days: DateRange) -> str:
    """First and last day of stored days."""
    last = wording.day(days.upper - dt.timedelta(days=1)) if days.upper else ""
    return f"{wording.day(days.lower)}–{last}"


def _language(row: Apprenticeship) -> str:
    return str(row.case.language) if row.case else "fi"


def _head(row: Apprenticeship) -> list[list[str]]:
    return [
        [_("Asiatunnus"), row.case.identifier if row.case else ""],
        [_("Oppisopimuksen numero"), row.number],
        [_("Opiskelija"), row.student.name],
        [_("Työnantaja"), row.arrangement.employer.name],
        [_("Työpaikka"), row.arrangement.workplace.name],
        [_("Järjestämissopimuksen numero"), row.arrangement.number],
        [_("Tutkinto tai tutkinnon osa"), row.study_right.qualification],
        [_("Oppilaitos"), row.study_right.institute],
        [_("Oppisopimus voimassa"), days_told(row.valid)],
    ]


def _value(value: object, language: str) -> str:
    return value.format(language) if isinstance(value, Money) else str(value)
