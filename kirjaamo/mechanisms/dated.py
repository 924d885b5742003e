"""Dated rows of a register: terms, prices, rates and norms with their time, their source and how surely they are known.

A number of law or of a tariff is never a constant: it is a row, of which one holds at a time, and a result keeps which it used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet
    from django.utils.functional import _StrOrPromise as StrOrPromise

R = TypeVar("R", bound=Record)


class RowKnown(models.TextChoices):
    """How surely a dated row is known."""

    READ = "read", _("Luettu lähteestä")
    MEMORY = "memory", _("Muistinvarainen, tarkistettava")
    EXAMPLE = "example", _("Esimerkki, tarkistettava")


def one_at_a_time(name: str, message: StrOrPromise, period: str = "valid", **of: object) -> ExclusionConstraint:
    """Refuse two rows (of those that `of` tells) that hold on one day; void rows do not count. The message says what to end first."""
    return ExclusionConstraint(
        name=name,
        expressions=[(period, RangeOperators.OVERLAPS)],
        condition=Q(voided_at=None, **of),
        violation_error_message=message,
    )


def holding(model: type[R], day: dt.date) -> QuerySet[R]:
    """The rows that hold on a day (`valid`), in the order in which they were made."""
    rows: Any = model._default_manager
    found: QuerySet[R] = rows.filter(valid__contains=day, voided_at=None).order_by("pk")
    return found
