"""Rows of the register become the frozen facts that the rules take; queries end here."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.backends.postgresql.psycopg_any import DateRange

from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.registers.education.apprenticeships.choices import ArrangementState
from kirjaamo.registers.education.apprenticeships.models import Apprenticeship, BenefitClaim, StudyRight, TrainingRate, Workplace
from kirjaamo.registers.education.apprenticeships.rules.benefits import Claim
from kirjaamo.registers.education.apprenticeships.rules.compensation import Granted, Trained
from kirjaamo.registers.education.apprenticeships.rules.ending import Standing
from kirjaamo.registers.education.apprenticeships.rules.preconditions import Draft, Place
from kirjaamo.registers.education.apprenticeships.rules.rates import Figure, RateRow, Rates
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.money import Money
from kirjaamo.values.period import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

ADULT = 18


def period(days: DateRange) -> Period:
    """Stored days as a period."""
    return Period(days.lower, days.upper)


def stored(days: Period) -> DateRange:
    """A period as days to store."""
    return DateRange(days.start, days.end)


def in_force(row: Apprenticeship) -> Period:
    """The days on which a contract is in force: to its last day when it ended before its time."""
    return Period.through(row.valid.lower, row.ended_on) if row.ended_on else period(row.valid)


def rate_rows() -> list[TrainingRate]:
    """Every dated row that is not void."""
    return list(TrainingRate.objects.filter(voided_at=None).order_by("pk"))


def rates(rows: Sequence[TrainingRate] | None = None) -> Rates:
    """The dated rows as the rules take them; those given, or all."""
    return Rates.of(
        RateRow(f"rate-{row.pk}", Figure(row.figure), row.amount, period(row.valid), row.source, row.known == RowKnown.READ)
        for row in (rate_rows() if rows is None else rows)
    )


def draft_of(row: Apprenticeship) -> Draft:
    """What the preconditions judge."""
    agreed, place, right = row.arrangement, row.arrangement.workplace, row.study_right
    return Draft(
        born=row.student.birth_date,
        valid=period(row.valid),
        weekly_hours=row.weekly_hours,
        pay_basis=row.pay_basis,
        form=right.form,
        study_right=right_of(right),
        arrangement=period(agreed.valid) if agreed.state == ArrangementState.IN_FORCE and agreed.voided_at is None else None,
        place=Place(place.enough_work, place.tools, place.qualified_staff, _instructors(place), place.name),
        hoks_on=row.hoks_on,
        probation_last=row.probation_last,
        agreed=agreed.number,
        agreement_ended=agreed.ended_on,
    )


def _instructors(place: Workplace) -> str:
    return ", ".join(one.name for one in place.instructing())


def right_of(right: StudyRight) -> Period:
    """The days of a study right: to its last day when it was withdrawn."""
    return Period.through(right.valid.lower, right.withdrawn_on) if right.withdrawn_on else period(right.valid)


def trained_of(row: Apprenticeship) -> Trained:
    """What compensation is reckoned from."""
    decisions = row.decisions.filter(voided_at=None).order_by("pk")
    return Trained(
        valid=in_force(row),
        suspended=[period(one.days) for one in row.suspensions.filter(voided_at=None).order_by("pk")],
        decisions=[Granted(str(one.pk), Money(one.monthly), period(one.valid)) for one in decisions],
        born=row.student.birth_date,
        without_degree=row.without_degree,
        own_firm=row.own_firm,
    )


def claim_of(claim: BenefitClaim) -> Claim:
    """What benefits are reckoned from: the unpaid days at the provider in the days of the claim, while the contract is in force."""
    return Claim(
        unpaid_days(claim.apprenticeship, period(claim.days)),
        claim.minor_children,
        claim.nights,
        claim.kilometres,
        Money(claim.round_trip),
        claim.daily_travel,
    )


def unpaid_days(row: Apprenticeship, days: Period) -> Sequence[dt.date]:
    """The unpaid days at the provider."""
    found = row.training_days.filter(voided_at=None, paid=False, day__gte=days.start, day__lt=days.end).order_by("day")
    whole = in_force(row)
    return [day for day in found.values_list("day", flat=True) if day in whole]


def standing_of(row: Apprenticeship, on: dt.date) -> Standing:
    """What is in force when a contract ends."""
    born = row.student.birth_date
    return Standing(in_force(row), row.probation_last, minor=born is not None and shift(born, ADULT, Unit.YEARS) > on)
