"""Field classes of this register: a time of day, and a calculation that is stored whole."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language, ngettext

from kirjaamo.kernel.fields import Factual
from kirjaamo.values.calculation import Calculation


class Time(Factual, models.TimeField):  # type: ignore[type-arg]
    """A time of day (local)."""

    plain = "django.db.models.TimeField"


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

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ANN401 - the signature of Django
        """Give what was stored as a value that reads in a list."""
        found = super().from_db_value(value, expression, connection)
        return Kept(found) if isinstance(found, dict) else found
