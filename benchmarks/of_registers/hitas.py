"""Hitas at work: 200,000 flats in 10,000 companies; the maximum price of one flat; the 30-year run over every company."""

from __future__ import annotations

from typing import Any

FLATS = 20
"""Flats of a company."""


def reader(register: Any) -> Any:
    """The worker of the register."""
    from kirjaamo.organisation.models import User  # noqa: PLC0415 - after Django is set up

    del register
    return User.objects.get(username="henna")


def grow(register: Any, count: int) -> None:
    """Companies of the rules before 2011, their flats, and the first sale of each flat with its owner."""
    from benchmarks import registers  # noqa: PLC0415 - as above
    from kirjaamo.registers.urban.hitas import models as tables  # noqa: PLC0415 - as above

    del register
    companies = count // FLATS
    copied = companies - tables.HousingCompany.objects.count()
    company = f"{_next_key(tables.HousingCompany)} + mod(n, {copied})"
    registers.grow(tables.HousingCompany, companies, kind="'hitas_1'", status="'regulated'", released_on="NULL")
    completed = f"DATE '1994-01-15' + 180 * mod(mod(n, {copied}), 30)"  # 1994–2008, the same for the flats of a company
    copied = count - tables.Apartment.objects.count()
    flat = _next_key(tables.Apartment)
    registers.grow(tables.Apartment, count, company=company, completed_on=completed, share_first="NULL", share_last="NULL")
    sale = _next_key(tables.Sale)
    more = {"apartment": f"{flat} + n - 1", "case": "NULL"}
    registers.grow(tables.Sale, tables.Sale.objects.count() + copied, checked_against="NULL", sold_on="DATE '1994-01-15'", **more)
    owned = tables.Ownership.objects.count() + copied
    registers.grow(tables.Ownership, owned, sale=f"{sale} + n - 1", part="1", whole="1", **more)


def _next_key(model: Any) -> int:
    """The key of the first row that is made after this."""
    from django.db import connection  # noqa: PLC0415 - as above

    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) + 1", [model._meta.db_table])
        return int(cursor.fetchone()[0])


def calculate() -> object:
    """The maximum price of a flat, with every line."""
    from django.utils import timezone  # noqa: PLC0415 - as above

    from kirjaamo.registers.urban.hitas import facts, rules  # noqa: PLC0415 - as above
    from kirjaamo.registers.urban.hitas.models import Apartment  # noqa: PLC0415 - as above
    from kirjaamo.registers.urban.hitas.rules.types import Loan  # noqa: PLC0415 - as above
    from kirjaamo.values.money import Money  # noqa: PLC0415 - as above

    today = timezone.localdate()
    flat = Apartment.objects.select_related("company").order_by("-pk")[0]
    return rules.maximum_price(facts.case_of(flat, Loan(Money(0), today), today))


def run() -> object:
    """Judge every company that is due by the 30-year rule; what is made is taken back, so that the next round finds it again."""
    from django.db import transaction  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from kirjaamo.kernel.actors import Machine  # noqa: PLC0415 - as above
    from kirjaamo.registers.urban.hitas import actions  # noqa: PLC0415 - as above

    with transaction.atomic():
        made = actions.prepare_run(timezone.localdate(), actor=Machine("bench"))
        transaction.set_rollback(True)
    return made
