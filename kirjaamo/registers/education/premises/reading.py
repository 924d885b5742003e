"""What rules need of the database, as their own values; and what overlaps a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from kirjaamo.registers.education.premises.choices import AgreementState, BookingState
from kirjaamo.registers.education.premises.models import (
    Agreement,
    Booking,
    ClosedDays,
    Customer,
    Price,
    RankOrder,
    Room,
    Season,
    TaxRate,
    TurnApplication,
    UseTerms,
)
from kirjaamo.registers.education.premises.rules import times, turns
from kirjaamo.registers.education.premises.rules.fees import Cell, PriceRow, TaxRow
from kirjaamo.registers.education.premises.rules.terms import Terms
from kirjaamo.values.clock import HELSINKI
from kirjaamo.values.money import Money
from kirjaamo.values.period import Period

if TYPE_CHECKING:
    from django.db.backends.postgresql.psycopg_any import DateRange

YEAR = dt.timedelta(days=366)


def period_of(days: DateRange) -> Period:
    """A range of days of the database as a period."""
    return Period(days.lower, days.upper)


def moment(day: dt.date, clock: dt.time) -> dt.datetime:
    """A local day and time as a moment."""
    return dt.datetime.combine(day, clock, tzinfo=HELSINKI)


def slot_of(booking: Booking) -> times.Slot:
    """A booking as a slot of its local day."""
    first, last = timezone.localtime(booking.starts_at), timezone.localtime(booking.ends_at)
    return times.Slot(first.date(), first.time(), last.time())


def price_rows() -> list[PriceRow]:
    """Every price of every list that is not void."""
    found = Price.objects.filter(voided_at=None, price_list__voided_at=None).select_related("price_list")
    return [
        PriceRow(
            str(price.pk),
            Cell(price.kind, price.group, price.weekend, price.self_supervised),
            Money(price.hourly),
            period_of(price.price_list.valid),
            f"{price.price_list.title} ({price.price_list.source})",
        )
        for price in found
    ]


def terms_rows() -> list[Terms]:
    """Every row of terms of use that is not void."""
    return [
        Terms(
            str(row.pk),
            period_of(row.valid),
            (row.weekday_opens, row.weekday_closes),
            (row.weekend_opens, row.weekend_closes),
            row.notice_days,
            row.margin,
            row.step,
            row.least_age,
            row.source,
        )
        for row in UseTerms.objects.filter(voided_at=None)
    ]


def rank_rows() -> list[turns.RankRow]:
    """Every order of ranks that is not void."""
    return [
        turns.RankRow(str(row.pk), tuple(row.order.split()), period_of(row.valid), row.source)
        for row in RankOrder.objects.filter(voided_at=None)
    ]


def closures(room: Room) -> list[times.Closure]:
    """Days on which a room is not let."""
    found = ClosedDays.objects.filter(Q(room=None) | Q(room=room), voided_at=None)
    return [times.Closure(period_of(row.days), row.title) for row in found]


def closed_on(room: Room, day: dt.date) -> times.Closure | None:
    """Why a room is not let on a day; None when it is."""
    return next((one for one in closures(room) if day in one.days), None)


def confirmed(room: Room, first: dt.datetime, last: dt.datetime) -> QuerySet[Booking]:
    """The confirmed bookings of a room that meet a time."""
    return Booking.objects.filter(room=room, state=BookingState.CONFIRMED, voided_at=None, starts_at__lt=last, ends_at__gt=first).order_by(
        "starts_at"
    )


def used_on(day: dt.date, school: str = "") -> QuerySet[Booking]:
    """The confirmed uses of a day by time; of one school when it is told."""
    first, last = moment(day, dt.time(0)), moment(day + dt.timedelta(days=1), dt.time(0))
    rows = Booking.objects.filter(state=BookingState.CONFIRMED, voided_at=None, starts_at__gte=first, starts_at__lt=last)
    rows = rows.filter(room__school=school) if school else rows
    return rows.select_related("room", "customer", "contact").order_by("room__school", "starts_at", "room__name")


def schools() -> list[str]:
    """The schools that have rooms."""
    return list(Room.objects.filter(voided_at=None).order_by("school").values_list("school", flat=True).distinct())


def supervised(first: dt.date, after: dt.date) -> QuerySet[Booking]:
    """The confirmed uses from a day until another that a supervisor of the city opens."""
    span = {"starts_at__gte": moment(first, dt.time(0)), "starts_at__lt": moment(after, dt.time(0))}
    rows = Booking.objects.filter(state=BookingState.CONFIRMED, self_supervised=False, voided_at=None, **span)
    return rows.select_related("room").order_by("starts_at")


def tax_rows() -> list[TaxRow]:
    """Every rate of value added tax that is not void."""
    found = TaxRate.objects.filter(voided_at=None)
    return [TaxRow(str(row.pk), row.percent, period_of(row.valid), row.source) for row in found]


def customer_by_number(number: str) -> Customer | None:
    """The registered customer of a number."""
    return Customer.objects.select_related("holder", "contact").filter(number__iexact=number.strip(), voided_at=None).first()


def room_by_code(code: str) -> Room | None:
    """The room of a code."""
    return Room.objects.filter(code__iexact=code.strip(), voided_at=None).first()


# Allocation ----------------------------------------------------------------------------------------------------------------


def halls() -> list[turns.Hall]:
    """The rooms that are let."""
    return [turns.Hall(room.code, str(room), room.capacity) for room in Room.objects.filter(let=True, voided_at=None)]


def turn_requests(season: Season) -> list[turns.TurnRequest]:
    """The applications of a season that wait, each with its wishes and the customer's turns of the year before."""
    rows = TurnApplication.objects.filter(season=season, outcome="pending", voided_at=None).prefetch_related("wishes__room")
    held = _held_before(season, [row.customer_id for row in rows])
    return [
        turns.TurnRequest(
            row.pk,
            row.customer_id,
            row.activity,
            row.headcount,
            row.arrived_at,
            tuple(turns.Turn(wish.room.code, int(wish.weekday), wish.starts, wish.ends) for wish in row.wishes.all()),
            tuple(held.get(row.customer_id, ())),
            registered=row.account_id is not None,
        )
        for row in rows
    ]


def _held_before(season: Season, customers: Sequence[int]) -> dict[int, list[turns.Turn]]:
    held: dict[int, list[turns.Turn]] = {}
    span = (season.days.lower - YEAR, season.days.lower)
    for row in (
        Agreement.objects.filter(customer__in=customers, valid__overlap=span, voided_at=None)
        .exclude(valid__overlap=season.days)
        .select_related("room")
    ):
        held.setdefault(row.customer_id, []).append(_turn(row))
    return held


def taken(season: Season) -> tuple[turns.Turn, ...]:
    """Turns of agreements that are in force in the season."""
    rows = Agreement.objects.filter(state=AgreementState.IN_FORCE, valid__overlap=season.days, voided_at=None).select_related("room")
    return tuple(_turn(row) for row in rows)


def _turn(row: Agreement) -> turns.Turn:
    return turns.Turn(row.room.code, int(row.weekday), row.starts, row.ends)
