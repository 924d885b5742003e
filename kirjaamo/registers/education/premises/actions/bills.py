"""Billing of a month."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.errors import Refused
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.checks import ruled, sum_of
from kirjaamo.registers.education.premises.models import (
    Bill,
    Booking,
    Customer,
)
from kirjaamo.registers.education.premises.rules import fees, times
from kirjaamo.values.language import Text3, format_day
from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.kernel.actors import Actor

_DAY = dt.timedelta(days=1)


@action(_("Laskuta kuukausi"), needs="decide")
def bill_month(month: Annotated[dt.date, Ask(_("Jokin laskutettavan kuukauden päivä"))], *, actor: Actor) -> Bill:
    """Bill a month that is over: one bill for each customer, of uses and late cancellations that are not billed yet."""
    first = month.replace(day=1)
    after = (first + 31 * _DAY).replace(day=1)
    if after > timezone.localdate():
        raise Refused(_("Kuukausi laskutetaan, kun se on päättynyt."), code="premises.month_not_over", field="month")
    span = {"starts_at__gte": reading.moment(first, dt.time(0)), "starts_at__lt": reading.moment(after, dt.time(0))}
    rows = (
        Booking.objects.select_for_update(of=("self",))
        .filter(**span, charged=True, bill=None, voided_at=None, account__isnull=False)
        .select_related("room", "account__holder")
        .order_by("account_id", "starts_at", "pk")
    )
    by_account: dict[Customer, list[Booking]] = {}
    for booking in rows:
        assert booking.account is not None  # noqa: S101 - narrows a type
        by_account.setdefault(booking.account, []).append(booking)
    if not by_account:
        told = {"month": f"{first.month}/{first.year}"}
        raise Refused(_("Kuukaudelta %(month)s ei ole laskutettavaa.") % told, code="premises.nothing_to_bill", field="month")
    taxes = reading.tax_rows()
    return [_bill(account, first, bookings, taxes, actor=actor) for account, bookings in by_account.items()][-1]


def _bill(account: Customer, month: dt.date, bookings: Sequence[Booking], taxes: Sequence[fees.TaxRow], *, actor: Actor) -> Bill:
    uses = [fees.Use(str(one.pk), _line(one), Money(one.fee), reading.slot_of(one).day) for one in bookings if one.fee is not None]
    worked = ruled(lambda: fees.month_total(month, uses, taxes))
    net, payable = worked.step("net").value, sum_of(worked)
    assert isinstance(net, Money)  # noqa: S101 - narrows a type
    sums = {"total": net.amount, "tax": payable - net.amount, "payable": payable}
    bill = create(Bill(account=account, customer=account.holder, month=month, worked=worked.as_data(), **sums), actor=actor)
    held = Booking.objects.filter(pk__in=[one.pk for one in bookings])
    held.update(bill=bill, version=F("version") + 1, changed_at=running().at)
    return bill


def _line(booking: Booking) -> Text3:
    slot = reading.slot_of(booking)
    span = f"{times.clock_text(slot.start)}–{times.clock_text(slot.end)}"
    late = {"fi": " (peruttu myöhässä)", "sv": " (avbokad för sent)", "en": " (cancelled too late)"} if booking.cancelled_on else {}
    return Text3(*(f"{booking.room}, {format_day(slot.day, one)} {span}{late.get(one, '')}" for one in ("fi", "sv", "en")))
