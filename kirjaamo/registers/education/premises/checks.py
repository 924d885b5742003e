"""What the verbs share: values told by people read and judged, refusals said, fees set on records not yet stored."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.errors import Refused
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.choices import (
    BookingState,
)
from kirjaamo.registers.education.premises.models import (
    Booking,
    Customer,
    Room,
    Wish,
)
from kirjaamo.registers.education.premises.rules import allocation, fees, times
from kirjaamo.registers.education.premises.rules.problems import Problem, RuleError
from kirjaamo.registers.education.premises.rules.times import Slot
from kirjaamo.ui import wording
from kirjaamo.values.language import Text3
from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from kirjaamo.contract.record import Record
    from kirjaamo.values.calculation import Calculation


T = TypeVar("T")
_DAY = dt.timedelta(days=1)


def said(text: Text3) -> str:
    """The sentence in the language of the reader."""
    return text.pick(get_language() or "fi")


def refuse_problem(problem: Problem | None, *, field: str = "") -> None:
    """Say the problem of a rule, at the field that it concerns."""
    if problem is not None:
        where = field or problem.field or None
        raise Refused(said(problem.sentence), code=f"premises.{problem.code}", section=problem.source, field=where)


def ruled(rule: Callable[[], T]) -> T:
    """Run a rule; what it cannot judge is said."""
    try:
        return rule()
    except RuleError as error:
        problem = error.problem
        raise Refused(
            said(problem.sentence), code=f"premises.{problem.code}", section=problem.source, field=problem.field or None
        ) from error


def clock_of(text: str, name: str) -> dt.time:
    """A time as it was typed, refused at its field."""
    try:
        return times.parse_clock(text)
    except RuleError as error:
        raise Refused(said(error.problem.sentence), code="premises.clock", field=name) from error


def slot_told(day: dt.date, start: str, end: str) -> Slot:
    """A day with times as they were typed."""
    return Slot(day, clock_of(start, "start"), clock_of(end, "end"))


def days_told(first: dt.date, last: dt.date | None) -> DateRange:
    """A range of days from its first and last day."""
    if last is not None and last < first:
        raise Refused(_("Viimeinen päivä ei voi olla ennen ensimmäistä."), code="premises.days", field="last")
    return DateRange(first, last + _DAY if last else None)


def is_let(room: Room) -> bool:
    """Whether the room is let at all."""
    return room.let and room.voided_at is None


def may_use(room: Room, slot: Slot, headcount: int) -> None:
    """Refuse what the terms, the room or an earlier booking forbid; the database has the last word on the booking."""
    if not is_let(room):
        raise Refused(_("Tilaa ei anneta käyttöön."), code="premises.not_let")
    refuse_problem(_judged(slot))
    if headcount > room.capacity:
        told = {"room": str(room), "most": room.capacity, "count": headcount}
        raise Refused(
            _("Tilaan %(room)s mahtuu %(most)s henkilöä, osallistujia on %(count)s.") % told, code="premises.too_many", field="headcount"
        )
    if reason := reading.closed_on(room, slot.day):
        told = {"day": wording.day(slot.day), "why": reason}
        raise Refused(_("Tilaa ei anneta käyttöön %(day)s: %(why)s.") % told, code="premises.closed", field="day")
    clash = reading.confirmed(room, reading.moment(slot.day, slot.start), reading.moment(slot.day, slot.end)).first()
    if clash is not None:
        raise Refused(
            _("Tila on jo varattu %(when)s. Valitse toinen aika tai toinen tila.") % {"when": clash.when},
            code="premises.taken",
            field="start",
        )


def _judged(slot: Slot) -> Problem | None:
    try:
        return times.slot_problem(slot)
    except LookupError as error:
        raise Refused(
            _("Päivän käyttöehtoja ei tunneta: %(day)s.") % {"day": wording.day(slot.day)}, code="premises.no_terms", field="day"
        ) from error


def account_of(number: str) -> Customer:
    """The registered customer of a number; without one nothing is confirmed."""
    account = reading.customer_by_number(number) if number.strip() else None
    if account is None:
        raise Refused(
            _("Varauksen voi vahvistaa vain rekisteröidylle asiakkaalle. Rekisteröi asiakas tai tarkista asiakasnumero."),
            code="premises.no_customer",
            section="HEL 2017-012070",
            field="customer_number",
        )
    return account


def still_waiting(booking: Booking) -> None:
    """Refuse to answer a request twice."""
    if booking.state != BookingState.REQUESTED:
        raise Refused(_("Pyyntöön on jo vastattu."), code="premises.already_decided")


def confirmed_of(account: Customer, room: Room, slot: Slot) -> Booking:
    """A confirmed booking of a customer, still without its fee."""
    return Booking(
        room=room,
        starts_at=reading.moment(slot.day, slot.start),
        ends_at=reading.moment(slot.day, slot.end),
        state=BookingState.CONFIRMED,
        account=account,
        customer=account.holder,
        contact=account.contact,
        charged=True,
    )


def set_price(booking: Booking, account: Customer, slot: Slot) -> None:
    """Compute the fee of a booking for a customer by the lists in force."""
    prices = reading.price_rows()
    set_fee(booking, ruled(lambda: fees.fee(slot, booking.room.kind, account.group, self_supervised=booking.self_supervised, rows=prices)))


def set_fee(booking: Booking, worked: Calculation) -> None:
    """Put a computed fee and its workings on a booking that is not yet stored."""
    booking.fee, booking.worked = sum_of(worked), worked.as_data()


def sum_of(worked: Calculation) -> Decimal:
    """The amount of a fee."""
    assert isinstance(worked.result, Money)  # noqa: S101 - narrows a type
    return worked.result.amount


def wishes_told(text: str) -> list[Wish]:
    """Read wishes, a line each; a line that cannot be read is named."""
    found = []
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), start=1):
        parts = [part.strip() for part in line.split(";")]
        room = reading.room_by_code(parts[0])
        weekday = _weekday(parts[1]) if len(parts) == 4 else None  # noqa: PLR2004 - told beside it
        if room is None or weekday is None:
            raise Refused(
                _("Rivi %(number)s: kirjoita tilan tunnus;viikonpäivä;alkaa;päättyy.") % {"number": number},
                code="premises.wish",
                field="wishes",
            )
        found.append(Wish(room=room, weekday=weekday, starts=clock_of(parts[2], "wishes"), ends=clock_of(parts[3], "wishes")))
    if not found:
        raise Refused(_("Kirjaa ainakin yksi toive."), code="premises.no_wishes", field="wishes")
    return found


def _weekday(word: str) -> str | None:
    """The code of a weekday by two letters or more of its Finnish name."""
    names = [name.fi for name in allocation.WEEKDAYS]
    return next((str(index) for index, name in enumerate(names) if len(word) > 1 and name.startswith(word.lower())), None)


def next_key(model: type[Record]) -> int:
    """The next key of a model, so that a number made of it can be stored at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        key: int = cursor.fetchone()[0]
    return key
