"""What the verbs share: values told by people read and judged, refusals said, fees set on records not yet stored."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import because
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.choices import (
    BookingState,
)
from kirjaamo.registers.education.premises.models import (
    Booking,
    ClosedDays,
    Customer,
    PriceList,
    RankOrder,
    Room,
    TaxRate,
    UseTerms,
    Wish,
)
from kirjaamo.registers.education.premises.rules import fees, times
from kirjaamo.registers.education.premises.rules.problems import Because, Problem, RuleError
from kirjaamo.registers.education.premises.rules.terms import Terms, terms_of
from kirjaamo.registers.education.premises.rules.times import Slot
from kirjaamo.registers.education.premises.rules.turns import WEEKDAYS
from kirjaamo.ui import wording
from kirjaamo.values.language import Text3
from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kirjaamo.contract.record import Record
    from kirjaamo.values.calculation import Calculation


T = TypeVar("T")
_DAY = dt.timedelta(days=1)


def said(text: Text3) -> str:
    """The sentence in the language of the reader."""
    return text.pick(get_language() or "fi")


def named(row: Record) -> str:
    """A row of the register by which something is refused: its kind and what it is called."""
    return f"{type(row).label}: {row}"


def refusal_of(problem: Problem, *, field: str = "") -> Refused:
    """What the problem of a rule is to its reader: a rule that refuses, a row that is not there yet, or input that cannot be used."""
    kinds: dict[Because, type[Refused]] = {Because.RULE: Refused, Because.ORDER: OutOfOrder, Because.INPUT: BadInput}
    where = field or problem.field or None
    return kinds[problem.because](said(problem.sentence), code=f"premises.{problem.code}", section=problem.source, field=where)


def refuse_problem(problem: Problem | None, *, field: str = "") -> None:
    """Say the problem of a rule, at the field that it concerns."""
    if problem is not None:
        raise refusal_of(problem, field=field)


def ruled(rule: Callable[[], T], *, field: str = "") -> T:
    """Run a rule; what it cannot judge is said."""
    try:
        return rule()
    except RuleError as error:
        raise refusal_of(error.problem, field=field) from error


def terms_on(day: dt.date, rows: Sequence[Terms] | None = None, *, field: str = "") -> Terms:
    """The terms of use of a day; told when there are none. `rows` spares reading them again."""
    return ruled(lambda: terms_of(reading.terms_rows() if rows is None else rows, day), field=field)


def clock_of(text: str, name: str) -> dt.time:
    """A time as it was typed, refused at its field."""
    return ruled(lambda: times.parse_clock(text), field=name)


def slot_told(day: dt.date, start: str, end: str) -> Slot:
    """A day with times as they were typed."""
    return Slot(day, clock_of(start, "start"), clock_of(end, "end"))


def days_told(first: dt.date, last: dt.date | None) -> DateRange:
    """A range of days from its first and last day."""
    if last is not None and last < first:
        told = {"first": wording.day(first), "last": wording.day(last)}
        raise BadInput(
            _("Viimeinen päivä %(last)s ei voi olla ennen ensimmäistä päivää %(first)s.") % told, code="premises.days", field="last"
        )
    return DateRange(first, last + _DAY if last else None)


def alone(model: type[PriceList | RankOrder | TaxRate | UseTerms], first: dt.date, last: dt.date | None) -> DateRange:
    """The days of a dated row of which one is in force at a time; the row that is in force in them is told."""
    days = days_told(first, last)
    other = model._default_manager.filter(voided_at=None, valid__overlap=days).order_by("valid").first()
    if other is not None:
        told = {"row": named(other), "span": reading.period_of(other.valid).format(get_language() or "fi")}
        raise OutOfOrder(
            _("Samaan aikaan on jo voimassa %(row)s (%(span)s). Päätä se ensin tai muuta voimassaoloa.") % told,
            code="premises.not_alone",
            field="first",
        )
    return days


def is_let(room: Room) -> bool:
    """Whether the room is let at all."""
    return room.let and room.voided_at is None


def may_use(room: Room, slot: Slot, headcount: int, rows: Sequence[Terms] | None = None, *, but: int | None = None) -> None:
    """Refuse what the terms, the room or an earlier booking (`but` one) forbid; the database has the last word on the booking."""
    if not is_let(room):
        raise OutOfOrder(_("Tilaa %(room)s ei anneta käyttöön. Valitse toinen tila.") % {"room": room}, code="premises.not_let")
    refuse_problem(times.slot_problem(terms_on(slot.day, rows), slot))
    if headcount > room.capacity:
        told = {"room": str(room), "most": room.capacity, "count": headcount}
        raise Refused(
            _("Tilaan %(room)s mahtuu %(most)s henkilöä, osallistujia on %(count)s.") % told,
            code="premises.too_many",
            section=named(room),
            field="headcount",
        )
    if closure := reading.closed_on(room, slot.day):
        told = {"day": wording.day(slot.day), "span": closure.days.format(get_language() or "fi")}
        raise Refused(
            _("Tilaa ei anneta käyttöön %(day)s, koska käyttökatko kestää %(span)s.") % told,
            code="premises.closed",
            section=f"{ClosedDays.label}: {closure.title}",
            field="day",
        )
    refuse_taken(room, slot, but=but)


def in_notice(day: dt.date, on: dt.date, deviation: str = "") -> None:
    """Refuse a use that is nearer than the notice of the terms, unless the reason to deviate from it is told: the journal keeps it."""
    problem = times.notice_problem(terms_on(day), day, on)
    if problem is not None and not deviation.strip():
        raise refusal_of(problem)
    if deviation.strip():
        because(deviation)


def refuse_taken(room: Room, slot: Slot, *, but: int | None = None) -> None:
    """Tell which time of the room is taken, when a confirmed booking (`but` one) meets the slot."""
    clash = reading.confirmed(room, reading.moment(slot.day, slot.start), reading.moment(slot.day, slot.end)).exclude(pk=but or 0).first()
    if clash is not None:
        raise OutOfOrder(
            _("Tila on jo varattu %(when)s. Valitse toinen aika tai toinen tila.") % {"when": clash.when},
            code="premises.taken",
            field="start",
        )


def stored(write: Callable[[], T], room: Room, slot: Slot, *, but: int | None = None) -> T:
    """Write a confirmed booking; when the database refused it, the time that another took in between is told."""
    try:
        return write()
    except Refused:
        refuse_taken(room, slot, but=but)
        raise


def account_of(number: str) -> Customer:
    """The registered customer of a number; without one nothing is confirmed."""
    account = reading.customer_by_number(number) if number.strip() else None
    if account is None:
        what = _("Asiakasnumerolla ”%(number)s” ei ole rekisteröityä asiakasta.") % {"number": number.strip()} if number.strip() else ""
        rule = _("Varauksen voi vahvistaa vain rekisteröidylle asiakkaalle. Rekisteröi asiakas tai tarkista asiakasnumero.")
        raise Refused(
            f"{what} {rule}".strip(),
            code="premises.no_customer",
            section=terms_on(timezone.localdate()).source,
            field="customer_number",
        )
    return account


def still_waiting(booking: Booking) -> None:
    """Refuse to answer a request twice."""
    if booking.state != BookingState.REQUESTED:
        told = {"state": BookingState(booking.state).label}
        raise OutOfOrder(_("Pyyntöön on jo vastattu: sen vaihe on ”%(state)s”.") % told, code="premises.already_decided")


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
    rows, taxes = reading.price_rows(), reading.tax_rows()
    alone_ = booking.self_supervised
    set_fee(booking, ruled(lambda: fees.fee(slot, booking.room.kind, account.group, self_supervised=alone_, rows=rows, taxes=taxes)))


def set_fee(booking: Booking, worked: Calculation) -> None:
    """Put a computed fee and its workings on a booking that is not yet stored."""
    booking.fee, booking.worked = net_of(worked), worked.as_data()


def net_of(worked: Calculation) -> Decimal:
    """The amount of a fee without value added tax."""
    net = worked.step("net").value
    assert isinstance(net, Money)  # noqa: S101 - narrows a type
    return net.amount


def wishes_told(text: str) -> list[Wish]:
    """Read wishes, a line each; a line that cannot be read is named."""
    found = []
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), start=1):
        parts = [part.strip() for part in line.split(";")]
        room = reading.room_by_code(parts[0])
        weekday = _weekday(parts[1]) if len(parts) == 4 else None  # noqa: PLR2004 - told beside it
        if room is None or weekday is None:
            told = {"number": number, "line": line.strip()}
            raise BadInput(
                _("Rivi %(number)s, ”%(line)s”: kirjoita tilan tunnus;viikonpäivä;alkaa;päättyy.") % told,
                code="premises.wish",
                field="wishes",
            )
        found.append(Wish(room=room, weekday=weekday, starts=clock_of(parts[2], "wishes"), ends=clock_of(parts[3], "wishes")))
    if not found:
        raise BadInput(_("Kirjaa ainakin yksi toive."), code="premises.no_wishes", field="wishes")
    return found


def _weekday(word: str) -> str | None:
    """The code of a weekday by two letters or more of its Finnish name."""
    names = [name.fi for name in WEEKDAYS]
    return next((str(index) for index, name in enumerate(names) if len(word) > 1 and name.startswith(word.lower())), None)


def next_key(model: type[Record]) -> int:
    """The next key of a model, so that a number made of it can be stored at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        key: int = cursor.fetchone()[0]
    return key
