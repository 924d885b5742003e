"""The start page of the register's workers: what is due today, and what comes next after a record."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.contract.workbench import Due, Told, Workbench
from kirjaamo.registers.urban.hitas import due
from kirjaamo.registers.urban.hitas.models import (
    CalculationState,
    IndexSeries,
    IndexValue,
    MaximumPriceCalculation,
    PriceRequest,
    RegulationLetter,
    RegulationRun,
    Sale,
)
from kirjaamo.registers.urban.hitas.rules.validity import hitas_quarter
from kirjaamo.ui import wording
from kirjaamo.ui.parts import Badge, ListRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kirjaamo.contract.record import Record
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.registers.urban.hitas.models import ConditionOfSale

SLUG = "hitas"
SHOWN = 5


def start(actor: Actor) -> Workbench:
    """What waits, the most urgent first; what the month or the quarter lacks stands above it."""
    del actor
    today = timezone.localdate()
    return Workbench(
        due=[
            Due(_("Odottaa vahvistamista"), _prices(due.drafts()[:SHOWN], today), empty=_("Yksikään laskelma ei odota vahvistamista.")),
            Due(_("Pyydetty, ei laskettu"), [_request(one) for one in due.requests()[:SHOWN]]),
            Due(_("Vahvistettu, ei lähetetty"), _prices(due.unsent()[:SHOWN], today)),
            Due(_("Kauppakirja puuttuu"), [_sale(one, one.deed_due, today) for one in due.deeds()[:SHOWN]]),
            Due(_("Lunastus ratkaistava"), [_sale(one, one.redeem_until, today) for one in due.redemptions()[:SHOWN]]),
            Due(_("Myyntiehto täyttämättä"), [_condition(one, today) for one in due.conditions()[:SHOWN]]),
            Due(_("Sääntelykirje lähettämättä"), [_letter(one) for one in due.letters()[:SHOWN]]),
        ],
        told=_told(today),
    )


def _late(day: dt.date | None, today: dt.date) -> Badge | None:
    return Badge(_("Myöhässä"), "warning") if day is not None and day < today else None


def _prices(found: Iterable[MaximumPriceCalculation], today: dt.date) -> list[ListRow]:
    rows = []
    for one in found:
        over = Badge(_("Voimassaolo päättynyt"), "warning") if one.valid_until < today else None
        until = _("voimassa %(day)s asti") % {"day": wording.day(one.valid_until)}
        meta = [one.apartment.company.name, wording.euro(one.price), until]
        rows.append(ListRow(f"{one.number} {one.apartment.door}", one.get_absolute_url(), meta=meta, badge=over))
    return rows


def _request(one: PriceRequest) -> ListRow:
    unknown = Badge(_("Valitse huoneisto"), "warning") if one.apartment_id is None else None
    meta = [one.company.name, str(one.get_role_display()), wording.day(timezone.localdate(one.made_at))]
    return ListRow(one.told_door, one.get_absolute_url(), meta=meta, badge=unknown)


def _sale(one: Sale, day: dt.date | None, today: dt.date) -> ListRow:
    by = _("viimeistään %(day)s") % {"day": wording.day(day)}
    meta = [one.apartment.company.name, wording.euro(one.price), by]
    return ListRow(one.apartment.door, one.get_absolute_url(), meta=meta, badge=_late(day, today))


def _condition(one: ConditionOfSale, today: dt.date) -> ListRow:
    day = one.sell_by
    by = _("myytävä viimeistään %(day)s") % {"day": wording.day(day)} if day else _("uusi huoneisto ei ole valmis")
    meta = [by, str(one.get_grace_display()), _("uusi: %(door)s") % {"door": one.new.apartment.door}]
    return ListRow(one.old.apartment.door, one.get_absolute_url(), meta=meta, badge=_late(day, today))


def _letter(one: RegulationLetter) -> ListRow:
    return ListRow(one.company.name, one.get_absolute_url(), meta=[str(one.get_outcome_display()), wording.day(one.written_on)])


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
    """The series that rules compute with and that have no figure of the running month."""
    known = set(IndexValue.objects.filter(month=today.replace(day=1), voided_at=None).values_list("series", flat=True))
    return [str(label) for code, label in IndexSeries.choices if code not in {*known, IndexSeries.MAXIMUM}]


def next_after(record: Record) -> Record | None:
    """The work that comes next after a record: the most urgent other of its kind; after a calculation a draft before one to send."""
    if isinstance(record, MaximumPriceCalculation):
        return due.drafts().exclude(pk=record.pk).first() or due.unsent().exclude(pk=record.pk).first()
    if isinstance(record, PriceRequest):
        return due.requests().exclude(pk=record.pk).first()
    if isinstance(record, Sale):
        return due.deeds().exclude(pk=record.pk).first() or due.redemptions().exclude(pk=record.pk).first()
    return due.letters().exclude(pk=record.pk).first() if isinstance(record, RegulationLetter) else None
