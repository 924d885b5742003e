"""Endings: one verb for each thing that may end first, and the cascade that follows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.retention import destruction_date
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.registers.education.apprenticeships import reading
from kirjaamo.registers.education.apprenticeships.actions.contracts import file_document, held_row, is_in_force
from kirjaamo.registers.education.apprenticeships.actions.telling import not_in_force, paid_already, refuse, ruled
from kirjaamo.registers.education.apprenticeships.choices import ApprenticeshipState, ArrangementState, OwnCause
from kirjaamo.registers.education.apprenticeships.models import (
    Apprenticeship,
    ArrangementAgreement,
    EndingNotice,
    StudyRight,
)
from kirjaamo.registers.education.apprenticeships.rules.ending import Cascade, Cause, Part, cascade, ends_outside
from kirjaamo.ui import wording
from kirjaamo.values.period import Period

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor


def _studies(right: StudyRight) -> bool:
    return right.withdrawn_on is None


def _agreed(agreement: ArrangementAgreement) -> bool:
    return bool(agreement.state == ArrangementState.IN_FORCE)


def _to_send(notice: EndingNotice) -> bool:
    return notice.sent_on is None


@action(_("Päätä opiskeluoikeus"), needs="decide", when=_studies)
def withdraw_study_right(
    right: StudyRight,
    on: Annotated[dt.date, Ask(_("Viimeinen voimassaolopäivä"), hint=_("Molemmat sopimukset päättyvät samana päivänä."))],
    reason: Annotated[str, Ask(_("Päättymisen syy"), long=True)],
    *,
    actor: Actor,
) -> StudyRight:
    """End a study right: the contracts that rest on it and their agreements end on the same day."""
    held = StudyRight.objects.select_for_update().get(pk=right.pk)
    if not _studies(held):
        told = {"day": wording.day(held.withdrawn_on)}
        raise OutOfOrder(_("Opiskeluoikeus on jo päättynyt %(day)s.") % told, code="apprenticeships.already_ended")
    refuse(ends_outside(Part.STUDY_RIGHT, on, reading.period(held.valid)))
    for row in _resting(held.contracts.all()):
        _end(row, Cause.STUDY_RIGHT, on, reason, actor=actor)
    held.refresh_from_db()
    return change(held, {"withdrawn_on": on, "reason": reason}, version=held.version, actor=actor)


@action(_("Päätä järjestämissopimus"), needs="decide", when=_agreed)
def end_arrangement(
    agreement: ArrangementAgreement,
    on: Annotated[dt.date, Ask(_("Viimeinen voimassaolopäivä"), hint=_("Oppisopimus päättyy samana päivänä."))],
    reason: Annotated[str, Ask(_("Päättymisen syy"), long=True)],
    *,
    actor: Actor,
) -> ArrangementAgreement:
    """End the agreement with the employer: the contract that rests on it ends on the same day."""
    held = ArrangementAgreement.objects.select_for_update().get(pk=agreement.pk)
    if not _agreed(held):
        told = {"number": held.number, "day": wording.day(held.ended_on)}
        raise OutOfOrder(_("Järjestämissopimus %(number)s on jo päättynyt %(day)s.") % told, code="apprenticeships.already_ended")
    refuse(ends_outside(Part.ARRANGEMENT, on, reading.period(held.valid)))
    for row in _resting(held.contracts.all()):
        _end(row, Cause.ARRANGEMENT, on, reason, actor=actor)
    held.refresh_from_db()
    return held if not _agreed(held) else _end_agreement(held, on, reason, actor=actor)


@action(_("Päätä oppisopimus"), needs="decide", when=is_in_force)
def end_contract(
    row: Apprenticeship,
    cause: Annotated[OwnCause, Ask(_("Päättymisen peruste"))],
    on: Annotated[dt.date, Ask(_("Viimeinen voimassaolopäivä"))],
    reason: Annotated[str, Ask(_("Päättymisen syy"), long=True)] = "",
    *,
    actor: Actor,
) -> Apprenticeship:
    """End a contract as such: the agreement that was made for it ends with it."""
    return _end(row, Cause(cause.value), on, reason, actor=actor)


def _resting(rows: QuerySet[Apprenticeship]) -> list[Apprenticeship]:
    """The confirmed contracts among some."""
    return list(rows.filter(voided_at=None, state=ApprenticeshipState.IN_FORCE).order_by("pk"))


def _end(row: Apprenticeship, cause: Cause, on: dt.date, reason: str, *, actor: Actor) -> Apprenticeship:
    """End one contract and everything that ends with it, leave the notices, and tell the case."""
    held = held_row(row)
    if held.state != ApprenticeshipState.IN_FORCE:
        raise not_in_force(held)
    told = ruled(lambda: cascade(cause, on, reading.standing_of(held, on)))
    _not_paid_beyond(held, on)
    ended = change(
        held,
        {
            "state": ApprenticeshipState.ENDED,
            "ended_on": on,
            "cause": cause.value,
            "reason": reason,
            "retention_due": destruction_date(held, on),
        },
        version=held.version,
        actor=actor,
    )
    if Part.ARRANGEMENT in told.parts and held.arrangement.state == ArrangementState.IN_FORCE:
        _end_agreement(held.arrangement, on, reason, actor=actor)
    if Part.COMPENSATION in told.parts:
        _cut_decisions(ended, on, actor=actor)
    _leave_notices(ended, told, actor=actor)
    _keep_with_contract(ended, actor=actor)
    _tell_case(ended, actor=actor)
    return ended


def _not_paid_beyond(row: Apprenticeship, on: dt.date) -> None:
    """Refuse an ending before days that are paid already: the payment is put right first."""
    paid = paid_already(row, DateRange(on + dt.timedelta(days=1), None))
    if paid is not None:
        told = {
            "day": wording.day(on),
            "days": reading.period(paid.days).format(get_language() or "fi"),
            "amount": wording.euro(paid.amount),
        }
        raise OutOfOrder(
            _(
                "Päättymisen (%(day)s) jälkeisiltä päiviltä on jo vahvistettu korvaus: %(days)s, %(amount)s. "
                "Mitätöi se ensin ja peri maksettu takaisin."
            )
            % told,
            code="apprenticeships.paid_days",
            field="on",
        )


def _end_agreement(agreement: ArrangementAgreement, on: dt.date, reason: str, *, actor: Actor) -> ArrangementAgreement:
    values = {"state": ArrangementState.ENDED, "ended_on": on, "reason": reason}
    return change(agreement, values, version=agreement.version, actor=actor)


def _cut_decisions(row: Apprenticeship, on: dt.date, *, actor: Actor) -> None:
    """Let compensation end with the contract; a decision that had not begun gets no days and stays for its history."""
    for one in row.decisions.filter(voided_at=None):
        days = reading.period(one.valid)
        kept = days.intersection(Period.through(None, on))
        if kept is not None and kept != days:
            change(one, {"valid": reading.stored(kept)}, version=one.version, actor=actor)


def _leave_notices(row: Apprenticeship, told: Cascade, *, actor: Actor) -> None:
    for receiver in told.told:
        create(EndingNotice(apprenticeship=row, case=row.case, receiver=receiver.value, due_on=told.on), actor=actor)


def _keep_with_contract(row: Apprenticeship, *, actor: Actor) -> None:
    """Keep what belongs to a contract, and what it rests on, as long as the contract itself."""
    for model, key in ((StudyRight, row.study_right_id), (ArrangementAgreement, row.arrangement_id)):
        rested = model.objects.get(pk=key)
        change(rested, {"retention_due": row.retention_due}, version=rested.version, actor=actor)
    for part in (row.decisions, row.payments, row.claims, row.suspensions, row.training_days, row.visits, row.plan_parts, row.notices):
        for one in part.all():
            change(one, {"retention_due": row.retention_due}, version=one.version, actor=actor)


def _tell_case(row: Apprenticeship, *, actor: Actor) -> None:
    """Record the ending on the case with its document."""
    file_document(row, "apprenticeship_ending", _("Oppisopimus päättyi"), kind="provision", actor=actor)


@action(_("Kirjaa ilmoitetuksi"), needs="write", when=_to_send)
def notify(notice: EndingNotice, sent_on: Annotated[dt.date, Ask(_("Ilmoitettu"))], *, actor: Actor) -> EndingNotice:
    """Record that somebody was told of an ending."""
    if sent_on > timezone.localdate():
        raise BadInput(
            _("Ilmoituspäivä %(day)s on tulevaisuudessa. Kirjaa päivä, jona ilmoitus lähti.") % {"day": wording.day(sent_on)},
            code="apprenticeships.told_when",
            field="sent_on",
        )
    return change(notice, {"sent_on": sent_on}, version=notice.version, actor=actor)
