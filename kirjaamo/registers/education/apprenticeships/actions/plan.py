"""The parts of a student's plan: added to a contract, shown by a demonstration; and how a student goes on after an ending."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.registers.education.apprenticeships import reading
from kirjaamo.registers.education.apprenticeships.actions.contracts import held_row
from kirjaamo.registers.education.apprenticeships.actions.telling import days_told, not_in_force, refuse
from kirjaamo.registers.education.apprenticeships.choices import ApprenticeshipState, Continuation, DemonstrationResult, LearningPlace
from kirjaamo.registers.education.apprenticeships.models import Apprenticeship, PlanPart
from kirjaamo.registers.education.apprenticeships.rules.plan import demonstration_problems, part_problems
from kirjaamo.ui import wording

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


def _goes_on(row: Apprenticeship) -> bool:
    return bool(row.state != ApprenticeshipState.ENDED)


@action(_("Lisää HOKS:n osa"), needs="write", when=_goes_on)
def add_plan_part(
    row: Apprenticeship,
    unit: Annotated[str, Ask(_("Hankittava osaaminen"), hint=_("Tutkinnon osa tai sitä pienempi kokonaisuus"))],
    place: Annotated[LearningPlace, Ask(_("Missä opitaan"))],
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    tasks: Annotated[str, Ask(_("Keskeiset työtehtävät"), long=True)] = "",
    *,
    actor: Actor,
) -> PlanPart:
    """Add a part of the plan to a contract that has not ended: the extract that is attached to the contract lists them."""
    held = held_row(row)
    if not _goes_on(held):
        raise not_in_force(held)
    days = days_told(first, last)
    refuse(part_problems(reading.period(days), reading.period(held.valid)))
    return create(PlanPart(apprenticeship=held, case=held.case, unit=unit, place=place, days=days, tasks=tasks), actor=actor)


def _to_show(part: PlanPart) -> bool:
    return bool(part.result != DemonstrationResult.PASSED and part.voided_at is None)


@action(_("Kirjaa näyttö"), needs="write", when=_to_show)
def record_demonstration(
    part: PlanPart,
    on: Annotated[dt.date, Ask(_("Näyttöpäivä"))],
    result: Annotated[DemonstrationResult, Ask(_("Näytön tulos"))],
    at: Annotated[str, Ask(_("Näyttöpaikka"))] = "",
    *,
    actor: Actor,
) -> PlanPart:
    """Record how a demonstration went; one that was passed stays as it is."""
    held = PlanPart.objects.select_for_update().get(pk=part.pk)
    if not _to_show(held):
        told = {"day": wording.day(held.demonstrated_on)}
        raise OutOfOrder(_("Näyttö on jo kirjattu: osaaminen osoitettiin %(day)s.") % told, code="apprenticeships.shown")
    if on > timezone.localdate():
        told = {"day": wording.day(on)}
        raise BadInput(
            _("Näyttöpäivä %(day)s on tulevaisuudessa. Kirjaa näyttö, kun se on ollut.") % told,
            code="apprenticeships.shown_when",
            field="on",
        )
    refuse(demonstration_problems(on, reading.right_of(held.apprenticeship.study_right)))
    values = {"demonstrated_on": on, "demonstrated_at": at or held.apprenticeship.arrangement.workplace.name, "result": result}
    return change(held, values, version=held.version, actor=actor)


def waits_for_continuation(row: Apprenticeship) -> bool:
    """Whether an ended contract has no word on how its student goes on, while the study right still holds."""
    ended = row.state == ApprenticeshipState.ENDED and row.cause != "completed"
    return bool(ended and not row.continuation and row.study_right.withdrawn_on is None)


@action(_("Kirjaa, miten opinnot jatkuvat"), needs="write", when=waits_for_continuation)
def agree_continuation(
    row: Apprenticeship, continuation: Annotated[Continuation, Ask(_("Miten opinnot jatkuvat"))], *, actor: Actor
) -> Apprenticeship:
    """Record by which other way the student learns on after an apprenticeship ended before its time."""
    held = held_row(row)
    if not waits_for_continuation(held):
        told = {"number": held.number, "state": held.get_state_display(), "how": held.get_continuation_display() or "–"}
        raise OutOfOrder(
            _(
                "Oppisopimuksen %(number)s vaihe on %(state)s ja opintojen jatko %(how)s. "
                "Jatko kirjataan kerran, kun sopimus on päättynyt kesken."
            )
            % told,
            code="apprenticeships.no_continuation",
        )
    return change(held, {"continuation": continuation}, version=held.version, actor=actor)
