"""What the rotation of keys writes: values sealed anew, batch by batch, and the row by which a key file is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kirjaamo.kernel import vault
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.models import KeyCheck
from kirjaamo.kernel.sealed import sealed_tables

if TYPE_CHECKING:
    from django.db import models

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.sealed import SealedColumns


@action("Sinetöi uusilla avaimilla", needs="organisation.manage")
def seal_anew(table: SealedColumns, keys: Sequence[int], *, actor: Actor) -> int:
    """Seal the rows of these keys with the newest keys, and hash them anew; return how many were not yet so."""
    del actor
    rows = table.model._default_manager.select_for_update().filter(pk__in=keys).only("pk", *table.sealed, *table.hashes.values())
    changed = [row for row in rows if _anew(row, table)]
    if changed:
        table.model._default_manager.bulk_update(changed, [*table.sealed, *table.hashes.values()])
        running().wrote_many(table.model._meta.label_lower, "seal_anew", [row.pk for row in changed])
    return len(changed)


def _anew(row: models.Model, table: SealedColumns) -> bool:
    changed = False
    for column in table.sealed:
        held = bytes(getattr(row, column) or b"")
        hashed = table.hashes.get(column)
        if not held or (vault.is_newest(held) and (hashed is None or _hash_is_newest(row, held, hashed))):
            continue
        value = vault.unseal(held)
        setattr(row, column, vault.seal(value))
        if hashed is not None:
            setattr(row, hashed, vault.fingerprint(value))
        changed = True
    return changed


def _hash_is_newest(row: models.Model, held: bytes, hashed: str) -> bool:
    return bool(getattr(row, hashed) == vault.fingerprint(vault.unseal(held)))


@action("Kirjaa avainten tarkistusrivi", needs="organisation.manage")
def keep_check(*, actor: Actor) -> KeyCheck:
    """Keep the row by which a key file is known to belong to this database. Refuses keys that do not open what there is."""
    del actor
    if not vault.fits():
        raise vault.KeysMissing
    row = KeyCheck.objects.first()
    if row is None:
        for table in sealed_tables():
            _opens(table)
        row = KeyCheck()
    hashed = vault.fingerprint(vault.PROBE)
    if row.hashed != hashed:
        row.sealed, row.hashed = vault.seal(vault.PROBE), hashed
        row.save()
    return row


def _opens(table: SealedColumns) -> None:
    """Open the newest sealed value of a table, so that a database sealed before there was a check row is known too."""
    for column in table.sealed:
        found = table.model._default_manager.exclude(**{column: None}).exclude(**{column: b""}).order_by("-pk")
        value = found.values_list(column, flat=True).first()
        if value is not None:
            vault.unseal(bytes(value))
