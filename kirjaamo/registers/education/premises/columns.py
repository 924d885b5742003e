"""Field classes of this register: a time of day, and a calculation that is stored whole."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import get_language, ngettext

from kirjaamo.kernel.fields import Factual
from kirjaamo.values.calculation import Calculation


class Clock(dt.time):
    """A time of day that reads as people write it: 18.30."""

    def __str__(self) -> str:
        """Hours and minutes."""
        return f"{self.hour}.{self.minute:02}"


class Time(Factual, models.TimeField):  # type: ignore[type-arg]
    """A time of day (local)."""

    plain = "django.db.models.TimeField"

    def from_db_value(self, value: dt.time | None, expression: object, connection: object) -> Clock | None:
        """Give the time as a value that reads in a list."""
        del expression, connection
        return Clock(value.hour, value.minute) if value is not None else None

    def get_prep_value(self, value: Any) -> Any:
        """Give the database a plain time."""
        found = super().get_prep_value(value)
        return dt.time(found.hour, found.minute) if isinstance(found, dt.time) else found


class Percent(Factual, models.DecimalField):  # type: ignore[type-arg]
    """A percentage with two decimals."""

    plain = "django.db.models.DecimalField"

    def __init__(self, label: object = None, *args: Any, **kwargs: Any) -> None:
        """Five digits, two of them decimals."""
        kwargs.setdefault("max_digits", 5)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(label, *args, **kwargs)


class Kept(dict[str, Any]):
    """A calculation as it was stored; in a list it reads as its title and number of lines."""

    def __str__(self) -> str:
        """Title and number of lines."""
        found = self.calculation()
        count = len(found.steps)
        lines = ngettext("%(count)d rivi", "%(count)d riviä", count) % {"count": count}
        return f"{found.title.pick(get_language() or 'fi')}: {lines}"

    def calculation(self) -> Calculation:
        """The calculation, as it was when it was stored."""
        return Calculation.from_data(self)


class Worked(Factual, models.JSONField):
    """A calculation, stored whole as `Calculation.as_data` writes it."""

    plain = "django.db.models.JSONField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Give what was stored as a value that reads in a list."""
        found = super().from_db_value(value, expression, connection)
        return Kept(found) if isinstance(found, dict) else found
