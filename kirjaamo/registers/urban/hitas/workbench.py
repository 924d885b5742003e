"""The start page of the register's workers: what is due today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.registers.urban.hitas.models import CalculationState, IndexSeries, IndexValue, MaximumPriceCalculation, RegulationRun
from kirjaamo.registers.urban.hitas.rules.validity import hitas_quarter
from kirjaamo.ui.parts import ListRow

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

SHOWN = 10


def start(actor: Actor) -> Mapping[str, Any]:
    """Drafts that wait for confirmation, confirmed prices that are not sent, and series that lack the month."""
    del actor
    today = timezone.localdate()
    rows = MaximumPriceCalculation.objects.filter(voided_at=None).select_related("apartment__company").order_by("-id")
    return {
        "drafts": [_row(one) for one in rows.filter(state=CalculationState.DRAFT)[:SHOWN]],
        "unsent": [_row(one) for one in rows.filter(state=CalculationState.CONFIRMED).exclude(case__state="closed")[:SHOWN]],
        "lacking": _lacking(today),
        "run_due": not RegulationRun.objects.filter(quarter=hitas_quarter(today), state=CalculationState.CONFIRMED).exists(),
    }


def _row(calculation: MaximumPriceCalculation) -> ListRow:
    flat = calculation.apartment
    text = _("%(company)s, laskettu %(day)s") % {"company": flat.company.name, "day": f"{calculation.calculated_on:%-d.%-m.%Y}"}
    return ListRow(f"{calculation.number} {flat.door}", calculation.get_absolute_url(), text)


def _lacking(today: dt.date) -> list[str]:
    """The series without a figure of the running month."""
    known = set(IndexValue.objects.filter(month=today.replace(day=1), voided_at=None).values_list("series", flat=True))
    return [str(label) for code, label in IndexSeries.choices if code not in known]
