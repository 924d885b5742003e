"""Employers, workplaces, study rights, dated rows."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create, party_of
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.typed import Party
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.registers.education.apprenticeships.actions.telling import days_told
from kirjaamo.registers.education.apprenticeships.choices import RateFigure, TrainingForm
from kirjaamo.registers.education.apprenticeships.models import StudyRight, TrainingEmployer, TrainingRate, Workplace, WorkplaceInstructor
from kirjaamo.subjects.actions import add_subject
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

RATES = Path(__file__).resolve().parents[1] / "data" / "rates.toml"


@action(_("Rekisteröi työnantaja"), needs="write")
def register_employer(
    business_id: Annotated[BusinessId, Ask(_("Y-tunnus"))],
    name: Annotated[str, Ask(_("Työnantajan nimi"))],
    contact_name: Annotated[str, Ask(_("Yhteyshenkilö"))] = "",
    contact_email: Annotated[str, Ask(_("Yhteyshenkilön sähköposti"))] = "",
    contact_telephone: Annotated[str, Ask(_("Yhteyshenkilön puhelin"))] = "",
    *,
    actor: Actor,
) -> TrainingEmployer:
    """Register an employer; the business id is registered once."""
    row = TrainingEmployer(
        business_id=str(business_id),
        name=name,
        party=party_of(Party(business_id, name), actor),
        contact_name=contact_name,
        contact_email=contact_email,
        contact_telephone=contact_telephone,
    )
    return create(row, actor=actor)


@action(_("Arvioi työpaikka"), needs="write")
def add_workplace(  # noqa: PLR0913, PLR0917 - these are its facts
    employer: TrainingEmployer,
    name: Annotated[str, Ask(_("Työpaikka"))],
    assessed_on: Annotated[dt.date, Ask(_("Arvioitu"))],
    instructor: Annotated[str, Ask(_("Työpaikkaohjaaja"), hint=_("Oppisopimusta ei vahvisteta, ennen kuin ohjaaja on nimetty."))] = "",
    instructor_skills: Annotated[str, Ask(_("Ohjaajan pätevyys"))] = "",
    address: Annotated[str, Ask(_("Osoite"))] = "",
    enough_work: Annotated[bool, Ask(_("Riittävästi tutkinnon mukaista työtä"))] = False,  # noqa: FBT002 - a box of the form
    tools: Annotated[bool, Ask(_("Tarvittavat työvälineet"))] = False,  # noqa: FBT002 - as above
    qualified_staff: Annotated[bool, Ask(_("Ammattitaitoinen henkilöstö"))] = False,  # noqa: FBT002 - as above
    *,
    actor: Actor,
) -> Workplace:
    """Record what was found at a workplace (531/2017 70–77 §)."""
    row = Workplace(
        employer=employer,
        name=name,
        assessed_on=assessed_on,
        address=address,
        enough_work=enough_work,
        tools=tools,
        qualified_staff=qualified_staff,
    )
    made = create(row, actor=actor)
    if instructor:
        create(WorkplaceInstructor(workplace=made, name=instructor, skills=instructor_skills, named_on=assessed_on), actor=actor)
    return made


@action(_("Nimeä työpaikkaohjaaja"), needs="write")
def name_instructor(
    workplace: Workplace,
    name: Annotated[str, Ask(_("Ohjaajan nimi"))],
    named_on: Annotated[dt.date, Ask(_("Nimetty"))],
    skills: Annotated[str, Ask(_("Ohjaajan pätevyys"))] = "",
    contact: Annotated[str, Ask(_("Ohjaajan yhteystieto"))] = "",
    *,
    actor: Actor,
) -> WorkplaceInstructor:
    """Name who instructs at a workplace; a workplace may have many."""
    return create(WorkplaceInstructor(workplace=workplace, name=name, named_on=named_on, skills=skills, contact=contact), actor=actor)


@action(_("Kirjaa opiskeluoikeus"), needs="write")
def add_study_right(
    personal_id: Annotated[PersonalId, Ask(_("Opiskelijan henkilötunnus"))],
    name: Annotated[str, Ask(_("Opiskelijan nimi"))],
    qualification: Annotated[str, Ask(_("Tutkinto tai tutkinnon osa"))],
    institute: Annotated[str, Ask(_("Oppilaitos"))],
    form: Annotated[TrainingForm, Ask(_("Koulutuksen laji"))],
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date | None, Ask(_("Viimeinen päivä"))] = None,
    *,
    actor: Actor,
) -> StudyRight:
    """Record the study right that a contract rests on. An identity code finds the known person."""
    student = add_subject(name, actor=actor, personal_id=personal_id)
    row = StudyRight(student=student, qualification=qualification, institute=institute, form=form, valid=days_told(first, last))
    return create(row, actor=actor)


# Dated rows ---------------------------------------------------------------------------------------------------------------


@action(_("Lisää mitoitustieto"), needs="decide")
def add_rate(
    figure: Annotated[RateFigure, Ask(_("Mitä koskee"))],
    amount: Annotated[Decimal, Ask(_("Määrä"), least=0)],
    source: Annotated[str, Ask(_("Lähde"), hint=_("Säädös ja pykälä tai päätös"))],
    known: Annotated[RowKnown, Ask(_("Miten tiedetään"))],
    first: Annotated[dt.date, Ask(_("Voimassa alkaen"))],
    last: Annotated[dt.date | None, Ask(_("Viimeinen voimassaolopäivä"))] = None,
    *,
    actor: Actor,
) -> TrainingRate:
    """Take a dated row into use; the one before it is ended first."""
    return create(TrainingRate(figure=figure, amount=amount, valid=days_told(first, last), source=source, known=known), actor=actor)


@action(_("Päätä mitoitustiedon voimassaolo"), needs="decide")
def end_rate(rate: TrainingRate, last: Annotated[dt.date, Ask(_("Viimeinen voimassaolopäivä"))], *, actor: Actor) -> TrainingRate:
    """End a row on a day, so that the next may begin."""
    return change(rate, {"valid": days_told(rate.valid.lower, last)}, version=rate.version, actor=actor)


@action(_("Lataa ohjelman mukana tulevat mitoitustiedot"), needs="decide")
def load_rates(*, actor: Actor) -> TrainingRate:
    """Add the dated rows that come with the program; a figure that has rows of its own already is left as it is."""
    known = set(TrainingRate.objects.filter(voided_at=None).values_list("figure", flat=True))
    told = [row for row in tomllib.loads(RATES.read_text("utf-8"))["rate"] if row["figure"] not in known]
    if not told:
        count = TrainingRate.objects.filter(voided_at=None).count()
        raise OutOfOrder(
            _("Mitoitustiedot on jo ladattu (%(count)d riviä). Lisää uusi rivi, kun määrä muuttuu.") % {"count": count},
            code="apprenticeships.rates_loaded",
        )
    return [create(_rate(row), actor=actor) for row in told][-1]


def _rate(row: dict[str, Any]) -> TrainingRate:
    return TrainingRate(
        figure=row["figure"],
        amount=Decimal(row["amount"]),
        valid=days_told(row["from"], row.get("to")),
        source=row["source"],
        known=row["known"],
    )
