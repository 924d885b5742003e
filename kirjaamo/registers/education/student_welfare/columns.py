"""Field classes of these registers: how a day was reckoned, and which entries a disclosure gives."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language, ngettext

from kirjaamo.kernel.fields import Factual
from kirjaamo.values.dated_step import DatedStep, explain


class Reckoning(list[Any]):
    """The steps of a reckoning as they were stored; in a list they read as sentences."""

    def __str__(self) -> str:
        """Each step as a sentence with its section."""
        return " ".join(explain(DatedStep.from_data(step), get_language() or "fi") for step in self)


class Steps(Factual, models.JSONField):
    """The dated steps by which a day was reckoned."""

    plain = "django.db.models.JSONField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Give the steps as a value that reads in a list."""
        return Reckoning(super().from_db_value(value, expression, connection) or [])


class Entries(list[int]):
    """The keys of entries; they read as their number."""

    def __str__(self) -> str:
        """How many there are."""
        return ngettext("%(count)d merkintä", "%(count)d merkintää", len(self)) % {"count": len(self)}


class EntryKeys(Factual, models.JSONField):
    """The keys of the entries that a disclosure gives."""

    plain = "django.db.models.JSONField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Give the keys as a value that reads in a list."""
        return Entries(super().from_db_value(value, expression, connection) or [])
