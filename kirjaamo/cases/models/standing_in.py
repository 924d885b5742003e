"""For whom a person stands in on a day: whoever they have as a deputy is tied to their cases and tasks by them, that long only."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.organisation.models import User


def absent_for(user: User, on: dt.date) -> QuerySet[Any, Any]:
    """The keys of those for whom the user stands in on a day, as a subquery."""
    return user.deputises.filter(ended_at=None, valid_from__lte=on, valid_to__gte=on).values("user")
