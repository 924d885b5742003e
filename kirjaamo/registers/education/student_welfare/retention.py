"""When a client's rows are to be destroyed: the plan's rule of the register's document type, from the day that it counts from."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kirjaamo.contract.place import home_of
from kirjaamo.kernel.errors import Refused
from kirjaamo.tos.models import NodeKind
from kirjaamo.values.deadlines import Unit, shift

if TYPE_CHECKING:
    from kirjaamo.registers.education.student_welfare.bases import ClientBase

SYSTEM = "oppilas-ja-opiskelijahuolto"
"""The system of the description that the three registers make up."""


def last_day(client: ClientBase, closed_on: dt.date) -> dt.date | None:
    """The last day of retention; None while the day it counts from is not known or the plan keeps it until further notice."""
    code = client.register.retention_class
    try:
        revision = home_of(SYSTEM, code).revision
    except Refused:
        return None
    node = revision.nodes.get(kind=NodeKind.DOCUMENT, code=code)
    start = {"death": client.student.death_date, "case_closed": closed_on, "document_date": closed_on}.get(node.retention_trigger)
    if node.retention_mode != "years" or node.retention_years is None or start is None:
        return None
    return shift(start, node.retention_years, Unit.YEARS)
