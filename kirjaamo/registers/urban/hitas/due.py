"""What waits in the register: one query for each kind of work, the most urgent first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kirjaamo.cases.models import CaseState
from kirjaamo.registers.urban.hitas.models import (
    CalculationState,
    ConditionOfSale,
    MaximumPriceCalculation,
    PriceRequest,
    Redemption,
    RegulationLetter,
    Sale,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

MOST_CONDITIONS = 500
"""So many open conditions are looked through for those whose day is next; their day depends on a completion that may change."""


def requests() -> QuerySet[PriceRequest]:
    """Requests whose price is not computed yet, the oldest first."""
    return PriceRequest.objects.filter(computed_on=None, voided_at=None).select_related("company", "apartment", "case").order_by("pk")


def drafts() -> QuerySet[MaximumPriceCalculation]:
    """Calculations that wait for confirmation, the first to lose their validity first."""
    rows = MaximumPriceCalculation.objects.filter(state=CalculationState.DRAFT, voided_at=None)
    return rows.select_related("apartment__company").order_by("valid_until", "pk")


def unsent() -> QuerySet[MaximumPriceCalculation]:
    """Confirmed prices whose case is open, the oldest first."""
    rows = MaximumPriceCalculation.objects.filter(state=CalculationState.CONFIRMED, voided_at=None).exclude(case__state=CaseState.CLOSED)
    return rows.select_related("apartment__company").order_by("pk")


def deeds() -> QuerySet[Sale]:
    """Resales whose deed has not come, by the day on which it is due."""
    rows = Sale.objects.filter(deed_on=None, deed_due__isnull=False, voided_at=None)
    return rows.select_related("apartment__company").order_by("deed_due", "pk")


def redemptions() -> QuerySet[Sale]:
    """Resales whose redemption is not decided, by the last day of the right."""
    rows = Sale.objects.filter(redemption=Redemption.OPEN, voided_at=None)
    return rows.select_related("apartment__company").order_by("redeem_until", "pk")


def conditions() -> Sequence[ConditionOfSale]:
    """Open conditions of sale, by the last day for selling; those whose day is not known yet come last."""
    rows = ConditionOfSale.objects.filter(fulfilled_on=None, voided_at=None).select_related("old__apartment", "new__apartment", "new__sale")
    return sorted(rows.order_by("pk")[:MOST_CONDITIONS], key=lambda one: (one.sell_by or dt.date.max, one.pk))


def letters() -> QuerySet[RegulationLetter]:
    """Regulation letters that are not sent, the oldest first."""
    rows = RegulationLetter.objects.filter(sent_on=None, voided_at=None)
    return rows.select_related("company", "verdict__run", "verdict__company").order_by("pk")
