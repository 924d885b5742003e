"""The start page of the register's workers: what is due today, and what comes next after a record."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.models import CaseState
from kirjaamo.contract.workbench import Due, Told, Workbench
from kirjaamo.registers.urban.hitas.models import CalculationState, IndexSeries, IndexValue, MaximumPriceCalculation, RegulationRun
from kirjaamo.registers.urban.hitas.rules.validity import hitas_quarter
from kirjaamo.ui import wording
from kirjaamo.ui.parts import Badge, ListRow

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.contract.record import Record
    from kirjaamo.kernel.actors import Actor

SLUG = "hitas"
SHOWN = 8


def start(actor: Actor) -> Workbench:
    """What waits, the most urgent first; what the month or the quarter lacks stands above it."""
    del actor
    today = timezone.localdate()
    return Workbench(
        due=[
            Due(_("Odottaa vahvistamista"), _rows(drafts(), today), empty=_("Yksikään laskelma ei odota vahvistamista.")),
            Due(_("Vahvistettu, ei lähetetty"), _rows(unsent(), today)),
        ],
        told=_told(today),
    )


def drafts() -> QuerySet[MaximumPriceCalculation]:
    """Calculations that wait for confirmation, the first to lose their validity first."""
    rows = MaximumPriceCalculation.objects.filter(state=CalculationState.DRAFT, voided_at=None)
    return rows.select_related("apartment__company").order_by("valid_until", "pk")


def unsent() -> QuerySet[MaximumPriceCalculation]:
    """Confirmed prices whose case is open, the oldest first."""
    rows = MaximumPriceCalculation.objects.filter(state=CalculationState.CONFIRMED, voided_at=None).exclude(case__state=CaseState.CLOSED)
    return rows.select_related("apartment__company").order_by("pk")


def _rows(found: QuerySet[MaximumPriceCalculation], today: dt.date) -> list[ListRow]:
    return [_row(one, today) for one in found[:SHOWN]]


def _row(one: MaximumPriceCalculation, today: dt.date) -> ListRow:
    late = Badge(_("Voimassaolo päättynyt"), "warning") if one.valid_until < today else None
    until = _("voimassa %(day)s asti") % {"day": wording.day(one.valid_until)}
    meta = [one.apartment.company.name, wording.euro(one.price), until]
    return ListRow(f"{one.number} {one.apartment.door}", one.get_absolute_url(), meta=meta, badge=late)


def _told(today: dt.date) -> list[Told]:
    """What the running month lacks of the series, and whether the 30-year run of the quarter waits; each where it is done."""
    told = []
    if lacking := _lacking(today):
        title, link = _("Kuukauden indeksilukuja puuttuu"), reverse("register-act", args=[SLUG, "load_indices"])
        text = _("Ilman niitä hintaa ei lasketa.")
        told.append(Told(text, title, items=lacking, tone="warning", url=link, link=_("Lataa indeksilukuja")))
    if not RegulationRun.objects.filter(quarter=hitas_quarter(today), state=CalculationState.CONFIRMED).exists():
        link = reverse("register-act", args=[SLUG, "prepare_run"])
        text = _("Neljänneksen 30 vuoden tarkistusta ei ole vahvistettu.")
        told.append(Told(text, url=link, link=_("Esikatsele 30 vuoden tarkistus")))
    return told


def _lacking(today: dt.date) -> list[str]:
    """The series without a figure of the running month."""
    known = set(IndexValue.objects.filter(month=today.replace(day=1), voided_at=None).values_list("series", flat=True))
    return [str(label) for code, label in IndexSeries.choices if code not in known]


def next_after(record: Record) -> MaximumPriceCalculation | None:
    """The work that comes next after a calculation: the most urgent other draft, else a confirmed one that is not sent."""
    return drafts().exclude(pk=record.pk).first() or unsent().exclude(pk=record.pk).first()
