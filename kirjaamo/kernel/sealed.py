"""Columns that hold sealed values, and their hashes: declared as such, so that a rotation of keys finds every one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models


class Sealed(models.BinaryField):  # type: ignore[type-arg]
    """Bytes sealed by the vault; empty when there is nothing."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Answer to migrations as the plain field."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", list(args), kwargs


class KeyedHash(models.CharField):  # type: ignore[type-arg]
    """The keyed hash of the sealed column `of` of the same row."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        """Name the column that is hashed."""
        self.of = of
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Answer to migrations as the plain field."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", list(args), kwargs


@dataclass(frozen=True)
class SealedColumns:
    """The sealed columns of a table and the hashes beside them, by the column that each is of."""

    model: type[models.Model]
    sealed: tuple[str, ...]
    hashes: dict[str, str]


def sealed_tables() -> Iterator[SealedColumns]:
    """Every table in use that holds sealed values."""
    for model in apps.get_models():
        fields = model._meta.concrete_fields
        sealed = tuple(f.attname for f in fields if isinstance(f, Sealed))
        if sealed:
            yield SealedColumns(model, sealed, {f.of: f.attname for f in fields if isinstance(f, KeyedHash)})
