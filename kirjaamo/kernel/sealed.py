"""Columns that hold sealed values, and their hashes: declared as such, so that a rotation of keys finds every one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from kirjaamo.kernel import vault


class Sealed(models.BinaryField):  # type: ignore[type-arg]
    """Bytes sealed by the vault; empty when there is nothing."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Answer to migrations as the plain field."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", list(args), kwargs


class SealedForGood(models.BinaryField):  # type: ignore[type-arg]
    """A sealed column of rows that never change: its values keep the key that they were sealed with.

    `token` gives the stored bytes of a value.
    """

    @staticmethod
    def token(value: Any) -> bytes:
        """The sealed bytes; empty when there are none."""
        return bytes(value or b"")


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


def older_keys_hold() -> bool:
    """Whether a value that never changes is sealed with another key than the newest; such values are looked at oldest first."""
    for model in apps.get_models():
        for field in (f for f in model._meta.concrete_fields if isinstance(f, SealedForGood)):
            values = model._default_manager.order_by("pk").values_list(field.attname, flat=True).iterator()
            if any(token and not vault.is_newest(token) for token in map(field.token, values)):
                return True
    return False
