"""The data of the register's documents: lines of a label and a value, and the steps of a calculation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
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


def contract(row: Apprenticeship) -> Mapping[str, object]:
    """The contract: its parties, validity, hours, probation and pay, and the agreement that it rests on."""
    with translation.override(_language(row)):
        lines = [
            *_head(row),
            [_("Koeajan viimeinen päivä"), wording.day(row.probation_last) if row.probation_last else _("Ei koeaikaa")],
            [_("Viikkotyöaika keskimäärin (tuntia)"), f"{row.weekly_hours:f}".replace(".", ",")],
            [_("Palkan peruste"), row.pay_basis],
            [_("Työpaikkaohjaaja"), row.arrangement.workplace.instructor],
            [_("HOKS hyväksytty ja liitetty"), wording.day(row.hoks_on) if row.hoks_on else ""],
        ]
        return {"lines": lines, "steps": [], "said": _("Oppisopimus on määräaikainen työsopimus (%(law)s).") % {"law": LAW}}


def ending(row: Apprenticeship) -> Mapping[str, object]:
    """The notice that the contract ended."""
    with translation.override(_language(row)):
        lines = [
            *_head(row),
            [_("Viimeinen voimassaolopäivä"), wording.day(row.ended_on) if row.ended_on else ""],
            [_("Päättymisen peruste"), row.get_cause_display()],
            [_("Päättymisen syy"), row.reason],
        ]
        return {"lines": lines, "steps": [], "said": _("Koulutuskorvaus ja etuudet päättyvät samana päivänä.")}


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
        return {"lines": lines, "steps": [], "said": _("Korvausta kertyy päivittäin; keskeytyspäiviltä sitä ei makseta.")}


def benefits(row: BenefitClaim) -> Mapping[str, object]:
    """The decision on benefits with its calculation."""
    language = _language(row.apprenticeship)
    with translation.override(language):
        calculation = Calculation.from_data(row.worked)
        steps = [[step.label.pick(language), step.formula, _value(step.value, language)] for step in calculation.steps]
        lines = [*_head(row.apprenticeship), [_("Jakso"), days_told(row.days)], [_("Etuudet"), Money(row.amount).format(language)]]
        return {"lines": lines, "steps": steps, "said": ""}


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
