"""The two contracts: agreed with the employer, drafted, confirmed when every precondition holds, suspended."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, PartyRole
from kirjaamo.contract.actions import action, change, create, make_document
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.languages import in_languages
from kirjaamo.contract.place import home_of
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.registers.education.apprenticeships import reading
from kirjaamo.registers.education.apprenticeships.actions.telling import (
    days_told,
    not_in_force,
    numbered,
    paid_already,
    refuse,
    ruled,
)
from kirjaamo.registers.education.apprenticeships.choices import ApprenticeshipState, ArrangementState
from kirjaamo.registers.education.apprenticeships.models import (
    Apprenticeship,
    ArrangementAgreement,
    StudyRight,
    Suspension,
    TrainingDay,
    Workplace,
)
from kirjaamo.registers.education.apprenticeships.rules import compensation, preconditions
from kirjaamo.subjects.actions import add_subject
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node
from kirjaamo.ui import wording
from kirjaamo.values.calendar import FinnishCalendar
from kirjaamo.values.personal_id import PersonalId
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject

SLUG = "oppisopimuskoulutus"
TITLE = "Oppisopimus"
MOST_DAYS = 60
"""The most days at the provider that one verb enters."""


@action(_("Tee järjestämissopimus"), needs="decide")
def agree(
    workplace: Workplace,
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    signed_on: Annotated[dt.date, Ask(_("Allekirjoitettu"))],
    support_terms: Annotated[str, Ask(_("Sovittu tuki ja korvauksen perusteet"), long=True)] = "",
    *,
    actor: Actor,
) -> ArrangementAgreement:
    """Record the agreement with the employer: without it no contract is confirmed (531/2017 70–77 §)."""
    key, number = numbered(ArrangementAgreement, "J")
    row = ArrangementAgreement(
        pk=key,
        number=number,
        employer=workplace.employer,
        workplace=workplace,
        valid=days_told(first, last),
        signed_on=signed_on,
        support_terms=support_terms,
    )
    return create(row, actor=actor)


def _studies(right: StudyRight) -> bool:
    return right.withdrawn_on is None


@action(_("Valmistele oppisopimus"), needs="write", when=_studies)
def draft(  # noqa: PLR0913, PLR0917 - these are its facts
    right: StudyRight,
    arrangement_number: Annotated[str, Ask(_("Järjestämissopimuksen numero"), hint=_("Esimerkiksi J-000123"))],
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date | None, Ask(_("Viimeinen päivä"))],
    weekly_hours: Annotated[Decimal, Ask(_("Viikkotyöaika keskimäärin (tuntia)"), least=1, most=168)],
    pay_basis: Annotated[str, Ask(_("Palkan peruste"), hint=_("Esimerkiksi työehtosopimuksen mukainen palkka"))],
    hoks_on: Annotated[dt.date | None, Ask(_("HOKS hyväksytty ja liitetty"))] = None,
    probation_last: Annotated[dt.date | None, Ask(_("Koeajan viimeinen päivä"))] = None,
    own_firm: Annotated[bool, Ask(_("Yrittäjä omassa yrityksessään"))] = False,  # noqa: FBT002 - a box of the form
    without_degree: Annotated[bool, Ask(_("Vailla aiempaa tutkintoa"))] = False,  # noqa: FBT002 - as above
    guardian_id: Annotated[PersonalId | None, Ask(_("Alaikäisen huoltajan henkilötunnus"))] = None,
    guardian_name: Annotated[str, Ask(_("Alaikäisen huoltajan nimi"))] = "",
    *,
    actor: Actor,
) -> Apprenticeship:
    """Prepare a contract as a case of its own: what it lacks is told on its page and refused when it is confirmed."""
    agreed = ArrangementAgreement.objects.filter(number__iexact=arrangement_number.strip(), voided_at=None).first()
    if agreed is None:
        raise BadInput(
            _("Järjestämissopimusta %(number)s ei löydy. Tee se ensin työpaikan sivulta ja anna sen numero, esimerkiksi J-000123.")
            % {"number": arrangement_number.strip()},
            code="apprenticeships.no_agreement",
            field="arrangement_number",
        )
    guardian = add_subject(guardian_name or "–", actor=actor, personal_id=guardian_id) if guardian_id else None
    if right.retention_due is not None:  # another contract rests on it now
        right = change(right, {"retention_due": None}, version=right.version, actor=actor)
    key, number = numbered(Apprenticeship, "O")
    row = Apprenticeship(
        pk=key,
        number=number,
        case=_open_case(right.student, actor=actor),
        student=right.student,
        study_right=right,
        arrangement=agreed,
        valid=days_told(first, last),
        weekly_hours=weekly_hours,
        pay_basis=pay_basis,
        hoks_on=hoks_on,
        probation_last=probation_last,
        own_firm=own_firm,
        without_degree=without_degree,
        guardian=guardian,
    )
    return create(row, actor=actor)


def _open_case(student: Subject, *, actor: Actor) -> Case:
    place = home_of(SLUG, "apprenticeship_contract")
    return cases.open_case(
        cases.NewCase(
            revision=place.revision,
            unit=place.unit,
            management_unit=place.management_unit,
            title=TITLE,
            public_title=TITLE,
            publicity=Publicity.PARTLY_SECRET,
            initiated_at=running().at,
            parties=[cases.NewParty(PartyRole.INITIATOR, student)],
            language=student.language,
            stage=node(place.revision, NodeKind.STAGE, "initiation"),
        ),
        actor=actor,
    )


def is_draft(row: Apprenticeship) -> bool:
    """Whether a contract waits to be confirmed."""
    return bool(row.state == ApprenticeshipState.DRAFT)


def is_in_force(row: Apprenticeship) -> bool:
    """Whether a contract was confirmed and has not ended."""
    return bool(row.state == ApprenticeshipState.IN_FORCE)


@action(
    _("Vahvista oppisopimus"),
    needs="decide",
    measure="decision",
    makes="apprenticeship_contract",
    stage="execution",
    when=is_draft,
    done=_("Oppisopimus vahvistettiin"),
)
def confirm(row: Apprenticeship, *, actor: Actor) -> Apprenticeship:
    """Confirm a contract when every precondition holds; who comes second reads when it was confirmed."""
    held = held_row(row)
    if held.state != ApprenticeshipState.DRAFT:
        told = {"number": held.number, "day": wording.day(held.confirmed_on)}
        raise OutOfOrder(
            _("Oppisopimus %(number)s on jo vahvistettu %(day)s. Sinun ei tarvitse tehdä mitään.") % told, code="apprenticeships.confirmed"
        )
    refuse(ruled(lambda: preconditions.problems(reading.draft_of(held), reading.rates())))
    values = {"state": ApprenticeshipState.IN_FORCE, "confirmed_on": timezone.localdate()}
    done = change(held, values, version=held.version, actor=actor)
    file_document(done, "arrangement_agreement", _("Järjestämissopimus liitettiin oppisopimukseen"), actor=actor)
    file_document(done, "hoks_extract", _("HOKS-ote liitettiin oppisopimukseen"), actor=actor)
    return done


def file_document(row: Apprenticeship, type_code: str, label: object, *, actor: Actor, kind: str = "document") -> None:
    """Make a document of a contract and record it on the case."""
    if row.case is None:
        return
    document = make_document(row, type_code, actor=actor)
    case = Case.objects.select_for_update().get(pk=row.case.pk)
    cases.record(case, actor=actor, kind=kind, label=in_languages(label), document=document)


def held_row(row: Apprenticeship) -> Apprenticeship:
    """The contract as it stands now, held until the end of the verb; what it rests on is held with it."""
    ArrangementAgreement.objects.select_for_update().get(pk=row.arrangement_id)
    return Apprenticeship.objects.select_for_update().get(pk=row.pk)


def needs_force(row: Apprenticeship) -> None:
    """Refuse what is done only to a contract in force."""
    if row.state != ApprenticeshipState.IN_FORCE or row.arrangement.state != ArrangementState.IN_FORCE:
        raise not_in_force(row)


@action(_("Keskeytä"), needs="write", measure="provision", when=is_in_force)
def suspend(
    row: Apprenticeship,
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    reason: Annotated[str, Ask(_("Keskeytyksen peruste"), hint=_("Esimerkiksi perhevapaa. Terveystietoa ei kirjata."))],
    *,
    actor: Actor,
) -> Suspension:
    """Suspend a contract for some days: nothing accrues on them, and days already paid are named first."""
    held = held_row(row)
    needs_force(held)
    days = days_told(first, last)
    refuse(compensation.suspension_problems(reading.period(days), reading.in_force(held)))
    if (paid := paid_already(held, days)) is not None:
        told = {"days": reading.period(paid.days).format(get_language() or "fi"), "amount": wording.euro(paid.amount)}
        raise OutOfOrder(
            _("Jaksolta %(days)s on jo vahvistettu korvaus %(amount)s. Mitätöi se ja laske jakso uudelleen keskeytyksen jälkeen.") % told,
            code="apprenticeships.paid_days",
            field="first",
        )
    return create(Suspension(apprenticeship=held, case=held.case, days=days, reason=reason), actor=actor)


@action(_("Kirjaa koulupäiviä"), needs="write", when=is_in_force)
def add_training_days(
    row: Apprenticeship,
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    paid: Annotated[bool, Ask(_("Työnantaja maksaa palkan"))] = False,  # noqa: FBT002 - a box of the form
    *,
    actor: Actor,
) -> TrainingDay:
    """Record the working days of a time as days at the provider; a day already recorded is refused by the database."""
    days = days_told(first, last)
    whole = reading.in_force(row)
    listed = [first + number * dt.timedelta(days=1) for number in range(min((days.upper - first).days, MOST_DAYS + 1))]
    if len(listed) > MOST_DAYS:
        told = {"given": (days.upper - first).days, "most": MOST_DAYS}
        raise BadInput(
            _("Jaksolla on %(given)d päivää. Kirjaa enintään %(most)d päivää kerralla.") % told,
            code="apprenticeships.many_days",
            field="last",
        )
    calendar = FinnishCalendar()
    working = [day for day in listed if calendar.is_working_day(day) and day in whole]
    if not working:
        language = get_language() or "fi"
        told = {"days": reading.period(days).format(language), "whole": whole.format(language)}
        raise BadInput(
            _("Jaksolla %(days)s ei ole yhtään arkipäivää, jona sopimus on voimassa (%(whole)s).") % told,
            code="apprenticeships.no_days",
            field="first",
        )
    return [create(TrainingDay(apprenticeship=row, day=day, paid=paid), actor=actor) for day in working][-1]
