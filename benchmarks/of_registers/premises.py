"""School premises: bookings of three years, the fee of half a year's standing turn, and the bills of a whole month."""

from __future__ import annotations

import datetime as dt
from typing import Any

DAY = dt.timedelta(days=1)
WEEKS = 156


def reader(register: Any) -> Any:
    """The worker of the register."""
    from kirjaamo.organisation.models import User  # noqa: PLC0415 - after Django is set up

    del register
    return User.objects.get(username="tiina")


def grow(register: Any, count: int) -> None:
    """Copy the demo's bookings over the three years before, none billed, so that a month has what a month would have."""
    from benchmarks import registers  # noqa: PLC0415 - it imports this module by name

    back = f"- mod(n, {WEEKS}) * interval '7 days'"
    told = {"starts_at": f"s.starts_at {back}", "ends_at": f"s.ends_at {back}", "bill": "NULL"}
    registers.grow(register.model, count, **told)


def calculate() -> object:
    """Reckon a standing turn of half a year: a line for each day."""
    from django.utils import timezone  # noqa: PLC0415 - after Django is set up

    from kirjaamo.registers.education.premises import reading  # noqa: PLC0415 - as above
    from kirjaamo.registers.education.premises.models import Room  # noqa: PLC0415 - as above
    from kirjaamo.registers.education.premises.rules import fees, times  # noqa: PLC0415 - as above
    from kirjaamo.values.period import Period  # noqa: PLC0415 - as above

    room, today = Room.objects.order_by("pk")[0], timezone.localdate()
    days = times.occurrences(1, Period(today, today + 182 * DAY), reading.closures(room))
    rows = {"rows": reading.price_rows(), "taxes": reading.tax_rows()}
    return fees.season_fee(days, dt.time(18), dt.time(20), room.kind, "general", self_supervised=False, **rows)


def run() -> object:
    """Bill the month before the last; what is made is taken back, so that the next round finds it again."""
    from django.db import transaction  # noqa: PLC0415 - after Django is set up
    from django.utils import timezone  # noqa: PLC0415 - as above

    from kirjaamo.kernel.actors import Machine  # noqa: PLC0415 - as above
    from kirjaamo.registers.education.premises import actions  # noqa: PLC0415 - as above

    month = (timezone.localdate().replace(day=1) - DAY).replace(day=1) - DAY
    with transaction.atomic():
        made = actions.bill_month(month, actor=Machine("bench"))
        transaction.set_rollback(True)
    return made
