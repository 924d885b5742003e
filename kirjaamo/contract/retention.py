"""When a record is to be destroyed: the plan's rule of its document type, from the register's own trigger date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kirjaamo.tos.models import NodeKind
from kirjaamo.values.deadlines import Unit, shift

if TYPE_CHECKING:
    from kirjaamo.contract.record import Record


def destruction_date(record: Record, trigger: dt.date | None) -> dt.date | None:
    """The last day of retention: trigger date plus the years of the plan revision that the case follows.

    None while the trigger is not known (never guessed) or when the plan keeps the type until further notice.
    """
    if record.case is None or trigger is None:
        return None
    node = record.case.revision.nodes.filter(kind=NodeKind.DOCUMENT, code=record.register.retention_class).first()
    if node is None or node.retention_mode != "years" or node.retention_years is None:
        return None
    return shift(trigger, node.retention_years, Unit.YEARS)
