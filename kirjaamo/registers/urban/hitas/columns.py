"""Field classes of this register: exact decimals that are no money, and calculations that are stored whole."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import ngettext

from kirjaamo.kernel.fields import Factual


class Decimals(Factual, models.DecimalField):  # type: ignore[type-arg]
    """An exact number that is no amount of money: an area, an index, a percentage."""

    plain = "django.db.models.DecimalField"

    def __init__(self, label: object = None, **kwargs: Any) -> None:
        """Two decimals, twelve digits unless told."""
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(label, **kwargs)


class Kept(dict[str, Any]):
    """Calculations as they were stored; in a list they read as their number of lines."""

    def __str__(self) -> str:
        """How many lines they have in all."""
        count = sum(len(one["steps"]) for one in self.get("calculations", []))
        return ngettext("%(count)d rivi", "%(count)d riviä", count) % {"count": count}


class Stored(Factual, models.JSONField):
    """Calculations stored whole: ``{"calculations": [...]}`` as `Calculation.as_data` writes them."""

    plain = "django.db.models.JSONField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Give what was stored as a value that reads in a list."""
        found = super().from_db_value(value, expression, connection)
        return Kept(found) if isinstance(found, dict) else found
