"""Telling the good from the bad of many rows by the database itself: as sets while they pass, one by one where they do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from kirjaamo.contract import breaking
from kirjaamo.kernel.errors import OutOfOrder, Refused

if TYPE_CHECKING:
    from django.db import models

T = TypeVar("T")
PARTS = 20
"""Into how many a large refused set is parted: bad rows are few, and most parts pass as they are."""


def sift(items: Sequence[T], write: Callable[[Sequence[T]], object], model: type[models.Model]) -> list[tuple[T, Refused]]:
    """Write what the database takes and return the rest, each with the sentence of the constraint that refused it.

    A set that is refused is parted, and what passes of it stays written while the rest is tried: so rows that only conflict with
    each other are told apart too (the later one is refused). Must run within a transaction that began with `judge_at_once`.
    """
    if not items:
        return []
    try:
        with transaction.atomic():
            write(items)
    except IntegrityError as error:
        if len(items) == 1:
            return [(items[0], refusal(model, error))]
        size = max(1, len(items) // (PARTS if len(items) > PARTS else 2))
        parts = (items[start : start + size] for start in range(0, len(items), size))
        return [refused for part in parts for refused in sift(part, write, model)]
    return []


def judge_at_once() -> None:
    """Let the database judge links with each statement of this transaction, not only at its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refusal(model: type[models.Model], error: IntegrityError, row: models.Model | None = None) -> Refused:
    """The sentence of what refused: a constraint's own message, or that the value is there already; with what the row says."""
    return broken_constraint(model, str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""), row)


def broken_constraint(model: type[models.Model], name: str, row: models.Model | None = None) -> Refused:
    """The sentence of a constraint of the model's table by its name in the database, with what the row says."""
    broken = next((c for c in model._meta.constraints if c.name == name), None)
    if broken is not None:
        return breaking.refused(model, broken, row)
    column = next((f for f in model._meta.concrete_fields if f.unique and f"_{f.column}_" in f"{name}_"), None)
    if column is not None:
        return breaking.taken(column, row)
    return OutOfOrder(_("Tietokanta ei hyväksy riviä: se on ristiriidassa toisen tiedon kanssa."), code=name or "contract.integrity")
