"""Presumptions of service as dated rows: on which day a person is held to have got to know.

The rows are defaults. An electronic-first service act is in preparation (HE 124/2025),
so an authority's own dated rows may replace them without a new release.
"""

from __future__ import annotations

from datetime import date

from kirjaamo.values.deadline_rules import ServicePresumption, StartEvent
from kirjaamo.values.language import Text3
from kirjaamo.values.period import Period
from kirjaamo.values.problems import ValueProblem

SERVICE_PRESUMPTIONS = (
    ServicePresumption(
        code="letter",
        name=Text3("tavallinen kirje", "vanligt brev", "ordinary letter"),
        days=7,
        starts_from=StartEvent.SENDING,
        legal_basis="hallintolaki 434/2003 59 §",
        valid=Period(date(2004, 1, 1)),
    ),
    ServicePresumption(
        code="electronic_message",
        name=Text3("sähköinen viesti", "elektroniskt meddelande", "electronic message"),
        days=3,
        starts_from=StartEvent.SENDING,
        legal_basis="13/2003 19 §",
        valid=Period(date(2003, 2, 1)),
    ),
    ServicePresumption(
        code="public_notice",
        name=Text3("yleistiedoksianto", "offentlig delgivning", "public notice"),
        days=7,
        starts_from=StartEvent.PUBLICATION,
        legal_basis="hallintolaki 434/2003 62 a §",
        valid=Period(date(2020, 1, 1)),
    ),
    ServicePresumption(
        code="substitute_service",
        name=Text3("sijaistiedoksianto", "surrogatdelgivning", "substitute service"),
        days=3,
        starts_from=StartEvent.EVENT,
        legal_basis="hallintolaki 434/2003 61 §",
        valid=Period(date(2004, 1, 1)),
    ),
    ServicePresumption(
        code="minutes_online",
        name=Text3(
            "pöytäkirja yleisessä tietoverkossa",
            "protokoll i det allmänna datanätet",
            "minutes published online",
        ),
        days=7,
        starts_from=StartEvent.PUBLICATION,
        legal_basis="kuntalaki 410/2015 140 §",
        valid=Period(date(2017, 6, 1)),
    ),
)


def service_presumption(code: str, on: date, rows: tuple[ServicePresumption, ...] = SERVICE_PRESUMPTIONS) -> ServicePresumption:
    """Choose the row of the code that is in force on the day, else `deadline.not_in_force`."""
    for row in rows:
        if row.code == code and on in row.valid:
            return row
    raise ValueProblem("deadline.not_in_force")
