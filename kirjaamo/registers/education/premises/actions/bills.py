"""Billing of a month: the bills of its uses, each as a document, delivered or corrected."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, CaseState, ClosingGround
from kirjaamo.contract.actions import action, change, create, void
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.retention import destruction_date
from kirjaamo.documents.models import Way
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.errors import OutOfOrder, Refused
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.actions.casework import TITLES, end_case, open_case
from kirjaamo.registers.education.premises.checks import net_of, next_key, ruled, terms_on
from kirjaamo.registers.education.premises.models import (
    Bill,
    Booking,
    Customer,
)
from kirjaamo.registers.education.premises.rules import fees, times
from kirjaamo.ui import wording
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
        told = {"month": f"{first.month}/{first.year}", "last": wording.day(after - _DAY)}
        raise Refused(
            _("Kuukausi laskutetaan, kun se on päättynyt. %(month)s päättyy %(last)s.") % told,
            code="premises.month_not_over",
            section=terms_on(first, field="month").source,
            field="month",
        )
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
        raise OutOfOrder(
            _("Kuukaudelta %(month)s ei ole laskutettavaa: käyttöjä ei ole, tai ne on jo laskutettu.") % told,
            code="premises.nothing_to_bill",
            field="month",
        )
    taxes = reading.tax_rows()
    return [_bill(account, first, bookings, taxes, actor=actor) for account, bookings in by_account.items()][-1]


def _bill(account: Customer, month: dt.date, bookings: Sequence[Booking], taxes: Sequence[fees.TaxRow], *, actor: Actor) -> Bill:
    uses = [fees.Use(str(one.pk), _line(one), Money(one.fee), reading.slot_of(one).day) for one in bookings if one.fee is not None]
    worked = ruled(lambda: fees.month_total(month, uses, taxes))
    assert isinstance(worked.result, Money)  # noqa: S101 - narrows a type
    net, payable = net_of(worked), worked.result.amount
    sums = {"total": net, "tax": payable - net, "payable": payable}
    key = next_key(Bill)
    told = {"account": account, "customer": account.holder, "month": month, "worked": worked.as_data()}
    bill = create(Bill(pk=key, number=f"L-{key:06}", **told, **sums), actor=actor)
    held = Booking.objects.filter(pk__in=[one.pk for one in bookings])
    held.update(bill=bill, version=F("version") + 1, changed_at=running().at)
    return bill


def lacks_invoice(bill: Bill) -> bool:
    """Made by the program with its number, valid, and not a document yet."""
    return bool(bill.number) and bill.case_id is None and bill.voided_at is None


@action(
    _("Tee lasku asiakirjaksi"),
    needs="decide",
    measure="bill",
    makes="use_invoice",
    stage="decision",
    when=lacks_invoice,
    done=_("Lasku tehty"),
)
def issue(bill: Bill, *, actor: Actor) -> Bill:
    """Make the document of a bill, in a case of its own; the worker of the program does it within a minute when nobody has."""
    if not lacks_invoice(bill):
        raise OutOfOrder(_("Laskusta %(bill)s on jo asiakirja, tai se on mitätöity.") % {"bill": bill}, code="premises.issued")
    case = open_case(TITLES["bill"], bill.customer, bill.customer.language, actor=actor)
    bill.case = case
    due = destruction_date(bill, (bill.month + 31 * _DAY).replace(day=1) - _DAY)
    return change(bill, {"case": case, "retention_due": due}, version=bill.version, actor=actor)


@action(_("Kirjaa kuukauden laskut toimitetuiksi"), needs="write")
def deliver_bills(
    month: Annotated[dt.date, Ask(_("Jokin laskutetun kuukauden päivä"))],
    way: Annotated[Way, Ask(_("Tiedoksiantotapa"))],
    *,
    actor: Actor,
) -> Bill:
    """The bills of a month were given to the customers: the case of each one ends."""
    first = month.replace(day=1)
    bills = list(Bill.objects.filter(month=first, voided_at=None, case__isnull=False).exclude(case__state=CaseState.CLOSED).order_by("pk"))
    if not bills:
        told = {"month": f"{first.month}/{first.year}"}
        raise OutOfOrder(
            _("Kuukaudelta %(month)s ei ole laskuja, jotka odottavat toimittamista.") % told, code="premises.no_bills", field="month"
        )
    for bill in bills:
        end_case(bill, way, actor=actor)
    return bills[-1]


def is_valid(bill: Bill) -> bool:
    """Not corrected yet."""
    return bill.voided_at is None


@action(_("Oikaise lasku"), needs="decide", measure="correction", when=is_valid, done=_("Lasku mitätöity oikaisua varten"))
def correct(bill: Bill, reason: Annotated[str, Ask(_("Oikaisun syy"), long=True)], *, actor: Actor) -> Bill:
    """Void a wrong bill with its reason. Its uses may be mended and are billed anew with their month."""
    if not is_valid(bill):
        raise OutOfOrder(_("Lasku %(bill)s on jo mitätöity.") % {"bill": bill}, code="premises.corrected")
    Booking.objects.filter(bill=bill).update(bill=None, version=F("version") + 1, changed_at=running().at)
    case = Case.objects.select_for_update().get(pk=bill.case_id) if bill.case_id else None
    if case is not None and case.state != CaseState.CLOSED:
        cases.close(case, actor=actor, note=reason, ground=ClosingGround.WITHDRAWN)
    return void(bill, reason, actor=actor)


def _line(booking: Booking) -> Text3:
    slot = reading.slot_of(booking)
    span = f"{times.clock_text(slot.start)}–{times.clock_text(slot.end)}"
    late = {"fi": " (peruttu myöhässä)", "sv": " (avbokad för sent)", "en": " (cancelled too late)"} if booking.cancelled_on else {}
    return Text3(*(f"{booking.room}, {format_day(slot.day, one)} {span}{late.get(one, '')}" for one in ("fi", "sv", "en")))
