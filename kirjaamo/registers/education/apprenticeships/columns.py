"""Field classes of this register: hours and other plain figures, and a calculation that is stored whole."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language

from kirjaamo.kernel.fields import Factual
from kirjaamo.values.calculation import Calculation


class Amount(Factual, models.DecimalField):  # type: ignore[type-arg]
    """A figure with two decimals that is not always euros."""

    plain = "django.db.models.DecimalField"

    def __init__(self, label: object = None, *args: Any, **kwargs: Any) -> None:
        """Eight digits, two of them decimals."""
        kwargs.setdefault("max_digits", 8)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(label, *args, **kwargs)


class KeptSteps(dict[str, Any]):
    """A calculation as it was stored; in a list it reads as its title."""

    def __str__(self) -> str:
        """The title, in the reader's language."""
        return self.calculation().title.pick(get_language() or "fi")

    def calculation(self) -> Calculation:
        """The calculation, as it was when it was stored."""
        return Calculation.from_data(self)


class WorkedOut(Factual, models.JSONField):
    """A calculation, stored whole as `Calculation.as_data` writes it."""

    plain = "django.db.models.JSONField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Give what was stored as a value that reads in a list."""
        found = super().from_db_value(value, expression, connection)
        return KeptSteps(found) if isinstance(found, dict) else found
