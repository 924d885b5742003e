"""Apprenticeships: the compensation of half a year of one contract; the compensation of a month for every contract with a decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

DAY = dt.timedelta(days=1)


def reader(register: Any) -> Any:
    """The worker of the register."""
    from kirjaamo.organisation.models import User  # noqa: PLC0415 - after Django is set up

    del register
    return User.objects.get(username="olli")


def calculate() -> object:
    """Reckon half a year of a contract with its suspensions."""
    from django.utils import timezone  # noqa: PLC0415 - after Django is set up

    from kirjaamo.registers.education.apprenticeships import reading  # noqa: PLC0415 - as above
    from kirjaamo.registers.education.apprenticeships.models import Apprenticeship  # noqa: PLC0415 - as above
    from kirjaamo.registers.education.apprenticeships.rules.compensation import accrued  # noqa: PLC0415 - as above
    from kirjaamo.values.period import Period  # noqa: PLC0415 - as above

    row = Apprenticeship.objects.filter(decisions__isnull=False, own_firm=False).order_by("pk")[0]
    today = timezone.localdate()
    return accrued(reading.trained_of(row), Period(today - 180 * DAY, today), reading.rates())


def run() -> object:
    """Reckon a month that the demo has not paid; what is made is taken back, so that the next round finds it again."""
    from django.db import transaction  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from kirjaamo.kernel.actors import Machine  # noqa: PLC0415 - as above
    from kirjaamo.registers.education.apprenticeships import actions  # noqa: PLC0415 - as above

    day = timezone.localdate()
    for _month in range(3):
        day = day.replace(day=1) - DAY
    with transaction.atomic():
        made = actions.compute_month(day, actor=Machine("bench"))
        transaction.set_rollback(True)
    return made
