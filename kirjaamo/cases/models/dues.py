"""The order of what is to be done: by its due day, and what has none last. Indexes and lists say it the same way."""

from __future__ import annotations

import datetime as dt

from django.db.models import DateField, Value
from django.db.models.functions import Coalesce

NEVER = dt.date(9999, 12, 31)
"""Where what has no due day stands in the order: last."""


def due_or_never() -> Coalesce:
    """The due day by which rows are ordered."""
    return Coalesce("due_on", Value(NEVER), output_field=DateField())
